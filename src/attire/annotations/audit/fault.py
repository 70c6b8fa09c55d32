"""What an audit can find, and how grave each finding is."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

__all__ = ["KINDS", "Fault", "Kind", "Level", "fault"]

Level: TypeAlias = Literal["error", "warning"]
"""``error``: would corrupt training or its score. ``warning``: worth knowing, read without harm."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be wrong."""

    level: Level
    """How grave it is."""
    title: str
    """Heading of its group in a report."""
    cure: str
    """What to do, where the finding itself says nothing better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One finding: where, what, and what to do."""

    level: Level
    """``error`` or ``warning``."""
    code: str
    """Key of its kind in :data:`KINDS`, such as ``odd-count``."""
    file: str
    """Annotation file or photo, relative to the folder of the data."""
    row: int | None
    """CSV row with the header as row 1; place in COCO's list, from 0; None for a photo."""
    what: str
    """What was found, beside what was expected."""
    cure: str
    """What to do."""

    def to_dict(self) -> dict[str, Any]:
        """Give the fields by name, ready for JSON."""
        return asdict(self)


_DROP = "Mend the row, or leave it out."
_FETCH = "Fetch it again, or leave it and its rows out."

KINDS: dict[str, Kind] = {
    # the files
    "missing-photo": Kind("error", "Photos listed but absent", "Add the photo, or leave its rows out."),
    "broken-photo": Kind("error", "Photos that cannot be read", _FETCH),
    "truncated-photo": Kind("error", "Photos cut short", _FETCH),
    "decompression-bomb": Kind(
        "error", "Photos too large to unpack safely", "Make it smaller, or leave it out."
    ),
    "same-photo": Kind(
        "error", "The same photo in both splits", "Leave it out of one of them: its score says nothing."
    ),
    # the rows
    "ragged-row": Kind("error", "Rows with too many or too few fields", "Write one field per column."),
    "missing-value": Kind("error", "Fields left empty", _DROP),
    "bad-size": Kind("error", "Impossible Height/Width", "Write the photo's height and width in pixels."),
    "wrong-size": Kind(
        "error",
        "Height/Width other than the photo's",
        "Write the photo's size if the masks were drawn at it; otherwise leave its rows out.",
    ),
    "sizes-differ": Kind(
        "error", "Rows of one photo with different Height/Width", "Write the photo's own size in all of them."
    ),
    "empty-mask": Kind("error", "Masks without pixels", "Leave the row out."),
    "malformed-number": Kind("error", "EncodedPixels that are no numbers", _DROP),
    "odd-count": Kind("error", "Runs without a length", _DROP),
    "empty-run": Kind("error", "Runs of no pixels", "Leave such runs out."),
    "zero-start": Kind("error", "Runs that start before the first pixel", "Add 1 to every start."),
    "run-outside": Kind("error", "Runs that leave the photo", _DROP),
    "run-overlap": Kind("error", "Runs that overlap", "Write every pixel in one run only."),
    "malformed-class": Kind(
        "error", "ClassIds that cannot be read", "Write the category and its attributes like 6_20_36_40."
    ),
    "unknown-category": Kind(
        "error", "Unknown categories", "Check which label_descriptions.json the rows were made with."
    ),
    "unknown-attribute": Kind(
        "error", "Unknown attributes", "Check which label_descriptions.json the rows were made with."
    ),
    "unordered-attributes": Kind("error", "Attributes out of order", "Write the attribute ids rising."),
    "repeated-attribute": Kind("error", "Attributes named twice", "Write each attribute id once."),
    "duplicate-row": Kind("error", "Rows that repeat another", "Leave one of them out."),
    # COCO's own
    "unknown-image": Kind(
        "error", "Annotations of no image", "Add the image to 'images', or leave them out."
    ),
    "duplicate-id": Kind("error", "Ids used twice", "Give every entry an id of its own."),
    "duplicate-image": Kind("error", "Photos listed twice", "Join the two entries under one id."),
    "malformed-mask": Kind("error", "Masks that cannot be read", "Write polygons or run-lengths."),
    "bad-rle": Kind(
        "error", "Run-lengths that do not fit the photo", "Encode the mask anew at [height, width]."
    ),
    "bad-polygon": Kind(
        "error", "Polygons that are none", "Write x1, y1, x2, y2, x3, y3, …: at least three points."
    ),
    "polygon-outside": Kind("error", "Polygons that leave the photo", "Clip them to the photo."),
    # worth knowing
    "two-in-group": Kind(
        "warning", "Two attributes where one is expected", "Keep the one that fits, if either does."
    ),
    "unlisted-photo": Kind("warning", "Photos without rows", "Annotate it, or leave it out."),
    "exif-rotated": Kind(
        "warning",
        "Photos turned by their EXIF data",
        "Attire turns them on reading; other tools may not: store the pixels upright.",
    ),
    "grey-photo": Kind(
        "warning", "Grey-scale photos", "Attire reads them as RGB; leave them out where colour matters."
    ),
    "cmyk-photo": Kind("warning", "CMYK photos", "Attire reads them as RGB; colours may shift: save as RGB."),
    "palette-photo": Kind(
        "warning", "Palette photos", "Attire reads them as RGB; colours are few: use the original if you can."
    ),
}
"""Every kind of finding, gravest first within what reads together; reports keep this order."""


def fault(code: str, file: str, what: str, *, row: int | None = None, cure: str | None = None) -> Fault:
    """Make a finding of a known kind.

    Args:
        code: Key in :data:`KINDS`; it settles the level.
        file: Annotation file or photo, relative to the folder of the data.
        what: What was found, beside what was expected.
        row: CSV row or place in COCO's list.
        cure: What to do, where it is more than the kind says.

    Returns:
        The finding.

    Example:
        >>> found = fault("odd-count", "train.csv", "3 numbers", row=7)
        >>> found.level, found.cure
        ('error', 'Mend the row, or leave it out.')
    """
    kind = KINDS[code]
    return Fault(level=kind.level, code=code, file=file, row=row, what=what, cure=cure or kind.cure)
