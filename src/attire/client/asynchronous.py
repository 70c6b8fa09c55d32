"""The client of programs that run an event loop of asyncio."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
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

__all__ = ["AsyncClient", "AsyncJob"]

P = ParamSpec("P")
T = TypeVar("T")


def _method(build: Callable[P, Ask[T]]) -> Callable[Concatenate["AsyncClient", P], Coroutine[Any, Any, T]]:
    async def method(self: "AsyncClient", /, *args: P.args, **kwargs: P.kwargs) -> T:
        # Photos are read and encoded here; not in the event loop.
        return await self._send(await asyncio.to_thread(build, *args, **kwargs))

    return described_by(method, build)


class AsyncClient:
    """:class:`attire.Client` for asyncio: the same methods, to be awaited."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 4,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Describe it, as :class:`attire.Client`.

        Args:
            base_url: Where the service is.
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
        self._http = httpx.AsyncClient(
            base_url=self.base_url, headers=headers_of(api_key), transport=transport
        )

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

    async def garments(
        self, where: str | None = None, *, order: Order = "mixed", page: int = 200
    ) -> AsyncIterator[GarmentOut]:
        """Go through all garments that a filter leaves; see :meth:`attire.Client.garments`."""
        offset = 0
        while True:
            found = await self.garments_page(where, order=order, offset=offset, limit=page)
            for one in found.garments:
                yield one
            offset += len(found.garments)
            if not found.garments or offset >= found.total:
                return

    async def add_photos(
        self,
        photos: Iterable[PhotoLike] | Mapping[str, PhotoLike],
        *,
        source: str | None = None,
        own: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> "AsyncJob":
        """Add photos to the catalogue; see :meth:`attire.Client.add_photos`."""
        ask = await asyncio.to_thread(asking.add_photos, photos, source=source, own=own)
        return AsyncJob(self, await self._send(ask))

    async def job(self, job_id: str) -> "AsyncJob":
        """Look again for photos that were added; see :meth:`attire.Client.job`."""
        return AsyncJob(self, await self._send(asking.job(job_id)))

    async def ready(self) -> bool:
        """Say whether the service is there and takes requests; asked once."""
        try:
            answer = await self._http.get("/readyz", timeout=min(self._timeout_s, 10.0))
        except httpx.RequestError:
            return False
        return answer.status_code == 200

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"AsyncClient({self.base_url!r})"

    async def _send(self, ask: Ask[T]) -> T:
        attempts = Attempts(ask, retries=self._retries, timeout_s=self._timeout_s)
        while True:
            outcome = await self._once(attempts)
            pause_s = attempts.pause_s(outcome)
            if pause_s is None:
                value: T = attempts.finish(outcome, self.base_url)
                return value
            await asyncio.sleep(pause_s)

    async def _once(self, attempts: Attempts) -> Answer | httpx.RequestError:
        body = bytearray()
        try:
            response = await self._http.send(self._http.build_request(**attempts.request()), stream=True)
            try:
                async for piece in response.aiter_bytes():
                    body += piece
                    attempts.check_time()
            finally:
                await response.aclose()
        except httpx.RequestError as error:
            return error
        return Answer(response.status_code, response.headers, bytes(body))


class AsyncJob(JobTold):
    """Photos on their way into the catalogue, as they were when the service was last asked."""

    def __init__(self, client: AsyncClient, told: JobOut) -> None:
        super().__init__(told)
        self._client = client

    async def refresh(self) -> Self:
        """Ask how far they are; see :meth:`Job.refresh`."""
        self.told = await self._client._send(asking.job(self.job_id))
        return self

    async def wait(
        self, progress: Callable[[JobOut], None] | None = None, *, timeout: float | None = None
    ) -> Self:
        """Wait until they are done; see :meth:`Job.wait`."""
        for pause_s in self.pauses(progress, timeout):
            await asyncio.sleep(pause_s)
            await self.refresh()
        return self
