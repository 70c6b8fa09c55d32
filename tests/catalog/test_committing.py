import pytest

from attire.catalog.committing import BusyError, commit


def test_who_loses_a_race_tries_again_after_growing_pauses():
    waits, tries = [], []

    def write():
        tries.append(1)
        if len(tries) < 4:
            raise RuntimeError("lance error: Retryable commit conflict for version 7")
        return "done"

    assert commit(write, wait=waits.append) == "done"
    assert len(tries) == 4
    assert waits[0] <= 0.05 < waits[2] <= 0.2


def test_what_is_no_race_is_raised_at_once():
    tries = []

    def write():
        tries.append(1)
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        commit(write, wait=lambda _: None)
    assert len(tries) == 1


def test_it_gives_up_and_says_that_nothing_is_lost():
    def write():
        raise RuntimeError("Too many concurrent writers.")

    with pytest.raises(BusyError, match="Run it again"):
        commit(write, wait=lambda _: None)
