"""What was found, for the terminal."""

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from attire.catalog.trends.report import Line, TrendsReport
from attire.catalog.trends.wording import change, named_unit, percent, points

__all__ = ["lines_table"]


def lines_table(report: TrendsReport, rows: int | None) -> Table:
    """List the lines that were tested, those that move first; names are plain text, never markup.

    Args:
        report: What was found.
        rows: How many at most; None for all.
    """
    table = Table(title=_title(report), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("line", overflow="fold")
    table.add_column("share", justify="right", no_wrap=True)
    if report.timed:
        table.add_column(f"odds per {named_unit(report)}", justify="right")
    table.add_column("q", justify="right", no_wrap=True)
    table.add_column("season", no_wrap=True)
    tested = [line for line in report.lines if line.group != "untested"]
    for line in tested if rows is None else tested[:rows]:
        cells = [Text(line.group), Text(line.subject.name), Text(_share(report, line))]
        if report.timed:
            cells.append(Text(change(line.growth)))
        season = line.season.peak if line.season is not None and line.season.returning else ""
        table.add_row(*cells, Text(f"{line.q:.2g}"), Text(season))
    return table


def _title(report: TrendsReport) -> Text:
    return Text(f"{report.garments:,} garments by {report.by}, {report.tested:,} lines tested", style="bold")


def _share(report: TrendsReport, line: Line) -> str:
    if report.timed:
        return points(line)
    shares = [share.value for share, period in zip(line.shares, report.periods, strict=True) if period.full]
    return f"{percent(min(shares))} … {percent(max(shares))}"
