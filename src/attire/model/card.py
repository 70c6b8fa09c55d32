"""What a model says of itself: where it comes from, how good it is and where it fails."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["CardScore", "ModelCard"]


@dataclass(frozen=True, kw_only=True)
class CardScore:
    """One figure with what it takes to repeat it."""

    name: str
    """Which score, such as ``score_categories image``."""
    value: float
    """The figure."""
    low: float | None = None
    """Lower end of its 95 % interval (bootstrap over photos)."""
    high: float | None = None
    """Upper end of its 95 % interval."""
    data: str = ""
    """Data and split it was measured on, with fingerprint."""
    command: str = ""
    """What to run to get it again."""


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """Stored with the weights, shown by ``predict`` and the service."""

    name: str
    """What to call the model."""
    data: str = ""
    """What it was trained on."""
    fingerprint: str = ""
    """Fingerprint of that data."""
    scores: tuple[CardScore, ...] = ()
    """Figures measured on photos it was not trained on."""
    limits: tuple[str, ...] = ()
    """Where it fails or was never tried, one sentence each."""
    licence: str = ""
    """On what terms the weights may be used."""

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "ModelCard":
        """Read back what :meth:`to_dict` gave, also by way of JSON.

        Example:
            >>> card = ModelCard(name="first", scores=(CardScore(name="mask AP50", value=0.3),))
            >>> ModelCard.from_dict(card.to_dict()) == card
            True
        """
        plain = {**values, "limits": tuple(values.get("limits", ()))}
        plain["scores"] = tuple(CardScore(**score) for score in values.get("scores", ()))
        return cls(**plain)
