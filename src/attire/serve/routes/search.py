"""``POST /v1/search``: garments of the catalogue like those of a photo, like one of its own, or by words."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from PIL import Image

from attire.catalog.search import Answer, Query, queries_of_photo
from attire.errors import DataError
from attire.predict import PhotoPixels
from attire.serve.answers.asking import Asked, asked_of, read_form
from attire.serve.answers.reading import photo_seen
from attire.serve.answers.search import answer_out
from attire.serve.deadlines import DeadlineOf
from attire.serve.problems import Problem
from attire.serve.reading import PhotoReader, ReadPhoto
from attire.serve.schemas.documented import photo_form, problems
from attire.serve.schemas.examples import FOUND
from attire.serve.schemas.reading import PhotoSeen
from attire.serve.schemas.search import SearchForm, SearchOut, field_schemas
from attire.serve.services import CatalogOf, ServicesOf
from attire.serve.uploads import OptionalPhotoOf, UploadedPhoto, form_fields

if TYPE_CHECKING:
    from attire.catalog.catalog import Catalog

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["photos"])

_DOCUMENTED: dict[str, Any] = {
    "responses": {
        200: {"content": {"application/json": {"example": FOUND}}},
        **problems(400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503, 504),
    },
    "openapi_extra": photo_form(**field_schemas()),
}


@router.post("/search", **_DOCUMENTED)
async def search(
    request: Request,
    photo: OptionalPhotoOf,
    services: ServicesOf,
    catalog: CatalogOf,
    deadline: DeadlineOf,
) -> SearchOut:
    """Find garments of the catalogue like those of a photo, like one of the catalogue's own, or by words."""
    loop = asyncio.get_running_loop()
    arrived = loop.time() if photo is None else photo.arrived
    form = read_form(await form_fields(request))
    asked = asked_of(form, photo=photo is not None)
    await asyncio.to_thread(_check, catalog, form, asked, photo)
    seen, queries = None, None
    if photo is not None:
        make = partial(_queries, name=photo.name)
        maps = services.reader.encoder.wants_maps
        seen, found = await services.reader.make(
            photo.image, make, deadline=deadline, maps=maps, kind=form.photos
        )
        source = PhotoPixels(photo.name, photo.image)
        queries = [replace(query, source=source) for query in found]
    answers = await asyncio.to_thread(_answers, catalog, form, asked, queries)
    return SearchOut(
        photo=seen,
        answers=[answer_out(answer) for answer in answers],
        milliseconds=round(1000 * (loop.time() - arrived), 1),
    )


def _check(catalog: "Catalog", form: SearchForm, asked: Asked, photo: UploadedPhoto | None) -> None:
    """Refuse what cannot be answered before the network runs for it."""
    catalog.question(**asked)
    if photo is None and form.like is None:
        return
    try:
        catalog.check_encoder()
    except DataError as error:
        raise Problem(409, str(error)) from None


def _answers(
    catalog: "Catalog", form: SearchForm, asked: Asked, queries: Sequence[Query] | None
) -> Sequence[Answer]:
    if queries is not None:
        return catalog.search(queries, garment=form.garment, at=form.at, **asked)
    try:
        return catalog.search(like=form.like, **asked)
    except DataError as error:
        raise Problem(404, str(error)) from None


def _queries(
    reader: PhotoReader, photo: Image.Image, read: ReadPhoto, *, name: str
) -> tuple[PhotoSeen, list[Query]]:
    """Say what the photo is, and make a query of each of its garments, without the photo itself."""
    queries = queries_of_photo(
        read.found,
        reader.encoder,
        framed=read.framed,
        source=PhotoPixels(name, photo),
        selector=reader.selector,
    )
    return photo_seen(read, name), [replace(query, source=None) for query in queries]
