"""Which form of an answer a client takes: the Accept header (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence

__all__ = ["choose_media"]

_WEIGHT = re.compile(r"0(\.[0-9]*)?|1(\.0*)?", re.ASCII)


def choose_media(accept: str | None, offered: Sequence[str]) -> str | None:
    """Choose the form that a client likes best.

    Args:
        accept: The header; None if there was none, which takes anything.
        offered: Media types, the first one where the client has no preference.

    Returns:
        One of those offered; None if the client takes none of them.

    Example:
        >>> choose_media("image/png, application/json;q=0.5", ["application/json", "image/png"])
        'image/png'
        >>> choose_media("text/html", ["application/json", "image/png"]) is None
        True
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [_range(one) for one in accept.split(",") if one.strip()]
    liking = {media: _quality(media, ranges) for media in offered}
    best = max(offered, key=lambda media: liking[media])  # the first of equals
    return best if liking[best] > 0 else None


def _range(text: str) -> tuple[str, float]:
    """Media range and quality; a quality that is none counts as not given."""
    media, *parameters = (piece.strip().lower() for piece in text.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q" and _WEIGHT.fullmatch(value.strip()):
            return media, float(value)
    return media, 1.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Quality of the most specific range that holds a media type; 0 if none does."""
    kind = media.split("/")[0]
    for pattern in (media, f"{kind}/*", "*/*"):
        found = [quality for name, quality in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0
