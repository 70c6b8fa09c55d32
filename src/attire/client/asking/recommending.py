"""``/v1/recommend`` and ``/v1/trends``."""

from collections.abc import Sequence
from typing import Literal

from attire.client.asking.ask import Ask, as_model, given, path_of
from attire.serve.schemas.recommend import RecommendationsOut
from attire.serve.schemas.trends import TrendsOut

__all__ = ["recommend", "recommend_for", "trends"]


def recommend(
    garment_id: str,
    *,
    mode: Literal["alternatives", "goes-with", "outfit"] = "alternatives",
    k: int = 10,
    where: str | None = None,
    any_stock: bool = False,
    worn_in: str | None = None,
) -> Ask[RecommendationsOut]:
    """Recommend other garments to one of the catalogue, each with reasons.

    Args:
        garment_id: The garment asked about.
        mode: What is like it, what is worn with it, or one for each place that it leaves open.
        k: Garments at most, 1 … 100; an outfit has as many as it has places.
        where: What they have to be, in the language of docs/search.md.
        any_stock: Also what a column of stock does not say is there.
        worn_in: Source of the photos that say what is worn together; all if None.

    Raises:
        ServiceError: If the service cannot be reached, there is no such garment, or nothing shows what is
            worn together.
    """
    return Ask(
        method="GET",
        path=path_of("/v1/recommend/{}", garment_id),
        read=as_model(RecommendationsOut),
        params=given(mode=mode, k=k, where=where, any_stock=any_stock, worn_in=worn_in),
    )


def recommend_for(
    *,
    liked: str | Sequence[str] = (),
    disliked: str | Sequence[str] = (),
    wish: str | None = None,
    k: int = 10,
    where: str | None = None,
    any_stock: bool = False,
) -> Ask[RecommendationsOut]:
    """Recommend garments to a person, by what they liked, disliked and wish.

    Args:
        liked: Ids of garments that they like; the last one counts as the latest.
        disliked: Ids of garments that they do not like.
        wish: In words, as ``search`` takes for ``text``.
        k: Garments at most, 1 … 100.
        where: What they have to be.
        any_stock: Also what a column of stock does not say is there.

    Raises:
        ServiceError: If the service cannot be reached, or nothing is known of them.
    """
    person = given(
        liked=[liked] if isinstance(liked, str) else list(liked),
        disliked=[disliked] if isinstance(disliked, str) else list(disliked),
        wish=wish,
        k=k,
        where=where,
        any_stock=any_stock,
    )
    return Ask(method="POST", path="/v1/recommend", read=as_model(RecommendationsOut), json=person)


def trends(
    *,
    by: str = "month",
    where: str | None = None,
    of: str | Sequence[str] | None = None,
    examples: int = 4,
    untested: bool = False,
) -> Ask[TrendsOut]:
    """Say what is seen more, and less, than before.

    A report that takes longer than a request may is asked for again, while there is time: the service keeps
    what it has begun.

    Args:
        by: ``week``, ``month``, ``season`` or ``year`` seen; ``source``; or own columns, as ``year,season``.
        where: Which garments, in the language of docs/search.md.
        of: What to count, of ``categories``, ``attributes``, ``colours``, ``combinations``; all if None.
        examples: Garments to show of each line, 0 … 12.
        untested: Also lines of which there is too little to say anything.

    Raises:
        ServiceError: If the service cannot be reached, or the catalogue does not show it.
    """
    kinds = of if of is None or isinstance(of, str) else ",".join(of)
    return Ask(
        method="GET",
        path="/v1/trends",
        read=as_model(TrendsOut),
        params=given(by=by, where=where, of=kinds, examples=examples, untested=untested),
    )
