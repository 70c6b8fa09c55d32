"""Whoever cannot be answered in time is told so at once, by the pace of the answers before."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress

import pytest

from attire.serve.batching import Admission, admission
from attire.serve.problems import Problem

FAR = 1e9


class Clock:
    now = 1000.0


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(admission, "_now", lambda: clock.now)
    return clock


def work(admission: Admission, clock: Clock, seconds: float, *, photos: int = 1) -> None:
    """Let requests be answered, one after another, each after so long."""
    with ExitStack() as held:
        places = [admission.place(FAR) for _ in range(photos)]
        for place in places:
            admission.begin(held.enter_context(place))
        for place in places:
            clock.now += seconds
            place.__exit__(None, None, None)
        held.pop_all()


def refusal(ask: Callable[[], object]) -> int:
    with pytest.raises(Problem) as refused:
        ask()
    assert refused.value.status == 503
    assert refused.value.headers is not None
    return int(refused.value.headers["Retry-After"])


def test_the_last_place_is_taken_and_comes_back(clock) -> None:
    inside: list[int] = []
    admission = Admission(2, changed=inside.append)
    with admission.place(FAR), admission.place(FAR):
        assert refusal(lambda: admission.place(FAR).__enter__()) == 1
    with admission.place(FAR):
        pass
    assert inside == [1, 2, 1, 0, 1, 0]


def test_a_broken_request_gives_its_place_back(clock) -> None:
    admission = Admission(1)
    with pytest.raises(KeyError), admission.place(FAR):
        raise KeyError
    with admission.place(FAR):
        assert admission.inside == 1


def test_who_would_be_late_is_refused_with_the_time_it_takes(clock) -> None:
    admission = Admission(100)
    work(admission, clock, 2.0, photos=8)  # 2 s each
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(admission.place(FAR))
        held.enter_context(admission.place(clock.now + 15.5))  # the fifth, with half as much in reserve
        assert refusal(lambda: admission.place(clock.now + 15.0).__enter__()) == 3
        held.enter_context(admission.place(FAR))


def test_with_nobody_inside_everyone_is_let_in(clock) -> None:
    admission = Admission(100)
    work(admission, clock, 50.0)
    with admission.place(clock.now + 0.1):
        assert admission.inside == 1


def test_idle_time_and_slow_uploads_are_no_work(clock) -> None:
    admission = Admission(100)
    work(admission, clock, 1.0, photos=4)
    with admission.place(FAR):  # its photo never arrives
        clock.now += 1000
        work(admission, clock, 1.0)
        clock.now += 1000
        work(admission, clock, 1.0)
    assert admission.pace.estimate(1) == pytest.approx(1.0)


def test_failed_requests_say_nothing_of_the_pace(clock) -> None:
    admission = Admission(100)
    work(admission, clock, 1.0, photos=4)
    for _ in range(50):
        with suppress(Problem), admission.place(FAR) as place:
            admission.begin(place)
            raise Problem(400, "damaged")
    assert admission.pace.estimate(1) == pytest.approx(1.0)


def test_the_pace_follows_what_is_seen(clock) -> None:
    admission = Admission(100)
    work(admission, clock, 1.0, photos=40)
    work(admission, clock, 3.0, photos=80)
    assert admission.pace.estimate(1) == pytest.approx(3.0, rel=0.05)


def test_photos_of_one_batch_count_as_what_they_took_together(clock) -> None:
    admission = Admission(100)
    for _ in range(10):
        with ExitStack() as held:
            for _ in range(4):
                admission.begin(held.enter_context(admission.place(FAR)))
            clock.now += 2.0
    assert admission.pace.estimate(4) == pytest.approx(2.0, rel=0.1)


def test_closed_it_lets_nobody_in(clock) -> None:
    lost: list[str] = []
    admission = Admission(100, lost=lost.append)
    admission.close()
    assert refusal(lambda: admission.place(FAR).__enter__()) == 2
    assert lost == ["stopping"]


def test_it_goes_by_the_clock_of_the_event_loop() -> None:
    async def body() -> None:
        admission = Admission(1)
        with admission.place(asyncio.get_running_loop().time() + 1) as place:
            admission.begin(place)
            await asyncio.sleep(0.05)
        assert 0.04 < admission.pace.estimate(1) < 1

    asyncio.run(body())
