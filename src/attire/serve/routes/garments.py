"""``/v1/garments``: the catalogue looked through, single garments, and their pictures."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from attire.serve.answers.garments import garment_out
from attire.serve.browsing import Order, ShelfOf
from attire.serve.browsing.pictures import Format, tag_of
from attire.serve.deadlines import DeadlineOf
from attire.serve.routes.asked import ANY, NO_GARMENT, NOT_UNDERSTOOD, Responses, Where
from attire.serve.schemas.documented import problems
from attire.serve.schemas.garments import GarmentOut, GarmentPage

__all__ = ["router"]

router = APIRouter(prefix="/v1/garments", tags=["garments"], responses=ANY)

_FRESH_S = 600
"""How long a browser may show a picture without asking whether it has changed."""
_Side = Annotated[int, Query(ge=32, le=1024)]
_PICTURE: Responses = {
    200: {
        "description": "The garment in colour, what surrounds it faded.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/jpeg", "image/webp")
        },
    },
    304: {"description": "The picture is as `If-None-Match` has it."},
}


@router.get("", responses={**NOT_UNDERSTOOD, **problems(404, 504)})
def garments(
    shelf: ShelfOf,
    _: DeadlineOf,
    where: Where = None,
    order: Annotated[
        Order, Query(description="`mixed` is by id, `surest` by score, `newest` by when it was added.")
    ] = "mixed",
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 48,
) -> GarmentPage:
    """Look through the garments that a filter leaves."""
    total, found = shelf.page(shelf.filter(where), order=order, offset=offset, limit=limit)
    return GarmentPage(total=total, offset=offset, garments=[garment_out(one) for one in found])


@router.get("/{garment_id}", responses=NO_GARMENT)
def garment(shelf: ShelfOf, garment_id: str) -> GarmentOut:
    """Give one garment."""
    return garment_out(shelf.garment(garment_id))


@router.get("/{garment_id}/picture", response_class=Response, responses={**_PICTURE, **NO_GARMENT})
def picture(
    shelf: ShelfOf,
    garment_id: str,
    width: _Side = 240,
    height: _Side = 320,
    accept: Annotated[str, Header()] = "",
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """Give a garment's picture, as WebP to whoever says to take it, else as JPEG.

    Where the photo is gone it is a plain field with the category's name.
    """
    found, size = shelf.garment(garment_id), (width, height)
    form: Format = "webp" if "image/webp" in accept else "jpeg"
    tag = tag_of(found, size, form)
    headers = {"ETag": f'"{tag}"', "Vary": "Accept", "Cache-Control": f"private, max-age={_FRESH_S}"}
    if tag in _tags(if_none_match):
        return Response(status_code=304, headers=headers)
    drawn = shelf.pictures(found, size, form, tag)
    if not drawn.found:
        headers["Cache-Control"] = "private, no-cache"
    return Response(drawn.data, media_type=f"image/{form}", headers=headers)


def _tags(header: str) -> set[str]:
    """Give the tags of ``If-None-Match``.

    Example:
        >>> sorted(_tags('W/"a", "b"'))
        ['a', 'b']
    """
    return {one.strip().removeprefix("W/").strip('"') for one in header.split(",")}
