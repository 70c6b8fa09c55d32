"""Photos sent to replicas that answer, die, have no room, or take too long."""

import asyncio
import pickle
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("ray", reason="replicas need the extra scale")

from ray import exceptions
from ray.serve._private.common import DeploymentID
from ray.serve.exceptions import BackPressureError, DeploymentUnavailableError

from attire.errors import DataError
from attire.scale.serving import remote_reader
from attire.scale.serving.network import About, Asked, Refused
from attire.scale.serving.remote_reader import RemoteReader
from attire.serve.observability import Metrics
from attire.serve.problems import Problem

PHOTO = Image.new("RGB", (4, 3), (250, 20, 30))
DIED = exceptions.ActorDiedError()


class Response:
    """What a deployment's handle gives: awaited once, and perhaps given up."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.given_up = answer, False

    def __await__(self):
        return self._get().__await__()

    async def _get(self) -> Any:
        if self.answer is None:
            await asyncio.sleep(60)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def cancel(self) -> None:
        self.given_up = True


class Handle:
    """In the place of replicas: gives one answer after the other, None for none."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked, self.responses = list(answers), [], []
        self.read = self

    def remote(self, photo: np.ndarray, asked: Asked) -> Response:
        self.asked.append((photo, asked))
        self.responses.append(Response(self.answers.pop(0)))
        return self.responses[-1]


def make(*_: Any) -> str:
    raise AssertionError("this is called where the photo is read")


@pytest.fixture
def ask(monkeypatch):
    """Ask replicas that give these answers; gives the handle and what became of it."""

    def run(*answers: Any, within_s: float = 5.0, body: Callable | None = None) -> tuple[Handle, Any]:
        handle = Handle(*answers)
        monkeypatch.setattr(remote_reader, "_network", lambda: handle)

        async def here() -> Any:
            reader = RemoteReader(About(ontology=None, selector=None, encoder=None), Metrics())
            deadline = asyncio.get_running_loop().time() + within_s
            asking = asyncio.ensure_future(reader.make(PHOTO, make, deadline=deadline, kind="street"))
            if body is not None:
                await body(reader, asking)
            (outcome,) = await asyncio.gather(asking, return_exceptions=True)
            return outcome, reader

        return handle, asyncio.run(here())

    return run


def test_a_photo_goes_as_its_pixels_with_what_is_left_of_its_time(ask) -> None:
    handle, (outcome, reader) = ask("read")
    photo, asked = handle.asked[0]
    assert outcome == "read"
    assert photo.shape == (3, 4, 3)
    assert photo[0, 0].tolist() == [250, 20, 30]
    assert 0 < asked.within_s <= 5
    assert (asked.make, asked.kind, asked.maps) == (make, "street", False)
    assert b"attire_photos_read_total 1.0" in reader._metrics.exposition()


@pytest.mark.parametrize(
    "lost",
    [DIED, exceptions.ActorUnavailableError("", None), exceptions.NodeDiedError("")],
    ids=["it died", "it cannot be reached", "its machine died"],
)
def test_a_photo_whose_replica_is_lost_is_read_by_another(ask, lost) -> None:
    handle, (outcome, _) = ask(lost, lost, "read")
    assert outcome == "read"
    assert len(handle.asked) == 3


def test_a_photo_that_outlives_three_replicas_is_refused(ask) -> None:
    handle, (outcome, _) = ask(DIED, DIED, DIED, "read")
    assert outcome.status == 503
    assert outcome.headers["Retry-After"] == "2"
    assert len(handle.asked) == 3, "no photo may take all replicas with it"


def test_no_room_is_a_refusal_like_the_services_own(ask) -> None:
    _, (outcome, reader) = ask(BackPressureError(num_queued_requests=4, max_queued_requests=4))
    assert isinstance(outcome, Problem)
    assert (outcome.status, outcome.headers) == (503, {"Retry-After": "2"})
    assert b'attire_photos_shed_total{why="full"} 1.0' in reader._metrics.exposition()
    assert reader.alive


def test_replicas_that_cannot_start_make_the_service_unwell(ask) -> None:
    _, (outcome, reader) = ask(DeploymentUnavailableError(DeploymentID("network", "attire")))
    assert outcome.status == 503
    assert not reader.alive


def test_at_the_deadline_the_photo_is_given_up_everywhere(ask) -> None:
    begun = time.monotonic()
    handle, (outcome, _) = ask(None, within_s=0.1)
    assert outcome.status == 504
    assert time.monotonic() - begun < 2
    assert handle.responses[0].given_up


def test_a_client_that_leaves_takes_its_photo_with_it(ask) -> None:
    async def leave(_: RemoteReader, asking: asyncio.Future) -> None:
        await asyncio.sleep(0.05)
        asking.cancel()

    handle, (outcome, reader) = ask(None, body=leave)
    assert isinstance(outcome, asyncio.CancelledError)
    assert handle.responses[0].given_up
    assert b'attire_photos_shed_total{why="left"} 1.0' in reader._metrics.exposition()


def test_what_is_not_read_when_time_to_stop_is_over_is_refused(ask) -> None:
    async def stop(reader: RemoteReader, _: asyncio.Future) -> None:
        await asyncio.sleep(0.05)
        await reader.stop(within_s=0.05)
        with pytest.raises(Problem, match="stopping"):
            await reader.make(PHOTO, make, deadline=asyncio.get_running_loop().time() + 1)

    handle, (outcome, _) = ask(None, body=stop)
    assert (outcome.status, "stopping" in outcome.detail) == (503, True)
    assert handle.responses[0].given_up


@pytest.mark.parametrize(
    "why", [Problem(503, "Full.", headers={"Retry-After": "7"}, queue=3), DataError("a.jpg is no photo.")]
)
def test_a_replicas_refusal_is_raised_where_it_was_asked(ask, why) -> None:
    _, (outcome, _) = ask(pickle.loads(pickle.dumps(Refused(why=why))))
    assert type(outcome) is type(why)
    assert str(outcome) == str(why)
    assert vars(outcome) == vars(why)
