"""Decoded CSV rows → records: photos numbered, bad rows set aside, instances sorted by photo."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations.assembly import assemble
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
    """Takes the rows of a file block by block and gives its records at the end.

    Args:
        ontology: What the ids in ClassId mean.
        photos: File names of photos known beforehand, in the order they shall have.
        sizes: Their ``(height, width)`` in pixels.
        pixels_optional: Whether a row without pixels only names its photo even if it has a class.
    """

    def __init__(
        self,
        ontology: Ontology,
        photos: Sequence[str] = (),
        sizes: npt.ArrayLike = (),
        *,
        pixels_optional: bool = False,
    ) -> None:
        self._ontology = ontology
        self._pixels_optional = pixels_optional
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
        bare = rows.unmarked if self._pixels_optional else rows.unmarked & rows.classless
        state = np.where(bare, _BARE, _FIT)
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
        photos, classes, rows, state = np.concatenate([np.zeros((4, 0), np.int64), *self._columns], axis=1)
        masks = self._masks.finish()
        fit = state == _FIT
        if not fit.all():
            masks = masks[fit]
        attributes = self._class_ids.attributes(classes[fit])
        records = assemble(
            ontology=self._ontology,
            image_ids=list(self._places),
            sizes=self._sizes,
            photos=photos[fit],
            category_ids=self._class_ids.category_ids(classes[fit]),
            masks=masks,
            attributes=attributes,
            attributes_known=known_attributes(attributes, self._ontology, unlabelled_groups),
            rows=rows[fit],
        )
        spoilt = np.isin(np.arange(len(records)), photos[state == _BAD])
        spoilt[photos[state != _BAD]] = False
        return records.select(~spoilt) if spoilt.any() else records

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
        for place in np.flatnonzero(rows.unmarked & (state == _FIT)).tolist():
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
