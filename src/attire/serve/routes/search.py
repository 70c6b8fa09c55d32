"""``POST /v1/search``: garments of the catalogue like those of a photo, like one of its own, or by words."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

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
    read = None
    if photo is not None:
        reader = services.reader
        read = await reader(photo.image, deadline=deadline, maps=reader.encoder.wants_maps, kind=form.photos)
    answers = await asyncio.to_thread(_answers, catalog, services.reader, form, asked, photo, read)
    return SearchOut(
        photo=None if photo is None or read is None else photo_seen(read, photo.name),
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
    catalog: "Catalog",
    reader: PhotoReader,
    form: SearchForm,
    asked: Asked,
    photo: UploadedPhoto | None,
    read: ReadPhoto | None,
) -> Sequence[Answer]:
    if photo is not None and read is not None:
        queries = _queries(reader, photo, read)
        return catalog.search(queries, garment=form.garment, at=form.at, **asked)
    try:
        return catalog.search(like=form.like, **asked)
    except DataError as error:
        raise Problem(404, str(error)) from None


def _queries(reader: PhotoReader, photo: UploadedPhoto, read: ReadPhoto) -> list[Query]:
    return queries_of_photo(
        read.found,
        reader.encoder,
        framed=read.framed,
        source=PhotoPixels(photo.name, photo.image),
        selector=reader.predictor.selector,
    )
