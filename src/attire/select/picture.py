"""What a selector brought, to look at: confidence before and after, and the score of every way to choose."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attire.atomic import write_bytes
from attire.evaluate.reliability import Reliability
from attire.extras import require
from attire.select.comparison import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_selection"]

_SHARES = (1.0, 1.15)
"""Widths of the two panels, relative."""


def draw_selection(comparison: Comparison, measured: Mapping[str, Reliability], path: Path) -> None:
    """Draw a reliability diagram with a line per confidence, and the ways to choose with their intervals.

    Args:
        comparison: Every way on the same photos.
        measured: Confidence against what happened, by name; the first is drawn in the accent colour.
        path: PNG file to write.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    require("matplotlib", "data")
    from attire.explore.style import house_style, new_figure, to_png

    with house_style():
        figure = new_figure(4.0)
        left, right = figure.subplots(1, 2, width_ratios=_SHARES)
        _confidence(left, measured)
        _ways(right, comparison)
        picture = to_png(figure)
    write_bytes(path, picture)


def _confidence(axes: "Axes", measured: Mapping[str, Reliability]) -> None:
    from attire.explore.style import ACCENT, BAR, INK, QUIET, clean

    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 4)))
    for (name, found), color in zip(measured.items(), (ACCENT, BAR), strict=False):
        said = [own.confidence for own in found.bins]
        right = [own.right for own in found.bins]
        label = f"{name}, {found.ece:.3f} apart"
        axes.plot(said, right, color=color, linewidth=1.6, marker="o", markersize=5, label=label)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share that is right")
    axes.set_title("Is 80 % sure right in 8 of 10?")
    axes.legend(frameon=False, loc="upper left", labelcolor=INK, fontsize=8.5)
    axes.tick_params(labelcolor=INK)
    axes.set_aspect("equal")
    clean(axes)


def _ways(axes: "Axes", comparison: Comparison) -> None:
    from attire.explore.style import ACCENT, BAR, INK, QUIET, clean

    ways = comparison.ways[::-1]
    best = max(ways, key=lambda way: way.score.value)
    for row, way in enumerate(ways):
        for value, color, offset in ((way.score, BAR, 0.12), (way.with_sets, QUIET, -0.16)):
            ink = ACCENT if way is best and value is way.score else color
            axes.plot([value.low, value.high], [row + offset] * 2, color=ink, linewidth=1.4)
            axes.plot([value.value], [row + offset], color=ink, marker="o", markersize=5.5)
            axes.text(
                value.high,
                row + offset,
                f"  {value.value:.3f}",
                color=ink,
                va="center",
                ha="left",
                fontsize=8,
            )
    axes.set_yticks(range(len(ways)), [way.name for way in ways])
    axes.set_title("Score of 2019, on photos not learnt from")
    axes.set_xlabel("by category; grey: with exact attribute sets")
    axes.tick_params(labelcolor=INK)
    axes.margins(x=0.12)
    axes.grid(axis="x")
    clean(axes)
