"""``/v1/facets``: what the garments of a filter are like, in numbers."""

from fastapi import APIRouter

from attire.serve.browsing import ShelfOf
from attire.serve.deadlines import DeadlineOf
from attire.serve.routes.asked import ANY, NOT_UNDERSTOOD, Where
from attire.serve.schemas.documented import problems
from attire.serve.schemas.garments import Facet, FacetsOut, FacetValue, RangeOut

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["garments"], responses=ANY)


@router.get("/facets", responses={**NOT_UNDERSTOOD, **problems(404, 504)})
def facets(shelf: ShelfOf, _: DeadlineOf, where: Where = None) -> FacetsOut:
    """Count the values of category, attributes, colours, parts, source and the user's own columns.

    A column of the user's text is counted if it has at most 200 values in all of the catalogue.
    """
    counted = shelf.count(shelf.filter(where))
    return FacetsOut(
        total=counted.total,
        facets=[
            Facet(column=name, values=[FacetValue(value=value, count=n) for value, n in values.items()])
            for name, values in counted.values.items()
        ],
        ranges=[RangeOut(column=name, min=low, max=high) for name, (low, high) in counted.ranges.items()],
    )
