"""Methods of a client made of what can be asked, so that each endpoint is described once for both clients."""

import inspect
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar

from attire import __version__
from attire.errors import ServiceError

__all__ = ["checked_url", "described_by", "headers_of"]

F = TypeVar("F", bound=Callable[..., Any])


def described_by(method: F, build: Callable[..., Any]) -> F:
    """Give a method the name, description and arguments of the function that makes its question."""
    update_wrapper(method, build)
    asked = inspect.signature(build)
    own = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    signature = asked.replace(
        parameters=[own, *asked.parameters.values()], return_annotation=inspect.Signature.empty
    )
    setattr(method, "__signature__", signature)  # noqa: B010 - mypy knows no such attribute
    return method


def checked_url(base_url: str) -> str:
    """Give a service's address as questions are put behind it.

    Raises:
        ServiceError: If it is none.

    Example:
        >>> checked_url("http://localhost:8000/")
        'http://localhost:8000'
    """
    if not base_url.startswith(("http://", "https://")):
        raise ServiceError(
            f"{base_url!r} is no address of a service. Give one such as http://localhost:8000."
        )
    return base_url.rstrip("/")


def headers_of(api_key: str | None) -> dict[str, str]:
    """Give the headers of all requests.

    Raises:
        ServiceError: If the key is none.
    """
    if api_key is not None and not (api_key.isascii() and api_key.isprintable() and api_key.strip()):
        raise ServiceError(
            "The API key is empty, or has signs that none has. attire serve --new-key makes one."
        )
    return {"User-Agent": f"attire/{__version__}"} | ({} if api_key is None else {"X-API-Key": api_key})
