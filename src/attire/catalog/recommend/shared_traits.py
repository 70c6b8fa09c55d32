"""What two garments have in common, most telling first."""

import math

from attire.catalog.garment import Garment
from attire.catalog.recommend.frequencies import Frequencies, Trait
from attire.catalog.recommend.wording import is_plain
from attire.errors import OntologyError
from attire.ontology import Ontology

__all__ = ["certainty", "shared_attributes", "shared_parts"]


def shared_attributes(
    one: Garment, other: Garment, frequencies: Frequencies, ontology: Ontology
) -> list[str]:
    """List attributes that both are said to have, leaving out those that say nothing special.

    They are ordered by the surprise of having them, ``−log share`` among garments of the category, times the
    probabilities that either garment has it.
    """
    common = [name for name in one.attributes if name in other.attributes and not is_plain(name)]

    def telling(name: str) -> float:
        surprise = -math.log(frequencies.share(other.category, ("attribute", name)))
        return surprise * certainty(one, name, ontology) * certainty(other, name, ontology)

    return sorted(common, key=telling, reverse=True)


def shared_parts(one: Garment, other: Garment, frequencies: Frequencies) -> list[str]:
    """List parts that were found on both, rarest first."""
    common = [name for name in one.parts if name in other.parts]

    def share(name: str) -> float:
        trait: Trait = ("part", name)
        return frequencies.share(other.category, trait)

    return sorted(common, key=share)


def certainty(garment: Garment, attribute: str, ontology: Ontology) -> float:
    """Give the probability, 0 … 1, of an attribute; of one without, whether it is said to hold."""
    try:
        place = ontology.attribute_index(attribute)
    except OntologyError:
        place = len(garment.attribute_probs)
    if place < len(garment.attribute_probs) == len(ontology.attributes):
        return float(garment.attribute_probs[place])
    return float(attribute in garment.attributes)
