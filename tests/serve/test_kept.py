from threading import Barrier, Thread

import pytest

from attire.serve.kept import Kept


def test_what_was_used_last_is_kept():
    kept = Kept(2)
    for key in ("a", "b"):
        kept(key, lambda: 1)
    kept("a", lambda: 2)
    kept("c", lambda: 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_the_weight_of_all_values_is_bounded():
    kept = Kept(10, len)
    for n in range(100):
        kept(n, lambda: b"1234")
    assert len(kept) == 2
    assert kept("large", lambda: b"x" * 11) == b"x" * 11
    assert kept.get("large") is None
    kept.put(99, b"12345678")
    assert len(kept) == 1


def test_a_value_that_many_ask_for_is_made_once():
    kept, made, got, begun = Kept(4), [], [], Barrier(8)

    def ask():
        begun.wait()
        got.append(kept("key", lambda: made.append(1) or len(made)))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [1] * 8


def test_what_goes_wrong_is_not_kept():
    kept = Kept(4)
    with pytest.raises(ZeroDivisionError):
        kept("key", lambda: 1 // 0)
    assert kept("key", lambda: 7) == 7
