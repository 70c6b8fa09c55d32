"""Run-length masks as ragged integer arrays, decoded only on demand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.masks.coco import compress_all, decompress_counts
from attire.masks.sampling import Ints, fill, nearest, project

__all__ = ["Mask", "RunLengths"]

Mask: TypeAlias = npt.NDArray[np.bool_]
"""Bool array, shape ``(height, width)``."""
Index: TypeAlias = slice | npt.NDArray[Any] | Sequence[int]

_RUNS_AT_ONCE = 1 << 21
_COMPRESSED_AT_ONCE = 1 << 16
"""Runs whose text is made at once; each takes some hundred bytes meanwhile."""


@dataclass(frozen=True, slots=True, eq=False)
class RunLengths:
    """N masks as runs of pixels counted down the columns.

    The runs of all masks lie in two flat arrays; those of mask ``i`` at
    ``offsets[i]:offsets[i + 1]``. Within a mask they rise and do not touch or overlap. Masks may be of
    different sizes, so the same type serves one photo and a whole data set.
    """

    starts: npt.NDArray[np.int32]
    """First pixel of each run, 0-based and column-major, shape ``(R,)``."""
    lengths: npt.NDArray[np.int32]
    """Pixels in each run, at least 1, shape ``(R,)``."""
    offsets: npt.NDArray[np.int64]
    """Where each mask's runs begin, shape ``(N + 1,)``."""
    sizes: npt.NDArray[np.int32]
    """``(height, width)`` of each mask, shape ``(N, 2)``."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        n = len(self.sizes)
        if self.offsets.shape != (n + 1,) or self.sizes.shape != (n, 2):
            raise AnnotationError(
                f"Run-lengths of {n} masks need offsets of shape ({n + 1},) and sizes of shape ({n}, 2); "
                f"found {self.offsets.shape} and {self.sizes.shape}."
            )
        if len(self.starts) != len(self.lengths) or int(self.offsets[-1]) != len(self.starts):
            raise AnnotationError(
                f"Run-lengths hold {len(self.starts)} starts and {len(self.lengths)} lengths, "
                f"but their offsets end at {int(self.offsets[-1])}."
            )

    @classmethod
    def empty(cls) -> "RunLengths":
        """Return no masks at all."""
        return cls(_int32([]), _int32([]), np.zeros(1, np.int64), np.zeros((0, 2), np.int32))

    @classmethod
    def from_mask(cls, mask: npt.ArrayLike) -> "RunLengths":
        """Encode one mask.

        Args:
            mask: Shape ``(height, width)``; every non-zero pixel belongs to it.

        Returns:
            Run-lengths of length 1.

        Example:
            >>> runs = RunLengths.from_mask([[1, 0], [1, 1]])
            >>> runs.starts.tolist(), runs.lengths.tolist()
            ([0, 3], [2, 1])
        """
        dense = np.asarray(mask)
        if dense.ndim != 2:
            raise AnnotationError(f"A mask has shape (height, width); found {dense.shape}.")
        flat = np.zeros(dense.size + 2, dtype=np.int8)
        flat[1:-1] = (dense != 0).T.reshape(-1)
        edges = np.flatnonzero(np.diff(flat))
        starts, ends = edges[0::2], edges[1::2]
        return cls(
            starts.astype(np.int32),
            (ends - starts).astype(np.int32),
            np.array([0, len(starts)], np.int64),
            np.array([dense.shape], np.int32),
        )

    @classmethod
    def from_masks(cls, masks: Iterable[npt.ArrayLike]) -> "RunLengths":
        """Encode masks one after the other; a generator keeps only one of them dense."""
        return cls.concatenate([cls.from_mask(mask) for mask in masks])

    @classmethod
    def from_coco(cls, segmentations: Iterable[dict[str, Any]]) -> "RunLengths":
        """Decode COCO run-lengths: ``{"size": [height, width], "counts": str | bytes | list}``.

        Raises:
            AnnotationError: If the counts do not add up to the size.
        """
        return cls.concatenate([_from_coco(entry) for entry in segmentations])

    @classmethod
    def concatenate(cls, parts: Sequence["RunLengths"]) -> "RunLengths":
        """Join several into one, in order."""
        if not parts:
            return cls.empty()
        if len(parts) == 1:
            return parts[0]
        shifts = np.cumsum([0, *(len(part.starts) for part in parts[:-1])])
        tails = [part.offsets[1:] + shift for part, shift in zip(parts, shifts, strict=True)]
        return cls(
            np.concatenate([part.starts for part in parts]),
            np.concatenate([part.lengths for part in parts]),
            np.concatenate([np.zeros(1, np.int64), *tails]),
            np.concatenate([part.sizes for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.sizes)

    def __getitem__(self, index: int | np.integer[Any] | Index) -> "RunLengths":
        """Keep some masks: an integer, a slice, a bool array or an array of positions."""
        if isinstance(index, int | np.integer):
            place = range(len(self))[int(index)]
            index = slice(place, place + 1)
        if isinstance(index, slice) and index.step in (None, 1):
            first, last, _ = index.indices(len(self))
            last = max(first, last)
            begin, end = int(self.offsets[first]), int(self.offsets[last])
            return RunLengths(
                self.starts[begin:end],
                self.lengths[begin:end],
                self.offsets[first : last + 1] - begin,
                self.sizes[first:last],
            )
        if not isinstance(index, slice) and not len(index):
            index = slice(0, 0)
        return self._gather(np.arange(len(self))[index])

    def _gather(self, chosen: npt.NDArray[np.int64]) -> "RunLengths":
        offsets = np.zeros(len(chosen) + 1, np.int64)
        np.cumsum(np.diff(self.offsets)[chosen], out=offsets[1:])
        shifts = self.offsets[chosen] - offsets[:-1]
        starts, lengths = (np.empty(offsets[-1], np.int32) for _ in range(2))
        for masks, runs in _pieces(offsets):
            where = np.repeat(shifts[masks], np.diff(offsets[masks.start : masks.stop + 1]))
            where += np.arange(runs.start, runs.stop)
            starts[runs], lengths[runs] = self.starts[where], self.lengths[where]
        return RunLengths(starts, lengths, offsets, self.sizes[chosen])

    @property
    def areas(self) -> npt.NDArray[np.int64]:
        """Pixels in each mask, shape ``(N,)``.

        Example:
            >>> RunLengths.from_mask([[1, 0], [1, 1]]).areas.tolist()
            [3]
        """
        areas = np.empty(len(self), np.int64)
        for masks, runs in _pieces(self.offsets):
            sums = np.zeros(runs.stop - runs.start + 1, np.int64)
            np.cumsum(self.lengths[runs], out=sums[1:])
            ends = self.offsets[masks.start : masks.stop + 1] - runs.start
            areas[masks] = np.diff(sums[ends])
        return areas

    @property
    def boxes(self) -> npt.NDArray[np.float32]:
        """Tight boxes, float32 xyxy in pixels with exclusive right and bottom, shape ``(N, 4)``.

        An empty mask has the box 0, 0, 0, 0.

        Example:
            >>> RunLengths.from_mask([[0, 0, 0], [0, 1, 1]]).boxes.tolist()
            [[1.0, 1.0, 3.0, 2.0]]
        """
        boxes = np.zeros((len(self), 4), np.float32)
        for masks, _ in _pieces(self.offsets):
            boxes[masks] = _boxes(self[masks])
        return boxes

    def decode(self, i: int) -> Mask:
        """Decode mask ``i`` at its own size: bool, shape ``(height, width)``.

        Example:
            >>> RunLengths.from_mask([[1, 0], [1, 1]]).decode(0).astype(int).tolist()
            [[1, 0], [1, 1]]
        """
        one = self[i]
        height, width = (int(side) for side in one.sizes[0])
        return fill(one.starts, one.starts + one.lengths, height, width)

    def sample(self, i: int, rows: Ints, columns: Ints) -> Mask:
        """Decode mask ``i`` at chosen rows and columns only, without its full-size form.

        This is nearest-neighbour resizing and cropping at the cost of the result's pixels: a run covers,
        of the pixels asked for, one unbroken stretch, whose ends follow from two lookup tables.

        Args:
            i: Which mask.
            rows: Source rows, rising (repeats allowed), shape ``(h,)``.
            columns: Source columns, rising (repeats allowed), shape ``(w,)``.

        Returns:
            Bool mask, shape ``(h, w)``.

        Example:
            >>> runs = RunLengths.from_mask([[1, 0, 0], [1, 1, 0]])
            >>> runs.sample(0, np.array([1]), np.array([0, 1, 2])).astype(int).tolist()
            [[1, 1, 0]]
        """
        one = self[i]
        distinct, back = np.unique(columns, return_inverse=True)
        begin, end = _project(one, rows, distinct)
        mask = fill(begin, end, len(rows), len(distinct))
        return mask if len(distinct) == len(columns) else mask[:, back]

    def sample_all(self, rows: Ints, columns: Ints) -> npt.NDArray[np.bool_]:
        """Decode all masks, which are of one size, as :meth:`sample` decodes one; much faster than in turn.

        Args:
            rows: Source rows, rising, shape ``(h,)``.
            columns: Source columns, rising, shape ``(w,)``.

        Returns:
            Bool masks, shape ``(N, h, w)``.

        Raises:
            AnnotationError: If their sizes differ.

        Example:
            >>> runs = RunLengths.from_masks([[[1, 0, 0], [1, 1, 0]], [[0, 0, 0], [0, 0, 1]]])
            >>> runs.sample_all(np.array([1]), np.array([0, 1, 2])).astype(int).tolist()
            [[[1, 1, 0]], [[0, 0, 1]]]
        """
        if not len(self):
            return np.zeros((0, len(rows), len(columns)), bool)
        if (self.sizes != self.sizes[0]).any():
            found = " and ".join(f"{h}x{w}" for h, w in np.unique(self.sizes, axis=0)[:2])
            raise AnnotationError(f"Masks of {found} pixels have no rows in common. Sample them one by one.")
        distinct, back = np.unique(columns, return_inverse=True)
        begin, end = _project(self, rows, distinct)
        before = np.repeat(np.arange(len(self)) * (len(rows) * len(distinct)), np.diff(self.offsets))
        # Side by side, masks of h rows and w columns are one mask of h rows and N * w columns.
        wide = fill(begin + before, end + before, len(rows), len(self) * len(distinct))
        masks = wide.reshape(len(rows), len(self), len(distinct)).transpose(1, 0, 2)
        return masks if len(distinct) == len(columns) else masks[:, :, back]

    def resized(self, size: tuple[int, int]) -> "RunLengths":
        """Resize every mask to one size by nearest neighbour, staying in run-lengths.

        Args:
            size: New ``(height, width)`` in pixels.

        Returns:
            As many masks, all of that size.
        """
        height, width = size
        parts = []
        for i in range(len(self)):
            one = self[i]
            source_height, source_width = (int(side) for side in one.sizes[0])
            if (source_height, source_width) == (height, width):
                parts.append(one)
                continue
            rows, columns = nearest(source_height, height), nearest(source_width, width)
            if width > source_width:
                parts.append(RunLengths.from_mask(self.sample(i, rows, columns)))
                continue
            parts.append(_merged(*_project(one, rows, columns), (height, width)))
        return RunLengths.concatenate(parts)

    def counts(self, i: int) -> npt.NDArray[np.int64]:
        """Give mask ``i`` in COCO's alternating form: off, on, off, … starting with off.

        Example:
            >>> RunLengths.from_mask([[1, 0], [1, 1]]).counts(0).tolist()
            [0, 2, 1, 1]
        """
        return self[i]._all_counts()[0]

    def _all_counts(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Counts of one mask after the other, and where each mask's begin."""
        runs = np.diff(self.offsets)
        begins = np.concatenate([[0], np.cumsum(2 * runs + 1)])
        owner = np.repeat(np.arange(len(self)), runs)
        place = 2 * np.arange(len(self.starts)) + owner
        edges = np.empty(begins[-1], np.int64)
        edges[place] = self.starts
        edges[place + 1] = self.starts + self.lengths
        last = begins[1:] - 1
        edges[last] = self.sizes[:, 0].astype(np.int64) * self.sizes[:, 1]
        counts = np.diff(edges, prepend=0)
        counts[begins[:-1]] = edges[begins[:-1]]
        needless = last[(counts[last] == 0) & (runs > 0)]
        begins -= np.searchsorted(needless, begins)
        return np.delete(counts, needless), begins

    def to_coco(self) -> list[dict[str, Any]]:
        """Give every mask as a COCO compressed run-length, ready for JSON."""
        texts: list[str] = []
        for masks, _ in _pieces(self.offsets, _COMPRESSED_AT_ONCE):
            texts += compress_all(*self[masks]._all_counts())
        sizes = self.sizes.tolist()
        return [{"size": size, "counts": text} for size, text in zip(sizes, texts, strict=True)]


def _pieces(offsets: npt.NDArray[np.int64], at_once: int = _RUNS_AT_ONCE) -> Iterator[tuple[slice, slice]]:
    """Cut masks into pieces of bounded run number, so that work on a whole data set needs little room.

    Yields:
        A slice of masks and the slice of their runs.
    """
    first, n = 0, len(offsets) - 1
    while first < n:
        last = int(np.searchsorted(offsets, offsets[first] + at_once, side="right")) - 1
        last = min(max(last, first + 1), n)
        yield slice(first, last), slice(int(offsets[first]), int(offsets[last]))
        first = last


def _boxes(some: RunLengths) -> npt.NDArray[np.float32]:
    out = np.zeros((len(some), 4), np.float32)
    counts = np.diff(some.offsets)
    full = np.flatnonzero(counts)
    if not len(full):
        return out
    heights = np.repeat(some.sizes[:, 0], counts)
    left, top = np.divmod(some.starts, heights)
    right, bottom = np.divmod(some.starts + some.lengths - 1, heights)
    spans = right > left  # a run over a column's end touches the top and the bottom of the photo
    top[spans] = 0
    bottom = np.where(spans, heights - 1, bottom)
    begin = some.offsets[full]
    out[full, 0] = left[begin]
    out[full, 1] = np.minimum.reduceat(top, begin)
    out[full, 2] = right[some.offsets[full + 1] - 1] + 1
    out[full, 3] = np.maximum.reduceat(bottom, begin) + 1
    return out


def _int32(values: Sequence[int]) -> npt.NDArray[np.int32]:
    return np.array(values, dtype=np.int32)


def _project(some: RunLengths, rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """Where runs of masks of one size begin and end among the sampled pixels; columns must be distinct."""
    height, width = (int(side) for side in some.sizes[0])
    begin, end = some.starts, some.starts + some.lengths
    return project(begin, (height, width), rows, columns), project(end, (height, width), rows, columns)


def _merged(begin: Ints, end: Ints, size: tuple[int, int]) -> RunLengths:
    kept = end > begin
    begin, end = begin[kept], end[kept]
    if len(begin):
        apart = begin[1:] > end[:-1]
        begin = begin[np.concatenate([[True], apart])]
        end = end[np.concatenate([apart, [True]])]
    return RunLengths(
        begin.astype(np.int32),
        (end - begin).astype(np.int32),
        np.array([0, len(begin)], np.int64),
        np.array([size], np.int32),
    )


def _from_coco(entry: dict[str, Any]) -> RunLengths:
    height, width = (int(side) for side in entry["size"])
    counts = entry["counts"]
    if isinstance(counts, str | bytes):
        counts = decompress_counts(counts)
    counts = np.asarray(counts, dtype=np.int64)
    if (counts < 0).any() or int(counts.sum()) != height * width:
        raise AnnotationError(
            f"COCO counts add up to {int(counts.sum())}, but {height}x{width} has {height * width} pixels. "
            "Check 'size', which is [height, width]."
        )
    ends = np.cumsum(counts)
    begin, end = ends[0::2][: len(ends) // 2], ends[1::2]
    return _merged(begin, end, (height, width))
