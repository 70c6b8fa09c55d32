"""A service without a network: it says what it was sent."""

import asyncio
from typing import Any, cast

import httpx
from fastapi import FastAPI, Request

from attire.serve import Settings
from attire.serve.problems import handle_problems
from attire.serve.reading import PhotoReader
from attire.serve.services import Services
from attire.serve.uploads import BodyLimit, OptionalPhotoOf, PhotoOf, form_fields


def echo_app(**settings: Any) -> FastAPI:
    chosen = Settings(**settings)
    app = FastAPI()
    app.state.services = Services(settings=chosen, reader=cast(PhotoReader, None))
    handle_problems(app)
    app.add_middleware(BodyLimit, settings=chosen)

    @app.post("/photo")
    async def photo(photo: PhotoOf) -> dict[str, Any]:
        return {"name": photo.name, "size": photo.image.size, "mode": photo.image.mode}

    @app.post("/perhaps")
    async def perhaps(request: Request, photo: OptionalPhotoOf) -> dict[str, Any]:
        form = await form_fields(request)
        return {"photo": photo and photo.name, "but": form.getlist("but")}

    @app.post("/v1/catalog")
    async def several(request: Request) -> dict[str, Any]:
        form = await form_fields(request, max_files=1000)
        return {"names": [getattr(file, "filename", None) for file in form.getlist("photos")]}

    return app


class Client:
    """Asks an application without a network in between."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def __call__(self, method: str, path: str, **request: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
                return await client.request(method, path, **request)

        return asyncio.run(asyncio.wait_for(ask(), 20))

    def get(self, path: str, **request: Any) -> httpx.Response:
        return self("GET", path, **request)

    def post(self, path: str, **request: Any) -> httpx.Response:
        return self("POST", path, **request)

    def put(self, path: str, **request: Any) -> httpx.Response:
        return self("PUT", path, **request)
