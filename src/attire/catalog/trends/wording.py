"""Figures as people read them."""

import math

from attire.catalog.trends.report import Interval, Line, TrendsReport

__all__ = ["change", "named_unit", "odds_change", "percent", "points", "price_range"]


def percent(share: float) -> str:
    """Say a share in per cent, with as many digits as it deserves.

    Example:
        >>> percent(0.667), percent(0.0349), percent(0.0012), percent(0.00001), percent(float("nan"))
        ('67 %', '3.5 %', '0.12 %', 'under 0.01 %', '–')
    """
    value = 100 * share
    if math.isnan(value):
        return "–"
    if value >= 10 or value == 0:
        return f"{value:.0f} %"
    return f"{value:.2g} %" if value >= 0.01 else "under 0.01 %"


def odds_change(value: float) -> str:
    """Say a change of odds.

    Example:
        >>> odds_change(0.124), odds_change(-0.031), odds_change(2.5), odds_change(float("nan"))
        ('+12 %', '−3.1 %', '×3.5', '–')
    """
    if math.isnan(value):
        return "–"
    if value >= 1:
        times = value + 1
        return f"×{times:.2g}" if times < 10 else f"×{times:.0f}" if times < 1000 else "over ×1,000"
    sign = "+" if value >= 0 else "−"
    size = abs(100 * value)
    return f"{sign}{size:.0f} %" if size >= 10 else f"{sign}{size:.2g} %"


def change(growth: Interval) -> str:
    """Say growth with its interval.

    Example:
        >>> change(Interval(0.12, 0.05, 0.19))
        '+12 % (+5 % to +19 %)'
    """
    if math.isnan(growth.value):
        return "–"
    return f"{odds_change(growth.value)} ({odds_change(growth.low)} to {odds_change(growth.high)})"


def price_range(low: float | None, high: float | None) -> str:
    """Say between which prices; one of them has to be there.

    Example:
        >>> price_range(None, 80), price_range(30, None), price_range(30, 80)
        ('up to 80', 'from 30', 'between 30 and 80')
    """
    if low is None:
        return f"up to {high:g}"
    return f"from {low:g}" if high is None else f"between {low:g} and {high:g}"


def points(line: Line) -> str:
    """Say from what share to what share a line went."""
    return f"{percent(line.first)} → {percent(line.last)}"


def named_unit(report: TrendsReport) -> str:
    """Say what a step of time is called."""
    return "season" if "," in report.by and report.timed else report.by
