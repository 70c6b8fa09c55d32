"""``attire serve``: reading photos and asking the catalogue over HTTP, with a page to do both by hand."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attire.cli.options import On, RayAddress, is_on_ray
from attire.errors import RecipeError, ServiceError

if TYPE_CHECKING:
    from attire.serve.served import Served
    from attire.serve.settings import Settings

__all__ = ["serve"]

_NO_SETTINGS = frozenset({"host", "port", "new_key", "on", "ray_address", "replicas"})
_SERVED, _LOAD, _LIMITS, _WHO = "What is served", "Load", "Limits of uploads", "Who may"


def serve(
    catalog: Annotated[
        str | None,
        typer.Option(help="Folder or URI that attire index wrote; without one, photos are read and no more."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any free one.")] = 8000,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Print a new API key and its hash, and serve nothing.")
    ] = False,
    model: Annotated[
        Path | None,
        typer.Option(help="As for attire predict; the one in the box if none.", rich_help_panel=_SERVED),
    ] = None,
    runtime: Annotated[
        str | None, typer.Option(help="openvino, onnxruntime or torch.", rich_help_panel=_SERVED)
    ] = None,
    precision: Annotated[
        str | None, typer.Option(help="fp32, bf16 or int8.", rich_help_panel=_SERVED)
    ] = None,
    page: Annotated[
        bool | None, typer.Option("--page/--no-page", help="The page at /; on.", rich_help_panel=_SERVED)
    ] = None,
    uploads: Annotated[
        Path | None,
        typer.Option(help="Folder for photos added; uploads in the catalogue's.", rich_help_panel=_SERVED),
    ] = None,
    log_format: Annotated[
        str | None, typer.Option(help="json or text, to stderr; json.", rich_help_panel=_SERVED)
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes, each with its share of the cores; 1.", rich_help_panel=_LOAD),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(help="Threads of the network in each; its share of the cores.", rich_help_panel=_LOAD),
    ] = None,
    batch_size: Annotated[
        int | None,
        typer.Option(help="Photos the network sees at once; 1, more for a GPU.", rich_help_panel=_LOAD),
    ] = None,
    batch_wait_ms: Annotated[
        float | None,
        typer.Option(help="How long a batch waits to fill, in milliseconds; 3.", rich_help_panel=_LOAD),
    ] = None,
    queue_size: Annotated[
        int | None,
        typer.Option(help="Photos in a process at most; more get 503. 64.", rich_help_panel=_LOAD),
    ] = None,
    deadline_s: Annotated[
        float | None,
        typer.Option(help="Seconds until a request gets its answer, or 504; 30.", rich_help_panel=_LOAD),
    ] = None,
    shutdown_s: Annotated[
        float | None,
        typer.Option(
            help="Seconds to finish what was accepted when told to stop; 30.", rich_help_panel=_LOAD
        ),
    ] = None,
    max_upload_bytes: Annotated[
        int | None, typer.Option(help="Of a request with a photo; 20 MB.", rich_help_panel=_LIMITS)
    ] = None,
    max_catalog_bytes: Annotated[
        int | None,
        typer.Option(help="Of a request that adds photos; 256 MB.", rich_help_panel=_LIMITS),
    ] = None,
    max_pixels: Annotated[
        int | None, typer.Option(help="Of a photo; 50,000,000.", rich_help_panel=_LIMITS)
    ] = None,
    max_pixels_at_once: Annotated[
        int | None,
        typer.Option(help="Of all photos unpacked at once; 200,000,000.", rich_help_panel=_LIMITS),
    ] = None,
    max_jobs: Annotated[
        int | None,
        typer.Option(help="Requests whose photos wait to be indexed; 16.", rich_help_panel=_LIMITS),
    ] = None,
    allow_urls: Annotated[
        bool | None,
        typer.Option("--allow-urls/--no-urls", help="Fetch photos by URL; off.", rich_help_panel=_LIMITS),
    ] = None,
    fetch_timeout_s: Annotated[
        float | None, typer.Option(help="Seconds for fetching one; 10.", rich_help_panel=_LIMITS)
    ] = None,
    read_keys: Annotated[
        list[str] | None,
        typer.Option("--read-key", help="Hash of an API key that may ask; repeatable.", rich_help_panel=_WHO),
    ] = None,
    write_keys: Annotated[
        list[str] | None,
        typer.Option("--write-key", help="Hash of one that may add photos, too.", rich_help_panel=_WHO),
    ] = None,
    rate_limit: Annotated[
        str | None, typer.Option(help="Per key or address, such as 60/minute; none.", rich_help_panel=_WHO)
    ] = None,
    rate_storage: Annotated[
        str | None,
        typer.Option(
            help="Where requests are counted: memory://, or redis://host:6379 for several processes.",
            rich_help_panel=_WHO,
        ),
    ] = None,
    cors_origins: Annotated[
        list[str] | None,
        typer.Option("--cors-origin", help="Origin whose pages may ask; repeatable.", rich_help_panel=_WHO),
    ] = None,
    trusted_proxies: Annotated[
        list[str] | None,
        typer.Option(
            "--trusted-proxy", help="Address whose X-Forwarded-For is believed.", rich_help_panel=_WHO
        ),
    ] = None,
    on: On = None,
    ray_address: RayAddress = None,
    replicas: Annotated[
        str | None,
        typer.Option(
            help="With --on ray: processes with a network, such as 2, or 1-4 as there is work; --threads are "
            "those of each, 1."
        ),
    ] = None,
) -> None:
    """Serve readings, search and the catalogue over HTTP, and a page.

    Each option can be given in the environment, too: ATTIRE_CATALOG, ATTIRE_QUEUE_SIZE and so on.
    """
    given = dict(locals())
    from attire.extras import require

    for module in ("fastapi", "uvicorn", "pydantic_settings", "structlog", "prometheus_client"):
        require(module, "serve")
    if new_key:
        _print_new_key()
        return
    settings = _settings({k: v for k, v in given.items() if k not in _NO_SETTINGS})
    if is_on_ray(on, ray_address):
        from attire.scale.serving import Replicas
        from attire.scale.serving.running import run_on_ray

        chosen = Replicas.parse(replicas or "1")
        say = partial(_say, replicas=str(chosen))
        run_on_ray(settings, chosen, host=host, port=port, address=ray_address, say=say)
    elif replicas is not None:
        raise RecipeError(
            "--replicas are processes on a Ray cluster: say --on ray, too. Here there are --workers."
        )
    else:
        from attire.serve.running import run

        run(settings, host=host, port=port, say=_say)


def _settings(given: dict[str, Any]) -> "Settings":
    from pydantic import ValidationError

    from attire.serve.settings import Settings

    said: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in given.items() if v not in (None, [])
    }
    try:
        return Settings(**said)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        ]
        raise ServiceError(f"{'; '.join(faults)}. Set it by its option, or in the environment.") from None


def _say(served: "Served", url: str, *, replicas: str | None = None) -> None:
    """Say in one line where and what."""
    what = "photos read" if served.garments is None else f"{served.garments:,} garments, photos read"
    several = f" in {served.workers} processes" * (served.workers > 1)
    if replicas is not None:
        several = f" in {replicas} on Ray"
    page = "" if served.page else " (no page)"
    typer.echo(f"Serving at {url}{page}: {what} by {served.model}{several}. Ctrl-C stops.")


def _print_new_key() -> None:
    from attire.serve.security.keys import new_key

    key, hashed = new_key()
    typer.echo(
        f"key   {key}\nhash  {hashed}\nClients send the key; --read-key or --write-key takes the hash."
    )
