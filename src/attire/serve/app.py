"""The application, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from attire.serve.problems import handle_problems
from attire.serve.routes import ROUTERS
from attire.serve.security import key_for, secure, warn_if_open
from attire.serve.services import open_services
from attire.serve.settings import Settings

__all__ = ["create_app"]


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application that ``attire serve`` runs; any ASGI server can.

    Args:
        settings: What to serve and within which limits; from the environment if None.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        warn_if_open(settings)
        services = await asyncio.to_thread(open_services, settings)
        app.state.services = services
        services.ready = True
        try:
            yield
        finally:
            services.ready = False

    app = FastAPI(
        title="Attire",
        summary="Reads fashion photos.",
        version=version("attire"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    handle_problems(app)
    for router, access in ROUTERS:
        app.include_router(router, dependencies=key_for(access))
    secure(app, settings)
    return app
