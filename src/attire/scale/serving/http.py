"""The process that speaks HTTP: the service's own application, whose photos are read elsewhere."""

import asyncio
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attire.extras import require
from attire.scale.serving.remote_reader import RemoteReader
from attire.serve.app import create_app
from attire.serve.lifecycle import begin_stop
from attire.serve.observability import configure_logs
from attire.serve.observability.requests import REQUEST_ID
from attire.serve.services import Services, open_services
from attire.serve.settings import Settings

__all__ = ["HTTP", "Http", "http_class"]

HTTP = "http"
"""Name of the deployment."""
_LOOKS_AGAIN_S = 0.05


class Http:
    """Answers requests."""

    app: FastAPI
    """The application; Serve's own part of the class puts it there."""

    def __init__(self, network: Any) -> None:
        """Take the network for what is deployed with this.

        Args:
            network: Not kept: its replicas are found by name.
        """

    async def drain(self) -> None:
        """Let no more photos in, and wait until those inside are answered or refused."""
        services: Services = self.app.state.services
        begin_stop(services)
        while services.admission.inside:
            await asyncio.sleep(_LOOKS_AGAIN_S)


class _OneRequestId:
    """ASGI middleware that takes a request's id out of the answer: Serve's proxy puts it there, too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope).get(REQUEST_ID) if scope["type"] == "http" else None

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if asked is not None and headers.get(REQUEST_ID) == asked:
                    del headers[REQUEST_ID]
            await send(message)

        await self._app(scope, receive, answer)


def http_class(settings: Settings) -> Any:
    """Make the class that Serve runs, with the application in it.

    Args:
        settings: Taken as they are: a replica's own environment is not looked at.
    """
    serve = require("ray.serve", "scale")

    def make_app() -> FastAPI:
        configure_logs(settings.log_format)
        app = create_app(settings, services=partial(open_services, open_reader=RemoteReader.open))
        app.add_middleware(_OneRequestId)
        return app

    return serve.ingress(make_app)(Http)
