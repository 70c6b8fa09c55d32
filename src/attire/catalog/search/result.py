"""What a search gives back: for every garment searched for, garments with the reasons for their rank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from attire.catalog.garment import Garment
from attire.catalog.search.query import Query

__all__ = ["Answer", "Result"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """A garment that was found."""

    garment: Garment
    relevance: float
    """What results are ranked by; what goes into it depends on the question."""
    similarity: float | None = None
    """Mean cosine over the weighed parts, -1 … 1; None where nothing was searched for but words."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """Cosine of each part of the embedding, -1 … 1."""
    wishes: Mapping[str, float] = field(default_factory=dict)
    """Probability that each wish holds, 0 … 1."""
    same_picture: bool = False
    """Whether its photo is the one searched with, or shows the same."""
    copies: int = 0
    """How many further rows show the same garment in the same picture, and were left out for it."""

    def to_json(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        return {
            "relevance": round(self.relevance, 4),
            "similarity": None if self.similarity is None else round(self.similarity, 4),
            "parts_similarity": {name: round(value, 4) for name, value in self.parts.items()},
            "wishes": {name: round(value, 4) for name, value in self.wishes.items()},
            "same_picture": self.same_picture,
            "copies": self.copies,
            **{"garment": self.garment.to_json()},
        }


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer:
    """What was found for one garment, or for words alone."""

    results: tuple[Result, ...]
    """Best first."""
    query: Query | None = None
    """The garment searched for."""
    asked: str = ""
    """The question as it was understood, in words."""
    notes: tuple[str, ...] = ()
    """What the reader has to know, such as words that nothing could be made of."""

    def to_json(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        return {
            "query": None if self.query is None else self.query.to_json(),
            "asked": self.asked,
            "notes": list(self.notes),
            "results": [{"rank": n} | result.to_json() for n, result in enumerate(self.results, 1)],
        }
