"""Garments in few words that are true: ``floral midi dress``."""

from collections.abc import Sequence

from attire.errors import OntologyError
from attire.ontology import Ontology

__all__ = ["PLAIN", "article", "describe", "is_plain", "price_difference"]

PLAIN = frozenset({"plain", "regular", "symmetrical", "normal waist"})
"""Attributes that say that there is nothing special."""
_BEFORE = ("pattern", "fit", "shape", "length")
"""Groups whose attributes stand before the noun, in this order; others stand after it."""
_BARE = frozenset({"micro", "mini", "midi", "maxi"})
_MANY = frozenset({"pants", "shorts", "tights", "glasses"})
_SAME_PRICE = 0.005
"""Of the price, below which a difference is not worth a word."""


def is_plain(attribute: str) -> bool:
    """Whether an attribute says that there is nothing special.

    Example:
        >>> is_plain("no opening"), is_plain("floral")
        (True, False)
    """
    return attribute in PLAIN or attribute.startswith("no ")


def describe(category: str, attributes: Sequence[str], ontology: Ontology) -> str:
    """Say what a garment is.

    Args:
        category: Its short name.
        attributes: Those to be named, by their short names.
        ontology: Where they come from.

    Example:
        >>> catalogue = Ontology.imaterialist2019()
        >>> describe("dress", ["midi", "floral"], catalogue)
        'floral midi dress'
        >>> describe("pants", ["knee", "zip-up"], catalogue)
        'knee-length pants (zip-up)'
    """
    groups = {name: _group(name, ontology) for name in attributes}
    before = sorted(
        (name for name in attributes if groups[name] in _BEFORE), key=lambda n: _BEFORE.index(groups[n])
    )
    after = [name for name in attributes if groups[name] not in _BEFORE]
    words = [f"{n}-length" if groups[n] == "length" and n not in _BARE else n for n in before]
    said = " ".join([*words, category])
    return f"{said} ({', '.join(after)})" if after else said


def article(words: str) -> str:
    """Put ``a`` or ``an`` before a noun that takes one.

    Example:
        >>> article("a-line skirt"), article("floral pants"), article("wide leg shorts (zip-up)")
        ('an a-line skirt', 'floral pants', 'wide leg shorts (zip-up)')
    """
    noun = words.split(" (")[0].rsplit(" ", 1)[-1]
    if noun in _MANY:
        return words
    return f"{'an' if words[:1].lower() in 'aeio' else 'a'} {words}"


def price_difference(mine: float, other: float) -> str:
    """Say how much another item costs more or less.

    Args:
        mine: Price of what was asked about, above 0.
        other: Price of the other.

    Example:
        >>> price_difference(50, 44), price_difference(50, 57.5), price_difference(50, 50.1)
        ('12 % cheaper', '15 % dearer', 'at about the same price')
        >>> price_difference(50, 240)
        '4.8 times the price'
    """
    if other > 2 * mine:
        return f"{other / mine:.1f} times the price"
    change = other / mine - 1
    if abs(change) < _SAME_PRICE:
        return "at the same price" if mine == other else "at about the same price"
    return f"{max(1, round(100 * abs(change)))} % {'cheaper' if change < 0 else 'dearer'}"


def _group(attribute: str, ontology: Ontology) -> str:
    try:
        return ontology.attributes[ontology.attribute_index(attribute)].group
    except OntologyError:
        return ""
