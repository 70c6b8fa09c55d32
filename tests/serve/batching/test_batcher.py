"""Every caller hears its own answer, or why there is none, and nothing is begun that nobody waits for."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attire.serve.batching import Batcher, Lost
from attire.serve.problems import Problem

FAR = 20.0


class Work:
    """Squares whole numbers in a thread, and notes what it was given."""

    def __init__(self, *, takes_s: float = 0.0, bad: frozenset[int] = frozenset()) -> None:
        self.takes_s, self.bad = takes_s, bad
        self.batches: list[list[int]] = []
        self.go = threading.Event()
        self.go.set()

    def __call__(self, batch: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(batch))
        assert self.go.wait(10)
        time.sleep(self.takes_s)
        if self.bad & set(batch):
            raise ValueError(f"one of {list(batch)} is bad")
        return [n * n for n in batch]

    @property
    def seen(self) -> Counter[int]:
        return Counter(n for batch in self.batches for n in batch)


class Watch:
    def __init__(self) -> None:
        self.losses: Counter[Lost] = Counter()
        self.batches: list[int] = []
        self.most = self.now = 0

    def waiting(self, items: int) -> None:
        self.now, self.most = items, max(self.most, items)

    def batch(self, items: int) -> None:
        self.batches.append(items)

    def lost(self, why: Lost) -> None:
        self.losses[why] += 1


def run(
    work: Work,
    body: Callable[[Batcher[int, int]], Awaitable[None]],
    watch: Watch | None = None,
    **given: float,
) -> None:
    """Run a body against a batcher, which has to be empty and stopped within 10 s afterwards."""
    sizes = {"batch_size": 4, "queue_size": 64} | {k: int(v) for k, v in given.items() if k != "wait_s"}

    async def whole() -> None:
        async with asyncio.timeout(10):
            async with Batcher(work, wait_s=given.get("wait_s", 0.002), watch=watch, **sizes) as batcher:
                await body(batcher)
            assert not batcher.alive

    asyncio.run(whole())


def in_s(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


async def until(said: Callable[[], bool]) -> None:
    while not said():
        await asyncio.sleep(0.001)


@settings(max_examples=25, deadline=None)
@given(
    arrivals=st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.0, 0.001, 0.004]),  # pause before it
            st.sampled_from([FAR, FAR, FAR, 0.003, 0.0]),  # its deadline
            st.sampled_from([None, None, None, 0.0, 0.003]),  # when its caller leaves
            st.booleans(),  # whether it breaks its batch
        ),
        max_size=40,
    ),
    batch_size=st.integers(1, 5),
    queue_size=st.integers(1, 12),
    wait_s=st.sampled_from([0.0, 0.002]),
)
def test_whatever_comes_each_hears_its_own_or_why_not(
    arrivals: list[tuple[float, float, float | None, bool]], batch_size: int, queue_size: int, wait_s: float
) -> None:
    work = Work(takes_s=0.001, bad=frozenset(n for n, one in enumerate(arrivals) if one[3]))
    watch = Watch()
    heard: Counter[int] = Counter()
    ends: Counter[object] = Counter()
    late: set[int] = set()
    blamed: dict[int, str] = {}

    async def body(batcher: Batcher[int, int]) -> None:
        async def caller(n: int, within_s: float) -> None:
            try:
                assert await batcher(n, deadline=in_s(within_s)) == n * n
                assert n not in work.bad
                ends["answer"] += 1
            except Problem as problem:
                ends[problem.status] += 1
                if problem.status == 504:
                    late.add(n)
            except ValueError as error:
                ends["bad"] += 1
                blamed[n] = str(error)
            except asyncio.CancelledError:
                ends["left"] += 1
                raise
            finally:
                heard[n] += 1

        tasks = []
        for n, (pause, within_s, leaves_s, _) in enumerate(arrivals):
            await asyncio.sleep(pause)
            tasks.append(asyncio.ensure_future(caller(n, within_s)))
            if leaves_s is not None:
                await asyncio.sleep(0)
                asyncio.get_running_loop().call_later(leaves_s, tasks[-1].cancel)
        await asyncio.gather(*tasks, return_exceptions=True)

    run(work, body, watch, batch_size=batch_size, queue_size=queue_size, wait_s=wait_s)
    assert heard == Counter(range(len(arrivals)))
    assert all(arrivals[n][1] < FAR for n in late)
    assert blamed == {n: f"one of [{n}] is bad" for n in blamed if n in work.bad}
    assert watch.most <= queue_size
    assert all(len(batch) <= batch_size for batch in work.batches)
    assert watch.losses["full"] == ends[503]
    assert watch.losses["late"] == ends[504]
    assert all(times <= 2 for times in work.seen.values()), "none is worked on more than once and once alone"
    assert {n for n, times in work.seen.items() if times == 2} <= {
        n for batch in work.batches if work.bad & set(batch) for n in batch
    }


def test_what_arrives_together_is_one_batch() -> None:
    work = Work()

    async def body(batcher: Batcher[int, int]) -> None:
        assert await asyncio.gather(*(batcher(n, deadline=in_s(FAR)) for n in range(6))) == [
            0, 1, 4, 9, 16, 25,
        ]  # fmt: skip

    watch = Watch()
    run(work, body, watch, batch_size=4, wait_s=0.05)
    assert work.batches == [[0, 1, 2, 3], [4, 5]]
    assert watch.batches == [4, 2]
    assert watch.now == 0


def test_a_lone_item_does_not_wait_longer_than_it_may() -> None:
    async def body(batcher: Batcher[int, int]) -> None:
        begun = time.perf_counter()
        assert await batcher(3, deadline=in_s(FAR)) == 9
        assert 0.1 <= time.perf_counter() - begun < 2

    run(Work(), body, wait_s=0.1)


def test_a_full_queue_refuses_with_the_time_it_needs() -> None:
    work = Work(takes_s=0.3)

    async def body(batcher: Batcher[int, int]) -> None:
        await batcher(0, deadline=in_s(FAR))
        waiting = [asyncio.ensure_future(batcher(n, deadline=in_s(FAR))) for n in range(1, 6)]
        await until(lambda: len(work.batches) == 2)
        waiting += [asyncio.ensure_future(batcher(6, deadline=in_s(FAR)))]
        await asyncio.sleep(0)
        with pytest.raises(Problem) as refused:
            await batcher(7, deadline=in_s(FAR))
        assert refused.value.status == 503
        assert refused.value.headers == {"Retry-After": "2"}  # 1 in work and 5 waiting at 0.3 s each
        assert await asyncio.gather(*waiting) == [1, 4, 9, 16, 25, 36]

    run(work, body, batch_size=1, queue_size=5, wait_s=0)


def test_a_late_one_hears_so_in_time_though_work_is_under_way() -> None:
    work = Work()

    async def body(batcher: Batcher[int, int]) -> None:
        work.go.clear()
        begun = time.perf_counter()
        with pytest.raises(Problem) as late:
            await batcher(1, deadline=in_s(0.1))
        assert late.value.status == 504
        assert time.perf_counter() - begun < 1
        work.go.set()
        assert await batcher(2, deadline=in_s(FAR)) == 4

    run(work, body)


@pytest.mark.parametrize("how", ["late", "left"])
def test_what_nobody_waits_for_is_never_begun(how: Lost) -> None:
    work, watch = Work(), Watch()

    async def body(batcher: Batcher[int, int]) -> None:
        work.go.clear()
        first = asyncio.ensure_future(batcher(1, deadline=in_s(FAR)))
        await until(lambda: work.batches == [[1]])
        second = asyncio.ensure_future(batcher(2, deadline=in_s(0.05 if how == "late" else FAR)))
        third = asyncio.ensure_future(batcher(3, deadline=in_s(FAR)))
        await asyncio.sleep(0)
        assert watch.now == 2
        if how == "left":
            second.cancel()
        with pytest.raises(Problem if how == "late" else asyncio.CancelledError):
            await second
        assert watch.now == 1, "its place is free at once"
        work.go.set()
        assert await asyncio.gather(first, third) == [1, 9]

    run(work, body, watch)
    assert work.batches == [[1], [3]]
    assert watch.losses == Counter({how: 1})


def test_who_would_be_late_after_others_hears_so_before_the_deadline() -> None:
    work, watch = Work(takes_s=0.2), Watch()

    async def body(batcher: Batcher[int, int]) -> None:
        await batcher(0, deadline=in_s(FAR))  # 0.2 s each
        begun = time.perf_counter()
        first = asyncio.ensure_future(batcher(1, deadline=in_s(0.3)))  # too little in reserve, but first
        await until(lambda: len(work.batches) == 2)
        second = asyncio.ensure_future(batcher(2, deadline=in_s(0.4)))
        third = asyncio.ensure_future(batcher(3, deadline=in_s(FAR)))
        with pytest.raises(Problem) as refused:
            await second
        assert refused.value.status == 503
        assert refused.value.headers == {"Retry-After": "1"}
        assert time.perf_counter() - begun < 0.39
        assert await asyncio.gather(first, third) == [1, 9]

    run(work, body, watch, batch_size=1, wait_s=0)
    assert work.batches == [[0], [1], [3]]
    assert watch.losses == Counter({"full": 1})


def test_a_bad_one_leaves_its_neighbours_their_answers() -> None:
    work = Work(bad=frozenset({2}))

    async def body(batcher: Batcher[int, int]) -> None:
        asked = [batcher(n, deadline=in_s(FAR)) for n in (1, 2, 3)]
        one, two, three = await asyncio.gather(*asked, return_exceptions=True)
        assert (one, three) == (1, 9)
        assert isinstance(two, ValueError)
        assert str(two) == "one of [2] is bad"

    run(work, body, wait_s=0.05)
    assert work.batches == [[1, 2, 3], [1], [2], [3]]


def test_too_few_answers_are_nobodys() -> None:
    class Forgetful(Work):
        def __call__(self, batch: Sequence[int]) -> list[int | Exception]:
            return super().__call__(batch)[1:]

    async def body(batcher: Batcher[int, int]) -> None:
        asked = [batcher(n, deadline=in_s(FAR)) for n in (1, 2)]
        for one in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(one, RuntimeError)

    run(Forgetful(), body, wait_s=0.05)


def test_stopping_finishes_what_it_took_and_takes_no_more() -> None:
    work = Work(takes_s=0.05)

    async def body(batcher: Batcher[int, int]) -> None:
        asked = [asyncio.ensure_future(batcher(n, deadline=in_s(FAR))) for n in range(9)]
        await until(lambda: len(work.batches) == 1)
        stopping = asyncio.ensure_future(batcher.stop(within_s=10))
        await asyncio.sleep(0)
        with pytest.raises(Problem, match="stopping") as refused:
            await batcher(10, deadline=in_s(FAR))
        assert refused.value.status == 503
        await stopping
        assert await asyncio.gather(*asked) == [n * n for n in range(9)]

    run(work, body)


def test_what_is_not_done_when_it_has_to_stop_is_refused() -> None:
    work = Work()

    async def body(batcher: Batcher[int, int]) -> None:
        work.go.clear()
        asked = [asyncio.ensure_future(batcher(n, deadline=in_s(FAR))) for n in range(6)]
        await until(lambda: len(work.batches) == 1)
        await batcher.stop(within_s=0.05)
        for one in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(one, Problem)
            assert one.status == 503
        work.go.set()

    run(work, body)


def test_a_batcher_that_breaks_leaves_nobody_waiting() -> None:
    class Broken(Watch):
        def batch(self, items: int) -> None:
            raise KeyError(items)

    async def whole() -> None:
        batcher = Batcher(Work(), batch_size=1, wait_s=0, queue_size=4, watch=Broken())
        batcher.start()
        with pytest.raises(Problem, match="stopping"):
            await batcher(1, deadline=in_s(FAR))
        assert not batcher.alive
        with pytest.raises(KeyError):
            await batcher.stop(within_s=1)

    asyncio.run(whole())
