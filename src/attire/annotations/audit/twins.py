"""The same photo in two splits."""

from collections.abc import Iterator, Mapping

from attire.annotations.audit.fault import Fault, fault
from attire.annotations.audit.photo_files import file_label
from attire.annotations.audit.photo_look import PhotoLook
from attire.annotations.audit.photo_print import find_copies
from attire.annotations.layout import Layout

__all__ = ["find_twins"]


def find_twins(
    layout: Layout, looks: Mapping[str, PhotoLook], other: Layout, other_looks: Mapping[str, PhotoLook]
) -> Iterator[Fault]:
    """Find photos of one data set that another holds too, whatever their names and sizes there.

    Args:
        layout: The data audited.
        looks: Its photos, fingerprints taken.
        other: The data compared with.
        other_looks: Its photos, fingerprints taken.

    Yields:
        One fault per photo, naming the nearest copy.
    """
    mine = {name: look.print for name, look in looks.items() if look.print is not None}
    theirs = {name: look.print for name, look in other_looks.items() if look.print is not None}
    names, other_names = list(mine), list(theirs)
    copies: dict[int, list[tuple[int, int]]] = {}
    pairs = find_copies(list(mine.values()), list(theirs.values()))
    for i, j, bits in zip(*(values.tolist() for values in pairs), strict=True):
        copies.setdefault(i, []).append((j, bits))
    for i, found in sorted(copies.items()):
        j, bits = found[0]
        more = f", and {len(found) - 1} more there" if len(found) > 1 else ""
        what = f"is {other.photo_path(other_names[j])} too ({bits} of 255 bits differ{more})"
        yield fault("same-photo", file_label(layout, layout.photo_path(names[i])), what)
