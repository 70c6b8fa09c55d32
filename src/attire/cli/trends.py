"""``attire trends``: what is worn more and less, and how sure that is."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from attire.catalog.trends import TrendsReport

__all__ = ["trends"]


def trends(
    catalog: Annotated[str, typer.Option("--catalog", help="Folder or URI that attire index wrote.")],
    by: Annotated[
        str,
        typer.Option(help="week, month, season or year seen; source; or own columns, such as year,season."),
    ] = "month",
    of: Annotated[str, typer.Option(help="What to count.")] = "categories,attributes,colours,combinations",
    where: Annotated[
        str | None, typer.Option(help="Which garments, such as 'category = \"dress\"'.", show_default=False)
    ] = None,
    brief: Annotated[
        str | None,
        typer.Option(help="What a designer wants, as text or a file: adds a page.", show_default=False),
    ] = None,
    out_dir: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Folder that receives index.html, trends.json and, with a brief, brief.html."
        ),
    ] = None,
    alpha: Annotated[float, typer.Option(help="Share of false alarms that the lists may hold.")] = 0.05,
    rows: Annotated[int, typer.Option(min=1, help="Lines of the table.")] = 30,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object in place of a table.")
    ] = False,
) -> None:
    """Say which categories, attributes, colours and combinations grow, fade and come back."""
    from attire.extras import require

    for module in ("lancedb", "duckdb", "scipy"):
        require(module, "catalog")
    from attire.catalog.catalog import Catalog

    report = Catalog.open(catalog).trends(
        by=by,
        of=[kind.strip() for kind in of.split(",")],
        where=where,
        brief=brief,
        alpha=alpha,
        examples=4 if out_dir is not None or as_json else 0,
    )
    written = [] if out_dir is None else _write(report, out_dir)
    if as_json:
        typer.echo(json.dumps(report.to_json(), ensure_ascii=False))
        return
    _print(report, rows, written)


def _write(report: "TrendsReport", out_dir: Path) -> list[Path]:
    from attire.atomic import write_text

    data = out_dir / "trends.json"
    write_text(data, json.dumps(report.to_json(), ensure_ascii=False) + "\n")
    pages = [report.write_html(out_dir / "index.html")]
    if report.crossing is not None:
        pages.append(report.write_brief(out_dir / "brief.html"))
    return [*pages, data]


def _print(report: "TrendsReport", rows: int, written: list[Path]) -> None:
    console = Console()
    console.print(report.table(rows))
    if report.outcome is not None:
        outcome = report.outcome
        console.print(
            Text(
                f"Forecasts by {outcome.method}: scaled error {outcome.mase_smooth:.2f} smoothing, "
                f"{outcome.mase_naive:.2f} {outcome.naive}, {outcome.trials} trials."
            )
        )
    for note in report.notes:
        console.print(Text(f"· {note}"), soft_wrap=True)
    if written:
        console.print(Text(f"Wrote {', '.join(map(str, written))}"), soft_wrap=True)
