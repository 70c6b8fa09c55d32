"""How fast work is done, and so how long what waits will take."""

import math

__all__ = ["Pace", "whole_seconds"]

_KEPT = 0.95
"""Share of all seen so far that the next item leaves in the mean: some twenty items count."""
_LONGEST_S = 60


class Pace:
    """Seconds that an item takes while there is work, as a mean that forgets.

    Example:
        >>> pace = Pace()
        >>> pace.saw(4, 2.0)
        >>> pace.estimate(10), pace.seconds_for(11)
        (5.0, 6)
    """

    def __init__(self) -> None:
        self._items = 0.0
        self._seconds = 0.0

    def saw(self, items: int, seconds: float) -> None:
        """Note that so many items took so long, together."""
        kept = _KEPT**items
        self._items = kept * self._items + items
        self._seconds = kept * self._seconds + seconds

    def estimate(self, items: int) -> float:
        """Estimate the seconds that so many items take; 0 before anything was seen."""
        return items * self._seconds / self._items if self._items else 0.0

    def seconds_for(self, items: int) -> int:
        """Estimate the same as whole seconds from 1 to 60, to be told to clients."""
        return whole_seconds(self.estimate(items))


def whole_seconds(seconds: float) -> int:
    """Give what ``Retry-After`` says: whole seconds from 1 to 60.

    Example:
        >>> [whole_seconds(seconds) for seconds in (0.0, 2.1, 1000.0)]
        [1, 3, 60]
    """
    return min(max(math.ceil(seconds), 1), _LONGEST_S)
