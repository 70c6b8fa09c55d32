"""What came of a run of ``attire index``."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Broken", "Outcome"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A photo that could not be read."""

    uri: str
    reason: str
    """What is wrong with it, and what to do."""


@dataclass(eq=False)
class Outcome:
    """Counts, as they stand while it runs and when it is done."""

    photos: int = 0
    """Listed."""
    read: int = 0
    """Read by the network, because they are new or have changed."""
    known: int = 0
    """Skipped, because the catalogue has them as they are."""
    empty: int = 0
    """Of those read, ones in which nothing was found."""
    rows: int = 0
    """Garments written."""
    refreshed: int = 0
    """Garments of known photos whose own columns, time or source were written anew."""
    pruned: int = 0
    """Photos that are gone, whose garments were removed."""
    without_own: int = 0
    """Listed photos that the user's table says nothing of."""
    megabytes_read: float = 0.0
    """Size of the photos read, in millions of bytes."""
    seconds: float = 0.0
    broken: list[Broken] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Photos that are dealt with."""
        return self.read + self.known + len(self.broken)

    @property
    def per_second(self) -> float:
        """Photos read a second."""
        return self.read / self.seconds if self.seconds > 0 else 0.0

    def to_json(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        return {
            "photos": self.photos,
            "read": self.read,
            "known": self.known,
            "empty": self.empty,
            "rows": self.rows,
            "refreshed": self.refreshed,
            "pruned": self.pruned,
            "without_own": self.without_own,
            "megabytes_read": round(self.megabytes_read, 1),
            "seconds": round(self.seconds, 2),
            "photos_per_second": round(self.per_second, 2),
            "broken": [{"photo": one.uri, "reason": one.reason} for one in self.broken],
        }
