"""API keys: made here, known to the service by their hashes alone."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Literal

from starlette.datastructures import Headers

from attire.serve.settings import Settings

__all__ = ["Access", "Keys", "hash_key", "new_key", "shown_key"]

Access = Literal["open", "read", "write"]
"""What a route asks for: no key, one that may ask, or one that may also add to the catalogue."""

_PREFIX = "attire_"


def new_key() -> tuple[str, str]:
    """Make a key of 256 random bits.

    Returns:
        The key, to be given to one client and kept nowhere else, and its hash for ``ATTIRE_READ_KEYS`` or
        ``ATTIRE_WRITE_KEYS``.

    Example:
        >>> key, hashed = new_key()
        >>> key.startswith("attire_"), hashed == hash_key(key)
        (True, True)
    """
    key = _PREFIX + secrets.token_urlsafe(32)
    return key, hash_key(key)


def hash_key(key: str) -> str:
    """Give the hash that the service knows a key by.

    One round of SHA-256 is enough: what it hides is 256 random bits, which nobody finds by trying; slow
    hashes are for what people choose.

    Returns:
        64 hexadecimal digits.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def shown_key(headers: Headers) -> str | None:
    """Give the key that a request shows, as ``X-API-Key`` or ``Authorization: Bearer``."""
    key = headers.get("x-api-key")
    if key is None:
        scheme, _, rest = headers.get("authorization", "").partition(" ")
        key = rest.strip() if scheme.lower() == "bearer" else None
    return key or None


class Keys:
    """The keys of a service."""

    def __init__(self, settings: Settings) -> None:
        """Take the hashes out of settings with ``read_keys`` and ``write_keys``."""
        self._read = [hashed.get_secret_value() for hashed in settings.read_keys]
        self._write = [hashed.get_secret_value() for hashed in settings.write_keys]

    def __bool__(self) -> bool:
        """Say whether there are any; without, nobody has to show one."""
        return bool(self._read or self._write)

    def access_of(self, key: str) -> Access | None:
        """Say what a key allows, in a time that tells nothing of the keys there are.

        Args:
            key: As it was shown.

        Returns:
            None if it is unknown.
        """
        hashed = hash_key(key)
        read, write = _among(hashed, self._read), _among(hashed, self._write)
        return "write" if write else "read" if read else None


def _among(hashed: str, known: Sequence[str]) -> bool:
    """Compare with all of them, found or not."""
    return sum(hmac.compare_digest(hashed, one) for one in known) > 0
