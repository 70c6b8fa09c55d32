"""Photos on their way: while one batch is in the network, another's looks are finished; all come in order."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from attire.predict.read_ahead import PhotoFailure, Prepared
from attire.predict.runtime import RawDetections

__all__ = ["InFlight"]

_BATCHES = 2
"""Batches on their way at once: one in the network, one before or behind it."""
_WINDOW = 4
"""Batches' worth of photos among which those of one input size are looked for."""
Found = TypeVar("Found")


@dataclass(slots=True, eq=False)
class _Place(Generic[Found]):
    """One photo's place in the row of results."""

    failure: PhotoFailure | None = None
    photo: Prepared | None = None
    """The photo, as long as it waits for others to make a batch with."""
    batch: Future[list[Future[Found]]] | None = None
    nth: int = 0
    """Its place in the batch."""

    def result(self) -> Found | PhotoFailure:
        """Wait for what comes of it."""
        if self.failure is not None:
            return self.failure
        assert self.batch is not None
        return self.batch.result()[self.nth].result()


class InFlight(Generic[Found]):
    """Sends photos through the network in one thread, and through what follows in another."""

    def __init__(
        self,
        detect: Callable[[Sequence[Prepared]], list[RawDetections]],
        finish: Callable[[Prepared, RawDetections], Found],
        *,
        batch_size: int,
        alike: bool = False,
    ) -> None:
        """Say what is done on the way.

        Args:
            detect: The network, given a batch.
            finish: What makes a result of a photo and the network's answer to it.
            batch_size: Photos in a batch; fewer at the end, or where too few of one size come.
            alike: Whether all photos in a batch have one input size. Where sizes differ, a photo then waits
                for its like until four batches' worth are on their way.
        """
        self._detect, self._finish = detect, finish
        self._batch_size, self._alike = batch_size, alike
        self._places: deque[_Place[Found]] = deque()
        self._waiting: dict[tuple[int, int] | None, list[_Place[Found]]] = {}
        self._network = ThreadPoolExecutor(max_workers=1, thread_name_prefix="attire-network")
        self._finisher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="attire-finish")

    def run(self, photos: Iterable[Prepared | PhotoFailure]) -> Generator[Found | PhotoFailure, None, None]:
        """Take photos as there is room for them, once.

        Yields:
            In the order of the photos, a result for each, or its failure. What goes wrong on the way is
            raised where the photo it happened to would have come.
        """
        source = iter(photos)
        more, stopped = True, None
        try:
            while more or self._places:
                while more and len(self._places) < self._room():
                    try:
                        self._take(next(source))
                    except StopIteration:
                        more = False
                    except Exception as error:  # what was taken before comes before
                        more, stopped = False, error
                if self._places:
                    self._send_first(everything=not more)
                    yield self._places.popleft().result()
            if stopped is not None:
                raise stopped
        finally:
            # The network's thread hands over to the other one, so that it has to end first.
            self._network.shutdown(wait=True, cancel_futures=True)
            self._finisher.shutdown(wait=True, cancel_futures=True)

    def _room(self) -> int:
        """Photos that may be on their way; more where the first of them waits for its like."""
        waits = bool(self._places) and self._places[0].photo is not None
        return self._batch_size * (_WINDOW if waits else _BATCHES)

    def _take(self, one: Prepared | PhotoFailure) -> None:
        if isinstance(one, PhotoFailure):
            self._places.append(_Place(failure=one))
            return
        place: _Place[Found] = _Place(photo=one)
        self._places.append(place)
        alike = self._waiting.setdefault(one.geometry.network_size if self._alike else None, [])
        alike.append(place)
        if len(alike) == self._batch_size:
            self._send(alike)

    def _send_first(self, *, everything: bool) -> None:
        """Send the first photo if it still waits, with whatever is like it; or all that wait."""
        for alike in list(self._waiting.values()):
            if alike and (everything or self._places[0] in alike):
                self._send(alike)

    def _send(self, alike: list[_Place[Found]]) -> None:
        """Send photos to the network and let go of them here."""
        batch = self._network.submit(self._read, [place.photo for place in alike if place.photo is not None])
        for nth, place in enumerate(alike):
            place.photo, place.batch, place.nth = None, batch, nth
        alike.clear()

    def _read(self, batch: list[Prepared]) -> list[Future[Found]]:
        answers = self._detect(batch)
        return [self._finisher.submit(self._finish, *both) for both in zip(batch, answers, strict=True)]
