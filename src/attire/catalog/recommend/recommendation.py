"""A garment that is recommended, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attire.catalog.garment import Garment

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Recommendation", "recommendation_table"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recommendation:
    """A garment, how well it answers the question, and the reasons in words."""

    garment: Garment
    score: float
    """Higher is better; comparable within one answer only. What it is made of stands with each mode."""
    reasons: tuple[str, ...] = ()
    """Each true of this garment, most telling first."""
    slot: str = ""
    """Of an outfit: the place it takes, such as ``bottom``."""

    def to_json(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        place = {"slot": self.slot} if self.slot else {}
        return {**place, "score": round(self.score, 4), "reasons": list(self.reasons)} | {
            "garment": self.garment.to_json()
        }


def recommendation_table(found: Sequence[Recommendation], title: str = "") -> "Table":
    """List recommendations for people; what comes from rows is shown as it is, never read as markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", expand=False)
    table.add_column("garment", no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("what", overflow="fold")
    table.add_column("why", overflow="fold")
    for one in found:
        what = " ".join((*one.garment.colours[:2], one.garment.category))
        table.add_row(
            Text(one.garment.garment_id),
            Text(f"{one.score:.2f}"),
            Text(f"{one.slot}: {what}" if one.slot else what),
            Text("; ".join(one.reasons)),
        )
    if not found:
        table.add_row("nothing found")
    return table
