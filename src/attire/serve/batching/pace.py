"""How fast work is done, and so how long what waits will take."""

import math

__all__ = ["Pace"]

_WEIGHT = 0.2
"""Of the newest batch in the running mean."""
_LONGEST_S = 60


class Pace:
    """Seconds that an item takes, as an exponentially weighted mean over batches.

    Example:
        >>> pace = Pace()
        >>> pace.saw(4, 2.0)
        >>> pace.seconds_for(10)
        5
    """

    def __init__(self) -> None:
        self._each_s: float | None = None

    def saw(self, items: int, seconds: float) -> None:
        """Note that a batch was done."""
        each = seconds / items
        self._each_s = each if self._each_s is None else self._each_s + _WEIGHT * (each - self._each_s)

    def seconds_for(self, items: int) -> int:
        """Estimate the whole seconds that so many items take, from 1 to 60; 1 before anything was done."""
        return min(max(math.ceil(items * (self._each_s or 0.0)), 1), _LONGEST_S)
