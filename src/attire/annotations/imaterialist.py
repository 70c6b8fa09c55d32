"""iMaterialist 2019's ``train.csv`` ↔ records."""

import csv
from pathlib import Path

from attire.annotations.class_ids import format_class_id
from attire.annotations.csv_blocks import read_csv_blocks
from attire.annotations.csv_rows import decode_rows, stated_sizes
from attire.annotations.gathering import BadRow, Gathering
from attire.annotations.known import UnlabelledGroups
from attire.annotations.pairs import encode_pairs
from attire.annotations.records import Records
from attire.atomic import atomic_path
from attire.errors import AnnotationError
from attire.ontology import Ontology

__all__ = ["COLUMNS", "read_imaterialist", "write_imaterialist"]

COLUMNS = ("ImageId", "EncodedPixels", "Height", "Width", "ClassId")
"""Header of ``train.csv``."""


def read_imaterialist(
    path: Path | str,
    ontology: Ontology,
    *,
    unlabelled_groups: UnlabelledGroups = "unknown",
    skip_bad_rows: bool = False,
) -> tuple[Records, tuple[BadRow, ...]]:
    """Read a CSV in the form of iMaterialist 2019's ``train.csv``.

    Args:
        path: The CSV, with the columns ImageId, EncodedPixels, Height, Width and ClassId in any order.
            A row with neither EncodedPixels nor ClassId names a photo without instances. Rows of one
            photo need not be adjacent.
        ontology: What the ids in ClassId mean.
        unlabelled_groups: What a group without any label means on an instance with labels in others.
        skip_bad_rows: Leave out rows that cannot become instances, and photos of which no other row is
            left, instead of stopping at the first.

    Returns:
        The records, photos in order of first appearance; and the rows left out.

    Raises:
        AnnotationError: If the file or one of its rows is no good; the message names the row.
    """
    path = Path(path)
    gathering = Gathering(ontology)
    for rows in decode_rows(read_csv_blocks(path, COLUMNS), stated_sizes):
        gathering.add(rows)
        if gathering.bad_rows and not skip_bad_rows:
            bad = gathering.bad_rows[0]
            raise AnnotationError(
                f"{path} row {bad.row} ({bad.image_id}): {bad.what}. {bad.cure}, or pass --skip-bad-rows."
            )
    return gathering.finish(unlabelled_groups), tuple(gathering.bad_rows)


def write_imaterialist(records: Records, path: Path | str) -> None:
    """Write records as a CSV that :func:`read_imaterialist` reads back without loss.

    Args:
        records: What to write; a photo without instances becomes a row without pixels and class.
        path: The CSV, replaced whole or not at all.

    Raises:
        AnnotationError: If a mask is empty, which the form cannot say.
    """
    empty = records.masks.areas == 0
    if empty.any():
        photo = records.image_ids[records.photo_indices[empty][0]]
        raise AnnotationError(
            f"{path}: {int(empty.sum())} masks are empty, the first in {photo}; an instance has pixels. "
            "Drop them with records.keep(records.masks.areas > 0)."
        )
    with atomic_path(Path(path)) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for photo in range(len(records)):
            instances = records.instances(photo)
            named = [instances.image_id, "", *instances.size, ""]
            if not len(instances):
                writer.writerow(named)
            own = slice(int(records.offsets[photo]), int(records.offsets[photo + 1]))
            for i, pairs in enumerate(encode_pairs(records.masks[own])):
                named[1] = pairs
                named[4] = format_class_id(int(instances.category_ids[i]), instances.attribute_set(i))
                writer.writerow(named)
