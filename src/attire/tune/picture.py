"""The course of a search to look at."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from attire.atomic import atomic_path
from attire.extras import require
from attire.tune.results import Row

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
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10 if shares else 6, 4), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, 2 if shares else 1, squeeze=False)[0]
    trials = panels[0]
    for state, color, marker in (("done", "#1f4e8c", "o"), ("given up", "#d1495b", "x")):
        own = [(row.number, row.value) for row in rows if row.state == state and row.value is not None]
        if own:
            trials.scatter(*zip(*own, strict=True), color=color, marker=marker, s=18, label=state)
    done = [(row.number, row.value) for row in rows if row.state == "done" and row.value is not None]
    if done:
        numbers, values = zip(*done, strict=True)
        best = np.maximum.accumulate(np.array(values))
        trials.step(numbers, best, where="post", color="#6b7280", linewidth=1, label="best so far")
        trials.legend(fontsize=8, frameon=False, loc="lower right")
    trials.set_xlabel("trial", fontsize=8)
    trials.set_title(measure, fontsize=10)
    if shares:
        names = list(shares)[::-1]
        panels[1].barh(names, [shares[name] for name in names], color="#1f4e8c")
        panels[1].set_title("what mattered (share of 1)", fontsize=10)
    for panel in panels:
        panel.tick_params(labelsize=8)
        panel.spines[["top", "right"]].set_visible(False)
    with atomic_path(path) as temporary:
        figure.savefig(temporary, dpi=110)
