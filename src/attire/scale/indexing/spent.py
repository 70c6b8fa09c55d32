"""Where the time goes."""

from dataclasses import dataclass

__all__ = ["Spent"]


@dataclass(slots=True, kw_only=True)
class Spent:
    """Seconds, of all machines together."""

    fetching: float = 0.0
    """Photos' bytes."""
    opening: float = 0.0
    """The model, by readers; starting their processes comes before."""
    reading: float = 0.0
    """Photos, by readers."""
    writing: float = 0.0
    """Files of rows."""
    committing: float = 0.0
    """What is written, by the program that leads."""
    started: float = 0.0
    """Until the first file of rows was there, for each portion of the listing; the rest is in it, too."""

    def add(self, other: "Spent") -> None:
        """Add what another part of the work took."""
        self.fetching += other.fetching
        self.opening += other.opening
        self.reading += other.reading
        self.writing += other.writing
        self.committing += other.committing
        self.started += other.started
