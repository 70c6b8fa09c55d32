"""``attire check``: list every fault of a data set, with its place and its cure."""

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from attire.annotations.audit import Audit, Fault

__all__ = ["check"]

_MOST_ROWS = 20
_COLOURS = {"error": "red", "warning": "yellow"}


def check(
    data: Annotated[
        Path,
        typer.Argument(
            help="Folder with train.csv and photos, a COCO or Fashionpedia JSON, or a folder of photos.",
            show_default=False,
        ),
    ],
    against: Annotated[
        Path | None,
        typer.Option(help="Another split, which must not hold the same photos.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """List every fault of a data set; exit 1 when one would corrupt training."""
    from attire.annotations.audit import audit

    found = audit(data, against)
    if as_json:
        typer.echo(json.dumps({"data": str(data), "against": against and str(against)} | found.to_dict()))
    else:
        _print(found, Console(), str(data))
    if found.errors:
        raise typer.Exit(1)


def _print(found: "Audit", console: Console, data: str) -> None:
    """Print a table per kind of fault, and one line that sums up."""
    from attire.annotations.audit import KINDS

    for code, group in groupby(found.faults, key=lambda one: one.code):
        faults = list(group)
        kind = KINDS[code]
        head = Text.assemble(
            (kind.level, f"bold {_COLOURS[kind.level]}"), f" {code} · {kind.title}: {len(faults)}"
        )
        console.print(head)
        console.print(_table(faults[:_MOST_ROWS]))
        if len(faults) > _MOST_ROWS:
            console.print(f"  … and {len(faults) - _MOST_ROWS} more; --json lists them all")
        console.print()
    verdict, style = ("no faults", "green") if not found.faults else ("", "")
    if found.faults:
        verdict = f"{_count(found.errors, 'error')}, {_count(found.warnings, 'warning')}"
        style = _COLOURS["error" if found.errors else "warning"]
    counted = f"{_count(found.photos, 'photo')}, {_count(found.instances, 'instance')}"
    console.print(Text.assemble(f"{data}: {counted}: ", (verdict, f"bold {style}")), soft_wrap=True)


def _table(faults: "list[Fault]") -> Table:
    """Lay out findings of one kind; a cure that they share stands below them once."""
    cures = list(dict.fromkeys(fault.cure for fault in faults))
    with_rows = any(fault.row is not None for fault in faults)
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2), caption_justify="left")
    for _ in range(2 + with_rows + (len(cures) > 1)):
        table.add_column(overflow="fold")
    for fault in faults:
        place = [f"row {fault.row}" if fault.row is not None else ""] if with_rows else []
        cells = [fault.file, *place, fault.what, *([fault.cure] if len(cures) > 1 else [])]
        table.add_row(*map(escape, cells))
    if len(cures) == 1:
        table.caption = f"[dim]  → {escape(cures[0])}[/dim]"
    return table


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
