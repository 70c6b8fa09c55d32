"""Fetching over sockets of this machine: what stands for the public internet is one local server."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import httpcore
import pytest

from attire.serve import Settings
from attire.serve.fetching import Fetcher, PublicNetwork
from attire.serve.problems import Problem

PUBLIC = "93.184.216.34"
HOSTS = {
    "shop.example": [[PUBLIC]],
    "both.example": [["2606:2800:220:1::1", PUBLIC]],
    "inside.example": [["10.0.0.7"]],
    "mixed.example": [[PUBLIC, "127.0.0.1"]],
    "rebinding.example": [[PUBLIC], ["127.0.0.1"]],
    "2130706433": [["127.0.0.1"]],
    "017700000001": [["127.0.0.1"]],
    "0x7f.1": [["127.0.0.1"]],
    "nat64.example": [["64:ff9b::7f00:1"]],
}
Serve = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


class Web:
    """Names and addresses made up; public addresses lead to a local server."""

    def __init__(self, serve: Serve, tls: ssl.SSLContext | None = None) -> None:
        self.serve, self.tls = serve, tls
        self.asked: dict[str, int] = {}
        self.connected: list[str] = []
        self.requests: list[str] = []
        self.port = 0
        self.ends = 0.0

    async def resolve(self, host: str, port: int) -> list[str]:
        if (host.replace(".", "").isdigit() and host.count(".") == 3) or ":" in host:
            return [host]
        nth = self.asked[host] = self.asked.get(host, -1) + 1
        answers = HOSTS.get(host)
        if answers is None:
            raise OSError("no such host")
        return answers[min(nth, len(answers) - 1)]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.requests.append(request)
        path = request.split(" ")[1]
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout_at(self.ends):
                await self.serve(path, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def fetch(self, url: str, *, default: bool = False, **settings: object) -> tuple[str, bytes]:
        """Fetch over plain HTTP at port 80, or as the service does if ``default``."""

        async def run() -> tuple[str, bytes]:
            server = await asyncio.start_server(self.answer, "127.0.0.1", 0, ssl=self.tls)
            self.ends = asyncio.get_running_loop().time() + 1
            self.port = server.sockets[0].getsockname()[1]
            chosen = Settings(allow_urls=True, **settings)
            network = PublicNetwork(self.resolve, _Wires(self))
            trusted = None
            if self.tls is not None:
                trusted = ssl.create_default_context(cafile=str(self.certificate))
            ports = {} if default or self.tls is not None else {"ports": {"http": 80}}
            fetcher = Fetcher(chosen, network=network, tls=trusted, **ports)
            try:
                return await fetcher(url, deadline=self.ends + 5)
            finally:
                server.close()
                others = asyncio.all_tasks() - {asyncio.current_task()}
                await asyncio.wait(others) if others else None

        return asyncio.run(run())

    certificate: Path

    def refusal(self, url: str, **settings: object) -> Problem:
        with pytest.raises(Problem) as raised:
            self.fetch(url, **settings)
        return raised.value


class _Wires(httpcore.AnyIOBackend):
    def __init__(self, web: Web) -> None:
        self.web = web

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: object):
        self.web.connected.append(host)
        if ":" in host:
            raise httpcore.ConnectError("unreachable")
        return await super().connect_tcp("127.0.0.1", self.web.port, timeout)


def says(status: str, body: bytes = b"", *headers: str) -> Serve:
    async def serve(path: str, writer: asyncio.StreamWriter) -> None:
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers])
        writer.write(head.encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return serve


def leads(*to: str) -> Serve:
    async def serve(path: str, writer: asyncio.StreamWriter) -> None:
        step = int(path.strip("/") or 0)
        await (
            says("302 Found", b"", f"Location: {to[step]}") if step < len(to) else says("200 OK", b"photo")
        )(path, writer)

    return serve


def test_a_photo_is_fetched_from_the_address_that_was_checked() -> None:
    web = Web(says("200 OK", b"photo", "Content-Type: text/html"))
    assert web.fetch("http://shop.example/looks/a%20b.jpg?size=1") == ("a b.jpg", b"photo")
    assert web.connected == [PUBLIC]
    assert web.asked == {"shop.example": 0}
    request = web.requests[0]
    assert request.startswith("GET /looks/a%20b.jpg?size=1 HTTP/1.1\r\nHost: shop.example\r\n")
    assert not {"cookie", "authorization", "referer"} & {
        line.partition(":")[0].lower() for line in request.splitlines()
    }


def test_the_next_address_is_tried_if_one_does_not_answer() -> None:
    web = Web(says("200 OK", b"photo"))
    assert web.fetch("http://both.example/")[1] == b"photo"
    assert web.connected == ["2606:2800:220:1::1", PUBLIC]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "2130706433",
        "017700000001",
        "0x7f.1",
        "inside.example",
        "mixed.example",
        "nat64.example",
        "nowhere.example",
        "localhost",
    ],
)
def test_hosts_that_are_not_public_are_refused_at_first_and_in_redirects(host: str) -> None:
    web = Web(leads(f"http://{host}/1"))
    assert web.refusal(f"http://{host}/1").status == 403
    assert web.connected == []
    assert web.refusal("http://shop.example/0").status == 403
    assert web.connected == [PUBLIC]


def test_a_name_that_changes_its_address_between_two_looks_gains_nothing() -> None:
    web = Web(leads("http://rebinding.example/1"))
    assert web.refusal("http://rebinding.example/0").status == 403
    assert web.connected == [PUBLIC]
    web = Web(says("200 OK", b"photo"))
    assert web.fetch("http://rebinding.example/")[1] == b"photo"
    assert (web.connected, web.asked) == ([PUBLIC], {"rebinding.example": 0})


def test_three_redirects_are_followed_and_no_more() -> None:
    steps = ["http://both.example/1", "/2", "//shop.example/3", "/4"]
    assert Web(leads(*steps[:3])).fetch("http://shop.example/0")[1] == b"photo"
    refusal = Web(leads(*steps)).refusal("http://shop.example/0")
    assert (refusal.status, "more than 3 times" in refusal.detail) == (422, True)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/a.jpg",
        "ftp://shop.example/a.jpg",
        "file:///etc/passwd",
        "gopher://shop.example/",
        "data:image/png;base64,AAAA",
        "//shop.example/a.jpg",
        "/etc/passwd",
        "https://",
        "https:///a.jpg",
        "https://user:secret@shop.example/a.jpg",
        "https://shop.example@127.0.0.1/",
        "https://shop.example:8443/a.jpg",
        "https://shop.example:22/",
        "https://[::1",
        "https://shop.example/\x00",
        "https://shop.example/\r\nHost: inside.example",
        "https://shop.example/" + "a" * 3000,
        "https://" + "a" * 300 + ".example/",
        "https://xn--\u00e9.example/",
        "not a url",
        "",
    ],
)
def test_only_plain_https_urls_are_taken(url: str) -> None:
    web = Web(says("200 OK", b"photo"))
    assert web.refusal(url, default=True).status in (403, 422)
    assert web.connected == []


@pytest.mark.parametrize(
    "to",
    ["https://shop.example/", "ftp://shop.example/", "http://shop.example:8080/", "http://a@b/"],
)
def test_redirects_are_held_to_the_same_rules(to: str) -> None:
    assert Web(leads(to)).refusal("http://shop.example/0").status == 422


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "302 Found", "206 Part"])
def test_what_is_no_photo_is_refused(status: str) -> None:
    assert Web(says(status, b"")).refusal("http://shop.example/a.jpg").status == 422


def test_no_answer_is_passed_on() -> None:
    refusal = Web(says("401 Unauthorized", b"secret of the inside")).refusal("http://shop.example/")
    assert "secret" not in refusal.detail


def test_a_large_body_is_refused_whether_it_says_so_or_not() -> None:
    assert (
        Web(says("200 OK", bytes(1001))).refusal("http://shop.example/", max_upload_bytes=1000).status == 413
    )
    sent = 0

    async def endless(path: str, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while sent < 2**30:
            writer.write(bytes(65536))
            await writer.drain()
            sent += 65536

    assert Web(endless).refusal("http://shop.example/", max_upload_bytes=100_000).status == 413
    assert sent < 2**26


def test_a_packed_body_is_not_unpacked() -> None:
    served = says("200 OK", b"packed", "Content-Encoding: gzip")
    assert Web(served).refusal("http://shop.example/").status == 422


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_slow_answer_is_given_up(head: bytes) -> None:
    async def drip(path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for _ in range(300):
            writer.write(b"x" if head.endswith(b"\n\r\n") else b"")
            await writer.drain()
            await asyncio.sleep(0.02)

    refusal = Web(drip).refusal("http://shop.example/", fetch_timeout_s=0.2)
    assert (refusal.status, "in time" in refusal.detail) == (422, True)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + 200_000 * b"b"])
def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    async def serve(path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    assert Web(serve).refusal("http://shop.example/").status == 422


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert Web(says("200 OK", b"photo")).fetch("http://shop.example/")[1] == b"photo"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_certificates_are_checked_for_the_name_and_not_the_address(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=shop.example"
    extra = ["-addext", "subjectAltName=DNS:shop.example", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *made.split(), *extra], check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    names: list[str | None] = []
    tls.sni_callback = lambda _, name, __: names.append(name)
    web = Web(says("200 OK", b"photo"), tls)
    web.certificate = certificate
    assert web.fetch("https://shop.example/look.jpg") == ("look.jpg", b"photo")
    assert (names, web.connected) == (["shop.example"], [PUBLIC])
    assert web.refusal("https://both.example/look.jpg").status == 422
