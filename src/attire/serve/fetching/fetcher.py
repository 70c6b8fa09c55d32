"""One photo fetched by its URL: few redirects, bounded bytes, bounded time."""

import asyncio
import ssl
from collections.abc import Mapping
from importlib.metadata import version
from types import MappingProxyType
from urllib.parse import unquote

import httpcore
import httpx

from attire.serve.fetching.network import PublicNetwork, Refused
from attire.serve.problems import Problem
from attire.serve.settings import Settings

__all__ = ["Fetcher"]

MAX_REDIRECTS = 3
MAX_URL = 2048
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS: Mapping[str, int] = MappingProxyType({"https": 443})
_INSTEAD = "Send the photo itself."


class Fetcher:
    """Fetches photos from public addresses.

    It sends no cookies or credentials, takes no proxy from the environment, asks for plain bytes, and makes
    every connection anew. What it gets is judged as any upload is, whatever its declared type.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        network: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        ports: Mapping[str, int] = _PORTS,
    ) -> None:
        """Make it.

        Args:
            settings: With ``max_upload_bytes`` and ``fetch_timeout_s``.
            network: Makes the connections; :class:`PublicNetwork` if None.
            tls: Whom to trust; the usual authorities if None.
            ports: The only port allowed for each scheme that is.
        """
        self._most = settings.max_upload_bytes
        self._timeout_s = settings.fetch_timeout_s
        self._network = network or PublicNetwork()
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._ports = ports

    async def __call__(self, url: str, *, deadline: float) -> tuple[str, bytes]:
        """Fetch a photo.

        Args:
            url: Where it is.
            deadline: By :func:`asyncio.loop.time`; ``fetch_timeout_s`` ends it before.

        Returns:
            The last part of its path, as it came, and its bytes.

        Raises:
            Problem: 403 if a host on the way is not public, 413 if it is too large, 422 if the URL is not
                one that is fetched or there is no photo to be had.
        """
        ends = min(deadline, asyncio.get_running_loop().time() + self._timeout_s)
        try:
            async with (
                asyncio.timeout_at(ends),
                httpcore.AsyncConnectionPool(self._tls, network_backend=self._network) as pool,
            ):
                return await self._follow(pool, self._checked(url))
        except Refused:
            raise Problem(403, f"The host of url has no public address. {_INSTEAD}") from None
        except (TimeoutError, httpcore.TimeoutException):
            raise Problem(422, f"What url names did not arrive in time. {_INSTEAD}") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
            raise Problem(422, f"The host of url does not answer as it should. {_INSTEAD}") from None

    async def _follow(self, pool: httpcore.AsyncConnectionPool, url: httpx.URL) -> tuple[str, bytes]:
        for _ in range(MAX_REDIRECTS + 1):
            asked = [
                (b"Host", url.netloc),
                (b"User-Agent", f"attire/{version('attire')}".encode()),
                (b"Accept", b"image/*"),
                (b"Accept-Encoding", b"identity"),
                (b"Connection", b"close"),
            ]
            where = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
            async with pool.stream("GET", where, headers=asked) as answer:
                headers = httpx.Headers(answer.headers)
                if answer.status in _REDIRECTS and "location" in headers:
                    url = self._checked(headers["location"], url)
                    continue
                if answer.status != 200:
                    raise Problem(422, f"The host of url answered {answer.status}, not a photo. {_INSTEAD}")
                return unquote(url.path.rsplit("/", 1)[-1]), await self._read(answer, headers)
        raise Problem(422, f"url is redirected more than {MAX_REDIRECTS} times. Give the last address.")

    async def _read(self, answer: httpcore.Response, headers: httpx.Headers) -> bytes:
        if headers.get("content-encoding", "identity") != "identity":
            raise Problem(422, f"The host of url packs what was asked for plain. {_INSTEAD}")
        length = headers.get("content-length", "")
        if length.isdigit() and (len(length) > 18 or int(length) > self._most):
            raise self._too_large()
        data = bytearray()
        async for chunk in answer.aiter_stream():
            data += chunk
            if len(data) > self._most:
                raise self._too_large()
        return bytes(data)

    def _checked(self, url: str, base: httpx.URL | None = None) -> httpx.URL:
        """Take a URL, or a redirect of one, if it is of a kind that is fetched."""
        try:
            if len(url) > MAX_URL:
                raise httpx.InvalidURL("too long")
            whole = httpx.URL(url) if base is None else base.join(url)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise Problem(422, "url is not an address. Write it as https://shop.example/look.jpg.") from None
        port = self._ports.get(whole.scheme)
        if port is None or not whole.host:
            raise Problem(422, f"url has to begin with {' or '.join(self._ports)}://, redirects too.")
        if whole.userinfo:
            raise Problem(422, "url holds a user name or password. Leave them out.")
        if whole.port not in (None, port):
            raise Problem(422, f"url names port {whole.port}; only {port} is asked.")
        return whole

    def _too_large(self) -> Problem:
        return Problem(413, f"The photo at url has more than {self._most:,} bytes. Send a smaller one.")
