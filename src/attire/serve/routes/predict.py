"""``POST /v1/predict``: what is in a photo."""

import asyncio
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response
from PIL import Image

from attire.serve.accepting import choose_media
from attire.serve.answers.model_name import model_name
from attire.serve.answers.overlay import draw_overlay
from attire.serve.answers.reading import MaskForm, instances_seen, photo_seen
from attire.serve.deadlines import DeadlineOf
from attire.serve.problems import Problem
from attire.serve.reading import PhotoReader, ReadPhoto
from attire.serve.schemas.documented import photo_form, problems
from attire.serve.schemas.examples import READING
from attire.serve.schemas.reading import InstanceSeen, PhotoSeen, Reading
from attire.serve.services import ServicesOf
from attire.serve.uploads import PhotoOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["photos"])

_JSON, _PNG = "application/json", "image/png"
_DOCUMENTED: dict[str, Any] = {
    "responses": {
        200: {
            "description": "What is in the photo; drawn on it where the client accepts image/png.",
            "content": {
                _JSON: {"example": READING},
                _PNG: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        **problems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503, 504),
    },
    "openapi_extra": photo_form(),
}


@router.post("/predict", response_model=Reading, **_DOCUMENTED)
async def predict(
    photo: PhotoOf,
    services: ServicesOf,
    deadline: DeadlineOf,
    keep: Annotated[
        Literal["selected", "all"], Query(description="What is likely right, or all that the network gives.")
    ] = "selected",
    photos: Annotated[
        Literal["auto", "street", "product"],
        Query(description="What the photo is; told by its ground if auto."),
    ] = "auto",
    masks: Annotated[MaskForm, Query(description="How outlines are given.")] = "rle",
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Say what is in a photo: garments and their parts, outlines, names, attributes and colours.

    Nothing found is an empty list, no error. Accept ``image/png`` to get the photo with it drawn on, at most
    1600 pixels long.
    """
    media = choose_media(accept, (_JSON, _PNG))
    if media is None:
        raise Problem(406, f"Answers come as {_JSON} or {_PNG}. Accept one of them.")
    every = keep == "all"
    if media == _PNG:
        draw = partial(_draw, every=every)
        answer = await services.reader.make(photo.image, draw, deadline=deadline, kind=photos)
    else:
        see = partial(_see, name=photo.name, every=every, masks=masks)
        seen, instances = await services.reader.make(photo.image, see, deadline=deadline, kind=photos)
        reading = Reading(
            photo=seen,
            model=model_name(services.settings.model),
            instances=instances,
            milliseconds=round(1000 * (asyncio.get_running_loop().time() - photo.arrived), 1),
        )
        answer = (await asyncio.to_thread(reading.model_dump_json)).encode()
    return Response(answer, media_type=media, headers={"Vary": "Accept"})


def _draw(reader: PhotoReader, photo: Image.Image, read: ReadPhoto, *, every: bool) -> bytes:
    return draw_overlay(photo, read.chosen(None if every else reader.selector))


def _see(
    reader: PhotoReader, _: Image.Image, read: ReadPhoto, *, name: str, every: bool, masks: MaskForm
) -> tuple[PhotoSeen, list[InstanceSeen]]:
    chosen = read.chosen(None if every else reader.selector)
    return photo_seen(read, name), instances_seen(read, chosen, masks=masks, numbered=not every)
