"""What can be set of the service: from flags, from the environment, or from code."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

import limits
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

__all__ = ["Settings"]

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """Every setting can be given as ``ATTIRE_`` and its name in capitals, such as ``ATTIRE_CATALOG``.

    Example:
        >>> Settings(queue_size=8).queue_size
        8
    """

    model_config = SettingsConfigDict(
        env_prefix="ATTIRE_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    # What is served
    catalog: str | None = None
    """Folder or URI that ``attire index`` made; None serves readings alone."""
    model: Path | None = None
    """What ``attire export`` or ``attire train`` wrote; the model in the box if None."""
    runtime: str | None = None
    """As for :meth:`attire.predict.Predictor.load`."""
    precision: str | None = None
    """As there."""
    threads: int | None = Field(default=None, ge=1)
    """Threads of the network in each process; its share of the cores if None."""
    uploads: Path | None = None
    """Folder that keeps the photos added to the catalogue; ``uploads`` in the catalogue's if None."""

    # Load
    workers: int = Field(default=1, ge=1)
    """Processes."""
    batch_size: int = Field(default=1, ge=1)
    """Photos that the network sees at once at most; on a processor more than one was slower."""
    batch_wait_ms: float = Field(default=3.0, ge=0)
    """How long the first photo of a batch waits for others."""
    queue_size: int = Field(default=64, ge=1)
    """Photos that wait at most; one more is refused with 503 and Retry-After."""
    deadline_s: float = Field(default=30.0, gt=0)
    """From a request's arrival to its answer, at most; a client may ask for less with ``X-Deadline-Ms``."""
    shutdown_s: float = Field(default=30.0, gt=0)
    """How long a stopping service finishes what it has accepted."""

    # Limits of uploads
    max_upload_bytes: int = Field(default=20 * MEGABYTE, ge=1)
    """Of one photo and the fields beside it."""
    max_catalog_bytes: int = Field(default=256 * MEGABYTE, ge=1)
    """Of one request that adds photos to the catalogue."""
    max_jobs: int = Field(default=16, ge=1)
    """Requests whose photos wait to be indexed; one more is refused with 503 and Retry-After."""
    max_pixels: int = Field(default=50_000_000, ge=1)
    """Of a photo, judged by its header before anything is decoded."""
    max_pixels_at_once: int = Field(default=200_000_000, ge=1)
    """Of all photos that are unpacked at once, at 3 bytes each; further ones wait."""
    allow_urls: bool = False
    """Whether a photo may be named by an ``https://`` URL, which the service then fetches."""
    fetch_timeout_s: float = Field(default=10.0, gt=0)
    """For fetching a photo, redirects included."""

    # Who may
    read_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Hashes of API keys that may ask (``attire serve --new-key``); nobody has to show one if there are none
    of either kind."""
    write_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Hashes of API keys that may also add to the catalogue."""
    rate_limit: str | None = None
    """Such as ``60/minute``, per key or else address; None for no limit."""
    rate_storage: str = "memory://"
    """Where requests are counted: ``redis://host:6379`` where several processes share a limit."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins whose pages may ask from a browser."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses whose ``X-Forwarded-For`` is believed."""

    # Said
    log_format: Literal["json", "text"] = "json"
    """How lines are logged, to stderr."""
    page: bool = True
    """Whether ``/`` serves the page."""

    @field_validator("read_keys", "write_keys", "cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        """Take several values apart at commas, as the environment has them."""
        return [one.strip() for one in given.split(",") if one.strip()] if isinstance(given, str) else given

    @field_validator("read_keys", "write_keys")
    @classmethod
    def _check_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not all(re.fullmatch("[0-9a-f]{64}", key.get_secret_value()) for key in keys):
            raise ValueError(
                "one is not the hash of a key (64 hexadecimal digits). attire serve --new-key makes both"
            )
        return keys

    @field_validator("rate_limit")
    @classmethod
    def _check_limit(cls, limit: str | None) -> str | None:
        if limit is not None:
            try:
                limits.parse(limit)
            except ValueError:
                raise ValueError(f"{limit!r} is no rate; write it as 60/minute") from None
        return limit

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not re.fullmatch(r"\*|https?://[^/?#\s]+", origin):
                raise ValueError(f"{origin!r} is no origin; write it as https://shop.example")
        return origins

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            try:
                ip_network(proxy)
            except ValueError:
                raise ValueError(f"{proxy!r} is no address; write it as 10.0.0.7 or 10.0.0.0/24") from None
        return proxies
