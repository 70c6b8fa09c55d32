"""What could be had instead: like it, in stock, another item, and not ten times the same."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from attire.catalog.filters import Filter, conjoin, named, to_expr
from attire.catalog.garment import Garment
from attire.catalog.recommend.distinct import distinct
from attire.catalog.recommend.diversity import diverse
from attire.catalog.recommend.likeness_reasons import LikenessReasons
from attire.catalog.recommend.recommendation import Recommendation
from attire.catalog.recommend.shop import Shop
from attire.catalog.store import Store

__all__ = ["POOL", "alternatives", "embeddings_of", "likeness"]

POOL = 5
"""Times as many candidates as are wanted are looked at, so that there is something to choose from."""
_LEAST_POOL, _MOST_POOL = 50, 3200


def alternatives(
    store: Store,
    query: Garment,
    *,
    vector: npt.NDArray[np.float32],
    k: int,
    where: Filter | None,
    shop: Shop,
    reasons: LikenessReasons,
    trade: float,
) -> list[Recommendation]:
    """Find the most similar other items of a garment's category, diverse by MMR.

    Args:
        store: Where to look.
        query: With its embedding.
        vector: The embedding, its parts weighed.
        k: How many at most.
        where: What they have to be, being in stock included.
        shop: What the user's columns say.
        reasons: What says why.
        trade: λ of :func:`attire.catalog.recommend.diversity.diverse`.

    Returns:
        In the order of choice; the score is the cosine with ``vector``.
    """
    here = named("category", query.category)
    wanted, pool = to_expr(conjoin(here, where)), max(_LEAST_POOL, POOL * k)
    while True:
        found = store.nearest(vector, pool, where=wanted, embeddings=True)
        most = max(_LEAST_POOL, POOL * k)
        left = distinct(found, lambda near: near.garment, shop, avoid=[query], most=most)
        # Copies of the query may fill the pool; then there is more behind them.
        if len(left) >= min(2 * k, pool) or len(found) < pool or pool >= _MOST_POOL:
            break
        pool *= 4
    relevance = np.array([near.similarity for near in left])
    chosen = diverse(relevance, likeness([near.garment for near in left]), k, trade)
    return [
        Recommendation(
            garment=left[i].garment, score=left[i].similarity, reasons=reasons(query, left[i].garment)
        )
        for i in chosen
    ]


def likeness(garments: Sequence[Garment]) -> npt.NDArray[np.float64]:
    """Give the cosines between garments, shape ``(N, N)``."""
    vectors = embeddings_of(garments)
    return vectors @ vectors.T


def embeddings_of(garments: Sequence[Garment]) -> npt.NDArray[np.float64]:
    """Stack embeddings, shape ``(N, D)``; a garment without one has zeros."""
    lengths = {len(one.embedding) for one in garments if one.embedding is not None}
    length = max(lengths, default=0)
    rows = [np.zeros(length) if one.embedding is None else one.embedding for one in garments]
    return np.asarray(rows, dtype=np.float64).reshape(len(rows), length)
