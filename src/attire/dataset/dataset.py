"""A data set on disk as one value: annotations, photos and a fingerprint of both."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from attire.annotations.layout import Layout, find_layout
from attire.annotations.records import Records
from attire.errors import DataError
from attire.masks import RunLengths
from attire.ontology import Ontology, load_ontology
from attire.photos import photo_size
from attire.progress import track

__all__ = ["Dataset", "open_dataset"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """P photos with what is annotated in them."""

    records: Records
    """The annotations; a plain folder of photos has none, so N is 0."""
    layout: Layout
    """Where the files lie."""
    joined: tuple[tuple[int, Layout], ...] = ()
    """Of a joined data set: from which place on the photos lie elsewhere, and where, places rising."""

    def __len__(self) -> int:
        return len(self.records)

    @property
    def ontology(self) -> Ontology:
        """What the ids and columns of the records mean."""
        return self.records.ontology

    def photo_path(self, photo: int | np.integer) -> Path:
        """Say where photo number ``photo`` is expected, whether it is there or not."""
        layout = next((own for first, own in reversed(self.joined) if photo >= first), self.layout)
        return layout.photo_path(str(self.records.image_ids[photo]))

    @cached_property
    def fingerprint(self) -> str:
        """Name the content: the same on every machine, another as soon as any annotation differs.

        It covers file names, sizes, categories, runs and attributes, not the pixels of the photos.
        """
        return fingerprint(self.records)

    def sound_photos(self, *, skip_bad: bool = False) -> npt.NDArray[np.int64]:
        """Find the photos that are there at the size that their annotations state.

        Reads every header, so that training does not stop hours later at a photo that is not there.

        Args:
            skip_bad: Leave the others out instead of raising.

        Returns:
            Places of the sound photos, rising.

        Raises:
            DataError: If a photo is missing, unreadable or of another size.
        """
        sound, faults = [], []
        for photo in track(range(len(self)), "Looking at the photos"):
            try:
                self.check_size(photo, photo_size(self.photo_path(photo)))
            except DataError as error:
                faults.append(str(error))
            else:
                sound.append(photo)
        if faults and not skip_bad:
            rest = f" The same holds for {len(faults) - 1} more." if len(faults) > 1 else ""
            raise DataError(f"{faults[0]}{rest} Run attire check, or pass --skip-bad-rows.")
        return np.array(sound, dtype=np.int64)

    def check_size(self, photo: int | np.integer, found: tuple[int, int], *, halvings: int = 0) -> None:
        """Refuse a photo whose size is not the one that its masks were drawn at.

        Args:
            photo: Its place.
            found: ``(height, width)`` of the file in pixels.
            halvings: How often the decoder may have halved the photo.

        Raises:
            DataError: If the records state another size.
        """
        height, width = (int(side) for side in self.records.sizes[photo])
        if all(found != (-(-height // by), -(-width // by)) for by in (1, 2, 4, 8)[: halvings + 1]):
            raise DataError(
                f"{self.photo_path(photo)}: is {found[0]}x{found[1]} (height x width), but its annotations "
                f"say {height}x{width}, so its masks cannot lie where they belong."
            )


def open_dataset(
    path: Path | str,
    *,
    unlabelled_groups: Literal["unknown", "negative"] = "unknown",
    skip_bad_rows: bool = False,
) -> Dataset:
    """Open a data set, recognising what it is.

    Args:
        path: An iMaterialist folder, a COCO or Fashionpedia JSON beside its photos, a plain folder of
            photos, or one photo.
        unlabelled_groups: Whether, within an annotated instance, a group of attributes without any label
            is unknown or says that none of them holds.
        skip_bad_rows: Leave out rows (in a plain folder: photos) that cannot be read, instead of raising.

    Returns:
        The data set; photos without annotations come with their sizes and no instances.

    Raises:
        DataError: If nothing of these kinds lies there, or a photo of a plain folder cannot be read.
        AnnotationError: If the annotations say something impossible.
    """
    layout = find_layout(path)
    if layout.kind == "photos":
        return Dataset(records=_bare_records(layout, skip_bad=skip_bad_rows), layout=layout)
    from attire.annotations import load_records

    records = load_records(layout, unlabelled_groups=unlabelled_groups, skip_bad_rows=skip_bad_rows)
    return Dataset(records=records, layout=layout)


def fingerprint(records: Records) -> str:
    """Hash the content of records with SHA-256: 64 hexadecimal digits.

    Example:
        >>> from attire.ontology import Ontology
        >>> fingerprint(photo_records(Ontology.imaterialist2019(), ["a.jpg"], [(4, 3)]))[:8]
        '66b74d50'
    """
    ontology = records.ontology
    names = [
        *(category.name for category in ontology.categories),
        *(attribute.name for attribute in ontology.attributes),
        *records.image_ids.tolist(),
    ]
    digest = hashlib.sha256("\n".join(names).encode())
    arrays: tuple[tuple[npt.NDArray[np.generic], str], ...] = (
        (records.sizes, "<i4"),
        (records.offsets, "<i8"),
        (records.category_ids, "<i8"),
        (records.masks.offsets, "<i8"),
        (records.masks.starts, "<i4"),
        (records.masks.lengths, "<i4"),
        (np.packbits(records.attributes, axis=1), "u1"),
        (np.packbits(records.attributes_known, axis=1), "u1"),
    )
    for array, form in arrays:
        digest.update(np.ascontiguousarray(array, dtype=form).data)
    return digest.hexdigest()


def photo_records(ontology: Ontology, image_ids: list[str], sizes: list[tuple[int, int]]) -> Records:
    """Make records of photos in which nothing is annotated.

    Args:
        ontology: What may be found in them later.
        image_ids: File names.
        sizes: ``(height, width)`` of each in pixels.
    """
    width = len(ontology.attributes)
    return Records(
        ontology=ontology,
        image_ids=np.array(image_ids, dtype=np.str_),
        sizes=np.array(sizes, dtype=np.int32).reshape(-1, 2),
        offsets=np.zeros(len(image_ids) + 1, np.int64),
        category_ids=np.zeros(0, np.int64),
        masks=RunLengths.empty(),
        attributes=np.zeros((0, width), bool),
        attributes_known=np.zeros((0, width), bool),
        rows=np.zeros(0, np.int64),
    )


def _bare_records(layout: Layout, *, skip_bad: bool) -> Records:
    ontology = load_ontology(layout.descriptions) if layout.descriptions else Ontology.imaterialist2019()
    image_ids, sizes = [], []
    for image_id in track(layout.photo_ids(), "Looking at the photos"):
        try:
            size = photo_size(layout.photo_path(image_id))
        except DataError:
            if not skip_bad:
                raise
            continue
        image_ids.append(image_id)
        sizes.append(size)
    return photo_records(ontology, image_ids, sizes)
