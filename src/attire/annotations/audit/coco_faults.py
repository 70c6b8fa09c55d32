"""What is wrong with a COCO or Fashionpedia annotation file."""

import marshal
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attire.annotations.audit.class_faults import judge_attributes, judge_category
from attire.annotations.audit.coco_masks import judge_segmentation
from attire.annotations.audit.fault import Fault, fault
from attire.annotations.audit.stated_sizes import StatedSize
from attire.annotations.coco_ontology import coco_ontology
from attire.annotations.json_file import read_json
from attire.errors import AnnotationError
from attire.ontology import Ontology

__all__ = ["CocoFile", "find_annotation_faults", "find_image_faults", "read_coco_file"]

Entry = Mapping[str, Any]
Size = tuple[int, int]

_NO_REFERENCES = 2  # a version of marshal in which equal values are equal bytes


@dataclass(frozen=True, slots=True)
class CocoFile:
    """An annotation file, read and not yet judged."""

    images: list[Any]
    """Entries of ``images``, right or wrong."""
    annotations: list[Any]
    """Entries of ``annotations``, right or wrong."""
    ontology: Ontology
    """What the ids mean."""
    category_ids: Set[int]
    """Which category ids may stand in it."""

    @property
    def sizes(self) -> list[StatedSize]:
        """Every usable size that an image entry states."""
        return [
            StatedSize(entry["file_name"], (entry["height"], entry["width"]), row)
            for row, entry in enumerate(self.images)
            if _is_image(entry) and _is_sized(entry)
        ]

    @property
    def first_rows(self) -> dict[str, int]:
        """Every file name and its first place in ``images``."""
        rows: dict[str, int] = {}
        for row, entry in enumerate(self.images):
            if _is_image(entry):
                rows.setdefault(entry["file_name"], row)
        return rows


def read_coco_file(path: Path) -> CocoFile:
    """Read an annotation file.

    Raises:
        AnnotationError: If it is no JSON, or lacks one of the lists.
        OntologyError: If its categories cannot be used.
    """
    content = read_json(path)
    for name in ("images", "annotations"):
        if not isinstance(content, dict) or not isinstance(content.get(name), list):
            raise AnnotationError(f"{path}: has no list {name!r}, which a COCO file has. Check the file.")
    ontology, categories = coco_ontology(content, str(path))
    return CocoFile(content["images"], content["annotations"], ontology, frozenset(categories))


def find_image_faults(coco: CocoFile, file: str) -> Iterator[Fault]:
    """Find image entries that are incomplete or contradict each other.

    Args:
        coco: The file's content.
        file: How findings name it.

    Yields:
        One fault per entry and thing wrong with it.
    """
    ids: dict[Any, int] = {}
    names: dict[str, int] = {}
    for row, entry in enumerate(coco.images):
        where = f"images[{row}]"
        if not _is_image(entry):
            yield fault("missing-value", file, f"{where}: needs an 'id' and a 'file_name'", row=row)
            continue
        name = entry["file_name"]
        if not _is_sized(entry):
            found = f"height {entry.get('height')!r}, width {entry.get('width')!r}"
            what = f"{where} ({name}): {found}, expected whole numbers above 0"
            yield fault("bad-size", file, what, row=row)
        if ids.setdefault(entry["id"], row) != row:
            what = f"{where} ({name}): id {entry['id']} is that of images[{ids[entry['id']]}]"
            yield fault("duplicate-id", file, what, row=row)
        if names.setdefault(name, row) != row:
            what = f"{where}: {name} is listed in images[{names[name]}] too"
            yield fault("duplicate-image", file, what, row=row)


def find_annotation_faults(coco: CocoFile, file: str, photo_sizes: Mapping[str, Size]) -> Iterator[Fault]:
    """Find what is wrong with each annotation by itself, and those that repeat another.

    Args:
        coco: The file's content.
        file: How findings name it.
        photo_sizes: ``(height, width)`` of the photos that could be read, by file name.

    Yields:
        One fault per annotation and thing wrong with it.
    """
    images = {entry["id"]: entry for entry in reversed(coco.images) if _is_image(entry)}
    ids: dict[Any, int] = {}
    seen: dict[Any, int] = {}
    for row, entry in enumerate(coco.annotations):
        where = f"annotations[{row}]"
        if _is_crowd(entry):
            continue
        if not isinstance(entry, dict) or not (
            _is_id(entry.get("image_id")) and _is_int(entry.get("category_id"))
        ):
            yield fault("missing-value", file, f"{where}: needs an 'image_id' and a 'category_id'", row=row)
            continue
        image = images.get(entry["image_id"])
        if image is None:
            what = f"{where}: image_id {entry['image_id']!r}, which 'images' does not have"
            yield fault("unknown-image", file, what, row=row)
        else:
            where = f"{where} ({image['file_name']})"
        for code, what in _findings(entry, coco, _possible_sizes(image, photo_sizes)):
            yield fault(code, file, f"{where}: {what}", row=row)
        if _is_id(entry.get("id")) and ids.setdefault(entry["id"], row) != row:
            what = f"{where}: id {entry['id']} is that of annotations[{ids[entry['id']]}]"
            yield fault("duplicate-id", file, what, row=row)
        if entry.get("segmentation"):
            key = (
                entry["image_id"],
                entry["category_id"],
                marshal.dumps(entry["segmentation"], _NO_REFERENCES),
            )
            if seen.setdefault(hash(key), row) != row:
                what = f"{where}: the same as annotations[{seen[hash(key)]}]"
                yield fault("duplicate-row", file, what, row=row)


def _findings(entry: Entry, coco: CocoFile, sizes: Sequence[Size]) -> Iterator[tuple[str, str]]:
    yield from judge_category(entry["category_id"], coco.category_ids, coco.ontology)
    attribute_ids = entry.get("attribute_ids") or []
    if isinstance(attribute_ids, list) and all(_is_int(number) for number in attribute_ids):
        yield from judge_attributes(attribute_ids, coco.ontology, rising=False)
    else:
        yield "malformed-class", f"attribute_ids {str(attribute_ids)[:80]}, expected a list of whole numbers"
    yield from judge_segmentation(entry.get("segmentation"), sizes)


def _possible_sizes(image: Entry | None, photo_sizes: Mapping[str, Size]) -> list[Size]:
    """Give the sizes a mask may have: one stated wrongly shall not make faults of all its masks."""
    sizes = []
    if image is not None:
        if _is_sized(image):
            sizes.append((image["height"], image["width"]))
        if image["file_name"] in photo_sizes:
            sizes.append(photo_sizes[image["file_name"]])
    return list(dict.fromkeys(sizes))


def _is_image(entry: Any) -> bool:
    return isinstance(entry, dict) and _is_id(entry.get("id")) and bool(_text(entry.get("file_name")))


def _is_sized(entry: Entry) -> bool:
    return all(_is_int(entry.get(side)) and entry[side] > 0 for side in ("height", "width"))


def _is_id(value: Any) -> bool:
    return _is_int(value) or bool(_text(value))


def _is_crowd(entry: Any) -> bool:
    """Tell a region of many garments, which readers pass over, from an instance."""
    return isinstance(entry, dict) and entry.get("iscrowd") == 1 and "attribute_ids" not in entry


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
