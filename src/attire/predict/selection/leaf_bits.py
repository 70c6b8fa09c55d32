"""Which leaf of each tree a row reaches, without walking there.

Each leaf of a tree is one bit. Every question strikes out the leaves on the side that the answer does not
lead to, so that one bit is left once all questions of the tree are answered, in any order (after QuickScorer,
Lucchese et al., 2015). Questions about one column can thus be answered apart from all others.
"""

from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["MAX_LEAVES", "LeafBits", "Questions"]

MAX_LEAVES = 64
"""Leaves that a tree may have: the bits of the largest integer."""
Asked: TypeAlias = list[tuple[int, float, int, int]]
"""Of each question the column, the threshold, and the leaves to the left and to the right of it."""
_Bits = npt.NDArray[np.uint64]
_ALL = np.uint64(2**64 - 1)
# A de Bruijn sequence: multiplied by one bit, its top six bits differ for each of the 64 places of that bit.
_DE_BRUIJN = np.uint64(0x022FDD63CC95386D)
_TOP = np.uint64(58)


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Up to W questions of each of T trees; where a tree has fewer, questions that strike out nothing."""

    feature: npt.NDArray[np.intp]
    """Column asked for, shape ``(W, T)``."""
    threshold: npt.NDArray[np.float64]
    """Values up to it go left, shape ``(W, T)``."""
    left: _Bits
    """Leaves that are left then, shape ``(W, T)``."""
    right: _Bits
    """Leaves that are left otherwise, shape ``(W, T)``."""

    @classmethod
    def of(cls, asked: list[Asked]) -> Self:
        """Lay the questions of each tree into arrays."""
        shape = (max((len(own) for own in asked), default=0), len(asked))
        arrays = cls(np.zeros(shape, np.intp), np.zeros(shape), np.full(shape, _ALL), np.full(shape, _ALL))
        for tree, own in enumerate(asked):
            for place, (feature, threshold, left, right) in enumerate(own):
                arrays.feature[place, tree] = feature
                arrays.threshold[place, tree] = threshold
                arrays.left[place, tree] = _ALL - np.uint64(right)
                arrays.right[place, tree] = _ALL - np.uint64(left)
        return arrays

    def __call__(self, rows: npt.NDArray[np.float64]) -> _Bits:
        """Give the leaves that rows of shape ``(N, K)`` leave over, shape ``(N, T)``."""
        goes_left = rows[:, self.feature] <= self.threshold
        bits: _Bits = np.bitwise_and.reduce(np.where(goes_left, self.left, self.right), axis=1, initial=_ALL)
        return bits


@dataclass(frozen=True, slots=True, eq=False)
class LeafBits:
    """The questions of T trees, those about the last column apart."""

    others: Questions
    last: Questions
    """Its columns are all 0."""
    leaves: _Bits
    """All leaves of each tree, shape ``(T,)``."""
    value: npt.NDArray[np.float64]
    """What each leaf adds, at the place that its bit gives, shape ``(T, 64)``."""

    @classmethod
    def of(
        cls,
        roots: npt.NDArray[np.int32],
        feature: npt.NDArray[np.int32],
        threshold: npt.NDArray[np.float64],
        children: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
        value: npt.NDArray[np.float64],
        last: int,
    ) -> "LeafBits | None":
        """Take trees as :class:`~attire.predict.selection.Trees` holds them; ``last`` is the last column.

        Returns:
            None if a tree has more than 64 leaves.
        """
        others: list[Asked] = [[] for _ in roots]
        lasts: list[Asked] = [[] for _ in roots]
        whole, values = np.zeros(len(roots), np.uint64), np.zeros((len(roots), MAX_LEAVES))
        for tree, root in enumerate(roots.tolist()):
            leaves: list[int] = []

            def gather(node: int, depth: int, tree: int = tree, leaves: list[int] = leaves) -> int:
                """Number the leaves below a node; gives their bits."""
                asks = int(feature[node])
                if depth > MAX_LEAVES:  # as deep as this there are more leaves than bits
                    leaves.extend([node] * MAX_LEAVES)
                if asks < 0 or len(leaves) > MAX_LEAVES:
                    leaves.append(node)
                    return 1 << (len(leaves) - 1)
                left, right = (gather(int(side[node]), depth + 1) for side in children)
                own = lasts if asks == last else others
                own[tree].append((0 if asks == last else asks, float(threshold[node]), left, right))
                return left | right

            all_bits = gather(root, 0)
            if len(leaves) > MAX_LEAVES:
                return None
            whole[tree] = all_bits
            values[tree, _places(np.uint64(1) << np.arange(len(leaves), dtype=np.uint64))] = value[leaves]
        return cls(Questions.of(others), Questions.of(lasts), whole, values)

    def __call__(
        self, rows: npt.NDArray[np.float64], last: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Give what every tree adds to rows of shape ``(N, K)`` with each of V last values: ``(N, V, T)``."""
        places = _places((self.others(rows) & self.leaves)[:, None, :] & self.last(last[:, None])[None])
        places += np.arange(len(self.value)) * MAX_LEAVES
        leaves: npt.NDArray[np.float64] = self.value.ravel().take(places)
        return leaves


def _places(bits: _Bits) -> npt.NDArray[np.int64]:
    """Give a place in 0 … 63 to each of the 64 integers of one bit.

    Example:
        >>> len(set(_places(np.uint64(1) << np.arange(64, dtype=np.uint64)).tolist()))
        64
    """
    places: npt.NDArray[np.int64] = ((bits * _DE_BRUIJN) >> _TOP).astype(np.int64)
    return places
