"""Which photos to show more often, so that rare and badly found categories are learned too."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from attire.annotations.records import Records
from attire.dataset.presence import category_presence
from attire.errors import DataError

__all__ = ["repeat_factors", "resample_weak", "weak_categories"]

Places = npt.NDArray[np.int64]


def repeat_factors(
    records: Records, threshold: float, photos: npt.NDArray[np.integer] | None = None
) -> npt.NDArray[np.float64]:
    """Say how often to show each photo per epoch (LVIS: Gupta, Dollár and Girshick, 2019).

    A category shown by the share f of the photos gets ``max(1, sqrt(threshold / f))``, and a photo the
    largest of its categories' factors.

    Args:
        records: The annotations.
        threshold: Share of photos below which a category is repeated, 0 … 1; LVIS uses 0.001.
        photos: The places that are trained on; all when absent.

    Returns:
        Factors of at least 1, shape ``(len(photos),)``.

    Raises:
        DataError: If the threshold is out of range.
    """
    if not 0 <= threshold <= 1:
        raise DataError(f"A repeat threshold of {threshold} is no share of photos; use one such as 0.001.")
    shown = category_presence(records)
    shown = shown if photos is None else shown[photos]
    if not shown.size:
        return np.ones(len(shown))
    shares = np.maximum(shown.mean(axis=0), 1 / len(shown))
    factors = np.maximum(1.0, np.sqrt(threshold / shares))
    repeats: npt.NDArray[np.float64] = np.where(shown, factors, 1.0).max(axis=1)
    return repeats


def weak_categories(
    records: Records,
    sensitivity: Mapping[int, float],
    n_categories: int = 5,
    photos: npt.NDArray[np.integer] | None = None,
) -> list[int]:
    """Choose the most frequent of the categories that are found least.

    As we read the founding project: of the categories whose sensitivity is not above the median, those
    with the most instances.

    Args:
        records: The annotations.
        sensitivity: Recall of each category, 0 … 1, from an evaluation report; categories without an
            instance here, or whose recall is not a number, are left out.
        n_categories: At most so many.
        photos: Count the instances of these places only; of all when absent.

    Returns:
        Category ids, most frequent first.

    Raises:
        DataError: If no category has both a sensitivity and an instance.
    """
    counted = slice(None) if photos is None else np.isin(records.photo_indices, photos)
    counts = np.bincount(records.category_ids[counted], minlength=len(records.ontology.categories))
    known = {
        category: recall
        for category, recall in sensitivity.items()
        if 0 <= category < len(counts) and counts[category] and np.isfinite(recall)
    }
    if not known:
        raise DataError(
            "No category has both a sensitivity and an instance to resample. Give the report of an "
            "evaluation on data like these."
        )
    median = float(np.median(list(known.values())))
    weak = [category for category, recall in known.items() if recall <= median]
    return sorted(weak, key=lambda category: (-counts[category], category))[:n_categories]


def resample_weak(
    records: Records,
    sensitivity: Mapping[int, float],
    n_photos: int,
    *,
    n_categories: int = 5,
    seed: int = 0,
    photos: npt.NDArray[np.integer] | None = None,
) -> Places:
    """Draw further photos of the most frequent categories with the lowest sensitivity.

    The categories of :func:`weak_categories` take turns; each draws from the photos that show it, and
    repeats one only after all of them had their turn.

    Args:
        records: The annotations.
        sensitivity: Recall of each category, 0 … 1, from an evaluation report.
        n_photos: How many to draw.
        n_categories: How many categories to strengthen.
        seed: Same seed, same photos.
        photos: Draw from these places only; all when absent.

    Returns:
        Places of photos with repeats, shape ``(n_photos,)``, to be shown besides the others.

    Raises:
        DataError: If no category has both a sensitivity and an instance in these photos.
    """
    places = np.arange(len(records)) if photos is None else np.unique(photos).astype(np.int64)
    weak = weak_categories(records, sensitivity, n_categories, places)
    shown = category_presence(records)[places]
    rng = np.random.default_rng(seed)
    drawn = np.zeros(n_photos, np.int64)
    for turn, category in enumerate(weak):
        own = drawn[turn :: len(weak)]
        candidates = places[shown[:, category]]
        rounds = -(-len(own) // len(candidates))
        order = [rng.permutation(candidates) for _ in range(rounds)]
        own[:] = np.concatenate([candidates[:0], *order])[: len(own)]
    return drawn
