"""Why a garment suits a person, in words that are true of what they liked and wished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attire.catalog.filters import Filter
from attire.catalog.garment import Garment
from attire.catalog.recommend.frequencies import Trait, traits_of
from attire.catalog.recommend.own_words import said_where
from attire.catalog.recommend.shop import Shop
from attire.catalog.recommend.taste import Wishes
from attire.catalog.recommend.wording import article, describe, is_plain
from attire.catalog.search.wishes import Named
from attire.ontology import Ontology
from attire.wording import listed

__all__ = ["LIKE_IT", "PersonReasons"]

LIKE_IT = 0.6
"""Cosine from which on a garment is said to be like one that was liked."""
_WORTH_SAYING = 0.1
"""Preference from which on a trait is named."""
_NAMED = 2


@dataclass(frozen=True, kw_only=True)
class PersonReasons:
    """Says which wishes a garment meets and which liked garments it is like."""

    liked: Sequence[Garment]
    wishes: Wishes
    words: Mapping[str, Filter]
    """What says where each wished word stands."""
    preferences: Mapping[Trait, float]
    shop: Shop
    ontology: Ontology

    def __call__(self, garment: Garment) -> tuple[str, ...]:
        """Give the reasons: wishes met, the nearest liked garment, traits liked before, wishes not met.

        That something unwanted is missing is only said where its like was read: unknown is not negative.
        """
        return (*self._met(garment), *self._like(garment), *self._traits(garment), *self._missed(garment))

    def _met(self, garment: Garment) -> list[str]:
        wishes = self.wishes
        names = [name for name in wishes.attributes if name in garment.attributes]
        met = [f"{describe(garment.category, names, self.ontology)}, as wished"]
        if not names and garment.category not in wishes.categories:
            met = []
        colours = [name for name in wishes.colours if name in garment.colours]
        met += [f"in {listed(colours)}, as wished"] if colours else []
        parts = [name for name in wishes.parts if name in garment.parts]
        met += [f"with {listed(parts)}, as wished"] if parts else []
        met += [f"{where}, as wished" for where in said_where(garment, self.words).values()]
        absent = [str(one) for one in wishes.disfavoured if _read(one, garment) and not _has(one, garment)]
        met += [f"{', '.join(absent)}, as wished"] if absent else []
        price = self.shop.price_of(garment)
        if price is not None and wishes.price_max is not None and price <= wishes.price_max:
            met.append(f"costs {price:g}, at most {wishes.price_max:g}")
        elif price is not None and wishes.price_min is not None and price >= wishes.price_min:
            met.append(f"costs {price:g}, at least {wishes.price_min:g}")
        return met + [
            f"{column} {value}, as wished"
            for column, value in wishes.own.items()
            if garment.own.get(column) == value
        ]

    def _like(self, garment: Garment) -> list[str]:
        known = [one for one in self.liked if one.embedding is not None and one.encoder == garment.encoder]
        if garment.embedding is None or not known:
            return []
        cosines = [float(np.dot(one.embedding, garment.embedding)) for one in known]  # type: ignore[arg-type]
        best = int(np.argmax(cosines))
        if cosines[best] < LIKE_IT:
            return []
        telling = [name for name in known[best].attributes if not is_plain(name)][:_NAMED]
        what = (
            article(describe(known[best].category, telling, self.ontology))
            .removeprefix("a ")
            .removeprefix("an ")
        )
        return [f"like the {what} you liked ({known[best].garment_id})"]

    def _traits(self, garment: Garment) -> list[str]:
        said_already = {
            *self.wishes.attributes,
            *self.wishes.colours,
            *self.wishes.parts,
            *(one.name for one in self.wishes.unwanted),
        }
        worth = {
            trait: self.preferences.get(trait, 0.0)
            for trait in traits_of(garment)
            if not is_plain(trait[1]) and trait[1] not in said_already
        }
        best = sorted((trait for trait in worth if worth[trait] >= _WORTH_SAYING), key=lambda t: -worth[t])
        said = []
        for trait in best[:_NAMED]:
            having = sum(trait in set(traits_of(one)) for one in self.liked)
            if having:
                said.append(f"{trait[1]}, like {having} of {len(self.liked)} you liked")
        return said

    def _missed(self, garment: Garment) -> list[str]:
        missed = [f"not {name}" for name in self.wishes.attributes if name not in garment.attributes]
        if self.wishes.colours and not any(name in garment.colours for name in self.wishes.colours):
            missed.append(f"not {' or '.join(self.wishes.colours)}")
        missed += [f"no {name}" for name in self.wishes.parts if name not in garment.parts]
        found = said_where(garment, self.words)
        missed += [f"not {word}" for word in self.words if word not in found]
        there = [one.name for one in self.wishes.disfavoured if _has(one, garment)]
        said = [f"but {', '.join(missed)}"] if missed else []
        return [*said, f"{listed(there)}, though not wanted"] if there else said


def _has(one: Named, garment: Garment) -> bool:
    return one.name in _names(one, garment)


def _read(one: Named, garment: Garment) -> bool:
    """Whether attributes or colours were read; parts always are."""
    if one.kind == "attribute" and len(garment.attribute_probs):
        return True
    return one.kind == "part" or bool(_names(one, garment))


def _names(one: Named, garment: Garment) -> tuple[str, ...]:
    named = {"attribute": garment.attributes, "colour": garment.colours, "part": garment.parts}
    return named[one.kind]
