"""Attributes that have an order, so that a garment can be longer or looser than another."""

from typing import Literal

from attire.catalog.garment import Garment
from attire.ontology import Ontology

__all__ = ["SCALES", "STEPS", "Scale", "beyond", "place_on"]

Scale = Literal["length", "fit"]

SCALES: dict[Scale, tuple[str, ...]] = {
    "length": (
        "above-the-hip",
        "hip",
        "micro",
        "mini",
        "above-the-knee",
        "knee",
        "below the knee",
        "midi",
        "maxi",
        "floor",
    ),
    "fit": ("tight", "regular", "loose", "oversized"),
}
"""Short names, from least to most."""
STEPS: dict[str, tuple[Scale, bool]] = {
    "longer": ("length", True),
    "shorter": ("length", False),
    "looser": ("fit", True),
    "wider": ("fit", True),
    "tighter": ("fit", False),
    "slimmer": ("fit", False),
}
"""Words for a scale and whether they go up it."""


def beyond(scale: Scale, place: int, *, up: bool) -> tuple[str, ...]:
    """Name what lies beyond a place on a scale.

    Example:
        >>> beyond("length", 7, up=True), beyond("fit", 1, up=False)
        (('maxi', 'floor'), ('tight',))
    """
    return SCALES[scale][place + 1 :] if up else SCALES[scale][:place]


def place_on(scale: Scale, garment: Garment, ontology: Ontology) -> int | None:
    """Say where on a scale a garment is: by what is said, else what is likeliest; None if unknown."""
    names = SCALES[scale]
    said = [place for place, name in enumerate(names) if name in garment.attributes]
    if said:
        return said[0]
    columns = {a.short_name: n for n, a in enumerate(ontology.attributes)}
    known = [place for place, name in enumerate(names) if name in columns]
    if not known or len(garment.attribute_probs) != len(ontology.attributes):
        return None
    likeliest = max(known, key=lambda place: float(garment.attribute_probs[columns[names[place]]]))
    return likeliest if float(garment.attribute_probs[columns[names[likeliest]]]) > 0 else None
