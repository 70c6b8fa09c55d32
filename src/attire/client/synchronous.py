"""The client, and photos on their way into the catalogue."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import httpx

from attire.client import asking
from attire.client.asking import Ask
from attire.client.asking.browsing import Order
from attire.client.asking.photo_parts import PhotoLike
from attire.client.attempts import Answer, Attempts
from attire.client.endpoints import checked_url, described_by, headers_of
from attire.client.job_told import JobTold
from attire.serve.schemas.catalog import JobOut
from attire.serve.schemas.garments import GarmentOut

__all__ = ["Client", "Job"]

P = ParamSpec("P")
T = TypeVar("T")


def _method(build: Callable[P, Ask[T]]) -> Callable[Concatenate["Client", P], T]:
    def method(self: "Client", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._send(build(*args, **kwargs))

    return described_by(method, build)


class Client:
    """Asks a service of Attire; may be used by several threads, and as a context.

    What was refused (429, 503) and what never reached the service is sent again, after as long as
    ``Retry-After`` asks for, or else after pauses that grow. What was broken off is sent again where it
    changes nothing, which is all but :meth:`add_photos`.

    Example:
        >>> with Client("http://localhost:8000") as client:  # doctest: +SKIP
        ...     for one in client.predict("photo.jpg").instances:
        ...         print(one.category, one.score)
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 4,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Describe it; nothing is sent yet.

        Args:
            base_url: Where the service is, such as ``http://localhost:8000``.
            api_key: Where it wants one.
            timeout: Seconds from a question to its answer, all attempts together.
            retries: Attempts at most after the first one.
            transport: How requests are sent; over the network if None.

        Raises:
            ServiceError: If that is no address, or no key.
        """
        self.base_url = checked_url(base_url)
        self._timeout_s = timeout
        self._retries = retries
        self._http = httpx.Client(base_url=self.base_url, headers=headers_of(api_key), transport=transport)

    predict = _method(asking.predict)
    overlay = _method(asking.overlay)
    search = _method(asking.search)
    recommend = _method(asking.recommend)
    recommend_for = _method(asking.recommend_for)
    trends = _method(asking.trends)
    garment = _method(asking.garment)
    picture = _method(asking.picture)
    garments_page = _method(asking.garments_page)
    facets = _method(asking.facets)
    catalog = _method(asking.catalog)
    ontology = _method(asking.ontology)

    def garments(
        self, where: str | None = None, *, order: Order = "mixed", page: int = 200
    ) -> Iterator[GarmentOut]:
        """Go through all garments that a filter leaves, asking for a page when the one before is used up.

        Args:
            where: What they have to be, in the language of docs/search.md; all if None.
            order: By id, by score, or by when they were added.
            page: Garments of one answer, 1 … 200.

        Raises:
            ServiceError: If the service cannot be reached, or the filter cannot be understood.
        """
        offset = 0
        while True:
            found = self.garments_page(where, order=order, offset=offset, limit=page)
            yield from found.garments
            offset += len(found.garments)
            if not found.garments or offset >= found.total:
                return

    def add_photos(
        self,
        photos: Iterable[PhotoLike] | Mapping[str, PhotoLike],
        *,
        source: str | None = None,
        own: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> "Job":
        """Add photos to the catalogue: they are read in the background.

        Args:
            photos: As :meth:`predict` takes them; with their names where what is given has none.
            source: Where they come from, in your word.
            own: Your own columns: from a photo's name to its columns; ``seen_at`` among them says when.

        Raises:
            DataError: If a photo cannot be read here.
            ServiceError: If the service cannot be reached, takes no photos, or no such columns. Where the
                connection broke, photos may have been taken: sending them again adds none twice.
        """
        return Job(self, self._send(asking.add_photos(photos, source=source, own=own)))

    def job(self, job_id: str) -> "Job":
        """Look again for photos that were added, by :attr:`Job.job_id`.

        Raises:
            ServiceError: If the service cannot be reached, or does not know it.
        """
        return Job(self, self._send(asking.job(job_id)))

    def ready(self) -> bool:
        """Say whether the service is there and takes requests; asked once."""
        try:
            return self._http.get("/readyz", timeout=min(self._timeout_s, 10.0)).status_code == 200
        except httpx.RequestError:
            return False

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.base_url!r})"

    def _send(self, ask: Ask[T]) -> T:
        attempts = Attempts(ask, retries=self._retries, timeout_s=self._timeout_s)
        while True:
            outcome = self._once(attempts)
            pause_s = attempts.pause_s(outcome)
            if pause_s is None:
                value: T = attempts.finish(outcome, self.base_url)
                return value
            time.sleep(pause_s)

    def _once(self, attempts: Attempts) -> Answer | httpx.RequestError:
        body = bytearray()
        try:
            response = self._http.send(self._http.build_request(**attempts.request()), stream=True)
            try:
                for piece in response.iter_bytes():
                    body += piece
                    attempts.check_time()
            finally:
                response.close()
        except httpx.RequestError as error:
            return error
        return Answer(response.status_code, response.headers, bytes(body))


class Job(JobTold):
    """Photos on their way into the catalogue, as they were when the service was last asked."""

    def __init__(self, client: Client, told: JobOut) -> None:
        super().__init__(told)
        self._client = client

    def refresh(self) -> Self:
        """Ask how far they are.

        Raises:
            ServiceError: If the service cannot be reached, or has forgotten them.
        """
        self.told = self._client._send(asking.job(self.job_id))
        return self

    def wait(self, progress: Callable[[JobOut], None] | None = None, *, timeout: float | None = None) -> Self:
        """Wait until they are done.

        Args:
            progress: Told how far they are, at first and whenever that has changed.
            timeout: Seconds to wait at most; as long as it takes if None.

        Raises:
            ServiceError: If they could not all be added, are not done in that time, or the service cannot be
                asked. Photos that are none are no error: see :attr:`broken`.
        """
        for pause_s in self.pauses(progress, timeout):
            time.sleep(pause_s)
            self.refresh()
        return self
