"""Of many garments, each item once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from attire.catalog.garment import Garment
from attire.catalog.items import DUPLICATE_BITS
from attire.catalog.recommend.same_item import SAME_COSINE
from attire.catalog.recommend.shop import Shop

__all__ = ["distinct"]

Candidate = TypeVar("Candidate")
_FIRST = 64
"""Rows that there is room for at first."""


def distinct(
    candidates: Iterable[Candidate],
    garment_of: Callable[[Candidate], Garment],
    shop: Shop,
    *,
    avoid: Sequence[Garment],
    most: int,
) -> list[Candidate]:
    """Keep the first of each item and nothing that is one of those to avoid.

    What is one item is said by :func:`attire.catalog.recommend.same_item.same_item`; here each candidate is
    compared with all that were kept at once.

    Args:
        candidates: Best first.
        garment_of: Gives a candidate's garment.
        shop: Where the sku stands.
        avoid: What is known already.
        most: How many to keep at most.
    """
    seen = _Seen(shop)
    for one in avoid:
        seen.add(one)
    kept: list[Candidate] = []
    for candidate in candidates:
        if len(kept) == most:
            break
        garment = garment_of(candidate)
        if garment not in seen:
            seen.add(garment)
            kept.append(candidate)
    return kept


class _Seen:
    """Garments, ready to be compared with one more."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.names: set[tuple[str, ...]] = set()
        self.looks: dict[str, _Rows] = {}
        self.vectors: dict[tuple[str, str, int], _Rows] = {}

    def __contains__(self, garment: Garment) -> bool:
        if any(name in self.names for name in self._names(garment)):
            return True
        looks = self.looks.get(garment.category)
        if looks is not None and garment.photo_look:
            apart = np.unpackbits(looks.rows ^ _bits(garment), axis=1).sum(axis=1)
            if int(apart.min(initial=64)) <= DUPLICATE_BITS:
                return True
        vectors = self.vectors.get(_space(garment))
        if vectors is None or garment.embedding is None:
            return False
        return float((vectors.rows @ garment.embedding).max(initial=-1.0)) >= SAME_COSINE

    def add(self, garment: Garment) -> None:
        """Take one more."""
        self.names.update(self._names(garment))
        if garment.photo_look:
            self.looks.setdefault(garment.category, _Rows()).add(_bits(garment))
        if garment.embedding is not None:
            self.vectors.setdefault(_space(garment), _Rows()).add(garment.embedding)

    def _names(self, garment: Garment) -> list[tuple[str, ...]]:
        names = [("id", garment.garment_id), ("photo", garment.photo_id, garment.category)]
        sku = self.shop.sku_of(garment)
        return [*names, ("sku", sku)] if sku else names


class _Rows:
    """An array that grows by rows."""

    def __init__(self) -> None:
        self._all: npt.NDArray[Any] | None = None
        self._count = 0

    @property
    def rows(self) -> npt.NDArray[Any]:
        """What was added."""
        return np.zeros((0, 0)) if self._all is None else self._all[: self._count]

    def add(self, row: npt.NDArray[Any]) -> None:
        """Add one row."""
        if self._all is None:
            self._all = np.zeros((_FIRST, len(row)), row.dtype)
        elif self._count == len(self._all):
            self._all = np.concatenate([self._all, np.zeros_like(self._all)])
        self._all[self._count] = row
        self._count += 1


def _bits(garment: Garment) -> npt.NDArray[np.uint8]:
    """Give the perceptual hash as 8 bytes."""
    return np.frombuffer(int(garment.photo_look, 16).to_bytes(8, "big"), np.uint8)


def _space(garment: Garment) -> tuple[str, str, int]:
    """Name the space in which embeddings of one category can be compared."""
    return garment.category, garment.encoder, 0 if garment.embedding is None else len(garment.embedding)
