"""Connections to public addresses alone, each made to the very address that was checked."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import httpcore

from attire.serve.fetching.addresses import is_public

__all__ = ["PublicNetwork", "Refused", "Resolve", "resolve"]

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Gives the addresses of a host and port."""
_MOST_TRIED = 4


class Refused(Exception):  # noqa: N818 - no error of ours: the address is the client's choice
    """A host that has an address which is not public, or none at all."""


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host; in threads of its own, which slow answers may hold up."""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(
        _resolvers(), lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Resolves a host once, refuses it unless all of its addresses are public, and connects to one of these.

    There is no second look-up between check and connection that could answer something else (DNS rebinding).
    TLS and the ``Host`` header keep the name, for they are made from the URL and not from the address.
    """

    def __init__(
        self, resolve: Resolve = resolve, network: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        """Choose what it works with.

        Args:
            resolve: Gives the addresses of a host.
            network: Connects to an address; sockets if None.
        """
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host.

        Raises:
            Refused: If it is not public.
            httpcore.ConnectError: If it does not answer.
        """
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError):
            addresses = []
        if not addresses or not all(is_public(address) for address in addresses):
            raise Refused(host)
        *first, last = addresses[:_MOST_TRIED]
        for address in first:
            try:
                return await self._network.connect_tcp(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(last, port, timeout)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: nothing public is a socket of this machine."""
        raise Refused(path)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)


@cache
def _resolvers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(4, thread_name_prefix="resolve")
