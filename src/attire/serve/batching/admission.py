"""Who is let in: as many photos as there are places, and only those that can be read in time."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from attire.serve.batching.batcher import Lost
from attire.serve.batching.pace import Pace, whole_seconds
from attire.serve.batching.refusals import refuse_full, refuse_stopping

__all__ = ["Admission", "Place"]

_MARGIN = 1.5
"""Times as long as is estimated that there has to be until a deadline: photos, and what else a machine does,
differ."""


@dataclass(slots=True, eq=False)
class Place:
    """One request's."""

    begun: bool = False
    """Whether work on it has begun."""


class Admission:
    """A bounded number of places, each held from before a body is read until its answer is sent.

    How long a photo takes is told from the times between answers, while at least one is worked on. Whoever
    cannot be answered before its deadline at that pace is refused at once, and so can ask elsewhere.

    Example:
        ``with admission.place(deadline) as place:`` around all that is done for a request, and in it
        ``admission.begin(place)`` when its photo has arrived.
    """

    def __init__(
        self,
        places: int,
        *,
        lost: Callable[[Lost], None] = lambda why: None,
        changed: Callable[[int], None] = lambda inside: None,
    ) -> None:
        """Describe it.

        Args:
            places: At most.
            lost: Told of each that is refused.
            changed: Told how many are inside.
        """
        self._places = places
        self._lost = lost
        self._changed = changed
        self._closed = False
        self._working = 0
        self._since = 0.0
        self.pace = Pace()
        """How fast requests are answered."""
        self.inside = 0
        """Places taken."""

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed = True

    @contextmanager
    def place(self, deadline: float) -> Iterator[Place]:
        """Hold a place.

        Args:
            deadline: Of the answer, by :func:`asyncio.loop.time`.

        Raises:
            Problem: 503 with ``Retry-After`` if none is free, those inside take too long, or it is closed.
        """
        if self._closed:
            self._lost("stopping")
            raise refuse_stopping()
        takes = self.pace.estimate(self.inside + 1)
        excess = _MARGIN * takes - (deadline - _now()) if self.inside else 0.0
        if self.inside >= self._places or excess > 0:
            self._lost("full")
            raise refuse_full(whole_seconds(max(excess, self.pace.estimate(1))))
        place = Place()
        self._count(1)
        answered = False
        try:
            yield place
            answered = True
        finally:
            self._count(-1)
            if place.begun:
                self._end(answered=answered)

    def begin(self, place: Place) -> None:
        """Say that the photo is here: from now on, the time counts as work."""
        if not place.begun:
            place.begun = True
            if self._working == 0:
                self._since = _now()
            self._working += 1

    def _end(self, *, answered: bool) -> None:
        self._working -= 1
        if answered:
            self.pace.saw(1, _now() - self._since)
            self._since = _now()

    def _count(self, more: int) -> None:
        self.inside += more
        self._changed(self.inside)


def _now() -> float:
    return asyncio.get_running_loop().time()
