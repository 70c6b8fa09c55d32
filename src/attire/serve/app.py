"""The application, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from attire.serve.deadlines import Deadlines
from attire.serve.lifecycle import OpenServices, serving
from attire.serve.observability import Metrics, Requests
from attire.serve.problems import handle_problems
from attire.serve.routes import ROUTERS
from attire.serve.security import SecurityHeaders, guard, key_for, refusals_for
from attire.serve.services import Services, open_services
from attire.serve.settings import Settings

__all__ = ["create_app"]


def create_app(
    settings: Settings | None = None, *, services: Services | OpenServices = open_services
) -> FastAPI:
    """Make the application that ``attire serve`` runs; any ASGI server can.

    Args:
        settings: What to serve and within which limits; from the environment if None.
        services: What was opened with these settings already, or what opens them when the application starts.
    """
    settings = settings or Settings()
    metrics = services.metrics if isinstance(services, Services) else Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with serving(app, settings, metrics, services):
            yield

    app = FastAPI(
        title="Attire",
        summary="Reads fashion photos.",
        version=version("attire"),
        lifespan=lifespan,
        # FastAPI's own pages load their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.metrics = metrics
    handle_problems(app)
    for router, access in ROUTERS:
        app.include_router(router, dependencies=key_for(access), responses=refusals_for(access))
    # From the innermost to the outermost.
    app.add_middleware(Deadlines)
    guard(app, settings)
    app.add_middleware(Requests, metrics=metrics)
    app.add_middleware(SecurityHeaders, shared=bool(settings.cors_origins))
    return app
