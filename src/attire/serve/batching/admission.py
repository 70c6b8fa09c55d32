"""How many photos are in the process at once, counted before anything of them is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from attire.serve.batching.batcher import Lost
from attire.serve.batching.refusals import refuse_full, refuse_stopping

__all__ = ["Admission"]


class Admission:
    """A bounded number of places, each held from before a body is read until its answer is sent.

    Example:
        >>> admission = Admission(1, retry_after_s=lambda photos: 3)
        >>> with admission.place():
        ...     with admission.place():
        ...         pass
        Traceback (most recent call last):
        ...
        attire.serve.problems.Problem: As many photos are being read as there is room for. Try again in 3 s.
    """

    def __init__(
        self,
        places: int,
        *,
        retry_after_s: Callable[[int], int],
        lost: Callable[[Lost], None] = lambda why: None,
        changed: Callable[[int], None] = lambda inside: None,
    ) -> None:
        """Describe it.

        Args:
            places: At most.
            retry_after_s: Whole seconds after which so many photos will have been answered.
            lost: Told of each that is refused.
            changed: Told how many are inside.
        """
        self._places = places
        self._retry_after_s = retry_after_s
        self._lost = lost
        self._changed = changed
        self._closed = False
        self.inside = 0
        """Places taken."""

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed = True

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place.

        Raises:
            Problem: 503 with ``Retry-After`` if none is free, or it is closed.
        """
        if self._closed:
            self._lost("stopping")
            raise refuse_stopping()
        if self.inside >= self._places:
            self._lost("full")
            raise refuse_full(self._retry_after_s(self.inside))
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        self.inside += more
        self._changed(self.inside)
