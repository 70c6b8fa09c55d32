"""Writes that several programs make to one table at once: those that lose a race try again."""

import random
import re
import time
from collections.abc import Callable
from typing import TypeVar

from attire.errors import DataError

__all__ = ["BusyError", "commit"]

_LOST = re.compile(r"conflict|concurrent writers|preempted|already exists|timed out", re.IGNORECASE)
"""What LanceDB says where another writer was faster; it has no class of error for that."""
_TRIES = 12
_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 5.0
Answer = TypeVar("Answer")


class BusyError(DataError):
    """Others write to the catalogue so often that a write did not get through."""


def commit(write: Callable[[], Answer], *, wait: Callable[[float], None] = time.sleep) -> Answer:
    """Write to a table, again after a growing pause if another writer was faster.

    LanceDB itself tries a few times; this goes on where many write.

    Args:
        write: What is one commit, all of it or nothing; done anew each time.
        wait: Pauses for so many seconds.

    Returns:
        What ``write`` does.

    Raises:
        BusyError: If another was faster every time.
    """
    longest = _FIRST_WAIT_S
    for _ in range(_TRIES):
        try:
            return write()
        except (OSError, RuntimeError, ValueError) as error:
            if not _LOST.search(str(error)):
                raise
            last = error
        wait(random.uniform(longest / 2, longest))
        longest = min(2 * longest, _LONGEST_WAIT_S)
    raise BusyError(
        f"The catalogue is written to by so many at once that {_TRIES} tries to commit were not enough: "
        f"{str(last).splitlines()[0]}. Run it again: what was written stays."
    ) from last
