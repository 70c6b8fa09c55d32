"""``/v1/trends``: what grows, fades and comes back."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response

from attire.catalog.trends import KINDS
from attire.errors import DataError, QueryError
from attire.serve.answers.trends import in_words, trends_out
from attire.serve.browsing import ShelfOf
from attire.serve.deadlines import DeadlineOf
from attire.serve.routes.asked import ANY, NOT_UNDERSTOOD, Where, problem_response
from attire.serve.schemas.documented import problems
from attire.serve.schemas.trends import TrendsOut

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["trends"], responses=ANY)

_CLOCKS = ("week", "month", "season", "year")
_LATE = problem_response(
    504,
    "It takes longer than a request may; what was begun is finished and kept.",
    "Still being worked out, and kept once it is: ask again in a while.",
)


@router.get("/trends", response_model=TrendsOut, responses={**NOT_UNDERSTOOD, **problems(404, 503), **_LATE})
async def trends(
    shelf: ShelfOf,
    deadline: DeadlineOf,
    by: Annotated[
        str,
        Query(
            max_length=400,
            description="`week`, `month`, `season` or `year` seen; `source`; or own columns, such as "
            "`year,season`.",
        ),
    ] = "month",
    where: Where = None,
    of: Annotated[str, Query(max_length=100, description="What to count, with commas between.")] = ",".join(
        KINDS
    ),
    examples: Annotated[int, Query(ge=0, le=12, description="Garments to show of each line.")] = 4,
    untested: Annotated[
        bool, Query(description="Also lines of which there is too little to say anything.")
    ] = False,
) -> Response:
    """Say what is seen more, and less, than before; kept until the catalogue changes."""
    names = tuple(name.strip() for name in by.split(","))
    _check_by(names, shelf.store.own_columns)
    kinds = tuple(kind for kind in KINDS if kind in {one.strip() for one in of.split(",")})
    if not kinds or len(kinds) < len(of.split(",")):
        raise QueryError(f"of={of}: expected some of {', '.join(KINDS)}, with commas between.")
    chosen = shelf.filter(where)

    def make() -> bytes:
        try:
            found = shelf.catalog.trends(by=",".join(names), of=kinds, where=chosen, examples=examples)
        except DataError as error:
            raise DataError(in_words(str(error))) from None
        return trends_out(found, untested=untested).model_dump_json().encode()

    key = (shelf.version, names, kinds, str(chosen), examples, untested)
    return Response(await shelf.trends(key, make, deadline=deadline), media_type="application/json")


def _check_by(names: Sequence[str], own: Sequence[str]) -> None:
    if len(names) == 1 and names[0] in _CLOCKS:
        return
    unknown = [name for name in names if name != "source" and name not in own]
    if unknown:
        raise QueryError(
            f"by={unknown[0]}: expected {', '.join(_CLOCKS)}, source, or own columns of the catalogue: "
            f"{', '.join(own) or 'it has none'}."
        )
