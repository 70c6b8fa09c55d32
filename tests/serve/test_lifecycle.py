"""SIGTERM is heard by the service first, and by its server a moment later."""

import asyncio
import os
import signal
import time

import pytest

from attire.serve.lifecycle import DRAIN_S, told_to_stop


@pytest.fixture
def server():
    """What a server does at a signal: notes it, and when."""
    heard: list[tuple[int, float]] = []
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, lambda number, frame: heard.append((number, time.perf_counter())))
    yield heard
    for number, handler in before.items():
        signal.signal(number, handler)


def run(*signals: signal.Signals, pause_s: float = 0.0) -> tuple[float, list[float]]:
    """Send signals; gives when the first was sent, and when the service began to stop."""
    began: list[float] = []
    sent = 0.0

    async def body() -> None:
        nonlocal sent
        with told_to_stop(lambda: began.append(time.perf_counter())):
            sent = time.perf_counter()
            for number in signals:
                os.kill(os.getpid(), number)
                await asyncio.sleep(pause_s)
            await asyncio.sleep(DRAIN_S + 0.2)

    asyncio.run(body())
    return sent, began


def test_sigterm_leaves_time_to_drain(server) -> None:
    sent, began = run(signal.SIGTERM)
    assert [number for number, _ in server] == [signal.SIGTERM]
    assert len(began) == 1
    assert began[0] - sent < DRAIN_S / 2
    assert server[0][1] - sent >= DRAIN_S


def test_ctrl_c_is_at_once(server) -> None:
    sent, began = run(signal.SIGINT)
    assert len(began) == 1
    assert server[0][1] - sent < DRAIN_S / 2


def test_a_second_signal_does_not_wait(server) -> None:
    sent, began = run(signal.SIGTERM, signal.SIGTERM, pause_s=0.05)
    assert len(began) == 1, "it begins to stop once"
    assert len(server) == 2
    assert server[0][1] - sent < DRAIN_S


def test_handlers_are_put_back(server) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run()
    assert signal.getsignal(signal.SIGTERM) is before


def test_signals_without_a_server_are_left_alone() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        _, began = run(signal.SIGTERM)
        assert began == []
    finally:
        signal.signal(signal.SIGTERM, before)
