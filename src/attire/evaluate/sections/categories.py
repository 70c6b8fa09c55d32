"""How well each category is found, and how far it can be trusted."""

import numpy as np
from matplotlib.axes import Axes

from attire.evaluate.breakdown import CategoryRow
from attire.evaluate.report import Report
from attire.explore.sections import Section
from attire.explore.style import ACCENT, BAR, INK, PALE, QUIET, clean, new_figure

__all__ = ["categories"]

_ENOUGH = 10


def categories(report: Report) -> Section:
    """Draw sensitivity and precision at IoU > 0.5, category by category, most frequent first."""
    rows = sorted(report.categories, key=lambda row: (-row.truths, -row.predictions, row.id))
    figure = new_figure(0.235 * len(rows) + 0.9)
    left, right = figure.subplots(1, 2, sharey=True)
    _bars(left, [row.sensitivity for row in rows], [f"{row.tp[0]:,} of {row.truths:,}" for row in rows])
    _bars(right, [row.precision for row in rows], [f"{row.tp[0]:,} of {row.predictions:,}" for row in rows])
    left.set_yticks(range(len(rows)), [row.name.split(",")[0] for row in rows])
    left.set(ylim=(len(rows) - 0.4, -0.6))
    left.set_title("Sensitivity: of those there, found")
    right.set_title("Precision: of those said, right")
    judged = [row for row in rows if row.truths >= _ENOUGH]
    weakest = min(judged, key=lambda row: row.sensitivity, default=None)
    return Section(
        name="categories",
        topic="Per category",
        headline=_headline(weakest),
        caption=(
            "By category alone, at IoU > 0.5, matched one to one. Categories in the order of how often they "
            "are there; below one half the bar is red, and without a number there was nothing to divide by. "
            "The table below adds average precision and the score of each category."
        ),
        alt="Bars of sensitivity and precision for "
        + ", ".join(f"{row.name.split(',')[0]} ({row.tp[0]} of {row.truths} found)" for row in rows)
        + ".",
        figure=figure,
    )


def _headline(weakest: CategoryRow | None) -> str:
    if weakest is None:
        return f"No category occurs {_ENOUGH} times"
    name = weakest.name.split(",")[0]
    if weakest.sensitivity == 1.0:
        return "Every frequent category is found completely"
    return f"Of the frequent ones, {name} is found least: {weakest.tp[0]:,} of {weakest.truths:,}"


def _bars(axes: Axes, shares: list[float], counts: list[str]) -> None:
    places = np.arange(len(shares))
    axes.barh(places, np.ones(len(shares)), height=0.72, color=PALE)
    known = ~np.isnan(shares)
    values = np.nan_to_num(np.array(shares))
    axes.barh(places, values, height=0.72, color=np.where(values < 0.5, ACCENT, BAR).tolist())
    for place in np.flatnonzero(known).tolist():
        axes.text(1.02, place, counts[place], va="center", fontsize=8, color=INK if values[place] else QUIET)
    axes.set(xlim=(0, 1.3), xticks=[0, 0.5, 1])
    clean(axes)
