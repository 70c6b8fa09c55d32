"""Charts as inline SVG, coloured by the page's own style so that they follow light and dark."""

import math
from collections.abc import Callable, Sequence
from html import escape

from attire.catalog.trends.report import Interval, Line, TrendsReport
from attire.catalog.trends.wording import percent

__all__ = ["chart", "spark"]

_WIDTH, _HEIGHT = 360, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 44, 12, 20
_MOST_BARS = 10


def chart(report: TrendsReport, line: Line) -> str:
    """Draw a line's shares with their intervals: over time, or as bars where groups have no order."""
    return _over_time(report, line) if report.timed else _bars(report, line)


def spark(report: TrendsReport, line: Line) -> str:
    """Draw a line's shares as small as a word."""
    some = [(i, s.value) for i, s in enumerate(line.shares) if _full(report, i) and not math.isnan(s.value)]
    if len(some) < 2:
        return ""
    top = max(value for _, value in some) or 1.0
    last = len(line.shares) - 1
    points = " ".join(f"{2 + 66 * i / last:.1f},{16 - 14 * value / top:.1f}" for i, value in some)
    return f'<svg class="spark" viewBox="0 0 70 18" aria-hidden="true"><polyline points="{points}"/></svg>'


def _full(report: TrendsReport, place: int) -> bool:
    return report.periods[place].full


def _over_time(report: TrendsReport, line: Line) -> str:
    places = _times(report)
    ahead = [places[-1] + (1 + h) * _step(places) for h in range(len(line.forecast))]
    known = [
        (places[i], s) for i, s in enumerate(line.shares) if _full(report, i) and not math.isnan(s.value)
    ]
    if not known:
        return ""
    shown = [s for _, s in known] + list(line.forecast)
    top = _round_up(max(min(s.high, 2.5 * max(k.value for k in shown) + 1e-9) for s in shown))
    first, last = places[0], ahead[-1] if ahead else places[-1]

    def x(place: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (place - first) / max(last - first, 1e-9)

    def y(share: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * min(share / top, 1.0)

    def path(pairs: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in pairs)

    def band(pairs: Sequence[tuple[float, Interval]]) -> str:
        return path([(a, s.high) for a, s in pairs] + [(a, s.low) for a, s in reversed(pairs)])

    parts = [_rules(top, y)]
    parts.append(f'<polygon class="band" points="{band(known)}"/>')
    parts.append(f'<polyline class="seen" points="{path([(a, s.value) for a, s in known])}"/>')
    dots = "".join(f'<circle class="dot" cx="{x(a):.1f}" cy="{y(s.value):.1f}" r="2"/>' for a, s in known)
    parts.append(dots if len(known) <= 60 else "")
    if ahead:
        future = [known[-1], *zip(ahead, line.forecast, strict=True)]
        parts.append(f'<polygon class="band ahead" points="{band(future)}"/>')
        parts.append(f'<polyline class="seen ahead" points="{path([(a, s.value) for a, s in future])}"/>')
    parts.append(_ends(report, x(places[0]), x(places[-1])))
    said = f"{line.subject.name}, {report.periods[0].label} to {report.periods[-1].label}"
    return _svg(said, parts, _HEIGHT)


def _times(report: TrendsReport) -> list[float]:
    return [period.position if period.position is not None else i for i, period in enumerate(report.periods)]


def _step(places: Sequence[float]) -> float:
    return 1.0 if len(places) > 1 else 0.0


def _rules(top: float, y: Callable[[float], float]) -> str:
    end = _WIDTH - _RIGHT + 4
    return "".join(
        f'<line class="rule" x1="{_LEFT}" x2="{end}" y1="{y(share):.1f}" y2="{y(share):.1f}"/>'
        f'<text x="{end + 4}" y="{y(share) + 3.5:.1f}">{percent(share)}</text>'
        for share in (0.0, top / 2, top)
    )


def _ends(report: TrendsReport, first: float, last: float) -> str:
    left, right = escape(report.periods[0].label), escape(report.periods[-1].label)
    base = _HEIGHT - 5
    return (
        f'<text x="{first:.1f}" y="{base}">{left}</text>'
        f'<text x="{last:.1f}" y="{base}" text-anchor="end">{right}</text>'
    )


def _bars(report: TrendsReport, line: Line) -> str:
    order = [i for i, s in enumerate(line.shares) if _full(report, i) and not math.isnan(s.value)]
    if len(order) > _MOST_BARS:
        order = sorted(order, key=lambda i: -line.shares[i].value)[:_MOST_BARS]
    if not order:
        return ""
    top = max(line.shares[i].high for i in order) or 1.0
    parts = []
    for row, i in enumerate(order):
        share, middle = line.shares[i], 12 + 20 * row
        label = report.periods[i].label
        label = label if len(label) <= 16 else f"{label[:15]}…"
        x0, x1, low, high = (110 + 190 * v / top for v in (0.0, share.value, share.low, share.high))
        parts.append(
            f'<text x="104" y="{middle + 4}" text-anchor="end">{escape(label)}</text>'
            f'<rect class="bar" x="{x0:.1f}" y="{middle - 5}" width="{x1 - x0:.1f}" height="10"/>'
            f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}"/>'
            f'<text x="{max(high, x1) + 5:.1f}" y="{middle + 4}">{percent(share.value)}</text>'
        )
    return _svg(f"{line.subject.name} by {report.by}", parts, 24 + 20 * (len(order) - 1))


def _svg(said: str, parts: Sequence[str], height: int) -> str:
    label = escape(said, quote=True)
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>"
    )


def _round_up(value: float) -> float:
    """The next number that reads well.

    Example:
        >>> _round_up(0.037), _round_up(0.62), _round_up(1.4)
        (0.04, 0.8, 1.0)
    """
    if value <= 0:
        return 0.01
    power = 10.0 ** math.floor(math.log10(value))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return min(float(f"{power * next(s for s in steps if s * power >= value * 0.9999):.6g}"), 1.0)
