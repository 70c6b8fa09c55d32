"""Limits as a client on a socket meets them, with uvicorn in between."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from tests.serve.echo import echo_app

DEADLINE_S = 0.5
HEAD = (
    b"POST /photo HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    b"Content-Length: %d\r\n\r\n"
)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = echo_app(deadline_s=DEADLINE_S, max_upload_bytes=1_000_000)
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, lifespan="off", log_config=None, timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def read(wire: socket.socket) -> bytes:
    got = b""
    while piece := wire.recv(65536):
        got += piece
    return got


@pytest.mark.parametrize("begins", [b"--b\r\nA: b\r\n", b"no form"], ids=["a form", "no form"])
@pytest.mark.parametrize("pieces", [1, 8], ids=["stalls", "drips"])
def test_a_body_that_does_not_come_to_an_end_is_answered_and_cut_off(
    port: int, begins: bytes, pieces: int
) -> None:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(HEAD % 900_000)
        for _ in range(pieces):
            wire.sendall(begins)
            time.sleep(0.05)
        answer = read(wire)
    assert answer.split(b" ")[1] in (b"408", b"400")
    assert b"application/problem+json" in answer
    assert b"connection: close" in answer.lower()
    assert DEADLINE_S <= time.monotonic() - begun < DEADLINE_S + 2


def test_who_sends_on_after_a_refusal_gets_to_read_it(port: int) -> None:
    body = b"no form".ljust(900_000)
    request = HEAD % len(body) + body
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        for _ in range(2):  # on one connection, which nothing is wrong with
            wire.sendall(request)
            answer = b""
            while not answer.endswith(b"}"):
                answer += wire.recv(65536)
            assert answer.startswith(b"HTTP/1.1 400")


def test_a_body_that_is_declared_too_large_is_not_waited_for(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(HEAD % 1_000_001)
        assert b"413 " in read(wire).split(b"\r\n")[0]


def test_a_client_that_asks_first_is_told_before_it_sends(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        asks = HEAD.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
        wire.sendall(asks % 1_000_001)
        answer = read(wire)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"100 Continue" not in answer
