"""Why a garment is an alternative to another, in words that are true of the two."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from attire.catalog.garment import Garment
from attire.catalog.recommend.frequencies import Frequencies
from attire.catalog.recommend.shared_traits import shared_attributes, shared_parts
from attire.catalog.recommend.shop import Shop
from attire.catalog.recommend.wording import article, describe, price_difference
from attire.ontology import Ontology
from attire.wording import listed

__all__ = ["ALIKE_PART", "LikenessReasons"]

ALIKE_PART = 0.9
"""Cosine of a part of the embeddings from which on it is called very alike."""
_NAMED = 2
"""Attributes named of one garment, at most."""


@dataclass(frozen=True, kw_only=True)
class LikenessReasons:
    """Says what two garments have in common, and what the other costs."""

    frequencies: Frequencies
    ontology: Ontology
    shop: Shop
    parts: Mapping[str, slice]
    """Which numbers of an embedding are its parts; empty where that is not known."""

    def __call__(self, query: Garment, other: Garment) -> tuple[str, ...]:
        """Give the reasons, the most telling first."""
        shared = shared_attributes(query, other, self.frequencies, self.ontology)[:_NAMED]
        reasons = [f"also {article(describe(other.category, shared, self.ontology))}"]
        if query.category != other.category:
            reasons = [f"also {listed(shared)}"] if shared else []
        return tuple(
            reasons
            + self._price(query, other)
            + self._colour(query, other)
            + self._brand(query, other)
            + self._parts_found(query, other)
            + self._alike(query, other)
        )

    def _price(self, query: Garment, other: Garment) -> list[str]:
        mine, price = self.shop.price_of(query), self.shop.price_of(other)
        return [] if mine is None or price is None else [price_difference(mine, price)]

    def _colour(self, query: Garment, other: Garment) -> list[str]:
        if not query.colours or not other.colours:
            return []
        if query.colours[0] == other.colours[0]:
            return [f"{other.colours[0]} as well"]
        return [f"mostly {other.colours[0]} rather than {query.colours[0]}"]

    def _brand(self, query: Garment, other: Garment) -> list[str]:
        brand = self.shop.brand_of(other)
        return [f"by {brand}, too"] if brand and brand == self.shop.brand_of(query) else []

    def _parts_found(self, query: Garment, other: Garment) -> list[str]:
        shared = shared_parts(query, other, self.frequencies)[:_NAMED]
        return [f"also with {listed(shared)}"] if shared else []

    def _alike(self, query: Garment, other: Garment) -> list[str]:
        if query.embedding is None or other.embedding is None:
            return []
        cosines = {
            name: _cosine(query.embedding[numbers], other.embedding[numbers])
            for name, numbers in self.parts.items()
        }
        alike = [name for name, cosine in cosines.items() if cosine >= ALIKE_PART]
        return [f"very alike in {listed(alike)}"] if alike else []


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths > 0 else 0.0
