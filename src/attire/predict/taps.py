"""Where pixels lie between the cells of a grid stretched over them: bilinear, pixel centres aligned."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Taps"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Taps:
    """Pixels of N boxes along one side, P in all, box by box."""

    owner: Ints
    """Which box each lies in, shape ``(P,)``."""
    offsets: Ints
    """Where each box's pixels begin, and where the last one's end, shape ``(N + 1,)``."""
    before: Ints
    """Cell before each, shape ``(P,)``."""
    after: Ints
    """Cell after each, the same one at the far rim, shape ``(P,)``."""
    share: npt.NDArray[np.float64]
    """What the cell after counts, in 0 … 1, shape ``(P,)``; the one before counts the rest."""

    @classmethod
    def of(cls, source: int, targets: Ints, firsts: Ints, counts: Ints) -> "Taps":
        """Place chosen pixels of each box.

        Args:
            source: Cells of a grid.
            targets: Pixels that it is stretched over, shape ``(N,)``; at least 1 where any is asked for.
            firsts: First pixel asked for, shape ``(N,)``.
            counts: How many are asked for, shape ``(N,)``.

        Example:
            >>> taps = Taps.of(2, np.array([4, 1]), np.array([1, 0]), np.array([2, 1]))
            >>> taps.owner.tolist(), taps.before.tolist(), taps.share.tolist()
            ([0, 0, 1], [0, 0, 0], [0.25, 0.75, 0.5])
        """
        owner = np.repeat(np.arange(len(counts)), counts)
        offsets = np.concatenate([[0], np.cumsum(counts)])
        places = np.arange(len(owner)) + (firsts - offsets[:-1])[owner]
        # In float32 as torch does it: at the rim of a mask of ones ties are the rule, and decide whole rows.
        centres = places.astype(np.float32) + np.float32(0.5)
        scales = (source / np.maximum(targets, 1)).astype(np.float32)[owner]
        position = np.clip(centres * scales - np.float32(0.5), 0, source - 1)
        before = position.astype(np.int64)
        return cls(owner, offsets, before, np.minimum(before + 1, source - 1), position - before)

    def ends_of_cells(self) -> Ints:
        """Give the first and the last pixel between each two cells, rising.

        Example:
            >>> Taps.of(2, np.array([8]), np.array([0]), np.array([8])).ends_of_cells().tolist()
            [0, 5, 6, 7]
        """
        first = np.ones(len(self.owner), bool)
        first[1:] = (np.diff(self.before) != 0) | (np.diff(self.owner) != 0)
        last = np.append(first[1:], True)[: len(first)]
        return np.flatnonzero(first | last)
