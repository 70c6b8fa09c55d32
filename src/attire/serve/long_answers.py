"""Answers that take long: worked out beside the event loop, kept, and given to all who wait for them."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

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
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="attire-long")

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
            underway = asyncio.get_running_loop().run_in_executor(self._threads, make)
            self._underway[key] = underway
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

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _finish(self, key: Hashable, done: "asyncio.Future[Answer]") -> None:
        del self._underway[key]
        if not done.cancelled() and done.exception() is None:
            self._kept.put(key, done.result())
