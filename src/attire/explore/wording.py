"""Numbers and lists as people read them."""

from collections.abc import Sequence

__all__ = ["capital", "listed", "percent", "plural", "shortened"]


def percent(share: float) -> str:
    """Say a share in per cent, with as many digits as it deserves.

    Example:
        >>> percent(0.667), percent(0.0349), percent(0.00012), percent(0.0), percent(1.0)
        ('67%', '3.5%', '0.012%', '0%', '100%')
    """
    value = 100 * share
    if value == 0 or value >= 99.95:
        return f"{value:.0f}%"
    if value >= 99.5:
        return f"{value:.1f}%"
    if value >= 10:
        return f"{value:.0f}%"
    return f"{value:.2g}%" if value >= 0.001 else "under 0.001%"


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


def capital(text: str) -> str:
    """Begin a sentence.

    Example:
        >>> capital("t-shirt"), capital("")
        ('T-shirt', '')
    """
    return text[:1].upper() + text[1:]


def shortened(name: str, most: int = 24) -> str:
    """Cut a name that is too long for its place.

    Example:
        >>> shortened("no special manufacturing technique")
        'no special manufacturin…'
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
