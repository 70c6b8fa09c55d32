import asyncio
from threading import Event

import pytest

from attire.serve.long_answers import LongAnswers
from attire.serve.problems import Problem


def soon(seconds=5.0):
    return asyncio.get_running_loop().time() + seconds


async def refused(asked) -> int:
    with pytest.raises(Problem) as raised:
        await asked
    return raised.value.status


def test_an_answer_that_many_ask_for_is_worked_out_once_and_kept():
    async def walk():
        answers, made = LongAnswers(2), []
        ask = [answers("key", lambda: made.append(1) or "answer", deadline=soon()) for _ in range(20)]
        assert set(await asyncio.gather(*ask)) == {"answer"}
        assert await answers("key", lambda: "another", deadline=soon()) == "answer"
        assert made == [1]

    asyncio.run(walk())


def test_what_takes_too_long_is_refused_finished_and_given_to_the_next():
    async def walk():
        answers, go = LongAnswers(2), Event()
        assert await refused(answers("key", lambda: go.wait(5), deadline=soon(0.05))) == 504
        go.set()
        assert await answers("key", lambda: "anew", deadline=soon()) is True

    asyncio.run(walk())


def test_more_than_may_be_underway_are_refused():
    async def walk():
        answers, go = LongAnswers(2), Event()
        waiting = [asyncio.create_task(answers(n, lambda: go.wait(5), deadline=soon())) for n in range(8)]
        await asyncio.sleep(0.05)
        assert await refused(answers("one more", lambda: True, deadline=soon())) == 503
        go.set()
        assert all(await asyncio.gather(*waiting))

    asyncio.run(walk())


def test_what_goes_wrong_is_told_and_not_kept():
    async def walk():
        answers = LongAnswers(2)
        with pytest.raises(ZeroDivisionError):
            await answers("key", lambda: 1 // 0, deadline=soon())
        assert await answers("key", lambda: 7, deadline=soon()) == 7

    asyncio.run(walk())
