"""What a garment is wished to be, apart from being like another, and how likely it is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from attire.catalog.garment import Garment
from attire.catalog.search.scales import Scale
from attire.ontology import Ontology

__all__ = ["LEAST_CHANCE", "SAID", "UNSAID", "Kind", "Named", "Step", "Wish", "chance"]

Kind = Literal["category", "attribute", "colour", "part"]

SAID, UNSAID = 0.9, 0.1
"""Probability of what is only said to hold or not, as parts are, and attributes without probabilities."""
LEAST_CHANCE = 0.02
"""No wish weighs a garment down further, so that what is alike still comes before what is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name that is wished for, or wished away."""

    kind: Kind
    name: str
    """As the table has it."""
    wanted: bool = True

    def __str__(self) -> str:
        return self.name if self.wanted else f"no {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step along a scale, counted from the garment that is searched for."""

    word: str
    """``longer``, ``shorter``, …"""
    scale: Scale
    up: bool

    def __str__(self) -> str:
        return self.word


Wish: TypeAlias = Named | Step


def chance(name: Named, garment: Garment, ontology: Ontology) -> float:
    """Give the probability, 0 … 1, that a wish holds for a garment.

    Of an attribute, the model's calibrated probability; of a colour, the share of the garment that has it;
    of a part, 0.9 if it was found and 0.1 if not; of a category, 1 or 0.

    Example:
        >>> dress = Garment(garment_id="a-0", photo_id="a", photo_uri="a.jpg", photo_look="",
        ...                 photo_size=(1, 1), garment=0, category_id=10, category="dress", score=0.9,
        ...                 parts=("pocket",))
        >>> pocket = Named(kind="part", name="pocket", wanted=False)
        >>> round(chance(pocket, dress, Ontology.imaterialist2019()), 3)
        0.1
    """
    found = _chance(name, garment, ontology)
    return found if name.wanted else 1.0 - found


def _chance(name: Named, garment: Garment, ontology: Ontology) -> float:
    if name.kind == "category":
        return float(garment.category == name.name)
    if name.kind == "colour":
        shares = zip(garment.colours, garment.colour_share, strict=False)
        return min(1.0, float(sum(share for colour, share in shares if colour == name.name)))
    if name.kind == "part":
        return SAID if name.name in garment.parts else UNSAID
    if len(garment.attribute_probs) == len(ontology.attributes):
        return float(garment.attribute_probs[ontology.attribute_index(name.name)])
    return SAID if name.name in garment.attributes else UNSAID
