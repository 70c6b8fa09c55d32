"""Waiting for photos to be added, in a time that is made up."""

import httpx
import pytest
from tests.client.test_retrying import JOB, Stub, clock, good, refusal  # noqa: F401

from attire.client import job_told
from attire.errors import ServiceError


@pytest.fixture
def waiting(clock, monkeypatch):  # noqa: F811
    monkeypatch.setattr(job_told, "time", clock)
    return clock


def told(state, done, **more):
    return good(JOB | {"state": state, "done": done, "status": f"{done} done"} | more)


def accepted():
    return httpx.Response(202, json=JOB)


def test_progress_is_told_when_there_is_some(waiting) -> None:
    stub = Stub(accepted(), told("running", 0), told("running", 0), told("running", 1), told("done", 1))
    seen = []
    job = stub.client().add_photos([b"photo"]).wait(lambda one: seen.append((one.state, one.done)))
    assert seen == [("queued", 0), ("running", 0), ("running", 1), ("done", 1)]
    assert (job.state, job.done, job.broken) == ("done", 1, [])
    assert waiting.slept == pytest.approx([0.2, 0.3, 0.45, 0.675])
    assert {request.url.path for request in stub.asked[1:]} == {"/v1/catalog/jobs/j1"}


def test_a_job_that_failed_is_an_error(waiting) -> None:
    stub = Stub(accepted(), told("failed", 0, status="The disk is full."))
    with pytest.raises(ServiceError, match="The disk is full"):
        stub.client().add_photos([b"photo"]).wait()


def test_patience_has_an_end(waiting) -> None:
    job = Stub(accepted(), told("running", 0)).client().add_photos([b"photo"])
    with pytest.raises(ServiceError, match=r"Not done within 20 s: 0 done.*'j1'"):
        job.wait(timeout=20)
    assert sum(waiting.slept) == pytest.approx(20)
    assert max(waiting.slept) <= 5


def test_a_service_that_is_busy_is_asked_again(waiting) -> None:
    stub = Stub(accepted(), refusal(429, retry_after="2"), told("done", 1))
    assert stub.client().add_photos([b"photo"]).wait().state == "done"


def test_a_job_can_be_looked_for_later(waiting) -> None:
    job = Stub(told("running", 0), told("done", 1)).client().job("j1")
    assert repr(job) == "Job('j1', '0 done')"
    assert job.refresh().done == 1
