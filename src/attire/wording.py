"""Counts and names as people read them, for every stage."""

from collections.abc import Iterable, Sequence

__all__ = ["did_you_mean", "listed", "plural"]


def plural(count: int, one: str, many: str | None = None) -> str:
    """Say a count with its noun.

    Example:
        >>> plural(1, "photo"), plural(45625, "photo"), plural(2, "category", "categories")
        ('1 photo', '45,625 photos', '2 categories')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 8) -> str:
    """Join names into a sentence, counting those past ``most``.

    Example:
        >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], most=1)
        ('a, b and c', 'a and 2 more')
    """
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def did_you_mean(near: Iterable[str]) -> str:
    """Propose names for a word that is none, as a sentence to follow another; empty if there are none.

    Example:
        >>> did_you_mean(["floral", "floor"])
        " Did you mean 'floral' or 'floor'?"
    """
    names = " or ".join(map(repr, dict.fromkeys(near)))
    return f" Did you mean {names}?" if names else ""
