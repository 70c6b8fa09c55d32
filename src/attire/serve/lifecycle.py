"""How a process of the service begins and ends: warm before it takes requests, empty before it goes."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from types import FrameType
from typing import TypeAlias

from fastapi import FastAPI

from attire.serve.observability import Metrics, forget_dead, service_log
from attire.serve.services import Services
from attire.serve.settings import Settings

__all__ = ["DRAIN_S", "OpenServices", "begin_stop", "serving"]

OpenServices: TypeAlias = Callable[[Settings, Metrics], Services]
"""Opens what settings say."""

DRAIN_S = 0.5
"""From SIGTERM until the server closes its door: time for connections that are on their way, and for
``/readyz`` to be asked once more. Photos are refused from the start."""


@asynccontextmanager
async def serving(
    app: FastAPI, settings: Settings, metrics: Metrics, services: Services | OpenServices
) -> AsyncIterator[None]:
    """Serve: an application's lifespan.

    Args:
        app: Whose ``state.services`` it sets.
        settings: What to serve.
        metrics: Where it counts.
        services: Opened already, or what opens them; called in a thread.

    Raises:
        AttireError: If the model or the catalogue cannot be opened.
    """
    forget_dead()
    if not isinstance(services, Services):
        services = await asyncio.to_thread(services, settings, metrics)
    app.state.services = services
    with told_to_stop(partial(begin_stop, services)):
        try:
            await services.start()
            service_log.info("ready")
            yield
        finally:
            await services.stop()
            service_log.info("stopped", unanswered=services.admission.inside)


def begin_stop(services: Services) -> None:
    """Let no more photos in, and refuse those that are not read when the time for it is over."""
    services.begin_stop()
    service_log.info("stopping", inside=services.admission.inside)
    loop = asyncio.get_running_loop()
    loop.call_later(services.settings.shutdown_s, services.reader.abandon)


@contextmanager
def told_to_stop(begin: Callable[[], None]) -> Iterator[None]:
    """Call something in the event loop at the first SIGTERM or SIGINT, before the server hears of it.

    The server is told by its own handler: of SIGTERM :data:`DRAIN_S` later, of SIGINT and of any further
    signal at once. Does nothing outside a process's main thread, where there are no signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    servers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    told = False

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal told
        server = servers[signal.Signals(number)]
        assert callable(server)
        if told or number != signal.SIGTERM:
            server(number, frame)
        else:
            loop.call_soon_threadsafe(loop.call_later, DRAIN_S, server, number, None)
        if not told:
            told = True
            loop.call_soon_threadsafe(begin)

    ours = [number for number, server in servers.items() if callable(server)]
    for number in ours:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, servers[number])
