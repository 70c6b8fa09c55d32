"""As much of S3 as a small catalogue needs: list, get, head, put (also only where nothing is), delete."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

_WHEN = "2026-01-05T10:00:00.000Z"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def key(self) -> tuple[str, dict[str, list[str]]]:
        url = urlsplit(self.path)
        return unquote(url.path).lstrip("/"), parse_qs(url.query, keep_blank_values=True)

    def do_GET(self) -> None:
        key, asked = self.key()
        if "list-type" in asked or "/" not in key.rstrip("/"):
            self.list_keys(key.split("/")[0], asked)
            return
        data = self.server.objects.get(key)
        if data is None:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        tag, wanted = f'"{hashlib.md5(data).hexdigest()}"', self.headers.get("Range")
        headers = {"ETag": tag, "Last_Modified": "Mon, 05 Jan 2026 10:00:00 GMT", "Accept_Ranges": "bytes"}
        if wanted is None:
            self.answer(200, data, **headers)
            return
        first, last = wanted.removeprefix("bytes=").split("-")
        begin = int(first) if first else max(len(data) - int(last), 0)
        part = data[begin : int(last) + 1 if first and last else None]
        where = f"bytes {begin}-{begin + len(part) - 1}/{len(data)}"
        self.answer(206, part, Content_Range=where, **headers)

    do_HEAD = do_GET

    def list_keys(self, bucket: str, asked: dict[str, list[str]]) -> None:
        prefix = asked.get("prefix", [""])[0]
        until, after = asked.get("delimiter", [""])[0], asked.get("start-after", [""])[0]
        keys, folders = [], set()
        for name in sorted(self.server.objects):
            inside, _, key = name.partition("/")
            if inside != bucket or not key.startswith(prefix) or key <= after:
                continue
            folder, found, _ = key[len(prefix) :].partition(until) if until else ("", "", "")
            if found:
                folders.add(prefix + folder + until)
            else:
                keys.append((key, len(self.server.objects[name])))
        folded = "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders)
        )
        body = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>{_WHEN}</LastModified><Size>{size}</Size>"
            f'<ETag>"0"</ETag></Contents>'
            for key, size in keys
        ) + "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders)
        )
        head = f"<Name>{bucket}</Name><IsTruncated>false</IsTruncated><KeyCount>{len(keys)}</KeyCount>"
        self.answer(200, f"<ListBucketResult>{head}{body}{folded}</ListBucketResult>".encode())

    def do_PUT(self) -> None:
        key, _ = self.key()
        data = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            if self.headers.get("If-None-Match") == "*" and key in self.server.objects:
                self.answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
                return
            self.server.objects[key] = data
        self.answer(200, ETag=f'"{hashlib.md5(data).hexdigest()}"')

    def do_DELETE(self) -> None:
        self.server.objects.pop(self.key()[0], None)
        self.answer(204)


@contextmanager
def bucket_server() -> Iterator[Any]:
    """Serve an empty bucket of any name, which the environment leads to; ``objects`` are what is in it."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.objects, server.lock = {}, threading.Lock()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
                "AWS_ACCESS_KEY_ID": "key",
                "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true",
            }.items():
                patch.setenv(name, value)
            yield server
    finally:
        server.shutdown()
        server.server_close()
