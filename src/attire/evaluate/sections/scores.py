"""The score under every reading, with its intervals."""

import math

from matplotlib.axes import Axes

from attire.evaluate.report import Report
from attire.evaluate.score2019 import Score
from attire.explore.sections import Section
from attire.explore.style import ACCENT, BAR, INK, QUIET, RULE, clean, new_figure

__all__ = ["scores"]

_READINGS = (("per image", "image"), ("pooled", "pooled"), ("per image and class", "image_class"))


def scores(report: Report) -> Section:
    """Draw three variants of the score under three averagings."""
    variants = {
        "with attributes": report.score,
        "categories only": report.score_categories,
        "stripped of attributes": report.score_stripped,
    }
    figure = new_figure(0.36 * 9 + 1.2)
    axes = figure.subplots()
    place, ticks = 0.0, []
    for name, score in variants.items():
        axes.text(0, place - 0.75, name, fontsize=9.5, weight="bold", color=INK)
        for reading, field in _READINGS:
            _draw(axes, place, score, field, headline=name == "with attributes" and field == "image")
            ticks.append((place, reading))
            place += 1
        place += 1.1
    axes.set_yticks([at for at, _ in ticks], [reading for _, reading in ticks])
    axes.set(ylim=(place - 1, -1.3), xlim=(0, 1.1), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.grid(axis="x")
    clean(axes)
    value, stripped = report.score.image, report.score_stripped.image.value
    interval = "" if math.isnan(value.low) else f" ({value.low:.3f} to {value.high:.3f})"
    return Section(
        name="scores",
        topic="The score of 2019",
        headline=f"The score is {value.value:.3f}{interval}",
        caption=(
            "A hit needs the right category, exactly the right set of attributes and IoU above the "
            "threshold; TP / (TP + FP + FN), mean over the thresholds 0.50 to 0.95. How Kaggle averaged is "
            "not settled by public sources, so three readings stand here; the headline is the one per image. "
            f"Lines are 95 % bootstrap intervals over photos ({report.provenance.resamples:,} draws). "
            "The same predictions stripped of all attributes would score "
            f"{stripped:.3f}: what bare garments alone earn."
        ),
        alt=f"Nine scores with intervals; the headline is {value.value:.3f}.",
        figure=figure,
    )


def _draw(axes: Axes, place: float, score: Score, field: str, *, headline: bool) -> None:
    value = getattr(score, field)
    color = ACCENT if headline else BAR
    axes.plot([0, 1], [place, place], color=RULE, linewidth=0.6, zorder=1)
    axes.plot([value.low, value.high], [place, place], color=color, linewidth=4, alpha=0.35, zorder=2)
    axes.plot([value.value], [place], "o", color=color, markersize=7, zorder=3)
    axes.text(
        1.02,
        place,
        f"{value.value:.3f}",
        va="center",
        fontsize=9.5,
        color=color,
        weight="bold" if headline else 400,
    )
    axes.tick_params(axis="y", labelcolor=QUIET)
