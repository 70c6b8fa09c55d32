"""Who may ask, how often, and what browsers are told to allow."""

from attire.serve.security.access import ReadKey, WriteKey, key_for, refusals_for
from attire.serve.security.browser import SecurityHeaders
from attire.serve.security.exposure import warn_if_open
from attire.serve.security.keys import Access, Keys, hash_key, new_key
from attire.serve.security.rates import RateLimit
from attire.serve.security.wiring import guard

__all__ = [
    "Access",
    "Keys",
    "RateLimit",
    "ReadKey",
    "SecurityHeaders",
    "WriteKey",
    "guard",
    "hash_key",
    "key_for",
    "new_key",
    "refusals_for",
    "warn_if_open",
]
