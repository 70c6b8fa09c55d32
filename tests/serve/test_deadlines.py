"""A request ends at its deadline, or when its client leaves, and its place is free then."""

import asyncio
import json
import time

import pytest
from fastapi import FastAPI, Request
from tests.serve.asked import Asked, bare_app

from attire.serve.deadlines import DeadlineOf, PlaceOf
from attire.serve.services import Services


@pytest.fixture
def slow() -> tuple[FastAPI, Services, list[str]]:
    """``/slow`` takes ten seconds unless it is ended; ``/write`` 0.2 s, whatever its client does."""
    app, services = bare_app(deadline_s=5, queue_size=2)
    ends: list[str] = []

    @app.post("/slow")
    async def slow(request: Request, deadline: DeadlineOf, place: PlaceOf) -> dict[str, float]:
        await request.body()
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise
        return {}

    @app.post("/quick")
    async def quick(deadline: DeadlineOf, place: PlaceOf) -> dict[str, float]:
        return {"left_s": deadline - asyncio.get_running_loop().time()}

    @app.post("/write")
    async def write(request: Request) -> dict[str, str]:
        await request.body()
        await asyncio.sleep(0.2)
        ends.append("written")
        return {}

    return app, services, ends


def test_the_answer_at_the_deadline_is_504(slow) -> None:
    app, services, ends = slow

    async def body() -> None:
        begun = time.perf_counter()
        asked = Asked(app, "/slow", method="POST", headers={"X-Deadline-Ms": "100"})
        await asked.task
        assert time.perf_counter() - begun < 2
        assert asked.status == 504
        assert asked.headers["content-type"] == "application/problem+json"
        assert asked.headers["x-request-id"]
        assert "X-Deadline-Ms" in json.loads(asked.body)["detail"]

    asyncio.run(body())
    assert ends == ["cancelled"]
    assert services.admission.inside == 0


@pytest.mark.parametrize(
    ("asked_ms", "least_s", "most_s"),
    [("2000", 0.0, 2.0), ("100000", 2.0, 5.0), (None, 2.0, 5.0)],
    ids=["a shorter one holds", "a longer one is the service's", "the service's by default"],
)
def test_a_client_may_ask_for_less_time(slow, asked_ms, least_s, most_s) -> None:
    async def body() -> float:
        headers = {} if asked_ms is None else {"X-Deadline-Ms": asked_ms}
        asked = Asked(slow[0], "/quick", method="POST", headers=headers)
        await asked.task
        return json.loads(asked.body)["left_s"]

    assert least_s < asyncio.run(body()) <= most_s


@pytest.mark.parametrize("asked_ms", ["0", "-5", "1e3", "nan", "12.5", "", "9" * 10, "٣"])
def test_a_deadline_that_is_none_is_said_once(slow, asked_ms) -> None:
    async def body() -> Asked:
        app, headers = slow[0], {"X-Deadline-Ms": asked_ms}
        asked = Asked(app, "/quick", method="POST", headers=headers)
        await asked.task
        return asked

    asked = asyncio.run(body())
    assert asked.status == 422
    assert json.loads(asked.body)["detail"].count("X-Deadline-Ms") == 1


def test_a_client_that_leaves_ends_its_request(slow) -> None:
    app, services, ends = slow

    async def body() -> None:
        asked = Asked(app, "/slow", method="POST")
        while services.admission.inside == 0:
            await asyncio.sleep(0.001)
        asked.gone.set()
        async with asyncio.timeout(2):
            await asked.task
        assert asked.status is None

    asyncio.run(body())
    assert ends == ["cancelled"]
    assert services.admission.inside == 0
    text = services.metrics.exposition().decode()
    assert 'attire_requests_total{method="POST",route="/slow",status="499"} 1.0' in text


def test_what_has_no_deadline_runs_to_its_end_though_nobody_waits(slow) -> None:
    app, _, ends = slow

    async def body() -> None:
        asked = Asked(app, "/write", method="POST")
        await asyncio.sleep(0.02)
        asked.gone.set()
        await asked.task

    asyncio.run(body())
    assert ends == ["written"]


def test_a_server_that_ends_a_request_is_not_taken_for_its_client(slow) -> None:
    app, services, _ = slow

    async def body() -> None:
        asked = Asked(app, "/slow", method="POST")
        while services.admission.inside == 0:
            await asyncio.sleep(0.001)
        asked.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked.task

    asyncio.run(body())


def test_no_more_photos_than_places(slow) -> None:
    app, services, _ = slow

    async def body() -> None:
        held = [Asked(app, "/slow", method="POST") for _ in range(2)]
        while services.admission.inside < 2:
            await asyncio.sleep(0.001)
        refused = Asked(app, "/quick", method="POST")
        await refused.task
        assert refused.status == 503
        assert refused.headers["retry-after"] == "1"
        held[0].gone.set()
        await held[0].task
        taken = Asked(app, "/quick", method="POST")
        await taken.task
        assert taken.status == 200
        services.begin_stop()
        stopping = Asked(app, "/quick", method="POST")
        await stopping.task
        assert stopping.status == 503
        assert stopping.headers["connection"] == "close"
        assert "stopping" in json.loads(stopping.body)["detail"]
        held[1].task.cancel()

    asyncio.run(body())
    text = services.metrics.exposition().decode()
    assert 'attire_photos_shed_total{why="full"} 1.0' in text
    assert 'attire_photos_shed_total{why="stopping"} 1.0' in text
    assert "attire_photos_in_process 0.0" in text
