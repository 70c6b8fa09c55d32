"""The application, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from attire.serve.problems import handle_problems
from attire.serve.routes import ROUTERS
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
        services = await asyncio.to_thread(open_services, settings)
        app.state.services = services
        services.ready = True
        try:
            yield
        finally:
            services.ready = False

    app = FastAPI(
        title="Attire", summary="Reads fashion photos.", version=version("attire"), lifespan=lifespan
    )
    handle_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    return app
