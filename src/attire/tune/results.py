"""What a search found: all trials as a table, the best as a file, and which values mattered."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rich.box import SIMPLE_HEAD
from rich.table import Table

from attire.atomic import write_text
from attire.tune.claims import first_attempt

if TYPE_CHECKING:
    import optuna

__all__ = ["Row", "State", "best_row", "importances", "rows_of", "summary", "tables", "write_rows"]

State: TypeAlias = Literal["done", "given up", "running", "waiting", "failed"]
_BEST = 5
_ENOUGH = 4
"""Finished trials from which it is worth asking which values mattered."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One trial, its last attempt where there were several."""

    number: int
    """Number of the first attempt; with recipes, also that of its folder."""
    state: State
    value: float | None
    """Its figure; of one given up, that of its last validation."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What it tried, by dotted name; choices as JSON."""
    seconds: float | None = None
    """What its last attempt took."""
    attempts: int = 1
    """How often it was begun."""
    why: str = ""
    """Why it was given up or failed."""

    @property
    def folder(self) -> str:
        """Name of its folder."""
        return f"{self.number:03d}"


def rows_of(study: "optuna.Study") -> tuple[Row, ...]:
    """Give a study's trials by number, further attempts folded into one."""
    from optuna.trial import TrialState

    states: dict[TrialState, State] = {
        TrialState.COMPLETE: "done",
        TrialState.PRUNED: "given up",
        TrialState.RUNNING: "running",
        TrialState.WAITING: "waiting",
        TrialState.FAIL: "failed",
    }
    rank = list(states.values())
    attempts: dict[int, list[optuna.trial.FrozenTrial]] = {}
    for trial in study.get_trials(deepcopy=False):
        if not trial.user_attrs.get("surplus"):
            attempts.setdefault(first_attempt(trial), []).append(trial)
    rows = []
    for number, own in sorted(attempts.items()):
        last = min(reversed(own), key=lambda trial: rank.index(states[trial.state]))
        rows.append(
            Row(
                number=number,
                state=states[last.state],
                value=None if last.value is None else float(last.value),
                values=last.params or last.system_attrs.get("fixed_params", {}),
                seconds=None if last.duration is None else last.duration.total_seconds(),
                attempts=len(own) + sum(trial.user_attrs.get("begun_again", 0) for trial in own),
                why=last.user_attrs.get("why", ""),
            )
        )
    return tuple(rows)


def best_row(rows: Sequence[Row]) -> Row | None:
    """Give the finished trial with the highest figure, the first of equals; None if none is finished.

    Example:
        >>> rows = [Row(number=0, state="done", value=0.2), Row(number=1, state="given up", value=0.9)]
        >>> best_row(rows).number
        0
    """
    done = [row for row in rows if row.state == "done" and row.value is not None]
    return max(done, key=lambda row: row.value or 0.0) if done else None


def write_rows(rows: Sequence[Row], path: Path) -> None:
    """Write all trials as CSV, values in columns of their own."""
    names = list(dict.fromkeys(name for row in rows for name in row.values))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["trial", "state", "value", *names, "seconds", "attempts", "why"])
    for row in rows:
        cells = [row.values.get(name, "") for name in names]
        value, seconds = ("" if cell is None else cell for cell in (row.value, row.seconds))
        writer.writerow([row.folder, row.state, value, *cells, seconds, row.attempts, row.why])
    write_text(path, text.getvalue())


def importances(study: "optuna.Study") -> dict[str, float]:
    """Say which values set good trials apart from the rest (PED-ANOVA, Watanabe et al. 2023).

    Returns:
        Name → share of 1, greatest first; empty while fewer than four trials are finished, or all of them
        are worth the same.
    """
    from optuna.importance import get_param_importances
    from optuna.trial import TrialState

    done = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    if len(done) < _ENOUGH or len({trial.value for trial in done}) < 2:
        return {}
    found = get_param_importances(study)
    return {name: float(share) for name, share in found.items()}


def tables(rows: Sequence[Row], shares: Mapping[str, float], measure: str) -> list[Table]:
    """Lay out the best five trials, and which values mattered.

    Args:
        rows: All trials.
        shares: What :func:`importances` gave.
        measure: What their figures are.
    """
    done = sorted((row for row in rows if row.state == "done"), key=lambda row: -(row.value or 0.0))[:_BEST]
    best = Table(title=f"Best trials: {measure}", title_justify="left", box=SIMPLE_HEAD)
    best.add_column("", overflow="fold")
    for row in done:
        best.add_column(row.folder, justify="right", overflow="fold")
    best.add_row("figure", *(f"{row.value:.4f}" for row in done), style="bold")
    for name in dict.fromkeys(name for row in done for name in row.values):
        best.add_row(name, *(_cell(row.values.get(name)) for row in done))
    if not shares:
        return [best]
    mattered = Table(title="What mattered (share of 1)", title_justify="left", box=SIMPLE_HEAD)
    mattered.add_column("")
    mattered.add_column("share", justify="right")
    for name, share in shares.items():
        mattered.add_row(name, f"{share:.2f}")
    return [best, mattered]


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def summary(rows: Sequence[Row], shares: Mapping[str, float], measure: str) -> dict[str, Any]:
    """Give what the tables show in plain JSON values."""
    best = best_row(rows)
    return {
        "measure": measure,
        "trials": len(rows),
        "states": {
            state: sum(row.state == state for row in rows) for state in dict.fromkeys(r.state for r in rows)
        },
        "best": None
        if best is None
        else {"trial": best.number, "value": best.value, "values": _plain(best.values)},
        "importances": dict(shares),
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: json.loads(value) if isinstance(value, str) else value for name, value in values.items()}
