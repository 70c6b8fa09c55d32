"""What ``attire tune`` writes and prints, whatever was searched."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from rich.table import Table

    from attire.tune.results import Row

__all__ = ["show_search", "write_search"]


def write_search(
    out_dir: Path, rows: "Sequence[Row]", shares: "Mapping[str, float]", measure: str
) -> dict[str, str]:
    """Write all trials and their picture; say where they and ``best.json`` lie."""
    from attire.tune.picture import draw_history
    from attire.tune.results import write_rows

    files = {name: str(out_dir / name) for name in ("best.json", "trials.csv", "history.png")}
    write_rows(rows, out_dir / "trials.csv")
    draw_history(rows, shares, out_dir / "history.png", measure)
    return files


def show_search(
    rows: "Sequence[Row]",
    shares: "Mapping[str, float]",
    measure: str,
    files: dict[str, str],
    *,
    as_json: bool,
    more: "Mapping[str, Any] | None" = None,
    first: "Sequence[Table]" = (),
) -> None:
    """Print tables, or one JSON object.

    Args:
        rows: All trials.
        shares: Which values mattered.
        measure: What their figures are.
        files: What was written, by name.
        as_json: Whether to print JSON.
        more: What goes into it besides.
        first: Tables that come first.
    """
    from attire.tune.results import summary, tables

    if as_json:
        json.dump({**summary(rows, shares, measure), **(more or {}), "files": files}, sys.stdout)
        sys.stdout.write("\n")
        return
    console = Console()
    for table in (*first, *tables(rows, shares, measure)):
        console.print(table)
    for name, path in files.items():
        console.print(f"{name:<12} {path}", soft_wrap=True, highlight=False, markup=False)
