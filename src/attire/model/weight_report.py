"""What was taken over from other weights, tensor by tensor and in sum."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from rich.table import Table

__all__ = ["Status", "WeightReport", "WeightRow"]

Status = Literal["taken", "re-initialised", "missing", "unused"]
STATUSES: tuple[Status, ...] = ("taken", "re-initialised", "missing", "unused")


@dataclass(frozen=True, kw_only=True)
class WeightRow:
    """The fate of one tensor."""

    name: str
    """Its name in the network, or in the file where the network has none such."""
    status: Status
    """``taken``; ``re-initialised``: in both, of another size; ``missing`` in the file; ``unused`` in it."""
    model_shape: tuple[int, ...] | None = None
    """Its shape in the network."""
    file_shape: tuple[int, ...] | None = None
    """Its shape in the file."""


@dataclass(frozen=True, kw_only=True)
class WeightReport:
    """The fate of all tensors of the network and of the file."""

    source: str
    """Where the weights came from."""
    rows: tuple[WeightRow, ...]
    """One per tensor: the network's in its order, then those that only the file has."""
    notes: tuple[str, ...] = ()
    """What else there is to know, one sentence each."""

    def names(self, status: Status) -> tuple[str, ...]:
        """Give the tensors that share a fate, in order."""
        return tuple(row.name for row in self.rows if row.status == status)

    def counts(self) -> dict[Status, int]:
        """Count the tensors of each fate."""
        counted = Counter(row.status for row in self.rows)
        return {status: counted[status] for status in STATUSES}

    def by_module(self) -> dict[str, dict[Status, int]]:
        """Count the tensors of each fate for each part of the network.

        Example:
            >>> rows = (WeightRow(name="backbone.body.conv1.weight", status="taken"),)
            >>> WeightReport(source="x", rows=rows).by_module()["backbone.body"]["taken"]
            1
        """
        modules: dict[str, Counter[Status]] = {}
        for row in self.rows:
            module = ".".join(row.name.split(".")[:2])
            modules.setdefault(module, Counter())[row.status] += 1
        return {m: {status: counted[status] for status in STATUSES} for m, counted in modules.items()}

    def table(self) -> Table:
        """Sum up by part of the network, for the terminal."""
        table = Table(title=f"Weights from {self.source}", caption="\n".join(self.notes) or None)
        table.add_column("part")
        for status in STATUSES:
            table.add_column(status, justify="right")
        for module, counted in self.by_module().items():
            table.add_row(module, *(str(counted[status] or "·") for status in STATUSES))
        table.add_section()
        table.add_row("all", *(str(count) for count in self.counts().values()))
        return table
