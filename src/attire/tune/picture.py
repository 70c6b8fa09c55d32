"""The course of a search to look at."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from attire.atomic import write_bytes
from attire.extras import require
from attire.tune.results import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_history"]


def draw_history(rows: Sequence[Row], shares: Mapping[str, float], path: Path, measure: str) -> None:
    """Draw the figure of every trial and the best so far; beside it, which values mattered.

    Args:
        rows: All trials.
        shares: Name → share of 1, greatest first; empty leaves the panel out.
        path: PNG file to write.
        measure: What the figures are.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    require("matplotlib", "data")
    from attire.explore.style import house_style, new_figure, to_png

    with house_style():
        figure = new_figure(3.8, 9.6 if shares else 5.8)
        panels = figure.subplots(1, 2 if shares else 1, squeeze=False)[0]
        _trials(panels[0], rows, measure)
        if shares:
            _shares(panels[1], shares)
        picture = to_png(figure)
    write_bytes(path, picture)


def _trials(axes: "Axes", rows: Sequence[Row], measure: str) -> None:
    from attire.explore.style import ACCENT, BAR, INK, QUIET, clean

    for state, color, marker in (("done", BAR, "o"), ("given up", ACCENT, "x")):
        own = [(row.number, row.value) for row in rows if row.state == state and row.value is not None]
        if own:
            numbers, values = zip(*own, strict=True)
            axes.scatter(numbers, values, color=color, marker=marker, s=18, label=state)
    done = [(row.number, row.value) for row in rows if row.state == "done" and row.value is not None]
    if done:
        numbers, values = zip(*done, strict=True)
        best = np.maximum.accumulate(np.array(values))
        axes.step(numbers, best, where="post", color=QUIET, linewidth=1, label="best so far")
        # Below the axes, where it hides no trial.
        axes.legend(
            frameon=False, labelcolor=INK, fontsize=8.5, loc="upper left", bbox_to_anchor=(0, -0.14), ncols=3
        )
    axes.set_xlabel("trial", loc="right")
    axes.set_title(measure)
    axes.tick_params(labelcolor=INK)
    axes.grid(axis="y")
    clean(axes)


def _shares(axes: "Axes", shares: Mapping[str, float]) -> None:
    from attire.explore.style import BAR, clean

    names = list(shares)[::-1]
    axes.barh(names, [shares[name] for name in names], color=BAR, height=0.6)
    axes.set_title("What mattered (share of 1)")
    clean(axes)
