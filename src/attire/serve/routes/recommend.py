"""``/v1/recommend``: what to have instead, what goes with it, an outfit, and what suits a person."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from attire.catalog.recommend import Mode, Recommendation, worn_together
from attire.errors import DataError
from attire.serve.answers.garments import garment_out
from attire.serve.browsing import Shelf, ShelfOf
from attire.serve.deadlines import DeadlineOf
from attire.serve.problems import Problem
from attire.serve.routes.asked import ANY, NO_GARMENT, NOT_UNDERSTOOD, Where, problem_response
from attire.serve.schemas.documented import problems
from attire.serve.schemas.recommend import PersonIn, RecommendationOut, RecommendationsOut

__all__ = ["router"]

router = APIRouter(prefix="/v1/recommend", tags=["recommend"], responses=ANY)

_NOT_WORN = problem_response(
    409,
    "No photo shows garments worn together.",
    "No photo in the catalogue shows two garments, so nothing says what is worn together. Add photos of "
    "people, and name their source in worn_in.",
)


@router.get("/{garment_id}", responses={**NOT_UNDERSTOOD, **NO_GARMENT, **problems(504), **_NOT_WORN})
def recommend(
    shelf: ShelfOf,
    _: DeadlineOf,
    garment_id: str,
    mode: Annotated[
        Mode,
        Query(
            description="`alternatives` are like it, `goes-with` is worn with it, `outfit` has one garment "
            "for each place that it leaves open."
        ),
    ] = "alternatives",
    k: Annotated[int, Query(ge=1, le=100, description="Garments at most, but for an outfit.")] = 10,
    where: Where = None,
    any_stock: Annotated[
        bool, Query(description="Also what a column of stock does not say is there.")
    ] = False,
    worn_in: Annotated[
        str | None,
        Query(
            max_length=200, description="Source of the photos that say what is worn together; all if none."
        ),
    ] = None,
) -> RecommendationsOut:
    """Recommend other garments to one of the catalogue, each with reasons."""
    shelf.garment(garment_id)
    chosen = shelf.filter(where)
    if mode != "alternatives":
        _check_worn(shelf, worn_in)
    found = shelf.catalog.recommend(
        garment_id, mode=mode, k=k, where=chosen, in_stock=not any_stock, worn_in=worn_in
    )
    return _answer(found)


@router.post("", responses={**NOT_UNDERSTOOD, **NO_GARMENT, **problems(504)})
def recommend_for(shelf: ShelfOf, _: DeadlineOf, person: PersonIn) -> RecommendationsOut:
    """Recommend garments to a person, by what they liked, disliked and wish."""
    for one in (*person.liked, *person.disliked):
        shelf.garment(one)
    wish = person.wish if person.wish and person.wish.strip() else None
    if not person.liked and wish is None:
        raise Problem(
            400, "Nothing is known of this person. Give a garment that they like (liked), or a wish."
        )
    found = shelf.catalog.recommend_for(
        liked=person.liked,
        disliked=person.disliked,
        wish=wish,
        k=person.k,
        where=shelf.filter(person.where),
        in_stock=not person.any_stock,
    )
    return _answer(found)


def _check_worn(shelf: Shelf, source: str | None) -> None:
    """Say in words of this interface where nothing tells what is worn together; counted once per version."""
    try:
        worn_together(shelf.store, source=source, ontology=shelf.catalog.ontology)
    except DataError:
        of_it = "" if source is None else f" of source {source!r}"
        raise Problem(
            409,
            f"No photo{of_it} in the catalogue shows two garments, so nothing says what is worn together. "
            "Add photos of people, and name their source in worn_in.",
        ) from None


def _answer(found: Sequence[Recommendation]) -> RecommendationsOut:
    return RecommendationsOut(
        results=[
            RecommendationOut(
                score=round(float(one.score), 4),
                reasons=list(one.reasons),
                slot=one.slot or None,
                garment=garment_out(one.garment),
            )
            for one in found
        ]
    )
