"""Shares and names as the pages write them; see :mod:`attire.wording` for the rest."""

__all__ = ["capital", "percent", "shortened"]


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
