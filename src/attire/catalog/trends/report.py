"""What trends found, as values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from attire.catalog.garment import Garment
from attire.catalog.trends.brief import Brief
from attire.catalog.trends.lines import Subject

__all__ = ["GROUPS", "NEAREST", "Crossing", "Interval", "Line", "Period", "Season", "TrendsReport"]

GROUPS = ("emerging", "rising", "fading", "steady", "unclear", "different", "alike", "untested")
"""What a line can be: see :attr:`Line.group`."""
NEAREST = 6
"""Lines shown, for want of a trend, that come nearest to one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and between what the truth is in 95 of 100 such reports."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period, or a group where there is no time."""

    label: str
    garments: float
    """Expected garments, each counted by the probability that it is right."""
    photos: int
    position: float | None = None
    """On the axis of time, in periods; None where groups have no order."""
    full: bool = True
    """Whether it has garments enough to be tested."""


@dataclass(frozen=True, kw_only=True)
class Season:
    """How a line goes up and down with the year."""

    q: float
    """Less than 0.05: not by chance."""
    returning: bool
    """Whether q is, and every year shows the same wave."""
    peak: str
    """When it is highest."""
    swing: float
    """Odds at the peak over odds at the trough."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One category, attribute, colour or combination over the periods."""

    subject: Subject
    group: str
    """``emerging`` (rises, and began rare), ``rising``, ``fading``; ``steady`` (no growth of note is
    possible), ``unclear`` (may have grown); ``different`` or ``alike`` where groups have no order;
    ``untested``."""
    shown: float
    """Expected garments that show it."""
    shares: tuple[Interval, ...]
    """In each period, in 0 … 1; NaN where nothing could show it."""
    reliability: float
    """How much of a change the detector shows, in 0 … 1; the shares make up for the rest."""
    first: float
    """Share in the first year, or in the first third of the periods where there are not two years; NaN
    without a test."""
    last: float
    """Share in the last year or third."""
    growth: Interval
    """Change of the odds per period, 0.1 for a tenth more; NaN where there is no time, or no test."""
    p: float
    q: float
    """Share of false alarms among lines with as small a q."""
    rests_on: str = ""
    """The one period without which the growth would not show; empty if there is no such period."""
    season: Season | None = None
    forecast: tuple[Interval, ...] = ()
    """Of the periods ahead; none where there are too few behind."""
    examples: tuple[Garment, ...] = ()
    """Garments that show it, of the time when it is most common."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How forecasts did on the past."""

    method: str
    """Which way was taken: ``naive``, ``seasonal naive`` or ``smoothing``."""
    labels: tuple[str, ...]
    """Periods ahead."""
    trials: int
    naive: str
    """The better of the naive rules."""
    mase_naive: float
    """Mean over lines; below 1 is better than the naive forecast one step ahead."""
    mase_smooth: float


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A brief crossed with the trends."""

    brief: Brief
    rising: tuple[int, ...]
    """Places in :attr:`TrendsReport.lines` of what is wanted and rises."""
    within: tuple[int, ...]
    """Of what rises in the wanted categories, though nobody asked for it."""
    fading: tuple[int, ...]
    """Of what is wanted and fades."""
    open: tuple[int, ...]
    """Of what is wanted and shows no trend, or is too rare to say."""
    missing: tuple[str, ...]
    """What is wanted and the catalogue never shows."""
    avoided: int
    """Rising lines left out since the brief does not want them."""


@dataclass(frozen=True, kw_only=True)
class TrendsReport:
    """Everything that was found."""

    by: str
    """``week``, ``month``, ``season``, ``year``, or columns."""
    timed: bool
    """Whether the periods have an order, so that lines can grow."""
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    """Surest growth first within each group, groups in the order of :data:`GROUPS`."""
    garments: int
    """Rows counted."""
    without_time: int
    """Rows left out, since nothing says when they were seen."""
    tested: int
    """Lines that were tested, all of them together."""
    alpha: float
    """Share of false alarms that the lists may hold."""
    restlessness: float
    """By how much log-odds jump from period to period beyond chance, a standard deviation; median line."""
    outcome: Outcome | None
    notes: tuple[str, ...]
    """What to bear in mind, in sentences."""
    about: str
    """What was counted, in a sentence."""
    crossing: Crossing | None = None

    def of_group(self, *groups: str) -> list[Line]:
        """Give the lines of some groups."""
        return [line for line in self.lines if line.group in groups]

    @property
    def seasonal(self) -> list[Line]:
        """Lines that come back every year, the largest swing first."""
        found = [line for line in self.lines if line.season is not None and line.season.returning]
        return sorted(found, key=lambda line: -line.season.swing if line.season else 0.0)

    def to_json(self) -> dict[str, Any]:
        """Give all of it, ready for JSON: numbers that are not known become null."""
        plain: dict[str, Any] = _plain(self)
        return plain

    def table(self, rows: int | None = 30) -> Table:
        """Lay out what was found for the terminal.

        Args:
            rows: How many lines at most; None for all that were tested.
        """
        from attire.catalog.trends.tables import lines_table

        return lines_table(self, rows)

    def write_html(self, path: Path | str) -> Path:
        """Write the report as one file that needs no other and no network."""
        from attire.atomic import write_text
        from attire.catalog.trends.page import page_html

        write_text(Path(path), page_html(self))
        return Path(path)

    def write_brief(self, path: Path | str) -> Path:
        """Write the brief's page, if there is a brief.

        Raises:
            DataError: If there is none.
        """
        from attire.atomic import write_text
        from attire.catalog.trends.brief_page import brief_html

        write_text(Path(path), brief_html(self))
        return Path(path)


def _plain(value: Any) -> Any:
    if isinstance(value, Garment):
        return {key: value.to_json()[key] for key in ("garment_id", "photo_uri", "box")}
    if isinstance(value, Subject):
        named = {"name": value.name, "among": value.among, "kind": value.kind}
        return named | {k: v for k in ("category", "attribute", "colour") if (v := getattr(value, k))}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value
