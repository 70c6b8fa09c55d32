"""What is sent again, and when: against a service made up in place, in a time that is made up, too."""

import asyncio
import json
from datetime import UTC, datetime
from email.utils import format_datetime
from types import SimpleNamespace

import httpx
import pytest

import attire
from attire.client import asynchronous, attempts, synchronous
from attire.client.attempts import retry_after_s
from attire.errors import ServiceError

NOW = 1_780_000_000.0
CATALOG = {
    "garments": 3, "photos": 2, "own_columns": [], "sources": ["shop"], "encoder": "e1", "takes_photos": True,
}  # fmt: skip
JOB = {
    "job_id": "j1", "state": "queued", "done": 0, "total": 1, "garments": 0, "broken": [],
    "status": "1 photo waiting",
}  # fmt: skip


class MadeUpTime:
    """A clock that goes on by sleeping alone, and notes how long that was."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return NOW + self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    made_up = MadeUpTime()
    monkeypatch.setattr(attempts, "time", made_up)
    monkeypatch.setattr(synchronous, "time", made_up)
    monkeypatch.setattr(attempts.random, "uniform", lambda low, high: high)
    return made_up


class Stub:
    """Answers one after another, the last one for ever; keeps what it was asked."""

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **options) -> attire.Client:
        return attire.Client("http://service", transport=httpx.MockTransport(self), **options)


def refusal(status, **headers):
    body = {"type": "about:blank", "title": "Refused", "status": status, "detail": f"told {status}"}
    told = {"content-type": "application/problem+json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return httpx.Response(status, headers=told, content=json.dumps(body))


def good(body=CATALOG):
    return httpx.Response(200, json=body)


def in_s(seconds, since=NOW):
    return format_datetime(datetime.fromtimestamp(since + seconds, UTC), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"retry_after": "7"}, 7.25),
        ({"retry_after": "0"}, 0.25),
        ({"retry_after": in_s(9)}, 9.25),
        ({"retry_after": in_s(-9)}, 0.25),
        ({"retry_after": in_s(9, since=5), "date": in_s(0, since=5)}, 9.25),
        ({"retry_after": "soon"}, 0.25),
        ({}, 0.25),
    ],
    ids=["seconds", "at once", "a date", "a date gone by", "a date of another clock", "nonsense", "none"],
)
def test_what_was_refused_is_sent_again_when_it_may_be(clock, status, headers, waited) -> None:
    stub = Stub(refusal(status, **headers), good())
    assert stub.client().catalog().garments == 3
    assert clock.slept == [pytest.approx(waited)]
    assert len(stub.asked) == 2


def test_pauses_grow_and_end(clock) -> None:
    stub = Stub(refusal(503))
    with pytest.raises(ServiceError, match="GET /v1/catalog: 503: told 503") as caught:
        stub.client(retries=7).catalog()
    assert clock.slept == [0.25, 0.5, 1, 2, 4, 8, 8]
    assert len(stub.asked) == 8
    assert (caught.value.status, caught.value.detail) == (503, "told 503")
    assert caught.value.problem["title"] == "Refused"


def test_nobody_waits_for_what_comes_too_late(clock) -> None:
    stub = Stub(refusal(429, retry_after="31"))
    with pytest.raises(ServiceError, match="429"):
        stub.client(timeout=30).catalog()
    assert (clock.slept, len(stub.asked)) == ([], 1)


def test_all_attempts_together_keep_to_the_time(clock) -> None:
    stub = Stub(refusal(503, retry_after="4"))
    with pytest.raises(ServiceError):
        stub.client(timeout=10, retries=99).catalog()
    assert clock.now < 10
    deadlines = [int(request.headers["x-deadline-ms"]) for request in stub.asked]
    assert deadlines == [10_000, 5_750, 1_500]


@pytest.mark.parametrize(
    "broken",
    [httpx.ReadError("reset"), httpx.RemoteProtocolError("cut off"), httpx.WriteError("broken pipe")],
    ids=["reading", "no answer", "sending"],
)
def test_what_was_broken_off_is_sent_again_where_it_changes_nothing(clock, broken) -> None:
    stub = Stub(broken, good({"photo": None, "answers": [], "milliseconds": 1}))
    assert stub.client().search(b"photo").answers == []
    adding = Stub(broken, good(JOB))
    with pytest.raises(ServiceError, match="POST /v1/catalog"):
        adding.client().add_photos([b"photo"])
    assert len(adding.asked) == 1


@pytest.mark.parametrize("lost", [httpx.ConnectError("refused"), httpx.ConnectTimeout("late"), refusal(503)])
def test_what_never_began_is_sent_again_whatever_it_is(clock, lost) -> None:
    stub = Stub(lost, httpx.Response(202, json=JOB))
    assert stub.client().add_photos([b"photo"]).status == "1 photo waiting"
    first, second = (request.read().split(b"\r\n", 1)[1] for request in stub.asked)
    assert b"photo" in first
    assert len(first) == len(second)


def test_a_gateway_s_bad_luck_is_tried_again_for_what_is_fetched_alone(clock) -> None:
    assert Stub(refusal(504), refusal(502), good()).client().catalog().photos == 2
    late = Stub(refusal(504))
    with pytest.raises(ServiceError, match="504"):
        late.client().predict(b"photo")
    assert len(late.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 415, 422, 500])
def test_what_is_wrong_is_not_sent_again(clock, status) -> None:
    stub = Stub(refusal(status))
    with pytest.raises(ServiceError) as caught:
        stub.client().catalog()
    assert (caught.value.status, len(stub.asked)) == (status, 1)


def test_what_cannot_be_reached_is_said(clock) -> None:
    stub = Stub(httpx.ConnectError("Connection refused"))
    with pytest.raises(
        ServiceError, match=r"http://service cannot be asked GET /v1/catalog.*running"
    ) as caught:
        stub.client().catalog()
    assert caught.value.status is None
    assert stub.client().ready() is False


def test_what_takes_too_long_is_said(clock) -> None:
    class Trickle(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                clock.now += 4
                yield b"{"

    stub = Stub(httpx.Response(200, stream=Trickle()))
    with pytest.raises(ServiceError, match="did not answer GET /v1/catalog within 10 s"):
        stub.client(timeout=10).catalog()
    assert clock.now == 12


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<p>Welcome"),
        httpx.Response(200, json={"garments": "many"}),
        httpx.Response(404, html="<p>No such page"),
        httpx.Response(302, headers={"location": "http://elsewhere/"}),
        httpx.Response(400, headers={"content-type": "application/problem+json"}, content=b"{"),
    ],
    ids=["a page", "other JSON", "a page of an error", "a redirect", "a broken problem"],
)
def test_another_kind_of_service_is_told_apart(clock, answer) -> None:
    with pytest.raises(ServiceError, match="service of Attire does") as caught:
        Stub(answer).client().catalog()
    assert caught.value.status == answer.status_code


def test_a_newer_service_may_say_more(clock) -> None:
    assert Stub(good(CATALOG | {"weather": "fine"})).client().catalog().garments == 3


def test_the_key_is_shown_to_the_service_and_nobody_else(clock) -> None:
    stub = Stub(good())
    client = stub.client(api_key="attire_secret")
    client.catalog()
    assert stub.asked[0].headers["x-api-key"] == "attire_secret"
    assert "secret" not in repr(client)
    with pytest.raises(ServiceError, match="API key"):
        stub.client(api_key="two\nlines")


@pytest.mark.parametrize("url", ["localhost:8000", "", "ftp://service"])
def test_an_address_is_one_of_http(url) -> None:
    with pytest.raises(ServiceError, match=r"http://localhost:8000"):
        attire.Client(url)


def test_an_address_may_have_a_path(clock) -> None:
    stub = Stub(good())
    attire.Client("http://host/attire/", transport=httpx.MockTransport(stub)).catalog()
    assert stub.asked[0].url == "http://host/attire/v1/catalog"


def test_the_asynchronous_client_tries_again_likewise(clock, monkeypatch) -> None:
    async def sleep(seconds: float) -> None:
        clock.sleep(seconds)

    # Its own view of asyncio: loops in other threads go on sleeping.
    monkeypatch.setattr(asynchronous, "asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": sleep}))
    stub = Stub(refusal(429, retry_after="3"), httpx.ConnectError("refused"), good())

    async def ask():
        async with attire.AsyncClient("http://service", transport=httpx.MockTransport(stub)) as client:
            return await client.catalog()

    assert asyncio.run(ask()).garments == 3
    assert clock.slept == [3.25, 0.5]


def test_seconds_are_whole_and_not_below_none() -> None:
    assert retry_after_s({"retry-after": "-3"}) is None
    assert retry_after_s({"retry-after": "1.5"}) is None
    assert retry_after_s({"retry-after": "Wed, 99 Jul 2026 10:00:00 GMT"}) is None
