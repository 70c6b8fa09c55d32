"""What goes with a garment: other categories, after what is worn together in photos."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from lancedb.expr import Expr, col, lit

from attire.catalog.filters import Filter, conjoin, named, to_expr
from attire.catalog.garment import Garment
from attire.catalog.recommend.alternatives import likeness
from attire.catalog.recommend.distinct import distinct
from attire.catalog.recommend.diversity import diverse
from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.recommendation import Recommendation
from attire.catalog.recommend.shop import Shop
from attire.catalog.recommend.together_reasons import TogetherReasons
from attire.catalog.store import Near, Store

__all__ = ["LEAST_LIFT", "Candidates", "goes_with"]

LEAST_LIFT = 0.4
"""Categories that are worn together less often than this many times chance are not proposed together."""
_CATEGORIES = 6
"""Categories that candidates are taken from, the best scored."""
_COLOURS = 4
"""Colours of a category that candidates are taken from, the best scored."""
_EACH = 60
"""Candidates taken of a category."""
_ENOUGH = 10
"""Candidates of a category in matching colours from which on no other colours are looked at."""
_WORN_LIKE_IT = 12
"""Garments like the query in whose photos it is looked what they were worn with."""


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Takes from a catalogue what may go with a garment."""

    store: Store
    """What is for sale."""
    seen_in: Store
    """Where garments are worn."""
    seen_where: Expr | None
    """Which rows of it; all if None."""
    matching: Matching
    shop: Shop
    where: Filter | None
    """What candidates have to be, being in stock included."""

    def categories(self, query: Garment) -> list[str]:
        """List categories that go with a garment, the best first; never its own."""
        worn = self.matching.worn
        able = [
            name
            for name in worn.slots
            if name != query.category and worn.category_lift(query.category, name) >= LEAST_LIFT
        ]
        return sorted(able, key=lambda name: -self.matching.category(query.category, name))

    def of(self, query: Garment, categories: Sequence[str], each: int = _EACH) -> list[Garment]:
        """Take candidates of some categories, with their embeddings, each item once.

        Of each category, those in the colours that go best with the query's, and among them those nearest to
        what was worn with a garment like the query; where nothing was, those nearest to the query itself.
        """
        found: list[Near] = []
        anchors = self._worn_with(query)
        for category in categories:
            here = conjoin(named("category", category), self.where)
            near = anchors.get(category, query)
            colours = dict.fromkeys([*self._colours(query, category), *near.colours[:1]])
            matching = conjoin(here, named("colours", *colours)) if colours else None
            taken = self._near(near, matching, each) if matching is not None else []
            found += taken if len(taken) >= _ENOUGH else [*taken, *self._near(near, here, each)]
        ordered = sorted(
            {near.garment.garment_id: near.garment for near in found}.values(),
            key=lambda one: -self.matching(query, one),
        )
        return distinct(ordered, lambda one: one, self.shop, avoid=[query], most=len(ordered))

    def _near(self, garment: Garment, where: Filter, k: int) -> list[Near]:
        if garment.embedding is None or len(garment.embedding) != self.store.dimensions:
            rows = self.store.rows(where=to_expr(where), limit=k).to_pylist()
            return [Near(Garment.from_row(row, self.store.own_columns), 0.0) for row in rows]
        return self.store.nearest(garment.embedding, k, where=to_expr(where), embeddings=True)

    def _colours(self, query: Garment, category: str) -> list[str]:
        worn = self.matching.worn
        names = [worn.tokens[place][2] for place in worn.traits.get((category, "colour"), ())]

        def score(name: str) -> float:
            token = Garment(
                garment_id="", photo_id="", photo_uri="", photo_look="", photo_size=(1, 1), garment=0,
                category_id=0, category=category, score=1.0, colours=(name,),
            )  # fmt: skip
            return self.matching.traits(query, token)

        return sorted(names, key=score, reverse=True)[:_COLOURS]

    def _worn_with(self, query: Garment) -> dict[str, Garment]:
        """Give, by category, what is worn beside the garment most like the query, in photos of people."""
        if query.embedding is None or self.seen_in.dimensions != len(query.embedding):
            return {}
        here = col("category") == lit(query.category)
        here = here if self.seen_where is None else here & self.seen_where
        alike = self.seen_in.nearest(query.embedding, _WORN_LIKE_IT, where=here)
        nearness = {near.garment.photo_id: near.similarity for near in alike}
        if not nearness:
            return {}
        beside = col("photo_id").isin(sorted(nearness)) & (col("category") != lit(query.category))
        rows = self.seen_in.rows(where=beside).to_pylist()
        rows.sort(key=lambda row: (nearness[row["photo_id"]], row["score"]))
        return {row["category"]: Garment.from_row(row, self.seen_in.own_columns) for row in rows}


def goes_with(query: Garment, candidates: Candidates, k: int, trade: float) -> list[Recommendation]:
    """Rank what goes with a garment.

    At most a third of the answer is of one category, as long as others can fill it.

    Args:
        query: With its embedding.
        candidates: What takes them.
        k: How many at most.
        trade: λ of MMR; there scores count from 0 to 1 between the lowest and the highest, and items of one
            category are alike by the cosine of their embeddings.

    Returns:
        In the order of choice; the score is that of :class:`attire.catalog.recommend.matching.Matching`.
    """
    garments = candidates.of(query, candidates.categories(query)[:_CATEGORIES])
    if not garments:
        return []
    scores = np.array([candidates.matching(query, one) for one in garments])
    span = float(scores.max() - scores.min())
    relevance = (scores - scores.min()) / span if span > 0 else np.ones(len(scores))
    kinds = np.array([one.category for one in garments])
    alike = np.where(kinds[:, None] == kinds[None], np.maximum(likeness(garments), 0.0), 0.0)
    order = diverse(relevance, alike, len(garments), trade)
    reasons = TogetherReasons(matching=candidates.matching)
    return [
        Recommendation(garment=garments[i], score=float(scores[i]), reasons=reasons(query, garments[i]))
        for i in _mixed(order, kinds.tolist(), k)
    ]


def _mixed(order: Sequence[int], kinds: Sequence[str], k: int) -> list[int]:
    """Take the first k of an order with at most a third of each kind; then fill up with what was passed over.

    Example:
        >>> _mixed([0, 1, 2, 3], ["shoe", "shoe", "bag", "hat"], k=3), _mixed([0, 1], ["shoe", "shoe"], k=3)
        ([0, 2, 3], [0, 1])
    """
    taken: list[int] = []
    passed: list[int] = []
    seen: Counter[str] = Counter()
    for i in order:
        seen[kinds[i]] += 1
        (taken if seen[kinds[i]] <= -(-k // 3) else passed).append(i)
    return [*taken[:k], *passed[: max(0, k - len(taken))]]
