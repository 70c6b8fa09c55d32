"""The service started on a Ray cluster, kept until it is told to stop, and taken away again."""

import logging
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from io import StringIO
from types import FrameType
from typing import Any

from attire.errors import ServiceError
from attire.extras import require
from attire.scale.cluster import on_cluster
from attire.scale.serving.application import QUIET, application, chosen
from attire.scale.serving.http import HTTP
from attire.scale.serving.replicas import Replicas
from attire.serve.observability import configure_logs, service_log
from attire.serve.running import open_door, url_of
from attire.serve.security import warn_if_open
from attire.serve.served import Served, describe
from attire.serve.settings import Settings

__all__ = ["APP", "run_on_ray"]

APP = "attire"
"""Name of the application in Serve."""
_PATIENCE = ("RAY_SERVE_PROXY_READY_CHECK_TIMEOUT_S", "30")
"""Serve's own 5 seconds are too few for a proxy to start in on a busy machine; it is then started over and
over. Heard by a cluster that is started here."""
_LOOKS_S = 0.2
_LONG_S = 60.0
"""After which it is said that replicas are still waited for."""
_AFTER_S = 5.0
"""How much longer the last answers have than photos."""


def run_on_ray(
    settings: Settings,
    replicas: Replicas,
    *,
    host: str,
    port: int,
    address: str | None,
    say: Callable[[Served, str], None],
) -> None:
    """Serve on a Ray cluster until told to stop, by SIGTERM or Ctrl-C; then take the service away again.

    Args:
        settings: What to serve; paths mean the same on every node.
        replicas: How many processes read photos.
        host: Address to listen at, on every node where something of the service runs.
        port: Port to listen at; any free one if 0, on this machine alone.
        address: Of the cluster, as for :func:`attire.scale.on_cluster`.
        say: Told what is served and at which URL, once photos are read.

    Raises:
        ClusterError: If there is no such cluster.
        ServiceError: If Serve runs on it already, the address cannot be had, or replicas cannot start.
        AttireError: If the model or the catalogue cannot be opened.
    """
    settings = chosen(settings)
    served = describe(settings)
    os.environ.setdefault(*_PATIENCE)
    needed = replicas.most * (settings.threads or 1) + 1
    with ExitStack() as after, ExitStack() as stack:
        with _forks_unmentioned():
            stack.enter_context(on_cluster(address, cpus=needed))
        configure_logs(settings.log_format)
        logging.getLogger("ray").setLevel(logging.WARNING)
        port, url = _find_port(host, port)
        warn_if_open(settings, host)
        told = stack.enter_context(_told_to_stop())
        stack.enter_context(_serving(host, port))
        # While Serve ends, Ray tells of each of its processes that is asked for something once more.
        stack.callback(after.enter_context, redirect_stdout(StringIO()))
        _deploy(settings, replicas, told)
        if not told.is_set():
            say(served, url)
            told.wait()
            _drain(settings)


@contextmanager
def _forks_unmentioned() -> Iterator[None]:
    """Keep LanceDB from warning of each process of Ray's: they are forked, but run programs of their own."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="lancedb fork support", category=RuntimeWarning)
        yield


@contextmanager
def _serving(host: str, port: int) -> Iterator[None]:
    """Have Serve running on the cluster; it runs no application but this one, and ends with it."""
    serve = require("ray.serve", "scale")
    config, schema = require("ray.serve.config", "scale"), require("ray.serve.schema", "scale")
    exceptions = require("ray.exceptions", "scale")
    if serve.status().proxies:
        raise ServiceError(
            "Ray Serve runs on that cluster already. Stop it there (ray.init(ADDRESS), serve.shutdown()), or "
            "add this service to what it runs: import_path attire.scale.serving.application:build"
        )
    logging.getLogger("ray.serve").setLevel(logging.WARNING)
    try:
        # Serve gives its proxy a minute, and a new one to follow it: that is waited for below.
        with suppress(TimeoutError, exceptions.RayActorError):
            serve.start(
                proxy_location="EveryNode",
                http_options=config.HTTPOptions(host=host, port=port),
                logging_config=schema.LoggingConfig(**QUIET),
            )
        yield
    finally:
        serve.shutdown()


def _deploy(settings: Settings, replicas: Replicas, told: threading.Event) -> None:
    """Start the application, and wait until it runs or somebody no longer wants it."""
    serve = require("ray.serve", "scale")
    target = serve.RunTarget(target=application(settings, replicas), name=APP, route_prefix="/")
    serve.run_many([target], wait_for_ingress_deployment_creation=False, wait_for_applications_running=False)
    begun, said = time.monotonic(), False
    while not told.is_set():
        whole = serve.status()
        status, is_open = whole.applications.get(APP), "HEALTHY" in whole.proxies.values()
        if status is not None and status.status == "RUNNING" and is_open:
            return
        if status is not None and status.status == "DEPLOY_FAILED":
            raise ServiceError(f"The service could not start on Ray: {_fault(status)}")
        if not said and time.monotonic() - begun > _LONG_S:
            said = True
            service_log.warning("still starting; has the cluster processors for it?", replicas=str(replicas))
        told.wait(_LOOKS_S)


def _fault(status: Any) -> str:
    """Find what the user can mend in the traces that Serve collects of replicas that did not start."""
    lines: list[str] = [
        line.strip()
        for one in (status, *status.deployments.values())
        for line in one.message.splitlines()
        if line.strip()
    ]
    ours = [line.partition(": ")[2] for line in lines if line.startswith("attire.errors.")]
    return (ours or lines[-1:] or ["see Ray's logs"])[0]


def _drain(settings: Settings) -> None:
    """Let what was accepted be answered before replicas are taken away."""
    serve = require("ray.serve", "scale")
    service_log.info("stopping")
    try:
        drained = serve.get_deployment_handle(HTTP, APP).drain.remote()
        drained.result(timeout_s=settings.shutdown_s + _AFTER_S)
    except Exception as error:  # whatever became of it, Serve is shut down next
        service_log.warning("not all was answered", why=type(error).__name__)


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Give what is set by the first SIGTERM or SIGINT; a second one ends the process as it always does.

    Outside of the main thread there are no signals.
    """
    told = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield told
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def hear(number: int, _: FrameType | None) -> None:
        told.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, hear)
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _find_port(host: str, port: int) -> tuple[int, str]:
    """Make sure that the address can be had on this machine, which is a node, too."""
    with open_door(host, port) as door:
        return int(door.getsockname()[1]), url_of(door)
