"""Training and validation parts that show every category in the same shares."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.atomic import write_text
from attire.dataset.dataset import Dataset
from attire.dataset.presence import annotated_photos, attribute_presence
from attire.dataset.stratification import draw_stratified, main_labels
from attire.errors import DataError

__all__ = ["Splits", "split_photos"]

Places = npt.NDArray[np.int64]
Labels = npt.NDArray[np.bool_]
_PARTS = ("train", "val", "val_attributes")


@dataclass(frozen=True, kw_only=True, eq=False)
class Splits:
    """Three disjoint parts of a data set, as rising places of photos."""

    train: Places
    """What is learned from."""
    val: Places
    """Shows what the whole data set shows, in the same shares."""
    val_attributes: Places
    """Only photos with annotated attributes, which in iMaterialist are about one in five."""
    seed: int
    """What they were drawn with."""
    fingerprint: str
    """Of the data set that the places refer to."""

    def save(self, path: Path | str, dataset: Dataset) -> None:
        """Write the parts as file names, so that the file can be read by eye and by others.

        Args:
            path: JSON file to write.
            dataset: The data set that was split.

        Raises:
            DataError: If these are splits of other data.
        """
        self._refuse_other(dataset, f"splits to be written to {path}")
        content = {
            "fingerprint": self.fingerprint,
            "seed": self.seed,
            **{part: dataset.records.image_ids[getattr(self, part)].tolist() for part in _PARTS},
        }
        write_text(Path(path), json.dumps(content, indent=1) + "\n")

    @classmethod
    def load(cls, path: Path | str, dataset: Dataset) -> "Splits":
        """Read parts written by :meth:`save`.

        Args:
            path: The JSON file.
            dataset: The data set that was split.

        Returns:
            The splits, as places in ``dataset``.

        Raises:
            DataError: If the file is missing, is no file of splits, or splits other data.
        """
        try:
            content = json.loads(Path(path).read_text(encoding="utf-8"))
            seed, found = int(content["seed"]), str(content["fingerprint"])
            names = {part: [str(name) for name in content[part]] for part in _PARTS}
        except FileNotFoundError:
            raise DataError(f"{path}: no such file of splits. Split the data anew.") from None
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}: no file of splits ({error!r}). Split the data anew.") from None
        parts = cls(**{part: np.zeros(0, np.int64) for part in _PARTS}, seed=seed, fingerprint=found)
        parts._refuse_other(dataset, str(path))
        place = dataset.records.index_of
        try:
            return cls(
                **{part: np.array([place[name] for name in names[part]], np.int64) for part in _PARTS},
                seed=seed,
                fingerprint=found,
            )
        except KeyError as error:
            raise DataError(f"{path}: the data hold no photo {error}. Split the data anew.") from None

    def _refuse_other(self, dataset: Dataset, where: str) -> None:
        if self.fingerprint != dataset.fingerprint:
            raise DataError(
                f"{where}: made for data with fingerprint {self.fingerprint[:12]}, but {dataset.layout.root} "
                f"has {dataset.fingerprint[:12]}. Give the data they were made for, or split anew."
            )


def split_photos(
    dataset: Dataset,
    *,
    val: float = 0.05,
    val_attributes: float = 0.05,
    seed: int = 0,
    groups: Sequence[Any] | None = None,
) -> Splits:
    """Split into training and two validation parts by iterative stratification.

    Stratified are the categories a photo shows and whether it has annotated attributes, in the second part
    also the attributes. The rarest are distributed first, and what is there only once goes to training
    (Sechidis, Tsoumakas and Vlahavas: On the stratification of multi-label data, 2011).

    Args:
        dataset: What to split.
        val: Share of all photos, 0 … 1.
        val_attributes: Share of the photos with annotated attributes, taken from what ``val`` leaves.
        seed: Same seed, same splits.
        groups: One value per photo; photos with equal values (same person, same shop) stay together, and
            shares are shares of groups.

    Returns:
        The splits.

    Raises:
        DataError: If a share is out of range or nothing would be left to train on.
    """
    if min(val, val_attributes) < 0 or val + val_attributes >= 1:
        raise DataError(
            f"Shares of {val} and {val_attributes} leave nothing to train on; use some such as 0.05 and 0.05."
        )
    if len(dataset) < 2:
        raise DataError(f"{dataset.layout.root}: {len(dataset)} photos are too few to split.")
    records = dataset.records
    members = _members(len(dataset), groups)
    everything = np.arange(len(members))
    labels = main_labels(records)
    held = draw_stratified(_shown(labels, members), everything, round(val * len(members)), seed)
    rest = np.setdiff1d(everything, held)
    annotated = annotated_photos(records)
    candidates = np.array([place for place in rest if annotated[members[place]].all()], np.int64)
    # Attributes are many; in the first part they would drown the categories.
    detailed = _shown(np.column_stack([labels, attribute_presence(records)]), members)
    second = draw_stratified(detailed, candidates, round(val_attributes * len(candidates)), seed + 1)
    train = np.setdiff1d(rest, second)
    if not len(train):
        raise DataError(
            f"{dataset.layout.root}: shares of {val} and {val_attributes} leave none of {len(members)} "
            "photos or groups to train on. Use smaller shares."
        )
    return Splits(
        train=_photos(members, train),
        val=_photos(members, held),
        val_attributes=_photos(members, second),
        seed=seed,
        fingerprint=dataset.fingerprint,
    )


def _shown(labels: Labels, members: list[Places]) -> Labels:
    starts = np.cumsum([0, *(len(photos) for photos in members[:-1])])
    return np.logical_or.reduceat(labels[np.concatenate(members)], starts)


def _members(n_photos: int, groups: Sequence[Any] | None) -> list[Places]:
    if groups is None:
        return list(np.arange(n_photos).reshape(-1, 1))
    if len(groups) != n_photos:
        raise DataError(f"{len(groups)} groups were given for {n_photos} photos; give one per photo.")
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


def _photos(members: list[Places], chosen: Places) -> Places:
    return np.sort(np.concatenate([np.zeros(0, np.int64), *(members[place] for place in chosen)]))
