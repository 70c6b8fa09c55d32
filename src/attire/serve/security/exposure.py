"""A word to whoever opens a service to others without keys."""

from attire.serve.observability import service_log
from attire.serve.security.access import is_loopback
from attire.serve.security.keys import Keys
from attire.serve.settings import Settings

__all__ = ["warn_if_open"]


def warn_if_open(settings: Settings, host: str) -> None:
    """Log a warning if others can reach the service and it asks them for no key.

    Args:
        settings: With ``read_keys`` and ``write_keys``.
        host: Where the service listens.
    """
    if not is_loopback(host) and not Keys(settings):
        service_log.warning(
            "Anybody who reaches this service may ask it. Make keys with attire serve --new-key, or listen "
            "on 127.0.0.1.",
            host=host,
        )
