"""Bodies bounded while they arrive: in bytes, whatever they declare, and in time."""

import asyncio
from typing import NoReturn

from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attire.serve.problems import Problem, answer_problem
from attire.serve.settings import Settings

__all__ = ["BodyLimit"]

_CLOSE = {"Connection": "close"}


class BodyLimit:
    """ASGI middleware that ends requests whose body is too large (413) or too slow (408).

    What is answered before the body has come, such as that a key is missing, goes out once the rest was taken
    and thrown away: a client that still sends would lose its answer otherwise. What does not come in time
    ends with the connection.

    It also notes in ``request.state.arrived`` when a request arrived, by :func:`asyncio.loop.time`, and lets
    go of the files of its form once it is answered.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Put it before an application.

        Args:
            app: What answers.
            settings: With ``max_upload_bytes``, ``max_catalog_bytes`` and ``deadline_s``.
        """
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        arrived = scope.setdefault("state", {}).setdefault("arrived", asyncio.get_running_loop().time())
        headers = Headers(scope=scope)
        body = _Body(headers, receive, send, self._most(scope), arrived + self._settings.deadline_s)
        try:
            body.check_declared(headers.get("content-length"))
            await self._app(scope, body.receive, body.send)
        except Problem as problem:
            if body.started or problem is not body.fault:
                raise
        except ClientDisconnect:
            return
        finally:
            form = scope["state"].get("form")
            if isinstance(form, FormData):
                await form.close()
        if body.fault is not None and not body.started:
            await answer_problem(body.fault)(scope, receive, send)

    def _most(self, scope: Scope) -> int:
        adds = scope["method"] == "POST" and scope["path"] == "/v1/catalog"
        return self._settings.max_catalog_bytes if adds else self._settings.max_upload_bytes


class _Body:
    """Of one request: what has arrived of it, and what is wrong with it."""

    def __init__(self, headers: Headers, receive: Receive, send: Send, most: int, deadline: float) -> None:
        self._receive, self._send, self._most, self._deadline = receive, send, most, deadline
        self._arrived = 0
        self._whole = False
        self._announced = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        self._asks_first = headers.get("expect", "").lower() == "100-continue"
        self.fault: Problem | None = None
        self.started = False

    def check_declared(self, length: str | None) -> None:
        if length is None:
            return
        if not (length.isascii() and length.isdigit()):
            self._refuse(400, "Content-Length is not a number. Give the body's length in bytes.")
        if len(length) > 18 or int(length) > self._most:
            self._refuse_size()

    async def receive(self) -> Message:
        if self.fault is not None:
            raise self.fault
        if self._whole:  # What follows is the client's leaving, which may take as long as it likes.
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            self._refuse(408, "The request took too long to arrive. Send a smaller photo, or try again.")
        self._arrived += len(message.get("body", b""))
        if self._arrived > self._most:
            self._refuse_size()
        self._whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Pass an answer on, unless the body was at fault: whatever made of that is not the answer."""
        if self.fault is not None and not self.started:
            return
        if message["type"] == "http.response.start" and not await self._take_rest():
            self.fault = None
            MutableHeaders(scope=message).update(_CLOSE)
        self.started = True
        await self._send(message)

    async def _take_rest(self) -> bool:
        """Take the rest of the body, and say whether there is no more of it."""
        if self._whole or not (self._announced or self._arrived):
            return True
        if self._asks_first and not self._arrived:
            return False
        try:
            while (await self.receive()).get("more_body", False):
                pass
        except Problem:
            return False
        return True

    def _refuse_size(self) -> NoReturn:
        self._refuse(413, f"The request has more than {self._most:,} bytes. Send smaller or fewer photos.")

    def _refuse(self, status: int, detail: str) -> NoReturn:
        self.fault = Problem(status, detail, headers=_CLOSE)
        raise self.fault
