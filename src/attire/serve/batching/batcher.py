"""A queue that gathers what arrives close together, and lets go of what it cannot answer in time."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, Self, TypeVar

from attire.serve.batching.pace import Pace
from attire.serve.batching.refusals import refuse_full, refuse_late, refuse_stopping
from attire.serve.problems import Problem

__all__ = ["BatchWatch", "Batcher", "Lost"]

Item = TypeVar("Item")
Answer = TypeVar("Answer")
_RESERVE = 3.0
"""Batches' time that has to be left until a deadline when work begins, unless nothing was before it: batches
differ, and what follows one takes time, too."""
Lost = Literal["full", "stopping", "late", "left"]
"""Why an item gets no answer: no room, no more taken, past its deadline, or nobody waits for it."""


class BatchWatch(Protocol):
    """What is told of a batcher's doings; called in the event loop."""

    def waiting(self, items: int) -> None:
        """So many items wait."""

    def batch(self, items: int) -> None:
        """A batch of so many begins."""

    def lost(self, why: Lost) -> None:
        """An item gets no answer."""


class _Unwatched:
    def waiting(self, items: int) -> None: ...
    def batch(self, items: int) -> None: ...
    def lost(self, why: Lost) -> None: ...


@dataclass(slots=True, eq=False)
class _Entry(Generic[Item, Answer]):
    item: Item
    deadline: float
    answer: asyncio.Future[Answer]
    arrived: float
    behind: bool
    """Whether there was other work before it when it came."""
    why: Lost | None = None
    """Why it was refused, if it was."""

    def refuse(self, why: Lost, problem: Problem) -> None:
        """Let its caller hear that there will be no answer."""
        self.why = why
        self.answer.set_exception(problem)


class Batcher(Generic[Item, Answer]):
    """Hands items to one function in batches; each caller gets the answer to its own.

    Example:
        ``async with Batcher(work, batch_size=4, wait_s=0.003, queue_size=64) as batcher:`` and then
        ``await batcher(item, deadline=loop.time() + 5)`` from any number of tasks.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Sequence[Answer | Exception]],
        *,
        batch_size: int,
        wait_s: float,
        queue_size: int,
        watch: BatchWatch | None = None,
    ) -> None:
        """Describe it; :meth:`start` sets it going.

        Args:
            work: Answers a batch, in order, in a thread of its own; an exception in the place of an answer is
                raised to that item's caller. If it raises, each item of the batch is tried once more alone,
                and what it then raises goes to that item's caller.
            batch_size: Items at most.
            wait_s: How long the first of a batch waits for others.
            queue_size: Items that wait at most; those in work are not counted.
            watch: What is told of it.
        """
        self._work = work
        self.batch_size = batch_size
        """Items in a batch at most."""
        self._wait_s = wait_s
        self._queue_size = queue_size
        self._watch = watch or _Unwatched()
        self._waiting: deque[_Entry[Item, Answer]] = deque()
        self._in_work: list[_Entry[Item, Answer]] = []
        self._changed = asyncio.Event()
        self._closing = False
        self.pace = Pace()
        """How fast items are answered."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="attire-batch")
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop(within_s=math.inf)

    def start(self) -> None:
        """Begin to work, in the running event loop."""
        if self._running is None:
            self._running = asyncio.get_running_loop().create_task(self._run(), name="attire-batcher")

    async def stop(self, *, within_s: float) -> None:
        """Take no more, finish what was taken, and end.

        Args:
            within_s: For how long; what is not answered by then is refused with 503.
        """
        self._closing = True
        self._changed.set()
        if self._running is not None:
            limit = None if math.isinf(within_s) else within_s
            await asyncio.wait([self._running], timeout=limit)
            self.abandon()
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        self.abandon()
        self._thread.shutdown(wait=False)

    def abandon(self) -> None:
        """Take no more, and refuse what is not answered yet with 503."""
        self._closing = True
        for entry in (*self._waiting, *self._in_work):
            if not entry.answer.done():
                entry.refuse("stopping", refuse_stopping())
        self._waiting.clear()
        self._changed.set()

    @property
    def alive(self) -> bool:
        """Whether it works on what it is given."""
        return self._running is not None and not self._running.done()

    async def __call__(self, item: Item, *, deadline: float) -> Answer:
        """Give the answer to an item.

        Args:
            item: What is to be answered.
            deadline: By :func:`asyncio.loop.time`. Its caller hears at that time that it is late; if it was
                not begun by then, it never is. The same holds for a caller that is cancelled.

        Raises:
            Problem: 503 with ``Retry-After`` if the queue is full or closing, or others took so long that it
                could not be answered in time; 504 at the deadline.
        """
        loop = asyncio.get_running_loop()
        if self._closing:
            self._watch.lost("stopping")
            raise refuse_stopping()
        if deadline <= loop.time():
            self._watch.lost("late")
            raise refuse_late()
        if len(self._waiting) >= self._queue_size:
            self._watch.lost("full")
            raise refuse_full(self.pace.seconds_for(len(self._waiting) + len(self._in_work)))
        behind = bool(self._waiting or self._in_work)
        entry: _Entry[Item, Answer] = _Entry(item, deadline, loop.create_future(), loop.time(), behind)
        self._waiting.append(entry)
        self._changed.set()
        self._watch.waiting(len(self._waiting))
        try:
            async with asyncio.timeout_at(deadline) as limit:
                return await entry.answer
        except TimeoutError:
            if not limit.expired():
                raise
            self._watch.lost("late")
            raise refuse_late() from None
        except asyncio.CancelledError:
            self._watch.lost("left")
            raise
        except Problem:
            if entry.why is not None:
                self._watch.lost(entry.why)
            raise
        finally:
            self._let_go(entry)

    def _let_go(self, entry: _Entry[Item, Answer]) -> None:
        """Forget an entry that nobody waits for any more."""
        if not entry.answer.cancel() and not entry.answer.cancelled():
            entry.answer.exception()  # marks it as seen, where the answer came in the same moment
        with suppress(ValueError):
            self._waiting.remove(entry)
            self._watch.waiting(len(self._waiting))

    async def _run(self) -> None:
        try:
            while True:
                while not self._waiting and not self._closing:
                    self._changed.clear()
                    await self._changed.wait()
                if not self._waiting:
                    return
                await self._gather()
                batch = self._take()
                if batch:
                    await self._answer(batch)
        finally:
            self.abandon()

    async def _gather(self) -> None:
        """Wait for the batch to fill, for as long as its first item may."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._waiting[0].arrived + self._wait_s):
                while 0 < len(self._waiting) < self.batch_size and not self._closing:
                    self._changed.clear()
                    await self._changed.wait()

    def _take(self) -> list[_Entry[Item, Answer]]:
        """Take the next batch of those that are still wanted, and refuse whom it would make late."""
        now = asyncio.get_running_loop().time()
        reserve = _RESERVE * self.pace.estimate(self.batch_size)
        wanted = [one for one in self._waiting if not one.answer.done() and one.deadline > now]
        self._waiting.clear()
        for entry in wanted:
            if entry.behind and entry.deadline < now + reserve:
                entry.refuse("full", refuse_full(self.pace.seconds_for(len(wanted))))
            else:
                self._waiting.append(entry)
        batch = [self._waiting.popleft() for _ in range(min(self.batch_size, len(self._waiting)))]
        self._watch.waiting(len(self._waiting))
        return batch

    async def _answer(self, batch: list[_Entry[Item, Answer]]) -> None:
        loop = asyncio.get_running_loop()
        self._in_work = batch
        self._watch.batch(len(batch))
        begun = loop.time()
        try:
            answers = await self._try(batch)
            if len(batch) > 1 and isinstance(answers, Exception):
                for entry in batch:
                    if not entry.answer.done() and entry.deadline > loop.time():
                        _tell([entry], await self._try([entry]))
            else:
                _tell(batch, answers)
        finally:
            self._in_work = []
        self.pace.saw(len(batch), loop.time() - begun)

    async def _try(self, batch: list[_Entry[Item, Answer]]) -> Sequence[Answer | Exception] | Exception:
        """Work on a batch; what goes wrong with all of it is given back."""
        items = [entry.item for entry in batch]
        try:
            answers = await asyncio.get_running_loop().run_in_executor(self._thread, self._work, items)
        except Exception as error:
            return error
        if len(answers) != len(items):
            return RuntimeError(f"{len(items)} items were to be answered; found {len(answers)} answers.")
        return answers


def _tell(batch: Sequence[_Entry[Item, Answer]], answers: Sequence[Answer | Exception] | Exception) -> None:
    """Give the answers to those who still wait."""
    each = [answers] * len(batch) if isinstance(answers, Exception) else answers
    for entry, answer in zip(batch, each, strict=True):
        if entry.answer.done():
            continue
        if isinstance(answer, Exception):
            entry.answer.set_exception(answer)
        else:
            entry.answer.set_result(answer)
