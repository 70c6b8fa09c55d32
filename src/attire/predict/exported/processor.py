"""What of the processor may be used: cores, and kinds of arithmetic."""

import math
import os
from functools import cache
from pathlib import Path

__all__ = ["has_int8", "in_words", "processor_flags", "usable_cores"]

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_OLD_QUOTA = Path("/sys/fs/cgroup/cpu/cpu.cfs_quota_us")
_OLD_PERIOD = Path("/sys/fs/cgroup/cpu/cpu.cfs_period_us")
_CPUINFO = Path("/proc/cpuinfo")
_INT8 = frozenset({"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})
"""Flags of processors that multiply bytes and add the products up in one go, without overflow."""


def usable_cores() -> int:
    """Count the cores that this process may keep busy.

    ``OMP_NUM_THREADS`` is a wish and wins. Otherwise it is the cores that the process may run on, and no
    more than the share of time that a container is given: with 64 cores and a quota of two, 64 threads
    would spend most of it waiting for one another.
    """
    wish = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    if wish.isdecimal() and int(wish) > 0:
        return int(wish)
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _quota()
    return max(1, allowed if quota is None else min(allowed, math.ceil(quota)))


def in_words(cores: int) -> str:
    """Say how many cores.

    Example:
        >>> in_words(1), in_words(2)
        ('1 core', '2 cores')
    """
    return f"{cores} core{'s' * (cores != 1)}"


def _quota() -> float | None:
    """Cores' worth of time that the container may use; None if there is no such limit."""
    try:
        limit, period = _QUOTA.read_text().split()
    except (OSError, ValueError):
        try:
            limit, period = _OLD_QUOTA.read_text().strip(), _OLD_PERIOD.read_text().strip()
        except OSError:
            return None
    try:
        return float(limit) / float(period) if float(limit) > 0 else None
    except ValueError:  # "max"
        return None


@cache
def processor_flags() -> frozenset[str]:
    """Names of what the processor can do, as Linux says them; empty elsewhere."""
    try:
        lines = _CPUINFO.read_text().splitlines()
    except OSError:
        return frozenset()
    named = (line.partition(":") for line in lines)
    for name, _, flags in named:
        if name.strip() in ("flags", "Features"):
            return frozenset(flags.split())
    return frozenset()


def has_int8() -> bool:
    """Whether the processor multiplies whole numbers of eight bits fast and without overflow."""
    return bool(processor_flags() & _INT8)
