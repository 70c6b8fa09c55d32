"""What a person may like: near what they liked, away from what they did not, as they wish."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from attire.catalog.filters import (
    Column,
    Comparison,
    Filter,
    Not,
    all_of,
    any_of,
    conjoin,
    holds,
    named,
    to_expr,
)
from attire.catalog.filters.filter import Operator
from attire.catalog.garment import Garment
from attire.catalog.recommend.alternatives import embeddings_of, likeness
from attire.catalog.recommend.distinct import distinct
from attire.catalog.recommend.diversity import diverse
from attire.catalog.recommend.frequencies import Frequencies, Trait, traits_of
from attire.catalog.recommend.person_reasons import PersonReasons
from attire.catalog.recommend.recommendation import Recommendation
from attire.catalog.recommend.shared_traits import certainty
from attire.catalog.recommend.shop import Shop
from attire.catalog.recommend.taste import Wishes, preferences, taste_vectors
from attire.catalog.search.wishes import Named, chance
from attire.catalog.store import Near, Store
from attire.errors import DataError
from attire.ontology import Ontology

__all__ = ["PREFERENCE", "WISH", "for_person", "hard_wishes"]

PREFERENCE = 0.15
"""Weight, beside a cosine, of the mean log lift of a garment's traits."""
WISH = 1.0
"""What it counts to meet all wishes beside a cosine of 1."""
_POOL = 5
_LEAST_POOL = 60
_MOST_QUERIES = 12
"""Liked garments that are asked for one by one, the last; others count in the mean of their category."""
_ENOUGH = 30
"""Candidates that meet some wishes from which on none are looked for that meet fewer."""
_TYPICAL = 64
"""Garments of which a query is made where nothing was liked."""
_COLUMNS = {"attribute": "attributes", "colour": "colours", "part": "parts"}


@dataclass(frozen=True, kw_only=True)
class _Search:
    """Takes candidates."""

    store: Store
    where: Filter | None
    k: int

    def __call__(self, vector: npt.NDArray[np.float32] | None, wished: Filter | None) -> list[Near]:
        """Give those nearest to a vector; without one, those nearest to what is typical of the wished."""
        asked = all_of(self.where, wished)
        where = None if asked is None else to_expr(asked)
        if vector is None:
            rows = self.store.rows(where=where, limit=_TYPICAL).to_pylist()
            if len(rows) < _TYPICAL:  # these are all
                return [Near(Garment.from_row(row, self.store.own_columns), 0.0) for row in rows]
            vector = np.mean([row["embedding"] for row in rows], axis=0, dtype=np.float32)
        return self.store.nearest(vector, self.k, where=where, embeddings=True)


def for_person(
    store: Store,
    *,
    liked: Sequence[Garment],
    disliked: Sequence[Garment],
    wishes: Wishes,
    words: Mapping[str, Filter],
    k: int,
    where: Filter | None,
    shop: Shop,
    frequencies: Frequencies,
    ontology: Ontology,
    trade: float,
) -> list[Recommendation]:
    """Rank what a person may like.

    Candidates come from nearest-neighbour queries alone: by the taste vector of each liked category, by each
    of the last liked garments, and by what is typical of the wishes; with all wishes first, and with fewer
    where those leave too little. The score of a candidate is

    ``cosine with the nearest taste + PREFERENCE · mean preference of its traits + WISH · wishes met``

    where wishes met is the mean probability of the wished attributes and parts, of having a wished colour, of
    wished words and of what is unwanted not being there.

    Args:
        store: Where to look.
        liked: With their embeddings.
        disliked: Likewise.
        wishes: What is wished for.
        words: What says where each of its words stands.
        k: How many at most.
        where: What garments have to be, wishes that have to be met and being in stock included.
        shop: What the user's columns say.
        frequencies: How common traits are.
        ontology: What names attributes.
        trade: λ of MMR.

    Returns:
        In the order of choice; neither liked nor disliked items, nor their duplicates.
    """
    known = [*liked, *disliked]
    search = _Search(store=store, where=where, k=max(_LEAST_POOL, _POOL * k))
    tastes = taste_vectors(liked, disliked)
    liked_well = preferences(liked, disliked, frequencies)
    found = _candidates(search, liked, tastes, wishes, words)

    def met(garment: Garment) -> float:
        return _met(garment, wishes, words, ontology)

    score = _scorer(tastes, liked, liked_well, met)
    scored = sorted(found, key=lambda one: -score(one))
    most = max(_LEAST_POOL, _POOL * k)
    left = distinct(scored, lambda one: one, shop, avoid=known, most=most)
    if not left:
        return []
    scores = np.array([score(one) for one in left])
    reasons = PersonReasons(
        liked=liked, wishes=wishes, words=words, preferences=liked_well, shop=shop, ontology=ontology
    )
    return [
        Recommendation(garment=left[i], score=float(scores[i]), reasons=reasons(left[i]))
        for i in diverse(scores, likeness(left), k, trade)
    ]


def hard_wishes(wishes: Wishes, shop: Shop, own: Sequence[pa.Field]) -> Filter | None:
    """Give the filter of what has to be met: category, price and own columns.

    Args:
        wishes: What is wished for.
        shop: What the user's columns say.
        own: The user's columns.

    Raises:
        DataError: If a wish is about a column that the catalogue does not have, or that cannot be compared.
    """
    fields = {field.name: field for field in own}
    demands: list[Filter] = [named("category", *wishes.categories)] if wishes.categories else []
    demands += [Not(inner=named("category", one.name)) for one in wishes.unwanted if one.kind == "category"]
    if wishes.price_min is not None or wishes.price_max is not None:
        price = None if shop.price is None else Column.own(fields[shop.price])
        if price is None:
            raise DataError("A price is wished for, but the catalogue has no column of numbers named price.")
        limits: dict[Operator, float | None] = {">=": wishes.price_min, "<=": wishes.price_max}
        demands += [
            Comparison(column=price, operator=way, values=(float(limit),))
            for way, limit in limits.items()
            if limit is not None
        ]
    for name, value in wishes.own.items():
        if name not in fields:
            has = ", ".join(fields) or "none"
            raise DataError(f"No column {name!r} in the catalogue. Your own columns: {has}.")
        column = Column.own(fields[name])
        if column is None:
            raise DataError(f"Column {name!r} holds {fields[name].type}, which cannot be wished for.")
        demands.append(Comparison(column=column, operator="=", values=(value,)))
    return all_of(*demands)


def _candidates(
    search: _Search,
    liked: Sequence[Garment],
    tastes: dict[str, npt.NDArray[np.float32]],
    wishes: Wishes,
    words: Mapping[str, Filter],
) -> list[Garment]:
    """Ask with all wishes near each taste and liked garment; with fewer, until there are enough."""
    wished = [named("attributes", name) for name in wishes.attributes]
    wished += [named("parts", name) for name in wishes.parts]
    wished += words.values()
    away = [Not(inner=named(_COLUMNS[one.kind], one.name)) for one in wishes.disfavoured]
    if wishes.colours:
        wished.append(named("colours", *wishes.colours))
    found: dict[str, Garment] = {}
    centres: list[npt.NDArray[np.float32]] = list(tastes.values())
    vectors: Sequence[npt.NDArray[np.float32] | None] = [
        *centres,
        *(one.embedding for one in liked[-_MOST_QUERIES:]),
    ]
    for stage in _stages(wished, away):
        for wish in stage:
            for vector in vectors or [None]:
                found.update((near.garment.garment_id, near.garment) for near in search(vector, wish))
            if not centres and found:  # what is typical is learnt from those that meet most
                centres = [embeddings_of(list(found.values())).mean(axis=0).astype(np.float32)]
            vectors = vectors or centres
        if len(found) >= _ENOUGH:
            break
        vectors = centres
    return list(found.values())


def _stages(wished: Sequence[Filter], away: Sequence[Filter]) -> list[Sequence[Filter | None]]:
    """Give what to ask for: all wishes, then all but one, then any, then none.

    What is unwanted stays away from all of these, and comes last.
    """
    stages: list[list[Filter]] = []
    if wished:
        stages.append([conjoin(*wished)])
    if len(wished) > 2:
        but_one = [[*wished[:left], *wished[left + 1 :]] for left in range(len(wished))]
        stages.append([conjoin(*rest) for rest in but_one])
    if len(wished) > 1:
        stages.append([any_of(*wished)])
    if away:
        stages = [*([conjoin(one, *away) for one in stage] for stage in stages), [conjoin(*away)]]
    return [*stages, [None]]


def _scorer(
    tastes: dict[str, npt.NDArray[np.float32]],
    liked: Sequence[Garment],
    liked_well: dict[Trait, float],
    met: Callable[[Garment], float],
) -> Callable[[Garment], float]:
    """Make the function that scores a garment."""
    points = (
        np.concatenate([embeddings_of(liked), np.array(list(tastes.values()))])
        if tastes
        else np.zeros((0, 0))
    )

    def score(garment: Garment) -> float:
        near = 0.0
        if len(points) and garment.embedding is not None:
            near = float((points @ garment.embedding).max())
        traits = list(traits_of(garment))
        worth = sum(liked_well.get(trait, 0.0) for trait in traits) / max(len(traits), 1)
        return near + PREFERENCE * worth + WISH * met(garment)

    return score


def _met(garment: Garment, wishes: Wishes, words: Mapping[str, Filter], ontology: Ontology) -> float:
    """Give how well soft wishes are met, 0 … 1; 0 where there are none."""
    chances = [certainty(garment, name, ontology) for name in wishes.attributes]
    parts = [Named(kind="part", name=name) for name in wishes.parts]
    chances += [chance(wish, garment, ontology) for wish in (*parts, *wishes.disfavoured)]
    chances += [float(holds(filter, garment)) for filter in words.values()]
    if wishes.colours:
        shares = dict(zip(garment.colours, garment.colour_share.tolist(), strict=False))
        has = any(name in garment.colours for name in wishes.colours)
        share = sum(shares.get(name, 0.0) for name in wishes.colours)
        chances.append(min(1.0, 0.5 + share / 2) if has else 0.0)
    return float(np.mean(chances)) if chances else 0.0
