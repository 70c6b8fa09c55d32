"""A whole outfit around a garment: one item per slot, chosen together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attire.catalog.garment import Garment
from attire.catalog.recommend.goes_with import LEAST_LIFT, Candidates
from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.recommendation import Recommendation
from attire.catalog.recommend.slots import OUTFITS
from attire.catalog.recommend.together_reasons import TogetherReasons

__all__ = ["BEAM", "outfit"]

BEAM = 20
"""Outfits begun that are kept at each slot."""
_PER_SLOT = 20
"""Candidates of a slot, those that go best with the query."""


@dataclass(frozen=True)
class _Begun:
    """An outfit with some of its slots filled."""

    items: tuple[Garment, ...]
    slots: tuple[str, ...]
    total: float

    @property
    def mean(self) -> float:
        """Mean score of a pair, so that outfits with more slots are not better for that alone."""
        pairs = len(self.items) * (len(self.items) - 1) / 2
        return self.total / pairs if pairs else -np.inf


def outfit(query: Garment, candidates: Candidates) -> list[Recommendation]:
    """Choose one item for each slot that the query leaves open, so that all go well with each other.

    For each way to be dressed (:data:`~attire.catalog.recommend.slots.OUTFITS`) that has a place for it, a
    beam search fills slot after slot; the one with the highest mean score over all pairs is given. A query
    that no way has a place for, such as a hat, is worn with each. A slot that nothing in stock fits stays
    open.

    Returns:
        The items without the query, in the order of the slots; the score is an item's mean with all others.
    """
    matching = candidates.matching
    own = matching.worn.slots.get(query.category, query.category)
    ways = [way for way in OUTFITS if own in way] or list(OUTFITS)
    pools = _pools(query, candidates, sorted({slot for way in ways for slot in way} - {own}))
    found = [_fill(query, [slot for slot in way if slot != own], pools, matching) for way in ways]
    best = max(found, key=lambda one: (len(one.items) > 1, one.mean))
    reasons = TogetherReasons(matching=matching)
    return [
        Recommendation(
            garment=item,
            score=float(np.mean([_pair(item, other, matching) for other in best.items if other is not item])),
            reasons=reasons(query, item),
            slot=slot,
        )
        for item, slot in zip(best.items[1:], best.slots, strict=True)
    ]


def _pools(query: Garment, candidates: Candidates, slots: Sequence[str]) -> dict[str, list[Garment]]:
    """Take candidates for each slot, the best beside the query first."""
    able = candidates.categories(query)
    worn = candidates.matching.worn
    pools = {}
    for slot in slots:
        names = [name for name in able if worn.slots.get(name, name) == slot]
        found = candidates.of(query, names)
        pools[slot] = sorted(found, key=lambda one: -_pair(query, one, candidates.matching))[:_PER_SLOT]
    return pools


def _fill(
    query: Garment, slots: Sequence[str], pools: Mapping[str, Sequence[Garment]], matching: Matching
) -> _Begun:
    beam = [_Begun((query,), (), 0.0)]
    for slot in slots:
        grown = [
            _Begun(
                (*begun.items, item),
                (*begun.slots, slot),
                begun.total + sum(_pair(one, item, matching) for one in begun.items),
            )
            for begun in beam
            for item in pools[slot]
            if all(
                matching.worn.category_lift(one.category, item.category) >= LEAST_LIFT for one in begun.items
            )
        ]
        if grown:
            beam = sorted(grown, key=lambda one: -one.total)[:BEAM]
    return beam[0]


def _pair(one: Garment, other: Garment, matching: Matching) -> float:
    """Score a pair; how common the categories are has no say, since each slot is filled anyway."""
    lift = matching.worn.category_lift(one.category, other.category)
    return float(np.log(lift)) + matching.traits(one, other)
