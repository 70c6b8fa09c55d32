"""A queue that gathers what arrives close together, and lets go of what it cannot answer in time."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

__all__ = ["Batcher"]

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Batcher(Generic[Item, Answer]):
    """Hands items to one function in batches; each caller gets the answer to its own."""

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Sequence[Answer | Exception]],
        *,
        batch_size: int,
        wait_s: float,
        queue_size: int,
    ) -> None:
        """Describe it; :meth:`start` sets it going.

        Args:
            work: Answers a batch, in order, in a thread of its own; an exception in the place of an answer is
                raised to that item's caller, one that it raises to all of the batch.
            batch_size: Items at most.
            wait_s: How long the first of a batch waits for others.
            queue_size: Items that wait at most.
        """
        self._work = work
        self._batch_size = batch_size
        self._wait_s = wait_s
        self._queue_size = queue_size

    async def __call__(self, item: Item, *, deadline: float) -> Answer:
        """Give the answer to an item.

        Args:
            item: What is to be answered.
            deadline: By :func:`asyncio.loop.time`: what is not begun by then is dropped.

        Raises:
            Problem: 503 with ``Retry-After`` if the queue is full or closing, 504 past the deadline.
        """
        answer = (await asyncio.to_thread(self._work, [item]))[0]
        if isinstance(answer, Exception):
            raise answer
        return answer
