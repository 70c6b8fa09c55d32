"""COCO and Fashionpedia annotation files ↔ records."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from attire.annotations.coco_entries import CocoEntries, CocoPhoto
from attire.annotations.coco_ontology import coco_ontology
from attire.annotations.gathering import BadRow
from attire.annotations.json_file import read_json
from attire.annotations.known import UnlabelledGroups
from attire.annotations.records import Records
from attire.atomic import atomic_path
from attire.errors import AnnotationError

__all__ = ["read_coco", "write_coco"]


def read_coco(
    path: Path | str,
    *,
    unlabelled_groups: UnlabelledGroups = "unknown",
    skip_bad_rows: bool = False,
) -> tuple[Records, tuple[BadRow, ...]]:
    """Read a COCO annotation file, with Fashionpedia's attributes where it has them.

    Photos without annotations stay in. Crowd regions (``iscrowd``: 1) stand for no single garment and are
    left out, unless they carry ``attribute_ids``, as every annotation of Fashionpedia does.

    Args:
        path: The JSON: ``images``, ``annotations``, ``categories`` and perhaps ``attributes``. Masks may
            be polygons or run-lengths, compressed or not.
        unlabelled_groups: What a group without any label means on an instance with labels in others.
        skip_bad_rows: Leave out annotations that cannot become instances, and photos of which no other
            is left, instead of stopping at the first.

    Returns:
        The records, photos in file order, under the ontology of
        :func:`~attire.annotations.coco_ontology.coco_ontology`; and the annotations left out. ``rows``
        are places in ``annotations``, counted from 0.

    Raises:
        AnnotationError: If the file or one of its entries is no good; the message names the annotation.
        OntologyError: If its categories or attributes cannot be used.
    """
    path = Path(path)
    content = read_json(path)
    for name in ("images", "annotations"):
        if not isinstance(content, dict) or not isinstance(content.get(name), list):
            raise AnnotationError(f"{path}: has no list {name!r}, which a COCO file has. Check the file.")
    ontology, categories = coco_ontology(content, str(path))
    photos = _read_images(content["images"], str(path))
    entries = CocoEntries(ontology, categories)
    bad_rows: list[BadRow] = []
    good, spoilt = set(), set()
    for row, annotation in enumerate(content["annotations"]):
        if _is_crowd(annotation):
            continue
        photo = _photo_of(annotation, photos)
        try:
            if photo is None:
                raise AnnotationError("is of no photo that 'images' lists")
            entries.add(annotation, photo, row)
            good.add(photo.place)
        except AnnotationError as error:
            bad = BadRow(
                row, photo.image_id if photo else "?", str(error).rstrip("."), "Check the annotation"
            )
            if not skip_bad_rows:
                where = _name_annotation(annotation, row)
                raise AnnotationError(
                    f"{path} {where} ({bad.image_id}): {bad.what}. {bad.cure}, or pass --skip-bad-rows."
                ) from None
            bad_rows.append(bad)
            if photo:
                spoilt.add(photo.place)
    records = entries.finish(list(photos.values()), unlabelled_groups)
    if spoilt - good:
        records = records.select(~np.isin(np.arange(len(records)), list(spoilt - good)))
    return records, tuple(bad_rows)


def write_coco(records: Records, path: Path | str) -> None:
    """Write records as a COCO file, with Fashionpedia's ``attributes`` and ``attribute_ids``.

    :func:`read_coco` reads them back without loss, but for what is known about attributes that do not
    hold, which the form cannot say, and for ``rows``, which it counts anew.

    Args:
        records: What to write; masks become compressed run-lengths.
        path: The JSON, replaced whole or not at all.
    """
    content = {
        **records.ontology.to_dict(),
        "images": [
            {"id": place + 1, "file_name": name, "height": height, "width": width}
            for place, (name, (height, width)) in enumerate(
                zip(records.image_ids.tolist(), records.sizes.tolist(), strict=True)
            )
        ],
        "annotations": list(_annotations(records)),
    }
    with atomic_path(Path(path)) as temporary, temporary.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)


def _annotations(records: Records) -> Iterator[dict[str, Any]]:
    numbers = count(1)
    for photo in range(len(records)):
        found = records.instances(photo)
        areas = [] if found.masks is None else found.masks.areas.tolist()
        for result, area, number in zip(found.to_coco(), areas, numbers, strict=False):
            yield {
                "id": number,
                "image_id": photo + 1,
                **{key: result[key] for key in ("category_id", "segmentation", "bbox", "attribute_ids")},
                "area": area,
                "iscrowd": 0,
            }


def _read_images(images: list[Any], where: str) -> dict[int | str, CocoPhoto]:
    photos: dict[int | str, CocoPhoto] = {}
    names: set[str] = set()
    for place, entry in enumerate(images):
        named = f"{where} images[{place}]"
        fields = entry if isinstance(entry, dict) else {}
        image_id, name = fields.get("id"), fields.get("file_name")
        if not isinstance(image_id, int | str) or not isinstance(name, str) or not name:
            raise AnnotationError(f"{named}: needs an 'id' and a 'file_name', found {str(entry)[:80]}.")
        height, width = fields.get("height"), fields.get("width")
        if type(height) is not int or type(width) is not int or min(height, width) < 1:
            raise AnnotationError(
                f"{named} ({name}): height {height!r} and width {width!r} are no whole numbers of pixels. "
                "State the photo's size."
            )
        if image_id in photos or name in names:
            raise AnnotationError(
                f"{named} ({name}): its id or file name stands in 'images' twice. Join the entries."
            )
        names.add(name)
        photos[image_id] = CocoPhoto(place, name, (height, width))
    return photos


def _photo_of(annotation: Any, photos: dict[int | str, CocoPhoto]) -> CocoPhoto | None:
    image_id = annotation.get("image_id") if isinstance(annotation, dict) else None
    return photos.get(image_id) if isinstance(image_id, int | str) else None


def _is_crowd(annotation: Any) -> bool:
    return (
        isinstance(annotation, dict) and annotation.get("iscrowd") == 1 and "attribute_ids" not in annotation
    )


def _name_annotation(annotation: Any, row: int) -> str:
    number = annotation.get("id") if isinstance(annotation, dict) else None
    return f"annotations[{row}]" if number is None else f"annotation {number}"
