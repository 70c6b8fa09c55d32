"""An application without a network, asked as a server asks it: message by message."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from fastapi import FastAPI

from attire.serve import Settings
from attire.serve.batching import Batcher
from attire.serve.deadlines import Deadlines
from attire.serve.observability import Metrics, Requests
from attire.serve.problems import handle_problems
from attire.serve.reading import PhotoReader
from attire.serve.services import Services


class Reader:
    """In the place of what reads photos: doubles numbers."""

    def __init__(self) -> None:
        self.batcher: Batcher[int, int] = Batcher(
            lambda batch: [2 * n for n in batch], batch_size=4, wait_s=0, queue_size=4
        )

    @property
    def alive(self) -> bool:
        return self.batcher.alive

    def warm_up(self) -> None:
        pass

    def start(self) -> None:
        self.batcher.start()

    def abandon(self) -> None:
        self.batcher.abandon()

    async def stop(self, *, within_s: float) -> None:
        await self.batcher.stop(within_s=within_s)


def bare_app(**settings: Any) -> tuple[FastAPI, Services]:
    """An application with the middleware of a service, and no routes."""
    chosen = Settings(**settings)
    services = Services(settings=chosen, reader=cast(PhotoReader, Reader()), metrics=Metrics())
    app = FastAPI()
    app.state.services = services
    app.state.metrics = services.metrics
    handle_problems(app)
    app.add_middleware(Deadlines)
    app.add_middleware(Requests, metrics=services.metrics)
    services.ready = True
    return app, services


class Asked:
    """One request on its way; its client may leave."""

    def __init__(
        self, app: FastAPI, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
    ) -> None:
        self.sent: list[Any] = []
        self.gone = asyncio.Event()
        self._body_read = False
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        self.task = asyncio.ensure_future(self._run(app, scope))

    async def _run(self, app: Callable[..., Awaitable[None]], scope: Any) -> None:
        await app(scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        if not self._body_read:
            self._body_read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        """None while, or if, there is no answer."""
        return self.sent[0]["status"] if self.sent else None

    @property
    def headers(self) -> dict[str, str]:
        return {k.decode(): v.decode() for k, v in self.sent[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])
