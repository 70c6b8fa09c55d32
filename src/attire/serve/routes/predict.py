"""``POST /v1/predict``: what is in a photo."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response

from attire.serve.accepting import choose_media
from attire.serve.answers.model_name import model_name
from attire.serve.answers.overlay import draw_overlay
from attire.serve.answers.reading import MaskForm, instances_seen, photo_seen
from attire.serve.deadlines import DeadlineOf
from attire.serve.problems import Problem
from attire.serve.schemas.documented import photo_form, problems
from attire.serve.schemas.examples import READING
from attire.serve.schemas.reading import Reading
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
    read = await services.reader(photo.image, deadline=deadline, kind=photos)
    predictor = services.reader.predictor
    every = keep == "all"

    def answer() -> bytes:
        chosen = read.chosen(predictor, every=every)
        if media == _PNG:
            return draw_overlay(photo.image, chosen)
        reading = Reading(
            photo=photo_seen(read, photo.name),
            model=model_name(services.settings.model),
            instances=instances_seen(read, chosen, masks=masks, numbered=not every),
            milliseconds=round(1000 * (loop.time() - photo.arrived), 1),
        )
        return reading.model_dump_json().encode()

    loop = asyncio.get_running_loop()
    return Response(await asyncio.to_thread(answer), media_type=media, headers={"Vary": "Accept"})
