"""Draw photos so that every label keeps its share, the rare ones first."""

from warnings import warn

import numpy as np
import numpy.typing as npt

from attire.annotations.records import Records
from attire.dataset.dataset import Dataset
from attire.dataset.presence import annotated_photos, category_presence
from attire.errors import DataError
from attire.extras import require

__all__ = ["draw_stratified", "main_labels", "stratified_subset"]

Labels = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


def stratified_subset(
    dataset: Dataset, n_photos: int, *, seed: int = 0, photos: npt.NDArray[np.integer] | None = None
) -> Places:
    """Choose so many photos that show every category in the same shares as all of them.

    Args:
        dataset: What to choose from.
        n_photos: How many; where there are fewer, all are taken, with a warning.
        seed: Same seed, same photos.
        photos: Choose among these places only, such as the training part of a split.

    Returns:
        Places of the photos, rising, exactly ``n_photos`` where there are that many.

    Raises:
        DataError: If ``n_photos`` is not positive.
    """
    if n_photos < 1:
        raise DataError(f"A subset of {n_photos} photos is nothing to learn from; ask for at least one.")
    everything = np.arange(len(dataset)) if photos is None else np.unique(photos).astype(np.int64)
    if n_photos >= len(everything):
        if n_photos > len(everything):
            warn(f"{n_photos} photos were asked for; all {len(everything)} are taken.", stacklevel=2)
        return everything
    return draw_stratified(main_labels(dataset.records), everything, n_photos, seed)


def main_labels(records: Records) -> Labels:
    """Say what each photo shows: every category, and whether any attributes are annotated, (P, C + 1)."""
    return np.column_stack([category_presence(records), annotated_photos(records)])


def draw_stratified(labels: Labels, among: Places, n: int, seed: int) -> Places:
    """Choose places by iterative stratification.

    Args:
        labels: What each place shows, shape ``(P, L)``.
        among: The places to choose from, rising.
        n: How many to choose.
        seed: Same seed, same choice.

    Returns:
        Exactly ``n`` of them, or all if there are fewer, rising.

    Raises:
        MissingExtraError: If iterative-stratification is not installed.

    Example:
        >>> labels = np.array([[1, 0]] * 8 + [[0, 1]] * 4, bool)
        >>> chosen = draw_stratified(labels, np.arange(12), 6, seed=0)
        >>> labels[chosen].sum(axis=0).tolist()
        [4, 2]
    """
    if n <= 0 or not len(among):
        return np.zeros(0, np.int64)
    if n >= len(among):
        return among
    own = labels[among]
    own = own[:, own.any(axis=0) & ~own.all(axis=0)]
    rng = np.random.default_rng(seed)
    if own.shape[1] < 2:  # the algorithm wants two labels; the first cannot tell photos apart any better
        own = np.column_stack([own, np.zeros((len(among), 2), bool)])
        own[rng.permutation(len(among))[: len(among) // 2], -1] = True
    stratifiers = require("iterstrat.ml_stratifiers", "data")
    shuffle = stratifiers.MultilabelStratifiedShuffleSplit(n_splits=1, test_size=n, random_state=seed)
    _, chosen = next(shuffle.split(np.zeros(len(among)), own))
    return np.sort(among[_exactly(n, chosen, own, rng)])


def _exactly(n: int, chosen: Places, labels: Labels, rng: np.random.Generator) -> Places:
    """Add or drop the photos whose rarest label is commonest, since stratification misses ``n`` a little."""
    counts = np.where(labels, labels.sum(axis=0), len(labels)).min(axis=1, initial=len(labels))
    shuffled = rng.permutation(len(labels))
    commonest_first = shuffled[np.argsort(-counts[shuffled], kind="stable")]
    inside = np.isin(commonest_first, chosen)
    surplus = len(chosen) - n
    if surplus > 0:
        return np.setdiff1d(chosen, commonest_first[inside][:surplus])
    return np.concatenate([chosen, commonest_first[~inside][:-surplus] if surplus else chosen[:0]])
