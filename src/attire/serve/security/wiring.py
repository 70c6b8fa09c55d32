"""What guards an application, put around it."""

import warnings

from fastapi import FastAPI
from PIL import Image
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from attire.serve.fetching import Fetcher
from attire.serve.security.keys import Keys
from attire.serve.security.rates import RATE_HEADERS, RateLimit, open_storage
from attire.serve.settings import Settings
from attire.serve.uploads import BodyLimit, PixelRoom

__all__ = ["guard"]


def guard(app: FastAPI, settings: Settings) -> None:
    """Guard an application as its settings say: keys, rates, bodies, proxies, other origins.

    Args:
        app: What answers; whatever is added to it later lies outside of the guard.
        settings: Keys, rates, limits, origins and proxies.

    Raises:
        AttireError: If the storage that counts requests cannot be used.
    """
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    app.state.keys = keys = Keys(settings)
    app.state.fetcher = Fetcher(settings) if settings.allow_urls else None
    app.state.pixel_room = PixelRoom(settings.max_pixels_at_once)
    if settings.rate_limit is not None:
        app.add_middleware(RateLimit, settings=settings, keys=keys, storage=open_storage(settings))
    app.add_middleware(BodyLimit, settings=settings)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Deadline-Ms", "X-Request-Id"],
            expose_headers=["Location", "Retry-After", "X-Request-Id", *RATE_HEADERS],
        )
