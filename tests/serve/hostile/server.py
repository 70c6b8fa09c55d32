"""The service as users run it, in a process of its own, and what is seen of it from outside."""

import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

__all__ = ["Answer", "Server"]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    """0 if the connection was closed without a word."""
    headers: dict[str, str]
    """By their names in lower case."""
    body: bytes
    seconds: float


class Server:
    """``attire serve`` on a free port."""

    def __init__(self, *options: str, log: Path) -> None:
        self._command = [
            sys.executable,
            "-c",
            "from attire.cli.app import main; main()",
            "serve",
            "--port",
            "0",
        ]
        self._command += options
        self._log = log

    def __enter__(self) -> Self:
        with self._log.open("w") as log:
            self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert "http://127.0.0.1:" in said, f"{said}\n{self._log.read_text()}"
        self.port = int(said.partition("http://127.0.0.1:")[2].partition("/")[0])
        ends = time.monotonic() + 120
        while self.get("/readyz").status != 200:
            assert time.monotonic() < ends, self._log.read_text()
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.communicate()

    def get(self, path: str) -> Answer:
        """Ask for a path."""
        return self.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())

    def send(self, request: bytes) -> Answer:
        """Send bytes, and take what comes back until the connection closes."""
        begun = time.perf_counter()
        got = b""
        with (
            suppress(ConnectionError),
            socket.create_connection(("127.0.0.1", self.port), timeout=60) as wire,
        ):
            with suppress(ConnectionError):  # Refused before all was sent; the answer may be there.
                wire.sendall(request)
            while piece := wire.recv(65536):
                got += piece
        return _parsed(got, time.perf_counter() - begun)

    def memory(self, what: str = "VmRSS") -> int:
        """Give the bytes that the process holds, or held at most (``VmHWM``)."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith(what))

    def log(self) -> str:
        """Give all it has logged."""
        return self._log.read_text()


def _parsed(got: bytes, seconds: float) -> Answer:
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    status = int(first.split(" ")[1]) if first.startswith("HTTP/1.1 ") else 0
    return Answer(status, {name.lower(): value.strip() for name, _, value in pairs}, body, seconds)
