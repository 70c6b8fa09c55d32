"""How much of a photo each category covers."""

import numpy as np

from attire.explore.numbers import Numbers
from attire.explore.quantiles import area_quantiles
from attire.explore.sections.section import Section
from attire.explore.style import ACCENT, BAR, INK, PALE, QUIET, clean, new_figure
from attire.explore.wording import percent

__all__ = ["mask_areas"]

_FLOOR = 1e-5


def mask_areas(numbers: Numbers) -> Section:
    """Draw the spread of mask areas of every category on a logarithmic scale, largest first."""
    seen = numbers.seen
    quantiles = area_quantiles(numbers)[seen]
    order = np.argsort(-quantiles[:, 2], kind="stable")
    seen, quantiles = seen[order], np.maximum(quantiles[order], _FLOOR)
    figure = new_figure(0.205 * len(seen) + 0.8)
    axes = figure.subplots()
    places = np.arange(len(seen))
    axes.hlines(places, quantiles[:, 0], quantiles[:, 4], color=BAR, linewidth=1.1)
    axes.hlines(places, quantiles[:, 1], quantiles[:, 3], color=BAR, linewidth=6)
    axes.scatter(quantiles[:, 2], places, s=26, color=ACCENT, zorder=3, edgecolor=PALE, linewidth=0.6)
    for place, row in enumerate(quantiles):
        axes.annotate(
            percent(float(row[2])),
            (row[4], place),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=ACCENT,
        )
    axes.set_xscale("log")
    axes.set_yticks(places, [numbers.category_name(int(c)) for c in seen])
    axes.set_ylim(len(seen) - 0.3, -0.7)
    low, high = float(quantiles.min()), float(quantiles.max())
    ticks = [t for t in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0) if low / 10 <= t <= high * 10]
    axes.set_xticks(ticks, [percent(t) for t in ticks])
    axes.set_xlim(low * 0.7, min(high * 1.9, 1.9))
    axes.set_xlabel("share of the photo")
    axes.tick_params(axis="x", labelcolor=QUIET)
    axes.tick_params(axis="y", labelcolor=INK)
    axes.grid(axis="x")
    clean(axes)
    largest, smallest = (numbers.category_name(int(c)) for c in (seen[0], seen[-1]))
    tiny = float((numbers.area_shares < 0.001).mean())
    return Section(
        name="mask_areas",
        topic="Mask areas",
        headline=(
            f"Median masks run from {largest}, {percent(float(quantiles[0, 2]))} of the photo, down to "
            f"{smallest}, {percent(float(quantiles[-1, 2]))}"
        ),
        caption=(
            "Dots and numbers are medians, thick lines hold the middle half of the instances, thin ones nine "
            f"tenths. The scale is logarithmic. {percent(tiny)} of all masks cover less than a thousandth of "
            f"their photo, and the median mask {percent(float(np.median(numbers.area_shares)))}."
        ),
        alt=(
            f"Range plot of mask area by category on a logarithmic scale, from {largest} (median "
            f"{percent(float(quantiles[0, 2]))}) down to {smallest} ({percent(float(quantiles[-1, 2]))})."
        ),
        figure=figure,
    )
