"""``/v1/catalog``: what the catalogue holds, and photos added to it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import FormData, UploadFile

from attire.serve.browsing import ShelfOf
from attire.serve.jobs import Adding
from attire.serve.jobs.asked import read_own, read_source
from attire.serve.problems import Problem
from attire.serve.routes.asked import ANY, problem_response
from attire.serve.schemas.catalog import CatalogOut, JobOut, OwnColumnOut
from attire.serve.schemas.documented import problems
from attire.serve.services import CatalogOf, ServicesOf
from attire.serve.uploads import form_fields

__all__ = ["adding", "router"]

router = APIRouter(prefix="/v1/catalog", tags=["catalog"], responses=ANY)
adding = APIRouter(prefix="/v1/catalog", tags=["catalog"], responses=ANY)
"""What writes."""

_MOST_PHOTOS = 500
"""Of one request."""
_MOST_FIELD_BYTES = 1024 * 1024
_FORM = {
    "type": "object",
    "required": ["photos"],
    "properties": {
        "photos": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "JPEG, PNG, WebP or AVIF; the field is repeated for each.",
        },
        "source": {"type": "string", "description": "Where they come from, in your word.", "example": "shop"},
        "own": {
            "type": "string",
            "description": "Your own columns: a JSON object from file name to columns; `seen_at` among them "
            "says when.",
            "example": '{"red-dress.jpg": {"brand": "Example", "price": 59.9, "seen_at": "2026-05-01"}}',
        },
    },
}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}
_NO_JOB = problem_response(
    404,
    "No such job, or it was long ago.",
    "No job '2f1c7f0e9a5b4c6d8e7f'. Finished ones are kept for a while.",
)
_CANNOT_ADD = {
    **problems(404, 408, 413, 415),
    **problem_response(
        400, "None is a photo, or a field cannot be read.", "notes.txt is not JPEG, PNG, WebP."
    ),
    **problem_response(
        409, "This catalogue takes no photos.", "The catalogue's folder cannot be written to."
    ),
    **problem_response(
        503, "As many requests wait as may.", "As many requests wait for their photos to be indexed as may."
    ),
}


async def _adding(services: ServicesOf, _: CatalogOf) -> Adding:
    if services.adding is None:
        raise Problem(
            409,
            "This catalogue takes no photos: it lies in a bucket or in a folder that cannot be written to. "
            "Say where photos are kept: ATTIRE_UPLOADS=FOLDER",
        )
    return services.adding


AddingOf = Annotated[Adding, Depends(_adding)]


@router.get("", responses=problems(404))
def catalog(shelf: ShelfOf, services: ServicesOf) -> CatalogOut:
    """Say what the catalogue holds."""
    known, counted = shelf.catalog.columns.columns, shelf.count(None)
    return CatalogOut(
        garments=counted.total,
        photos=shelf.photos(),
        own_columns=[
            OwnColumnOut.model_validate(
                {"name": name, "kind": known[name].kind if name in known else "other"}
            )
            for name in shelf.store.own_columns
        ],
        sources=list(counted.values["source"]),
        encoder=shelf.store.encoder,
        takes_photos=services.adding is not None,
    )


@adding.post("", status_code=202, responses=_CANNOT_ADD, openapi_extra=_BODY)
async def add(request: Request, response: Response, takes: AddingOf) -> JobOut:
    """Add photos: they are kept, read in the background, and their garments found from then on.

    A photo that is there already changes nothing but the columns given with it. What is no photo is listed,
    and keeps nothing from the others.
    """
    async with takes.place():
        form = await form_fields(request, max_files=_MOST_PHOTOS, max_field_bytes=_MOST_FIELD_BYTES)
        files = _files(form)
        names = [file.filename or "photo" for file in files]
        own, seen_at = read_own(form.get("own"), names)
        source = read_source(form.get("source"))
        sent = [(name, await file.read()) for name, file in zip(names, files, strict=True)]
        job = await asyncio.to_thread(takes.take, sent, source=source, own=own, seen_at=seen_at)
    response.headers["Location"] = f"/v1/catalog/jobs/{job.job_id}"
    return job.out()


@router.get("/jobs/{job_id}", responses={**_NO_JOB, **problems(409)})
def job(takes: AddingOf, job_id: str) -> JobOut:
    """Say how far photos are on their way into the catalogue."""
    found = takes.folder.read(job_id)
    if found is None:
        raise Problem(404, f"No job {job_id!r}. Finished ones are kept for a while.")
    return found.out()


def _files(form: FormData) -> list[UploadFile]:
    found = form.getlist("photos")
    files = [one for one in found if isinstance(one, UploadFile)]
    if len(files) < len(found):
        raise Problem(422, "photos is text. Send each as a file, with a filename in its part.")
    if not files:
        raise Problem(422, "There are no photos. Send them as multipart/form-data in the field photos.")
    return files
