"""Every request: an id, a line of log, its place in the figures, and an answer even if its route breaks."""

import re
import time
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attire.serve.observability.logs import service_log
from attire.serve.observability.metrics import Metrics
from attire.serve.problems import Problem, answer_problem

__all__ = ["REQUEST_ID", "Requests"]

REQUEST_ID = "X-Request-Id"
LEFT = 499
"""Status that is logged where the client left before its answer, as nginx has it."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Routes whose good answers are not logged: they are asked every few seconds."""


class Requests:
    """ASGI middleware; to be the outermost.

    A request may bring its id in ``X-Request-Id``; one that is not 1 to 64 letters, digits, dots, dashes and
    underscores is replaced. Logged are method, route, status and time: no path, query, name or content.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        request_id = _id_of(Headers(scope=scope).get(REQUEST_ID))
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                if _stopping(scope):
                    headers["Connection"] = "close"
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, answer)
            except Exception:
                service_log.exception("a request broke its route", route=_route(scope))
                if not status:
                    broken = Problem(
                        500, "Something is wrong here. Its log says what.", request_id=request_id
                    )
                    await answer_problem(broken)(scope, receive, answer)
            finally:
                if state.get("left") or not status:
                    status = LEFT
                self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        method = _method(scope["method"])
        self._metrics.request(method, route or "none", status, seconds)
        if route not in _QUIET or status >= 400:
            service_log.info(
                "request",
                method=method,
                route=route or "none",
                status=status,
                milliseconds=round(1000 * seconds, 1),
            )


def _id_of(asked: str | None) -> str:
    return asked if asked is not None and _ID.fullmatch(asked) else uuid4().hex


def _method(method: str) -> str:
    """Bound what a client can make labels of."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return method if method in known else "OTHER"


def _route(scope: Scope) -> str:
    """Give the template of the route that took it, such as ``/v1/garments/{garment_id}``; empty if none."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "") or "")


def _stopping(scope: Scope) -> bool:
    services = getattr(scope["app"].state, "services", None) if "app" in scope else None
    return services is not None and not services.ready
