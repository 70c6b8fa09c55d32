"""Answers that take long: worked out beside the event loop, kept, and given to all who wait for them."""

import asyncio
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import BoundedSemaphore, Thread
from typing import Generic, TypeVar, cast

from attire.serve.kept import Kept
from attire.serve.problems import Problem

__all__ = ["LongAnswers"]

Answer = TypeVar("Answer")
_AT_ONCE = 2
_UNDERWAY = 8
"""Answers at most that are being worked out or wait for that."""
_RETRY_S = 5


class LongAnswers(Generic[Answer]):
    """For use in the event loop. What was begun is finished and kept, even if who asked no longer waits."""

    def __init__(self, kept: int) -> None:
        """Say how many answers are kept."""
        self._kept: Kept[Answer] = Kept(kept)
        self._underway: dict[Hashable, asyncio.Future[Answer]] = {}
        self._turn = BoundedSemaphore(_AT_ONCE)

    async def __call__(self, key: Hashable, make: Callable[[], Answer], *, deadline: float) -> Answer:
        """Give an answer.

        Args:
            key: All that it depends on.
            make: Works it out, in a thread.
            deadline: By :func:`asyncio.loop.time`.

        Raises:
            Problem: 503 if as many as may are being worked out, 504 past the deadline.
        """
        known = self._kept.get(key)
        if known is not None:
            return known
        underway = self._underway.get(key)
        if underway is None:
            if len(self._underway) >= _UNDERWAY:
                raise Problem(
                    503,
                    f"As many long answers are being worked out as may. Try again in {_RETRY_S} s.",
                    headers={"Retry-After": str(_RETRY_S)},
                )
            underway = self._underway[key] = self._begin(make)
            underway.add_done_callback(lambda done: self._finish(key, done))
        try:
            async with asyncio.timeout_at(deadline):
                return await asyncio.shield(underway)
        except TimeoutError:
            raise Problem(
                504,
                "Still being worked out, and kept once it is: ask again in a while.",
                headers={"Retry-After": str(_RETRY_S)},
            ) from None

    def _begin(self, make: Callable[[], Answer]) -> "asyncio.Future[Answer]":
        """Work an answer out in a thread of its own, which keeps no process from ending."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()

        def tell(value: Answer | None, error: BaseException | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(cast(Answer, value))

        def work() -> None:
            value, error = None, None
            with self._turn:
                try:
                    value = make()
                except BaseException as raised:
                    error = raised
            with suppress(RuntimeError):  # the loop has ended, and so has everybody who asked
                loop.call_soon_threadsafe(tell, value, error)

        Thread(target=work, name="attire-long", daemon=True).start()
        return answer

    def _finish(self, key: Hashable, done: "asyncio.Future[Answer]") -> None:
        del self._underway[key]
        if not done.cancelled() and done.exception() is None:
            self._kept.put(key, done.result())
