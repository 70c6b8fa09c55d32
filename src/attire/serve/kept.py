"""Answers kept in memory: a bounded number of them, each made once however many ask at the same time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Kept"]

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Keeps what was used last; for threads.

    Example:
        >>> squares = Kept(2)
        >>> squares(3, lambda: 9), squares(3, lambda: 10), len(squares)
        (9, 9, 1)
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        """Say how much is kept.

        Args:
            most: Weight of all values together; what weighs more by itself is not kept.
            weigh: Weight of a value, such as its bytes.
        """
        self._most, self._weigh = most, weigh
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._weight = 0
        self._underway: dict[Hashable, Future[Value]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __call__(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Give a value, and make it if it is not there.

        Args:
            key: What it is the value of, all that it depends on.
            make: Called by one of those who ask; the others wait. What it raises, all of them get.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            underway = self._underway.get(key)
            mine: Future[Value] = Future()
            if underway is None:
                self._underway[key] = mine
        if underway is not None:
            return underway.result()
        try:
            value = make()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            self.put(key, value)
            mine.set_result(value)
            return value
        finally:
            with self._lock:
                del self._underway[key]

    def get(self, key: Hashable) -> Value | None:
        """Give a value if it is there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value that is known already."""
        weight = self._weigh(value)
        with self._lock:
            if key in self._kept:
                self._weight -= self._weigh(self._kept.pop(key))
            if weight > self._most:
                return
            self._kept[key] = value
            self._weight += weight
            while self._weight > self._most:
                self._weight -= self._weigh(self._kept.popitem(last=False)[1])
