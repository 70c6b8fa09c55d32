import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message
from tests.serve.echo import Client, echo_app


@pytest.fixture
def client() -> Client:
    return Client(echo_app(max_upload_bytes=1000, max_catalog_bytes=5000))


async def chunks(total: int, size: int = 100) -> AsyncIterator[bytes]:
    yield HEAD.ljust(size, b"x")
    for _ in range(total // size - 1):
        yield bytes(size)


FORM = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n'


def test_a_body_declared_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post("/photo", content=bytes(1001), headers=FORM)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Connection"] == "close"
    assert "1,000 bytes" in answer.json()["detail"]


def test_a_body_that_declares_nothing_is_counted(client: Client) -> None:
    assert client.post("/photo", content=chunks(1100), headers=FORM).status_code == 413
    assert client.post("/photo", content=chunks(1000), headers=FORM).status_code == 400


def test_adding_photos_has_a_limit_of_its_own(client: Client) -> None:
    assert client.post("/v1/catalog", content=chunks(5000), headers=FORM).status_code == 400
    assert client.post("/v1/catalog", content=chunks(5100), headers=FORM).status_code == 413
    assert client.put("/v1/catalog", content=bytes(5000), headers=FORM).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "9" * 5000, "1 000"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    app, sent = echo_app(), []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("the body is not read")

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/photo",
        "query_string": b"",
        "headers": [(b"content-length", length.encode())],
    }
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] in (400, 413)


async def drip() -> AsyncIterator[bytes]:
    yield HEAD
    while True:
        yield b"x"
        await asyncio.sleep(0.01)


def test_a_body_that_never_ends_is_given_up() -> None:
    answer = Client(echo_app(deadline_s=0.2)).post("/photo", content=drip(), headers=FORM)
    assert answer.status_code == 408
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_stalls_is_given_up() -> None:
    async def ask() -> list[Message]:
        app, sent = echo_app(deadline_s=0.2), []

        async def send(message: Message) -> None:
            sent.append(message)

        messages = [{"type": "http.request", "body": b"--b\r\n", "more_body": True}]

        async def receive() -> Message:
            if not messages:
                await asyncio.sleep(60)
            return messages.pop()

        headers = [(b"content-type", FORM["Content-Type"].encode())]
        scope = {"type": "http", "method": "POST", "path": "/photo", "query_string": b"", "headers": headers}
        await app(scope, receive, send)
        return sent

    sent = asyncio.run(asyncio.wait_for(ask(), 5))
    assert sent[0]["status"] == 408
    assert sum(message["type"] == "http.response.start" for message in sent) == 1


def test_a_client_that_leaves_midway_is_no_error() -> None:
    async def ask() -> list[Message]:
        app, sent = echo_app(), []

        async def send(message: Message) -> None:
            sent.append(message)

        messages = [
            {"type": "http.disconnect"},
            {"type": "http.request", "body": b"--b\r\n", "more_body": True},
        ]

        async def receive() -> Message:
            return messages.pop()

        headers = [(b"content-type", FORM["Content-Type"].encode())]
        scope = {"type": "http", "method": "POST", "path": "/photo", "query_string": b"", "headers": headers}
        await app(scope, receive, send)
        return sent

    asyncio.run(asyncio.wait_for(ask(), 5))
