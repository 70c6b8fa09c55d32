"""The CSV that Kaggle scores: every test photo has a row, masks are 512×512."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from attire.annotations.class_ids import format_class_id
from attire.annotations.pairs import encode_pairs
from attire.atomic import atomic_path
from attire.errors import AnnotationError
from attire.instances import Instances
from attire.masks import RunLengths, without_overlap

__all__ = ["SUBMISSION_COLUMNS", "SUBMISSION_SIZE", "write_submission"]

SUBMISSION_COLUMNS = ("ImageId", "EncodedPixels", "ClassId")
"""Header of ``sample_submission.csv``."""
SUBMISSION_SIZE = (512, 512)
"""``(height, width)`` of every mask in pixels, whatever the photo's shape."""

_STAND_IN = ("1 1", "0")
"""One pixel of category 0: a row that is valid and, as wrong as no row at all, costs nothing more than
the photo's score, which without any hit is 0 anyway."""


def write_submission(
    path: Path | str,
    photos: Iterable[Instances],
    *,
    size: tuple[int, int] = SUBMISSION_SIZE,
    spare: Mapping[str, Instances] | None = None,
) -> None:
    """Write what was found in photos as a submission to iMaterialist 2019.

    Masks are resized by nearest neighbour. Where two of the same category overlap, the pixels go to the
    one with the higher score; garments of different categories may overlap, as sleeves and pockets lie on
    theirs. Masks that are left without pixels are dropped.

    Args:
        path: The CSV, replaced whole or not at all.
        photos: What was found, photo by photo; consumed one at a time.
        size: ``(height, width)`` of every mask in pixels.
        spare: Detections that were thought too doubtful, by file name. Kaggle wants a row for every
            photo: where nothing else is left, the one of these with the highest score stands in, and
            where there is none either, a single pixel of category 0.

    Raises:
        AnnotationError: If instances come without masks, or a photo comes twice.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from attire.ontology import Ontology
        >>> bare = Instances(ontology=Ontology.imaterialist2019(), image_id="a.jpg", size=(9, 9),
        ...                  category_ids=np.zeros(0, np.int64), boxes=np.zeros((0, 4), np.float32))
        >>> with TemporaryDirectory() as folder:
        ...     write_submission(Path(folder) / "submission.csv", [bare])
        ...     print((Path(folder) / "submission.csv").read_text())
        ImageId,EncodedPixels,ClassId
        a.jpg,1 1,0
        <BLANKLINE>
    """
    written: set[str] = set()
    with atomic_path(Path(path)) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SUBMISSION_COLUMNS)
        for found in photos:
            if found.image_id in written:
                raise AnnotationError(
                    f"{path}: photo {found.image_id} comes twice. Give it once, with all its instances."
                )
            written.add(found.image_id)
            rows = list(_rows(found, size))
            if not rows and spare is not None and found.image_id in spare:
                rows = list(_rows(spare[found.image_id], size))[:1]
            writer.writerows((found.image_id, *row) for row in rows or [_STAND_IN])


def _rows(found: Instances, size: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Give EncodedPixels and ClassId of what is left of each instance, highest score first."""
    if not len(found):
        return
    if found.masks is None:
        raise AnnotationError(f"{found.image_id}: {len(found)} instances without masks cannot be submitted.")
    order = np.arange(len(found)) if found.scores is None else np.argsort(-found.scores, kind="stable")
    masks = found.masks[order].resized(size)
    categories = found.category_ids[order]
    kept: list[RunLengths] = [masks[i] for i in range(len(masks))]
    for category_id in np.unique(categories):
        own = np.flatnonzero(categories == category_id)
        apart = without_overlap(masks[own])
        for place, i in enumerate(own.tolist()):
            kept[i] = apart[place]
    for i, pairs in zip(order.tolist(), encode_pairs(RunLengths.concatenate(kept)), strict=True):
        if pairs:
            yield pairs, format_class_id(int(found.category_ids[i]), found.attribute_set(i))
