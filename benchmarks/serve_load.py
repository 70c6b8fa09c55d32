"""Clients of a running service, in a process of their own; ``benchmarks/serve.py`` starts it."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BOUNDARY = "attire-benchmark"
GRACE_S = 2.0
"""After its deadline, a request without an answer counts as one that hangs."""
REFUSED, LOST, HUNG = -1, -2, -3
"""No connection was made; a connection ended without an answer; there was no answer in time."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request."""

    at: float
    """When it began, by ``time.time``."""
    seconds: float
    status: int
    """Of the answer; else one of the above."""
    retry_s: float = 0.0


def bodies(photos: Sequence[Path]) -> list[bytes]:
    """Put photos into forms, once."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode()
    return [head + photo.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode() for photo in photos]


class Client:
    """One connection that is kept while the server keeps it."""

    def __init__(self, url: str, deadline_s: float) -> None:
        split = urlsplit(url)
        assert split.hostname is not None
        assert split.port is not None
        self.host, self.port, self.deadline_s = split.hostname, split.port, deadline_s
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, body: bytes) -> Sent:
        """Ask once for a reading."""
        begun, at = time.perf_counter(), time.time()
        status, retry_s = HUNG, 0.0
        try:
            async with asyncio.timeout(self.deadline_s + GRACE_S):
                status, retry_s = await self._post(body)
        except TimeoutError:
            self.close()
        except OSError:
            status = REFUSED if self.streams is None else LOST
            self.close()
        except (EOFError, ValueError, IndexError):
            status = LOST
            self.close()
        return Sent(at, time.perf_counter() - begun, status, retry_s)

    async def _post(self, body: bytes) -> tuple[int, float]:
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self.streams
        writer.write(
            (
                f"POST /v1/predict HTTP/1.1\r\nHost: {self.host}\r\nContent-Length: {len(body)}\r\n"
                f"X-Deadline-Ms: {self.deadline_s * 1000:.0f}\r\n"
                f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
            ).encode()
        )
        writer.write(body)
        await writer.drain()
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
        await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return int(first.split()[1]), float(headers.get("retry-after", 0))

    def close(self) -> None:
        """Leave."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


def closed_loop(url: str, photos: list[Path], clients: int, seconds: float, deadline_s: float) -> list[Sent]:
    """Let each client ask again as soon as it is answered, and after Retry-After where it was refused."""
    forms = bodies(photos)

    async def ask(n: int, end: float) -> list[Sent]:
        client, sent = Client(url, deadline_s), []
        while time.perf_counter() < end:
            sent.append(await client.post(forms[(n + len(sent) * clients) % len(forms)]))
            wait = sent[-1].retry_s or (0.5 if sent[-1].status < 0 else 0)
            await asyncio.sleep(max(min(wait, end - time.perf_counter()), 0))
        client.close()
        return sent

    async def all_clients() -> list[Sent]:
        end = time.perf_counter() + seconds
        each = await asyncio.gather(*(ask(n, end) for n in range(clients)))
        return [one for sent in each for one in sent]

    return asyncio.run(all_clients())


def open_loop(url: str, photos: list[Path], per_s: float, seconds: float, deadline_s: float) -> list[Sent]:
    """Let new clients come at random times, so many a second on average, whoever waits already."""
    forms = bodies(photos)
    chance = random.Random(1)

    async def ask(n: int) -> Sent:
        client = Client(url, deadline_s)
        sent = await client.post(forms[n % len(forms)])
        client.close()
        return sent

    async def arrivals() -> list[Sent]:
        begun, due, asked = time.perf_counter(), 0.0, []
        while due < seconds:
            await asyncio.sleep(max(begun + due - time.perf_counter(), 0))
            asked.append(asyncio.ensure_future(ask(len(asked))))
            due += chance.expovariate(per_s)
        return list(await asyncio.gather(*asked))

    return asyncio.run(arrivals())
