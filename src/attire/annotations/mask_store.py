"""Run-lengths of a whole data set, put together from pieces."""

import numpy as np

from attire.masks import RunLengths

__all__ = ["MaskStore"]


class MaskStore:
    """Takes masks piece by piece into two arrays that grow as they fill.

    Large arrays grow by moving pages, not by copying, so the runs are never in memory twice.
    """

    def __init__(self) -> None:
        self._starts = np.empty(0, np.int32)
        self._lengths = np.empty(0, np.int32)
        self._filled = 0
        self._offsets = [np.zeros(1, np.int64)]
        self._sizes = [np.zeros((0, 2), np.int32)]

    def add(self, masks: RunLengths) -> None:
        """Append some masks."""
        end = self._filled + len(masks.starts)
        if end > len(self._starts):
            self._resize(end + end // 8)
        self._starts[self._filled : end] = masks.starts
        self._lengths[self._filled : end] = masks.lengths
        self._offsets.append(masks.offsets[1:] + self._filled)
        self._sizes.append(masks.sizes)
        self._filled = end

    def finish(self) -> RunLengths:
        """Give all of them; the store is spent."""
        self._resize(self._filled)
        return RunLengths(
            self._starts, self._lengths, np.concatenate(self._offsets), np.concatenate(self._sizes)
        )

    def _resize(self, runs: int) -> None:
        # Nothing else refers to the arrays before finish() hands them out.
        self._starts.resize(runs, refcheck=False)
        self._lengths.resize(runs, refcheck=False)
