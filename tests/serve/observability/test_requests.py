"""Ids, lines and figures of requests; nothing of a photo in any of them."""

import asyncio
import json
import logging
import os
import re
import subprocess
import sys

import pytest
from fastapi import FastAPI
from tests.serve.asked import Asked, bare_app

from attire.serve.observability import configure_logs, service_log
from attire.serve.problems import Problem

UUID = re.compile("[0-9a-f]{32}")


@pytest.fixture
def app() -> FastAPI:
    app, _ = bare_app()

    @app.get("/garments/{garment_id}")
    async def garment(garment_id: str) -> dict[str, str]:
        if garment_id == "broken":
            raise KeyError(garment_id)
        if garment_id == "unknown":
            raise Problem(404, "There is none.")
        service_log.info("asked", photo=f"{garment_id}\nlevel='error'")
        return {}

    return app


@pytest.fixture
def logs():
    """What is logged meanwhile, as it would be written; logging is left as it was."""
    loggers = [logging.getLogger(name) for name in (None, "attire", "uvicorn", "uvicorn.error")]
    before = [(log, log.handlers[:], log.level, log.propagate) for log in loggers]
    lines: list[str] = []

    def begin(form: str) -> list[str]:
        configure_logs(form)
        handler = logging.getLogger().handlers[0]
        handler.emit = lambda record: lines.append(handler.format(record))
        return lines

    yield begin
    for log, handlers, level, propagate in before:
        log.handlers[:], log.propagate = handlers, propagate
        log.setLevel(level)


def ask(app: FastAPI, path: str, **headers: str) -> Asked:
    async def body() -> Asked:
        asked = Asked(app, path, headers=headers)
        await asked.task
        return asked

    return asyncio.run(body())


@pytest.mark.parametrize("given", ["abc", "2f.9-x_Y", "x" * 64])
def test_a_request_keeps_the_id_it_brings(app, given) -> None:
    assert ask(app, "/garments/1", **{"X-Request-Id": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", [None, "", "x" * 65, "a b", "a\nb", "<script>", "ä"])
def test_an_id_that_is_none_is_replaced(app, given) -> None:
    headers = {} if given is None else {"X-Request-Id": given}
    assert UUID.fullmatch(ask(app, "/garments/1", **headers).headers["x-request-id"])


def test_one_line_for_a_request_without_its_path(app, logs) -> None:
    lines = logs("json")
    ask(app, "/garments/secret-name", **{"X-Request-Id": "one"})
    asked, answered = map(json.loads, lines)
    assert asked["request_id"] == answered["request_id"] == "one"
    assert answered["event"] == "request"
    assert answered["route"] == "/garments/{garment_id}"
    assert answered["status"] == 200
    assert answered["level"] == "info"
    assert 0 <= answered["milliseconds"] < 10_000
    assert "secret-name" not in lines[1]


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_name_can_begin_a_line(app, logs, form) -> None:
    lines = logs(form)
    ask(app, "/garments/x")
    assert len(lines) == 2
    assert all("\n" not in line for line in lines)
    assert r"x\nlevel='error'" in lines[0]


def test_a_broken_route_is_a_problem_with_the_id_of_its_lines(app, logs) -> None:
    lines = logs("json")
    asked = ask(app, "/garments/broken")
    assert asked.status == 500
    assert asked.headers["content-type"] == "application/problem+json"
    problem = json.loads(asked.body)
    assert problem["request_id"] == asked.headers["x-request-id"] == json.loads(lines[0])["request_id"]
    assert "KeyError" not in asked.body.decode()
    assert "KeyError" in json.loads(lines[0])["exception"]


def test_figures_go_by_route_not_by_path(app) -> None:
    for path in ("/garments/1", "/garments/2", "/garments/unknown", "/nowhere/1", "/nowhere/2"):
        ask(app, path)
    text = app.state.metrics.exposition().decode()
    assert 'attire_requests_total{method="GET",route="/garments/{garment_id}",status="200"} 2.0' in text
    assert 'attire_requests_total{method="GET",route="/garments/{garment_id}",status="404"} 1.0' in text
    assert 'attire_requests_total{method="GET",route="none",status="404"} 2.0' in text
    assert 'attire_request_seconds_count{route="/garments/{garment_id}"} 3.0' in text
    assert "nowhere" not in text


def test_what_a_user_can_mend_is_one_line(logs) -> None:
    lines = logs("json")
    trace = "Traceback (most recent call last):\n  File ...\nattire.errors.DataError: x: holds no catalogue."
    logging.getLogger("uvicorn.error").error(trace)
    logging.getLogger("uvicorn.error").error(trace.replace("attire.errors.DataError", "KeyError"))
    assert json.loads(lines[0])["event"] == "x: holds no catalogue."
    assert json.loads(lines[1])["event"].startswith("Traceback")


WORKER = """
import os, sys, time
from attire.serve.observability import Metrics, forget_dead
forget_dead()
metrics = Metrics()
metrics.waiting(int(sys.argv[1])); metrics.photos.inc(int(sys.argv[2]))
print(metrics.exposition().decode(), flush=True)
sys.stdin.read()
"""


def test_workers_count_together_and_the_dead_do_not_wait(tmp_path) -> None:
    def worker(*numbers: int) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, *map(str, numbers)],
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        text = ""
        for line in lines:
            text += line
            if line.startswith("attire_queue_photos ") or line == "\n":
                break
        return process, text

    first, _ = worker(3, 10)
    second, both = worker(4, 5)
    try:
        assert "attire_queue_photos 7.0" in both
        first.kill()
        first.wait()
        third, now = worker(1, 1)
        third.communicate()
        assert "attire_queue_photos 5.0" in now
    finally:
        first.communicate()
        second.communicate()
