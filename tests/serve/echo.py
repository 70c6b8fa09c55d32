"""A service without a network: it says what it was sent."""

import asyncio
from typing import Any, cast

import httpx
from fastapi import FastAPI, Request

from attire.serve import Settings
from attire.serve.problems import handle_problems
from attire.serve.reading import PhotoReader
from attire.serve.security import SecurityHeaders, guard, key_for
from attire.serve.services import Services
from attire.serve.uploads import OptionalPhotoOf, PhotoOf, form_fields


def echo_app(**settings: Any) -> FastAPI:
    chosen = Settings(**settings)
    app = FastAPI()
    app.state.services = Services(settings=chosen, reader=cast(PhotoReader, None))
    handle_problems(app)
    guard(app, chosen)
    app.add_middleware(SecurityHeaders, shared=bool(chosen.cors_origins))

    @app.post("/photo")
    async def photo(photo: PhotoOf) -> dict[str, Any]:
        return {"name": photo.name, "size": photo.image.size, "mode": photo.image.mode}

    @app.post("/perhaps")
    async def perhaps(request: Request, photo: OptionalPhotoOf) -> dict[str, Any]:
        form = await form_fields(request)
        return {"photo": photo and photo.name, "but": form.getlist("but")}

    @app.get("/v1/ontology", dependencies=key_for("read"))
    async def read() -> dict[str, Any]:
        return {}

    @app.get("/healthz")
    async def healthz() -> dict[str, Any]:
        return {}

    @app.post("/v1/catalog", dependencies=key_for("write"))
    async def several(request: Request) -> dict[str, Any]:
        form = await form_fields(request, max_files=1000)
        return {"names": [getattr(file, "filename", None) for file in form.getlist("photos")]}

    return app


class Client:
    """Asks an application without a network in between."""

    def __init__(
        self, app: FastAPI, *, address: str = "127.0.0.1", url: str = "http://localhost:8000"
    ) -> None:
        self.app, self.address, self.url = app, address, url

    def __call__(self, method: str, path: str, **request: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(self.address, 5000))
            async with httpx.AsyncClient(transport=transport, base_url=self.url) as client:
                return await client.request(method, path, **request)

        return asyncio.run(asyncio.wait_for(ask(), 20))

    def get(self, path: str, **request: Any) -> httpx.Response:
        return self("GET", path, **request)

    def post(self, path: str, **request: Any) -> httpx.Response:
        return self("POST", path, **request)

    def put(self, path: str, **request: Any) -> httpx.Response:
        return self("PUT", path, **request)
