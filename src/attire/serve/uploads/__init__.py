"""Photos out of requests: a placeholder until the gate's own is here."""

import asyncio
import io
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from PIL import Image
from starlette.datastructures import UploadFile

from attire.photos import to_rgb
from attire.serve.problems import Problem

__all__ = ["OptionalPhotoOf", "PhotoOf", "UploadedPhoto"]


@dataclass(frozen=True, kw_only=True, eq=False)
class UploadedPhoto:
    """A photo that came with a request."""

    image: Image.Image
    """RGB, upright, without metadata."""
    name: str
    """The client's file name."""
    arrived: float
    """When the request came, by :func:`asyncio.loop.time`."""


async def _optional_photo(request: Request) -> UploadedPhoto | None:
    arrived = asyncio.get_running_loop().time()
    async with request.form() as form:
        upload = form.get("photo")
        if not isinstance(upload, UploadFile):
            return None
        name, data = upload.filename or "photo", await upload.read()

    def decode() -> Image.Image:
        try:
            with Image.open(io.BytesIO(data)) as image:
                return to_rgb(image)
        except (OSError, ValueError, SyntaxError):
            raise Problem(415, "The upload is no photo that can be read.") from None

    return UploadedPhoto(image=await asyncio.to_thread(decode), name=name, arrived=arrived)


async def _photo(photo: Annotated[UploadedPhoto | None, Depends(_optional_photo)]) -> UploadedPhoto:
    if photo is None:
        raise Problem(422, "No photo was sent. Send one as the multipart field photo.")
    return photo


OptionalPhotoOf = Annotated[UploadedPhoto | None, Depends(_optional_photo)]
PhotoOf = Annotated[UploadedPhoto, Depends(_photo)]
