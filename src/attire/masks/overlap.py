"""Set operations on masks, run by run: what is shared, joined, or left when others are taken away."""

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.masks.runs import RunLengths

__all__ = ["intersect", "shared_areas", "subtract", "union", "without_overlap"]

Integers = npt.NDArray[np.int64]


def union(masks: RunLengths) -> RunLengths:
    """Join masks of one size into one.

    Args:
        masks: At least one mask, all of the same size.

    Returns:
        One mask with every pixel that any of them has.

    Raises:
        AnnotationError: If there is none, or their sizes differ.

    Example:
        >>> both = union(RunLengths.from_masks([[[1, 0, 0]], [[1, 1, 0]]]))
        >>> both.decode(0).astype(int).tolist()
        [[1, 1, 0]]
    """
    size = _common_size(masks)
    order = np.argsort(masks.starts, kind="stable")
    starts = masks.starts[order].astype(np.int64)
    reach = np.maximum.accumulate(starts + masks.lengths[order]) if len(order) else starts
    apart = starts[1:] > reach[:-1]
    first = np.append(True, apart) if len(order) else apart
    last = np.append(apart, True) if len(order) else apart
    return _one(starts[first], reach[last], size)


def intersect(mask: RunLengths, other: RunLengths) -> RunLengths:
    """Keep the pixels that two masks share.

    Args:
        mask: One mask.
        other: One mask of the same size.

    Raises:
        AnnotationError: If either is not one mask, or their sizes differ.

    Example:
        >>> left, right = RunLengths.from_mask([[1, 1, 0]]), RunLengths.from_mask([[0, 1, 1]])
        >>> intersect(left, right).decode(0).astype(int).tolist()
        [[0, 1, 0]]
    """
    size = _size_of_two(mask, other)
    return _one(*_shared(*_ends(mask), *_ends(other)), size)


def shared_areas(masks: RunLengths, others: RunLengths) -> Integers:
    """Count the pixels that masks share with others, pair by pair.

    Args:
        masks: N masks of one size.
        others: As many of the same size.

    Returns:
        Areas of the intersections in pixels, shape ``(N,)``.

    Raises:
        AnnotationError: If they are not as many, or their sizes differ.

    Example:
        >>> masks = RunLengths.from_masks([[[1, 1, 0]], [[0, 1, 1]], [[1, 1, 1]]])
        >>> shared_areas(masks[[0, 0]], masks[[1, 2]]).tolist()
        [1, 2]
    """
    if len(masks) != len(others):
        raise AnnotationError(f"Pairs of masks are as many of each; found {len(masks)} and {len(others)}.")
    if not len(masks):
        return np.zeros(0, np.int64)
    height, width = _common_size(RunLengths.concatenate([masks, others]))
    starts, _ = _laid_out(masks, height * width)
    before = np.concatenate([[0], np.cumsum(masks.lengths, dtype=np.int64)])
    starts = np.append(starts, np.iinfo(np.int64).max)

    def covered(pixel: Integers) -> Integers:
        """Pixels of the masks that lie before each of these."""
        run = np.searchsorted(starts, pixel, side="right") - 1
        inside: Integers = np.where(
            run < 0, 0, np.minimum(before[run] + pixel - starts[run], before[run + 1])
        )
        return inside

    begin, end = _laid_out(others, height * width)
    sums = np.concatenate([[0], np.cumsum(covered(end) - covered(begin))])
    shared: Integers = np.diff(sums[others.offsets])
    return shared


def _laid_out(masks: RunLengths, pixels: int) -> tuple[Integers, Integers]:
    """Ends of all runs when masks of so many pixels each are laid one after the other."""
    shifts = np.repeat(np.arange(len(masks)) * pixels, np.diff(masks.offsets))
    return masks.starts + shifts, masks.starts + masks.lengths + shifts


def subtract(mask: RunLengths, other: RunLengths) -> RunLengths:
    """Take the pixels of another mask away from one.

    Args:
        mask: One mask.
        other: One mask of the same size.

    Raises:
        AnnotationError: If either is not one mask, or their sizes differ.

    Example:
        >>> left, right = RunLengths.from_mask([[1, 1, 0]]), RunLengths.from_mask([[0, 1, 1]])
        >>> subtract(left, right).decode(0).astype(int).tolist()
        [[1, 0, 0]]
    """
    height, width = _size_of_two(mask, other)
    begin, end = _ends(other)
    gaps_begin, gaps_end = np.append(0, end), np.append(begin, height * width)
    return _one(*_shared(*_ends(mask), gaps_begin, gaps_end), (height, width))


def without_overlap(masks: RunLengths) -> RunLengths:
    """Give every pixel to the first mask that has it.

    Args:
        masks: Masks of one size, the most trusted first.

    Returns:
        As many masks in the same order; some may be empty.

    Raises:
        AnnotationError: If their sizes differ.

    Example:
        >>> left, right = without_overlap(RunLengths.from_masks([[[1, 1, 0]], [[0, 1, 1]]]))
        >>> right.decode(0).astype(int).tolist()
        [[0, 0, 1]]
    """
    kept: list[RunLengths] = []
    for i in range(len(masks)):
        if not kept:
            kept.append(masks[i])
            taken = masks[i]
            continue
        kept.append(subtract(masks[i], taken))
        taken = union(RunLengths.concatenate([taken, masks[i]]))
    return RunLengths.concatenate(kept)


def _shared(
    begin: Integers, end: Integers, other_begin: Integers, other_end: Integers
) -> tuple[Integers, Integers]:
    """Ends of the stretches that two rising lists of runs have in common."""
    first = np.searchsorted(other_end, begin, side="right")
    counts = np.maximum(np.searchsorted(other_begin, end, side="left") - first, 0)
    run = np.repeat(np.arange(len(begin)), counts)
    place = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)
    other = first[run] + place
    return np.maximum(begin[run], other_begin[other]), np.minimum(end[run], other_end[other])


def _ends(mask: RunLengths) -> tuple[Integers, Integers]:
    starts = mask.starts.astype(np.int64)
    return starts, starts + mask.lengths


def _one(begin: Integers, end: Integers, size: tuple[int, int]) -> RunLengths:
    kept = end > begin
    return RunLengths(
        begin[kept].astype(np.int32),
        (end - begin)[kept].astype(np.int32),
        np.array([0, int(kept.sum())], np.int64),
        np.array([size], np.int32),
    )


def _size_of_two(mask: RunLengths, other: RunLengths) -> tuple[int, int]:
    if len(mask) != 1 or len(other) != 1:
        raise AnnotationError(f"Expected one mask and one other, found {len(mask)} and {len(other)}.")
    return _common_size(RunLengths.concatenate([mask, other]))


def _common_size(masks: RunLengths) -> tuple[int, int]:
    if not len(masks):
        raise AnnotationError("No masks to join; expected at least one.")
    if (masks.sizes != masks.sizes[0]).any():
        found = " and ".join(f"{h}x{w}" for h, w in np.unique(masks.sizes, axis=0)[:2])
        raise AnnotationError(f"Masks of {found} pixels do not lie on each other. Resize them first.")
    height, width = (int(side) for side in masks.sizes[0])
    return height, width
