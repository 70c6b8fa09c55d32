"""Names of uploaded files, made safe to keep and to show."""

import unicodedata

__all__ = ["MAX_NAME", "clean_name"]

MAX_NAME = 120
"""Characters that a name keeps, its ending among them."""


def clean_name(name: str | None) -> str:
    r"""Make a file's name of what a client calls it.

    Folders are dropped, whichever system wrote them, and so are control characters, marks that turn the
    direction of writing, and leading dots. What is left is a name to show; it is still to be escaped where it
    is shown in HTML.

    Args:
        name: Anything.

    Returns:
        One to :data:`MAX_NAME` characters without a slash; ``photo`` if nothing is left.

    Example:
        >>> clean_name("..\\..\\etc/pass\x00wd")
        'passwd'
        >>> clean_name("../..")
        'photo'
    """
    base = unicodedata.normalize("NFC", (name or "").replace("\\", "/")).rsplit("/", 1)[-1]
    kept = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C").strip().lstrip(".").strip()
    if len(kept) > MAX_NAME:
        stem, dot, ending = kept.rpartition(".")
        ending = (dot + ending)[:16] if stem else ""
        kept = kept[: MAX_NAME - len(ending)] + ending
    return kept or "photo"
