"""Until when a request wants its answer, and whether it still does."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attire.serve.batching import Place, refuse_late
from attire.serve.problems import Problem, answer_problem
from attire.serve.services import ServicesOf

__all__ = ["DeadlineOf", "Deadlines", "PlaceOf"]

_WHOLE = re.compile("^[1-9][0-9]{0,8}$")
_LAST_S = 0.05
"""After the deadline the request is ended, if what it waits for did not say that it is late."""
_PATIENCE = "attire.patience"
"""Where a request's scope holds its :class:`_Patience`."""


class _Patience:
    """How long the client of one request waits: until its deadline, and no longer than it is there."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._whole = False
        self._watched = False
        self._watching: asyncio.Task[None] | None = None
        self._gone = asyncio.Event()
        self._asker = asyncio.current_task()
        self.limit = asyncio.timeout(None)
        self.left = False
        """Whether the request was cancelled because its client left."""

    def watch(self, deadline: float) -> None:
        """Cancel the request at its deadline, or when its client leaves."""
        self.limit.reschedule(deadline + _LAST_S)
        self._watched = True
        self._begin()

    def end(self) -> None:
        """Watch no more: it is answered."""
        self._watched = False
        if self._watching is not None:
            self._watching.cancel()

    async def receive(self) -> Message:
        if self._watching is not None:  # Two may not wait for one message.
            await self._gone.wait()
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._whole = not message.get("more_body", False)
        self._begin()
        return message

    def _begin(self) -> None:
        """Begin to wait for the client's leaving: the only message that follows the whole body."""
        if self._watched and self._whole and self._watching is None:
            self._watching = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        await self._receive()
        self._gone.set()
        if self._watched and self._asker is not None:
            self.left = True
            self._asker.cancel()


class Deadlines:
    """ASGI middleware that ends requests at their deadline (504), or when their client has left.

    It holds for requests whose route takes :data:`DeadlineOf`; others run to their end.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {}).setdefault("arrived", asyncio.get_running_loop().time())
        patience = scope[_PATIENCE] = _Patience(receive)
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            if not message.get("more_body", False) and message["type"] == "http.response.body":
                patience.end()
            await send(message)

        try:
            async with patience.limit:
                await self._app(scope, patience.receive, answer)
        except TimeoutError:
            if begun or not patience.limit.expired():
                raise
            await answer_problem(refuse_late())(scope, receive, send)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not patience.left or task is None or task.uncancel() > 0:
                raise
            scope["state"]["left"] = True
        finally:
            patience.end()


async def _deadline(
    request: Request,
    services: ServicesOf,
    x_deadline_ms: Annotated[
        str | None,
        Header(
            description="Milliseconds within which the answer is wanted; the service's own limit if more.",
            json_schema_extra={"pattern": _WHOLE.pattern},
        ),
    ] = None,
) -> float:
    within_s = services.settings.deadline_s
    if x_deadline_ms is not None:
        # Told here, once: several dependencies take this one, each would repeat FastAPI's word.
        if not _WHOLE.fullmatch(x_deadline_ms):
            raise Problem(422, "X-Deadline-Ms is no whole number of milliseconds from 1 to 999999999.")
        within_s = min(within_s, int(x_deadline_ms) / 1000)
    loop = asyncio.get_running_loop()
    deadline = getattr(request.state, "arrived", loop.time()) + within_s
    patience = request.scope.get(_PATIENCE)
    if isinstance(patience, _Patience):
        patience.watch(deadline)
    return float(deadline)


DeadlineOf = Annotated[float, Depends(_deadline)]
"""What a route takes to be ended at its deadline, by :func:`asyncio.loop.time`, or when its client leaves."""


async def _place(services: ServicesOf, deadline: DeadlineOf) -> AsyncIterator[Place]:
    with services.admission.place(deadline) as place:
        yield place


PlaceOf = Annotated[Place, Depends(_place)]
"""What takes a photo takes this first: a place, from before the body is read until the answer is sent."""
