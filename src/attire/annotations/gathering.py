"""Decoded CSV rows → records: photos numbered, bad rows set aside, instances sorted by photo."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations.class_ids import ClassIds
from attire.annotations.csv_rows import CsvRows
from attire.annotations.known import UnlabelledGroups, known_attributes
from attire.annotations.mask_store import MaskStore
from attire.annotations.records import Records
from attire.ontology import Ontology

__all__ = ["BadRow", "Gathering"]

_BARE, _FIT, _BAD = 0, 1, 2
_CHECK_SIZE = "Check Height/Width"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot become an instance."""

    row: int
    """Row of the file; the header is row 1."""
    image_id: str
    """File name of its photo, as it stands there."""
    what: str
    """What was found beside what was expected."""
    cure: str
    """What to do."""


class Gathering:
    """Takes the rows of a file block by block and gives its records at the end."""

    def __init__(
        self,
        ontology: Ontology,
        photos: Sequence[str] = (),
        sizes: npt.ArrayLike = (),
    ) -> None:
        self._ontology = ontology
        self._class_ids = ClassIds(ontology)
        self._places = {name: place for place, name in enumerate(photos)}
        self._sizes = np.array(sizes, np.int32).reshape(-1, 2)
        self._masks = MaskStore()
        self._columns: list[npt.NDArray[np.int64]] = []
        self.bad_rows: list[BadRow] = []
        """Rows that no instance is made of, in file order."""

    def add(self, rows: CsvRows) -> None:
        """Take the next rows; photos are numbered in order of first appearance."""
        photos = np.array([self._places.setdefault(n, len(self._places)) for n in rows.image_ids], np.int64)
        classes = np.array([self._class_ids.place(text) for text in rows.class_ids], np.int64)
        self._learn_sizes(photos, rows.sizes)
        state = np.where(rows.bare, _BARE, _FIT)
        for place, (what, cure) in sorted(self._problems(rows, photos, state).items()):
            self.bad_rows.append(BadRow(rows.first_row + place, rows.image_ids[place], what, cure))
            state[place] = _BAD
        self._masks.add(rows.masks)
        numbers = np.arange(rows.first_row, rows.first_row + len(rows))
        self._columns.append(np.stack([photos, classes, numbers, state]))

    def finish(self, unlabelled_groups: UnlabelledGroups = "unknown") -> Records:
        """Give the records of all rows without problems; the gathering is spent.

        Photos keep their order; those that have rows, all of them bad, are left out.
        """
        photos, classes, numbers, state = np.concatenate([np.zeros((4, 0), np.int64), *self._columns], axis=1)
        spoilt = np.zeros(len(self._places), bool)
        spoilt[photos[state == _BAD]] = True
        spoilt[photos[state != _BAD]] = False
        fit = np.flatnonzero(state == _FIT)
        order = fit[np.argsort(photos[fit], kind="stable")]
        counts = np.bincount(photos[fit], minlength=len(self._places))[~spoilt]
        masks = self._masks.finish()
        if not np.array_equal(order, np.arange(len(masks))):
            masks = masks[order]
        attributes = self._class_ids.attributes(classes[order])
        return Records(
            ontology=self._ontology,
            image_ids=np.array(list(self._places), np.str_)[~spoilt],
            sizes=self._sizes[~spoilt],
            offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            category_ids=self._class_ids.category_ids(classes[order]),
            masks=masks,
            attributes=attributes,
            attributes_known=known_attributes(attributes, self._ontology, unlabelled_groups),
            rows=numbers[order],
        )

    def _learn_sizes(self, photos: npt.NDArray[np.int64], sizes: npt.NDArray[np.int32]) -> None:
        """Take each photo's size from its first row that states one."""
        room = np.zeros((len(self._places) - len(self._sizes), 2), np.int32)
        self._sizes = np.concatenate([self._sizes, room])
        new = (self._sizes[photos, 0] == 0) & (sizes[:, 0] > 0)
        self._sizes[photos[new][::-1]] = sizes[new][::-1]

    def _problems(
        self, rows: CsvRows, photos: npt.NDArray[np.int64], state: npt.NDArray[np.int64]
    ) -> dict[int, tuple[str, str]]:
        """Say what is wrong, by place in the block; of several things in a row, the gravest."""
        problems: dict[int, tuple[str, str]] = {}
        for place, text in enumerate(rows.class_ids):
            if text in self._class_ids.problems and state[place] == _FIT:
                problems[place] = self._class_ids.problems[text]
        unmarked = (np.diff(rows.masks.offsets) == 0) & (state == _FIT)
        for place in np.flatnonzero(unmarked).tolist():
            problems[place] = "EncodedPixels are empty, but an instance has pixels", "Drop the row"
        problems.update(rows.problems)
        known = self._sizes[photos]
        for place in np.flatnonzero((rows.sizes != known).any(axis=1)).tolist():
            here, there = ("x".join(map(str, sizes[place])) for sizes in (rows.sizes, known))
            problems[place] = f"Height/Width say {here}, but another row of this photo {there}", _CHECK_SIZE
        for place in np.flatnonzero(rows.sizes[:, 0] == 0).tolist():
            problems[place] = "Height/Width are no whole numbers of pixels", _CHECK_SIZE
        for place, name in enumerate(rows.image_ids):
            if not name:
                problems[place] = "ImageId is empty, but every row is of a photo", "Name the photo's file"
        return problems
