"""The application that Ray Serve runs, for ``attire serve --on ray`` or by a cluster's configuration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attire.bundled import bundled_name
from attire.catalog.connection import local_folder
from attire.errors import ServiceError
from attire.extras import require
from attire.scale.serving.http import HTTP, http_class
from attire.scale.serving.network import NETWORK, Network
from attire.scale.serving.replicas import Replicas
from attire.serve.settings import Settings

__all__ = ["QUIET", "application", "build", "chosen"]

QUIET: dict[str, Any] = {"log_level": "WARNING", "enable_access_log": False}
"""What Serve itself logs; the service logs its requests as it does everywhere."""
_OTHERS = 256
"""Requests without photos that the process that speaks HTTP works on at once, beside those with photos."""
_HEALTH_S = 1.0
"""How often replicas are looked after: one that died is missed for so long at most."""
_IDLE_S = 0.2
"""How often a replica that stops looks whether it has answered all."""
_AFTER_S = 5.0
"""How much longer a replica has to stop than it may finish photos."""


def build(args: Mapping[str, Any]) -> Any:
    """Make the application from plain values: the ``import_path`` of a Serve configuration.

    Args:
        args: Fields of :class:`attire.serve.Settings`, and ``min_replicas``, ``max_replicas`` and ``gpus``,
            those of each replica. What is not given is taken from the environment of the process that builds
            it, such as ``ATTIRE_READ_KEYS``.

    Raises:
        ServiceError: If there is no such setting, or more than one process is asked for.
        ValidationError: If a value is out of range.
        RecipeError: If numbers of replicas are.
    """
    said = dict(args)
    least = said.pop("min_replicas", 1)
    replicas = Replicas(least=least, most=said.pop("max_replicas", least), gpus=float(said.pop("gpus", 0)))
    unknown = sorted(set(said) - set(Settings.model_fields))
    if unknown:
        raise ServiceError(f"No setting is named {', '.join(unknown)}. docs/serve.md and --help list them.")
    return application(chosen(Settings(**said)), replicas)


def chosen(settings: Settings) -> Settings:
    """Make settings mean the same on every node.

    Raises:
        ServiceError: If several processes are asked for.
    """
    if settings.workers != 1:
        raise ServiceError(
            f"{settings.workers} workers: on Ray there are replicas instead. Say how many: --replicas 1-4"
        )
    model = settings.model
    if model is not None and bundled_name(model) is None:
        model = Path(model).absolute()
    folder = None if settings.catalog is None else local_folder(settings.catalog)
    catalog = settings.catalog if folder is None else str(folder.absolute())
    uploads = None if settings.uploads is None else settings.uploads.absolute()
    return settings.model_copy(update={"model": model, "catalog": catalog, "uploads": uploads})


def application(settings: Settings, replicas: Replicas) -> Any:
    """Put the application together: one process that speaks HTTP, and replicas of the network.

    Args:
        settings: As :func:`chosen` gives them; ``threads`` are the processors of each replica, 1 if None.
        replicas: How many.

    Returns:
        What ``serve.run`` takes.
    """
    serve = require("ray.serve", "scale")
    threads = settings.threads or 1
    both = {
        "logging_config": QUIET,
        "graceful_shutdown_timeout_s": settings.shutdown_s + _AFTER_S,
        "graceful_shutdown_wait_loop_s": _IDLE_S,
        "health_check_period_s": _HEALTH_S,
    }
    network = serve.deployment(
        Network,
        name=NETWORK,
        max_queued_requests=settings.queue_size,
        **replicas.options(batch_size=settings.batch_size, threads=threads),
        **both,
    )
    http = serve.deployment(
        http_class(settings),
        name=HTTP,
        num_replicas=1,
        max_ongoing_requests=settings.queue_size + _OTHERS,
        ray_actor_options={"num_cpus": 1},
        **both,
    )
    return http.bind(network.bind(settings.model_copy(update={"threads": threads})))
