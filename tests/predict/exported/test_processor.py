"""Cores as affinity, container and user allow them; arithmetic as the processor says."""

import pytest

from attire.predict.exported import processor
from attire.predict.exported.processor import has_int8, processor_flags, usable_cores


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine of eight cores without limits; returns what sets one."""
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(processor.os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    for name in ("_QUOTA", "_OLD_QUOTA", "_OLD_PERIOD"):
        monkeypatch.setattr(processor, name, tmp_path / name)

    def limit(**texts):
        for name, text in texts.items():
            (tmp_path / name).write_text(text)

    return limit


def test_without_limits_all_cores_are_used(machine):
    assert usable_cores() == 8


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("200000 100000\n", 2),
        ("150000 100000\n", 2),
        ("10000 100000\n", 1),
        ("max 100000\n", 8),
        ("1600000 100000\n", 8),
        ("nonsense", 8),
    ],
)
def test_a_container_gets_no_more_threads_than_it_has_time(machine, text, cores):
    machine(_QUOTA=text)
    assert usable_cores() == cores


@pytest.mark.parametrize(("quota", "cores"), [("300000", 3), ("-1", 8)])
def test_older_containers_say_it_elsewhere(machine, quota, cores):
    machine(_OLD_QUOTA=quota, _OLD_PERIOD="100000")
    assert usable_cores() == cores


@pytest.mark.parametrize(("wish", "cores"), [("3", 3), ("12", 12), ("0", 8), ("", 8), ("x", 8), ("5,2", 5)])
def test_a_wish_of_the_user_wins(machine, monkeypatch, wish, cores):
    monkeypatch.setenv("OMP_NUM_THREADS", wish)
    assert usable_cores() == cores


@pytest.mark.parametrize(
    ("text", "fast"),
    [
        ("processor : 0\nflags\t\t: fpu avx2 avx512_vnni\n", True),
        ("processor : 0\nflags\t\t: fpu avx2\n", False),
        ("processor : 0\nFeatures\t: fp asimd asimddp\n", True),
        ("nothing of the kind", False),
    ],
)
def test_the_processor_says_whether_it_multiplies_bytes_fast(monkeypatch, tmp_path, text, fast):
    (tmp_path / "cpuinfo").write_text(text)
    monkeypatch.setattr(processor, "_CPUINFO", tmp_path / "cpuinfo")
    processor_flags.cache_clear()
    assert has_int8() is fast
    monkeypatch.setattr(processor, "_CPUINFO", tmp_path / "absent")
    processor_flags.cache_clear()
    assert has_int8() is False
    processor_flags.cache_clear()
