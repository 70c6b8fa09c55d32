"""The photo that a request is about: uploaded, or fetched from where it says."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from PIL import Image
from starlette.datastructures import UploadFile

from attire.serve.deadlines import DeadlineOf, PlaceOf
from attire.serve.fetching import Fetcher
from attire.serve.problems import Problem
from attire.serve.services import ServicesOf
from attire.serve.uploads.decoding import decode_upload
from attire.serve.uploads.forms import form_fields
from attire.serve.uploads.names import clean_name
from attire.serve.uploads.pixel_room import PixelRoom

__all__ = ["OptionalPhotoOf", "PhotoOf", "UploadedPhoto"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UploadedPhoto:
    """What a request shows."""

    image: Image.Image
    """RGB, upright, without metadata."""
    name: str
    """Of the file, cleaned; to be escaped where it is shown in HTML."""
    arrived: float
    """When the request did, by :func:`asyncio.loop.time`."""


async def _optional_photo(
    request: Request, services: ServicesOf, deadline: DeadlineOf, place: PlaceOf
) -> AsyncIterator[UploadedPhoto | None]:
    settings = services.settings
    arrived = getattr(request.state, "arrived", None) or asyncio.get_running_loop().time()
    form = await form_fields(request)
    photos, urls = form.getlist("photo"), form.getlist("url")
    if len(photos) + len(urls) > 1:
        raise Problem(422, "There is more than one photo. Send one file as photo, or one url.")
    if photos:
        name, data = await _read(photos[0])
    elif urls:
        name, data = await _fetch(request, urls[0], deadline)
    else:
        yield None
        return
    services.admission.begin(place)
    room = request.app.state.pixel_room
    assert isinstance(room, PixelRoom)
    async with decode_upload(data, name, settings, room, deadline=deadline) as image:
        del data
        yield UploadedPhoto(image=image, name=name, arrived=arrived)


async def _read(photo: UploadFile | str) -> tuple[str, bytes]:
    if isinstance(photo, str):
        raise Problem(422, "photo is text. Send it as a file, with a filename in its part.")
    data = await photo.read()
    await photo.close()
    return photo.filename or "photo", data


async def _fetch(request: Request, url: UploadFile | str, deadline: float) -> tuple[str, bytes]:
    fetcher = request.app.state.fetcher
    if fetcher is None:
        raise Problem(403, "This service fetches no URLs. Send the photo itself in the field photo.")
    assert isinstance(fetcher, Fetcher)
    if not isinstance(url, str):
        raise Problem(422, "url is a file. Send it as text, or the file as photo.")
    name, data = await fetcher(url.strip(), deadline=deadline)
    return clean_name(name), data


async def _photo(photo: Annotated[UploadedPhoto | None, Depends(_optional_photo)]) -> UploadedPhoto:
    if photo is None:
        raise Problem(422, "There is no photo. Send one as multipart/form-data in the field photo.")
    return photo


OptionalPhotoOf = Annotated[UploadedPhoto | None, Depends(_optional_photo)]
"""What a route takes that can do without a photo."""
PhotoOf = Annotated[UploadedPhoto, Depends(_photo)]
"""What a route takes that needs one."""
