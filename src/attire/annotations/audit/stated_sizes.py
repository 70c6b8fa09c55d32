"""Height and Width as annotations state them, set against the photos' own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from attire.annotations.audit.fault import Fault, fault
from attire.annotations.audit.photo_look import PhotoLook

__all__ = ["StatedSize", "find_wrong_sizes"]

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StatedSize:
    """One size that a file states for a photo."""

    image_id: str
    """File name of the photo."""
    size: Size
    """``(height, width)`` in pixels."""
    row: int
    """First row that states it."""
    rows: int = 1
    """How many do."""


def find_wrong_sizes(
    stated: Iterable[StatedSize], looks: Mapping[str, PhotoLook], file: str
) -> Iterator[Fault]:
    """Find sizes that are not the photo's, or contradict each other where the photo cannot be asked.

    Args:
        stated: Every size stated, those of one photo in file order.
        looks: What was seen of the photos.
        file: Name of the annotation file.

    Yields:
        One fault per photo and size.
    """
    by_photo = sorted(stated, key=lambda entry: entry.image_id)
    for image_id, entries in groupby(by_photo, key=lambda entry: entry.image_id):
        first, *others = entries
        look = looks.get(image_id)
        if look is not None and look.size is not None:
            for entry in (first, *others):
                if entry.size != look.size:
                    yield _wrong(entry, look, file)
            continue
        for entry in others:
            what = f"{_text(entry.size)} here, {_text(first.size)} in row {first.row}"
            yield fault("sizes-differ", file, f"{image_id}: {what}", row=entry.row)


def _wrong(entry: StatedSize, look: PhotoLook, file: str) -> Fault:
    size = look.size or entry.size
    more = f" (and {entry.rows - 1} more rows)" if entry.rows > 1 else ""
    what = f"{entry.image_id}{more}: {_text(entry.size)} stated, the photo has {_text(size)}"
    if entry.size != look.stored_size:
        swapped = ", the same two sides swapped" if entry.size == size[::-1] else ""
        return fault("wrong-size", file, what + swapped, row=entry.row)
    return fault(
        "wrong-size",
        file,
        f"{what} after its EXIF turn; {_text(entry.size)} is the photo before it, "
        "so the masks lie on the photo unturned",
        row=entry.row,
        cure="Save the photo without its EXIF orientation, so that it and the masks agree.",
    )


def _text(size: Size) -> str:
    return f"{size[0]}x{size[1]}"
