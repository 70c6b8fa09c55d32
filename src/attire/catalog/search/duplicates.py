"""Photos that show the same picture, and garments that come twice for it."""

from collections.abc import Iterable
from dataclasses import replace

from attire.catalog.garment import Garment
from attire.catalog.items import DUPLICATE_BITS, bits_apart
from attire.catalog.search.result import Result

__all__ = ["collapse", "same_picture"]


def same_picture(a: str, b: str) -> bool:
    """Whether two perceptual hashes are of the same picture.

    Args:
        a: 16 hexadecimal digits; empty if unknown, which is like nothing.
        b: Likewise.

    Example:
        >>> same_picture("00000000000000ff", "00000000000000fe"), same_picture("00000000000000ff", "")
        (True, False)
    """
    return bool(a and b) and bits_apart(a, b) <= DUPLICATE_BITS


def collapse(results: Iterable[Result]) -> list[Result]:
    """Keep the best of results that show one kind of garment in the same picture: a pair of shoes comes once.

    Args:
        results: Best first.
    """
    kept: list[Result] = []
    for result in results:
        twin = next((n for n, one in enumerate(kept) if _twins(one.garment, result.garment)), None)
        if twin is None:
            kept.append(result)
        else:
            kept[twin] = replace(kept[twin], copies=kept[twin].copies + 1)
    return kept


def _twins(a: Garment, b: Garment) -> bool:
    same = a.photo_id == b.photo_id or same_picture(a.photo_look, b.photo_look)
    return same and a.category == b.category
