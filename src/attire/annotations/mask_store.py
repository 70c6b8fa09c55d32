"""Run-lengths of a whole data set, put together from pieces."""

from typing import Any

import numpy as np
import numpy.typing as npt

from attire.masks import RunLengths

__all__ = ["MaskStore"]


class MaskStore:
    """Takes masks piece by piece and joins them at the end, one array after the other.

    Starts are joined and their pieces let go before lengths are, so that never more than half of the
    runs are in memory twice.
    """

    def __init__(self) -> None:
        self._starts = [np.zeros(0, np.int32)]
        self._lengths = [np.zeros(0, np.int32)]
        self._offsets = [np.zeros(1, np.int64)]
        self._sizes = [np.zeros((0, 2), np.int32)]
        self._runs = 0

    def add(self, masks: RunLengths) -> None:
        """Append some masks."""
        self._starts.append(masks.starts)
        self._lengths.append(masks.lengths)
        self._offsets.append(masks.offsets[1:] + self._runs)
        self._sizes.append(masks.sizes)
        self._runs += len(masks.starts)

    def finish(self) -> RunLengths:
        """Give all of them; the store is spent."""
        return RunLengths(
            _joined(self._starts), _joined(self._lengths), _joined(self._offsets), _joined(self._sizes)
        )


def _joined(pieces: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    whole = np.concatenate(pieces)
    pieces.clear()
    return whole
