"""What is asked of a search, besides what to search for."""

from dataclasses import dataclass, field

from attire.catalog.encoder import Weights
from attire.catalog.filters import Filter
from attire.catalog.search.text import TextQuery
from attire.catalog.search.wishes import Wish
from attire.errors import QueryError

__all__ = ["Question", "parse_weights"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything but the garment itself."""

    k: int = 10
    """Results per garment at most."""
    where: Filter | None = None
    """What results have to be."""
    changes: tuple[Wish, ...] = ()
    """What is to be other than in the garment searched for."""
    text: TextQuery | None = None
    """What results are wished to be besides."""
    weights: Weights = field(default_factory=dict)
    """How much parts of the embedding count; 1 if not said."""
    duplicates: bool = True
    """Whether photos that show the same picture as the one searched with are given, too."""

    def __post_init__(self) -> None:
        """Refuse what cannot be searched with."""
        if self.k < 1:
            raise QueryError(f"A search gives at least one result; found k={self.k}.")
        for name, weight in self.weights.items():
            if not 0 <= weight < float("inf"):
                raise QueryError(f"Weight {name}={weight}: expected a number of at least 0.")


def parse_weights(text: str) -> dict[str, float]:
    """Read weights such as ``shape=1,pattern=0.5,colour=2``.

    Raises:
        QueryError: If it has another form.

    Example:
        >>> parse_weights("shape=1, color=2")
        {'shape': 1.0, 'colour': 2.0}
    """
    weights: dict[str, float] = {}
    for piece in filter(str.strip, text.split(",")):
        name, _, number = (part.strip() for part in piece.partition("="))
        try:
            weights["colour" if name == "color" else name] = float(number)
        except ValueError:
            raise QueryError(
                f"Weights {text!r}: {piece.strip()!r} is no weight. Say for example: "
                "shape=1,pattern=0.5,colour=2"
            ) from None
    return weights
