"""What a route's callers have to show before anything else is looked at."""

from collections.abc import Mapping
from ipaddress import ip_address
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from attire.serve.problems import Problem
from attire.serve.schemas.documented import problems
from attire.serve.security.keys import Access, Keys, shown_key

__all__ = ["ReadKey", "WriteKey", "is_loopback", "key_for", "refusals_for"]

_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="A key of this service.")
_BEARER = HTTPBearer(auto_error=False, description="The same key.")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine and no other can reach it.

    Args:
        host: Name or address, an IPv6 one with or without brackets.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("0.0.0.0")
        (True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


async def _documented(
    header: Annotated[str | None, Security(_HEADER)], bearer: Annotated[Any, Security(_BEARER)]
) -> None:
    """Say in OpenAPI how a key is shown."""


async def _read_key(request: Request, _: Annotated[None, Depends(_documented)]) -> None:
    _access(request)


async def _write_key(request: Request, _: Annotated[None, Depends(_documented)]) -> None:
    access = _access(request)
    if access is None and not _asks_from_here(request):
        raise Problem(
            403,
            "Without keys, only programs on the service's own machine may add to the catalogue. Make a key: "
            "attire serve --new-key; give its hash as ATTIRE_WRITE_KEYS.",
        )
    if access == "read":
        raise Problem(403, "This key may ask, and not add to the catalogue. Use one that may write.")


def _access(request: Request) -> Access | None:
    """Give what the request's key allows, None if this service has no keys."""
    keys = request.app.state.keys
    assert isinstance(keys, Keys)
    if not keys:
        return None
    shown = shown_key(request.headers)
    access = None if shown is None else keys.access_of(shown)
    if access is None:
        told = (
            "Show a key as X-API-Key or Authorization: Bearer." if shown is None else "This key is unknown."
        )
        scheme = 'Bearer realm="attire"' + ("" if shown is None else ', error="invalid_token"')
        raise Problem(401, told, headers={"WWW-Authenticate": scheme})
    return access


def _asks_from_here(request: Request) -> bool:
    """Tell whether a program of this machine asks, and no web page that its browser shows from elsewhere."""
    host, _ = request.scope.get("server") or ("", None)
    client = request.client.host if request.client is not None else ""
    origin = request.headers.get("origin")
    return (
        is_loopback(host)
        and is_loopback(client)
        and is_loopback(request.url.hostname or "")
        and not any(name in request.headers for name in _FORWARDED)
        and (origin is None or origin == f"{request.url.scheme}://{request.url.netloc}")
    )


ReadKey = Depends(_read_key)
"""What routers take whose callers may ask."""
WriteKey = Depends(_write_key)
"""What routers take whose callers may add to the catalogue."""

_BY_ACCESS: Mapping[Access, list[Any]] = MappingProxyType(
    {"open": [], "read": [ReadKey], "write": [WriteKey]}
)
_REFUSALS: Mapping[Access, tuple[int, ...]] = MappingProxyType(
    {"open": (), "read": (401, 429), "write": (401, 403, 429)}
)


def key_for(access: Access) -> list[Any]:
    """Give the dependencies of a router by what it asks for."""
    return list(_BY_ACCESS[access])


def refusals_for(access: Access) -> dict[int | str, dict[str, Any]]:
    """Describe for OpenAPI how those are refused who may not ask a router, or ask it too often."""
    return problems(*_REFUSALS[access])
