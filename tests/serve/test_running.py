"""The real service as processes: it stops without losing what it accepted, and outlives its workers."""

import asyncio
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from attire.cli.app import main
from attire.samples import sample_looks

LOOKS = sorted((sample_looks() / "photos").iterdir())
PATIENCE_S = 120


class Process:
    """``attire serve`` in a process of its own."""

    def __init__(self, log: Path, *flags: str) -> None:
        self.log = log
        command = [sys.executable, "-c", "from attire.cli.app import main; main()", "serve", "--port", "0"]
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [*command, "--model", "fast", "--no-page", *flags],
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                env={**os.environ, "OMP_NUM_THREADS": "1"},
            )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found is not None, f"{self.said}{log.read_text()}"
        self.url = found[0]

    def lines(self) -> list[dict[str, object]]:
        text = self.log.read_text().splitlines()
        return [json.loads(line) for line in text if line.startswith("{")]

    def children(self) -> list[int]:
        """Process ids of the workers, oldest first."""
        return [int(str(one["event"]).split("[")[1].rstrip("]")) for one in self.lines()
                if str(one["event"]).startswith("Started server process")]  # fmt: skip

    def wait_ready(self, workers: int = 1) -> None:
        end = time.monotonic() + PATIENCE_S
        while sum(one["event"] == "ready" for one in self.lines()) < workers:
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)


@contextmanager
def serve(log: Path, *flags: str) -> Iterator[Process]:
    process = Process(log, *flags)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.process.send_signal(signal.SIGTERM)
        process.process.communicate(timeout=PATIENCE_S)


async def predict(client: httpx.AsyncClient, n: int) -> httpx.Response:
    look = LOOKS[n % len(LOOKS)]
    return await client.post("/v1/predict", files={"photo": (f"{n}.jpg", look.read_bytes())})


def test_sigterm_under_load_loses_none_that_was_accepted(tmp_path) -> None:
    async def load(served: Process) -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=served.url, timeout=PATIENCE_S, limits=limits) as client:
            asked = [asyncio.ensure_future(predict(client, n)) for n in range(12)]
            while "attire_photos_read_total 0.0" in (await client.get("/metrics")).text:
                await asyncio.sleep(0.01)
            served.process.send_signal(signal.SIGTERM)
            late = await predict(client, 12)
            return [*await asyncio.gather(*asked), late]

    with serve(tmp_path / "log", "--queue-size", "8") as served:
        served.wait_ready()
        answers = asyncio.run(load(served))
        assert served.process.wait(PATIENCE_S) == 0
        *asked, late = answers
        codes = Counter(answer.status_code for answer in asked)
        assert set(codes) <= {200, 503}
        assert codes[200] >= 8, "whoever had a place was answered"
        assert late.status_code == 503
        assert late.headers["Connection"] == "close"
        assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 503)
        for n, answer in enumerate(asked):
            if answer.status_code == 200:
                assert answer.json()["photo"]["name"] == f"{n}.jpg", "each hears of its own photo"
    *_, stopped = [one for one in served.lines() if one["event"] == "stopped"]
    assert stopped["unanswered"] == 0


def test_what_cannot_be_finished_in_time_is_refused(tmp_path) -> None:
    async def load(served: Process) -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=served.url, timeout=PATIENCE_S) as client:
            asked = [asyncio.ensure_future(predict(client, n)) for n in range(30)]
            while "attire_photos_in_process 30.0" not in (await client.get("/metrics")).text:
                await asyncio.sleep(0.01)
            served.process.send_signal(signal.SIGTERM)
            return await asyncio.gather(*asked)

    with serve(tmp_path / "log", "--shutdown-s", "0.1") as served:
        served.wait_ready()
        codes = Counter(answer.status_code for answer in asyncio.run(load(served)))
        assert set(codes) <= {200, 503}
        assert codes[503] > 0
        assert served.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_a_killed_worker_is_replaced_while_the_other_serves(tmp_path) -> None:
    with serve(tmp_path / "log", "--workers", "2") as served:
        served.wait_ready(2)
        victim = served.children()[0]
        os.kill(victim, signal.SIGKILL)
        time.sleep(1)
        for n in range(4):
            answer = httpx.post(
                f"{served.url}/v1/predict", files={"photo": LOOKS[n].read_bytes()}, timeout=PATIENCE_S
            )
            assert answer.status_code == 200
        served.wait_ready(3)
        assert victim not in served.children()[1:]
        assert len(served.children()) == 3
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(PATIENCE_S) == 0
    assert sum(one["event"] == "stopped" for one in served.lines()) == 2


@pytest.fixture
def fail(monkeypatch, capfd):
    """Start it in vain; gives the one line that says why."""
    log = logging.getLogger("attire")
    before = log.handlers[:], log.level

    def run(*flags: str) -> str:
        monkeypatch.setattr(sys, "argv", ["attire", "serve", *flags])
        with pytest.raises(SystemExit) as ended:
            main()
        out, said = capfd.readouterr()
        assert ended.value.code == 2
        assert out == ""
        line = said.removesuffix("\n")
        assert "\n" not in line
        assert line.startswith("Error: ")
        return line

    yield run
    log.handlers[:] = before[0]
    log.setLevel(before[1])


def test_a_port_in_use_is_said_in_one_line(fail) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = fail("--port", str(port))
    assert f"127.0.0.1 port {port}" in line
    assert "--port" in line


def test_an_address_of_another_machine_is_said_in_one_line(fail) -> None:
    assert "Cannot listen at 192.0.2.1" in fail("--host", "192.0.2.1")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_catalogue_that_is_none_is_said_in_one_line(fail, tmp_path, workers) -> None:
    (tmp_path / "note.txt").write_text("An empty folder would become a catalogue.")
    flags = ("--catalog", str(tmp_path), "--port", "0", "--workers", workers)
    assert "holds no catalogue. Make one: attire index" in fail(*flags)


def test_a_model_that_is_none_is_said_in_one_line(fail, tmp_path) -> None:
    assert "no such model" in fail("--model", str(tmp_path / "none.onnx"), "--port", "0")


def test_a_model_that_no_worker_can_load_ends_the_service(tmp_path) -> None:
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"no model")
    done = subprocess.run(
        [sys.executable, "-c", "from attire.cli.app import main; main()", "serve", "--workers", "2",
         "--port", "0", "--model", str(damaged)],
        capture_output=True, text=True, timeout=PATIENCE_S,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "damaged.onnx" in done.stderr


def test_a_setting_out_of_range_is_said_in_one_line(fail) -> None:
    assert "queue_size: Input should be greater than or equal to 1" in fail("--queue-size", "0")
