"""``/`` and ``/static/…``: the page, made of files inside the package; nothing else can be asked for."""

import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request, Response

from attire.samples import sample_looks
from attire.serve.problems import Problem
from attire.serve.services import ServicesOf

__all__ = ["CONTENT_SECURITY_POLICY", "EXAMPLES", "router"]

router = APIRouter(include_in_schema=False)

EXAMPLES = (4, 17, 0, 14)
"""Sample looks that the page offers to read where no photo is at hand."""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing inline; ``blob:`` is for photos chosen and pictures fetched with a key."""
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    etag: str


@router.get("/")
def page(request: Request, services: ServicesOf) -> Response:
    """Give the page."""
    return _give("index.html", request, services)


@router.get("/static/{name:path}")
def static(name: str, request: Request, services: ServicesOf) -> Response:
    """Give a script, style or picture of the page."""
    return _give(name, request, services)


def _give(name: str, request: Request, services: ServicesOf) -> Response:
    found = _page_files().get(name) if services.settings.page else None
    if found is None:
        raise Problem(404, "There is nothing here. The API is described at /docs.")
    headers = {
        "ETag": found.etag,
        "Cache-Control": "no-cache",
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    }
    if found.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


@cache
def _page_files() -> Mapping[str, _File]:
    """Read every file of the page by its name under ``/static/``."""
    found = dict(_files_of(files("attire.serve").joinpath("page"), ""))
    for place, number in enumerate(EXAMPLES):
        name = f"looks/{place}.jpg"
        found[name] = _file(name, (sample_looks() / "photos" / f"{number:06d}.jpg").read_bytes())
    return found


def _files_of(folder: Traversable, prefix: str) -> Iterator[tuple[str, _File]]:
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _files_of(entry, f"{name}/")
        elif not entry.name.startswith("."):
            yield name, _file(name, entry.read_bytes())


def _file(name: str, content: bytes) -> _File:
    kind = next((kind for end, kind in _TYPES.items() if name.endswith(end)), None)
    kind = kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _File(content, kind, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
