"""The audit of a data set: every fault with its place and its cure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from attire.annotations.audit.coco_faults import find_annotation_faults, find_image_faults, read_coco_file
from attire.annotations.audit.csv_faults import find_ragged_rows, find_row_faults, list_photos
from attire.annotations.audit.fault import KINDS, Fault
from attire.annotations.audit.photo_files import file_label, find_absent, find_unlisted, look_at_photos
from attire.annotations.audit.photo_look import PhotoLook
from attire.annotations.audit.stated_sizes import find_wrong_sizes
from attire.annotations.audit.twins import find_twins
from attire.annotations.layout import Layout, find_layout
from attire.errors import DataError
from attire.ontology import Ontology, load_ontology

__all__ = ["Audit", "audit"]


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit found."""

    faults: tuple[Fault, ...]
    """All findings: kind by kind in the order of ``KINDS``, each by file and row."""
    photos: int
    """How many photos were looked at."""
    instances: int
    """How many rows or annotations were."""

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of faults of each code that was found."""
        counts: dict[str, int] = {}
        for found in self.faults:
            counts[found.code] = counts.get(found.code, 0) + 1
        return counts

    @property
    def errors(self) -> int:
        """How many findings would corrupt training."""
        return sum(found.level == "error" for found in self.faults)

    @property
    def warnings(self) -> int:
        """How many findings are only worth knowing."""
        return len(self.faults) - self.errors

    def to_dict(self) -> dict[str, Any]:
        """Give everything as one object, ready for JSON."""
        return {
            "photos": self.photos,
            "instances": self.instances,
            "errors": self.errors,
            "warnings": self.warnings,
            "counts": self.counts,
            "faults": [found.to_dict() for found in self.faults],
        }


def audit(data: Path | str | Layout, against: Path | str | Layout | None = None) -> Audit:
    """List every fault of a data set.

    Args:
        data: An iMaterialist folder or CSV, a COCO or Fashionpedia JSON, a folder of photos or one photo.
        against: Another data set, such as the validation split, that must not share photos with it; of
            this one nothing else is audited.

    Returns:
        The findings; none for a healthy data set.

    Raises:
        AnnotationError: If the annotation file cannot be read at all.
        DataError: If there is no such data, or both are the same.
        OntologyError: If the description file is malformed.
        MissingExtraError: If a CSV is to be read and polars is not installed.
    """
    layout = data if isinstance(data, Layout) else find_layout(data)
    other = find_layout(against) if isinstance(against, Path | str) else against
    if other is not None and _source(layout) == _source(other):
        raise DataError(f"{layout.root}: compared with itself. Give another data set after --against.")
    with_prints = other is not None
    if layout.kind == "imaterialist" and layout.annotations is not None:
        faults, looks, instances = _audit_csv(layout, layout.annotations, with_prints)
    elif layout.kind == "coco" and layout.annotations is not None:
        faults, looks, instances = _audit_coco(layout, layout.annotations, with_prints)
    else:
        looks, instances = look_at_photos(layout, layout.photo_ids(), with_prints=with_prints), 0
        faults = _photo_faults(looks)
    if other is not None:
        other_looks = look_at_photos(other, _listed(other), with_prints=True, description="Photos compared")
        faults = chain(faults, find_twins(layout, looks, other, other_looks))
    order = {code: place for place, code in enumerate(KINDS)}
    ranked = sorted(faults, key=lambda found: (order[found.code], found.file, found.row or 0))
    return Audit(faults=tuple(ranked), photos=len(looks), instances=instances)


Part = tuple[Iterator[Fault], Mapping[str, PhotoLook], int]
"""Faults, what was seen of the photos, and the number of instances."""


def _audit_csv(layout: Layout, path: Path, with_prints: bool) -> Part:
    ontology = load_ontology(layout.descriptions) if layout.descriptions else Ontology.imaterialist2019()
    file = file_label(layout, path)
    listing = list_photos(path)
    ragged = list(find_ragged_rows(path, file))
    without = frozenset(found.row for found in ragged if found.row is not None)
    if without:
        listing = list_photos(path, without)
    looks = look_at_photos(layout, listing.first_rows, with_prints=with_prints)
    faults = chain(
        ragged,
        find_absent(layout, listing.first_rows, file),
        find_unlisted(layout, listing.first_rows),
        _photo_faults(looks),
        find_wrong_sizes(listing.sizes, looks, file),
        find_row_faults(path, file, ontology, _sizes(looks), without),
    )
    return faults, looks, listing.rows


def _audit_coco(layout: Layout, path: Path, with_prints: bool) -> Part:
    coco, file = read_coco_file(path), file_label(layout, path)
    looks = look_at_photos(layout, coco.first_rows, with_prints=with_prints)
    faults = chain(
        find_image_faults(coco, file),
        find_absent(layout, coco.first_rows, file),
        find_unlisted(layout, coco.first_rows),
        _photo_faults(looks),
        find_wrong_sizes(coco.sizes, looks, file),
        find_annotation_faults(coco, file, _sizes(looks)),
    )
    return faults, looks, len(coco.annotations)


def _listed(layout: Layout) -> list[str]:
    """Name the photos that belong to a data set."""
    if layout.kind == "imaterialist" and layout.annotations is not None:
        return list(list_photos(layout.annotations).first_rows)
    if layout.kind == "coco" and layout.annotations is not None:
        return list(read_coco_file(layout.annotations).first_rows)
    return layout.photo_ids()


def _photo_faults(looks: Mapping[str, PhotoLook]) -> Iterator[Fault]:
    return chain.from_iterable(look.faults for look in looks.values())


def _sizes(looks: Mapping[str, PhotoLook]) -> dict[str, tuple[int, int]]:
    return {name: look.size for name, look in looks.items() if look.size is not None}


def _source(layout: Layout) -> Path:
    return (layout.annotations or layout.root).resolve()
