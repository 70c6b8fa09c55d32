"""How often one client may ask."""

import asyncio
import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attire.errors import AttireError
from attire.extras import require
from attire.serve.problems import Problem, answer_problem
from attire.serve.security.keys import Keys, hash_key, shown_key
from attire.serve.settings import Settings

__all__ = ["RATE_HEADERS", "RateLimit", "open_storage"]

RATE_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

PATIENCE_S = 1.0
"""How long a storage may take to count a request."""

_log = structlog.get_logger("attire.serve.security")


class RateLimit:
    """ASGI middleware that answers 429 to clients who ask under ``/v1`` more often than they may.

    A client is a valid key, or else an address: of IPv6 the first 64 bits, which one customer has to
    himself. If the storage that counts fails, requests pass and the failure is logged: a service that answers
    nobody because of its counter would do more harm than one that is asked too often for a while.
    """

    def __init__(self, app: ASGIApp, settings: Settings, keys: Keys, storage: Storage) -> None:
        """Put it before an application.

        Args:
            app: What answers.
            settings: With ``rate_limit``.
            keys: Those of the service.
            storage: Where requests are counted; :func:`open_storage` opens what the settings name.
        """
        assert settings.rate_limit is not None
        self._app = app
        self._keys = keys
        self._limit: RateLimitItem = parse(settings.rate_limit)
        self._limiter = MovingWindowRateLimiter(storage)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        client = self._client(scope)
        try:
            async with asyncio.timeout(PATIENCE_S):
                allowed = await self._limiter.hit(self._limit, client)
                window = await self._limiter.get_window_stats(self._limit, client)
        except Exception as error:  # Whatever a storage raises: see the class.
            _log.error("Requests cannot be counted; they pass.", error=type(error).__name__)
            await self._app(scope, receive, send)
            return
        wait_s = max(math.ceil(window.reset_time - time.time()), 1)
        figures = (self._limit.amount, max(window.remaining, 0), wait_s)
        told = dict(zip(RATE_HEADERS, map(str, figures), strict=True))
        if not allowed:
            detail = f"More than {self._limit}. Try again in {wait_s} s."
            problem = Problem(429, detail, headers={**told, "Retry-After": str(wait_s)})
            await answer_problem(problem)(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self._app(scope, receive, counted)

    def _client(self, scope: Scope) -> str:
        key = shown_key(Headers(scope=scope))
        if key is not None and self._keys.access_of(key) is not None:
            return f"key/{hash_key(key)[:32]}"
        host, _ = scope.get("client") or ("unknown", 0)
        return f"address/{_customer(host)}"


def _customer(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((int(address) >> 64 << 64, 64)))
    return str(address)


def open_storage(settings: Settings) -> Storage:
    """Open where requests are counted.

    Raises:
        AttireError: If ``rate_storage`` cannot be understood, or its package is not installed.
    """
    uri = settings.rate_storage
    redis = uri.startswith(("redis:", "rediss:", "redis+"))
    if redis:
        require("redis", "redis")
    options: dict[str, str] = {"implementation": "redispy"} if redis else {}
    try:
        storage = storage_from_string(f"async+{uri}", **options)
    except ConfigurationError:
        raise AttireError(
            "ATTIRE_RATE_STORAGE is neither memory:// nor such as redis://host:6379. Correct it."
        ) from None
    assert isinstance(storage, Storage)
    return storage
