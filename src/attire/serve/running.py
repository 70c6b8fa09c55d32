"""The service run by uvicorn: in this process, or in several that a supervisor keeps alive."""

import math
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from tempfile import TemporaryDirectory

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from attire.errors import ServiceError
from attire.serve.app import create_app
from attire.serve.lifecycle import DRAIN_S
from attire.serve.observability import configure_logs
from attire.serve.observability.metrics import MULTIPROCESS_DIR
from attire.serve.security import warn_if_open
from attire.serve.served import Served, describe
from attire.serve.services import Services, open_services
from attire.serve.settings import Settings

__all__ = ["open_door", "run", "url_of"]

_HEALTH_S = 60
"""How long a worker may leave its supervisor without an answer before it is replaced: a new one imports what
it needs in that time, on a busy machine too. One that died is replaced within a second."""
_AFTER_S = 2
"""How long the server waits for answers to go out after the service refused what it could not finish."""


def run(settings: Settings, *, host: str, port: int, say: Callable[[Served, str], None]) -> None:
    """Serve until told to stop.

    Args:
        settings: What to serve.
        host: Address to listen at.
        port: Port to listen at; any free one if 0.
        say: Told what is served and at which URL, once both are sure.

    Raises:
        ServiceError: If the address cannot be had, or workers cannot start.
        AttireError: If the model or the catalogue cannot be opened.
    """
    with open_door(host, port) as door:
        served = describe(settings)
        configure_logs(settings.log_format)
        warn_if_open(settings, host)
        if settings.workers > 1:
            say(served, url_of(door))
            _run_workers(settings, door)
            return
        services = open_services(settings)
        say(served, url_of(door))
        _run_here(settings, services, door)


def _run_here(settings: Settings, services: Services, door: socket.socket) -> None:
    server = uvicorn.Server(_config(partial(create_app, settings, services=services), settings))
    # uvicorn raises the signal that ended it once more; having ended well is no reason to die of it.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    with suppress(KeyboardInterrupt):
        server.run([door])


def _run_workers(settings: Settings, door: socket.socket) -> None:
    with TemporaryDirectory(prefix="attire-metrics-") as together:
        os.environ[MULTIPROCESS_DIR] = together
        supervisor = _Supervisor(_config(partial(_worker_app, settings), settings), [door])
        supervisor.run()
        if any(worker.exitcode == uvicorn.config.STARTUP_FAILURE for worker in supervisor.processes):
            raise ServiceError("A worker could not start; its own line of log above says why.")


def _worker_app(settings: Settings) -> FastAPI:
    configure_logs(settings.log_format)
    return create_app(settings)


class _Supervisor(Multiprocess):
    """Keeps workers alive; closes its own door when they have closed theirs, so that nobody waits at it."""

    def keep_subprocess_alive(self) -> None:
        for worker in self.processes:
            worker.child_conn.close()  # its end of the pipe: with ours open, its death would not be seen
        super().keep_subprocess_alive()

    def join_all(self) -> None:
        time.sleep(2 * DRAIN_S)
        for door in self.sockets:
            door.close()
        super().join_all()


def _config(app: Callable[[], FastAPI], settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=True,
        workers=settings.workers,
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=math.ceil(settings.shutdown_s) + _AFTER_S,
        timeout_worker_healthcheck=_HEALTH_S,
    )


def open_door(host: str, port: int) -> socket.socket:
    """Bind an address first: whether it can be had is then known before anything is loaded.

    Args:
        host: Of this machine.
        port: Any free one if 0.

    Raises:
        ServiceError: If it cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ServiceError(f"{host} is no address of this machine: {error.strerror}. Give --host.") from None
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(2048)
    except OSError as error:
        door.close()
        raise ServiceError(
            f"Cannot listen at {host} port {port}: {error.strerror}. Give another with --host and --port."
        ) from None
    door.set_inheritable(True)
    return door


def url_of(door: socket.socket) -> str:
    """Say where a door is, as one writes it into a browser on this machine."""
    host, port = door.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
