"""Boosted trees as plain arrays, evaluated in numpy."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from attire.errors import WeightsError
from attire.predict.selection.leaf_bits import LeafBits

__all__ = ["Trees"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Trees:
    """T binary trees whose leaves add up; all their M nodes lie in the same flat arrays."""

    roots: npt.NDArray[np.int32]
    """Node at which each tree begins, shape ``(T,)``."""
    feature: npt.NDArray[np.int32]
    """Column that a node asks for, −1 in a leaf, shape ``(M,)``."""
    threshold: npt.NDArray[np.float64]
    """Values up to it go left, shape ``(M,)``."""
    left: npt.NDArray[np.int32]
    """Next node then, shape ``(M,)``."""
    right: npt.NDArray[np.int32]
    """Next node otherwise, shape ``(M,)``."""
    value: npt.NDArray[np.float64]
    """What a leaf adds, shape ``(M,)``."""
    start: float
    """What the sum begins with."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not make trees, so that reading them always ends."""
        nodes = len(self.feature)
        arrays = (self.threshold, self.left, self.right, self.value)
        if any(len(array) != nodes for array in arrays):
            raise WeightsError("Trees: arrays of different lengths. Fit the selector again: attire select.")
        inner = np.flatnonzero(self.feature >= 0)
        for child in (self.left[inner], self.right[inner]):
            if (child <= inner).any() or (child >= nodes).any():
                raise WeightsError("Trees: nodes out of order. Fit the selector again: attire select.")
        if len(self.roots) and not (self.roots.min() >= 0 and self.roots.max() < nodes):
            raise WeightsError("Trees: roots out of range. Fit the selector again: attire select.")

    def __call__(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Add up the leaves that rows of shape ``(N, K)`` reach; shape ``(N,)``.

        Example:
            >>> stump = Trees(
            ...     roots=np.array([0]),
            ...     feature=np.array([0, -1, -1]),
            ...     threshold=np.array([0.5, 0, 0]),
            ...     left=np.array([1, 0, 0]),
            ...     right=np.array([2, 0, 0]),
            ...     value=np.array([0, -1.0, 1.0]),
            ...     start=0.0,
            ... )
            >>> stump(np.array([[0.2], [0.8]])).tolist()
            [-1.0, 1.0]
        """
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        row = np.arange(len(rows))[:, None]
        while (asks := self.feature[node]) is not None and (asks >= 0).any():
            inner = asks >= 0
            goes_left = rows[row, np.maximum(asks, 0)] <= self.threshold[node]
            node = np.where(inner, np.where(goes_left, self.left[node], self.right[node]), node)
        total: npt.NDArray[np.float64] = self.value[node].sum(axis=1) + self.start
        return total

    def along(self, rows: npt.NDArray[np.float64], last: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Read every row once with each of several values as its last column.

        Args:
            rows: All columns but the last, shape ``(N, K - 1)``.
            last: Shape ``(V,)``.

        Returns:
            Shape ``(N, V)``; to the bit what calling with the columns put together gives.
        """
        bits = self._leaf_bits(rows.shape[1])
        if bits is None:
            columns = [self(np.column_stack([rows, np.full(len(rows), value)])) for value in last]
            return np.stack(columns, axis=1)
        total: npt.NDArray[np.float64] = bits(rows, last).sum(axis=2) + self.start
        return total

    def _leaf_bits(self, last: int) -> LeafBits | None:
        known = self._bits_by_column
        if last not in known:
            sides = (self.left, self.right)
            known[last] = LeafBits.of(self.roots, self.feature, self.threshold, sides, self.value, last)
        return known[last]

    @cached_property
    def _bits_by_column(self) -> dict[int, LeafBits | None]:
        return {}
