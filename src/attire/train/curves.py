"""The course of a run to look at: a picture of its losses and a table of its epochs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.box import SIMPLE_HEAD
from rich.table import Table

from attire.atomic import atomic_path
from attire.extras import require
from attire.train.history import HistoryRow

__all__ = ["LOSS_NAMES", "draw_curves", "epoch_table", "smooth"]

LOSS_NAMES = {
    "loss": "all losses, weighted",
    "loss_objectness": "object or not",
    "loss_rpn_box_reg": "proposal box",
    "loss_classifier": "category",
    "loss_box_reg": "box",
    "loss_mask": "mask",
    "loss_attribute": "attributes",
    "loss_semantic": "category of each pixel",
}
"""What each loss is about, for people."""
_HEADINGS = {
    "loss": "all",
    "loss_objectness": "object",
    "loss_rpn_box_reg": "prop.",
    "loss_classifier": "categ.",
    "loss_box_reg": "box",
    "loss_mask": "mask",
    "loss_attribute": "attrib.",
    "loss_semantic": "pixels",
}
_SHADES = ("#ffffff", "#eef2f6")
_LABEL = {"ha": "center", "va": "top", "fontsize": 7, "color": "#6b7280"}


def draw_curves(rows: Sequence[HistoryRow], path: Path) -> None:
    """Draw every loss over the steps: training as a line, smoothed, and validation as dots.

    Stages are shaded in turn, with the layers that learn written at the top.

    Args:
        rows: What the run logged.
        path: PNG file to write.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    require("matplotlib", "data")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    names = [name for name in LOSS_NAMES if any(name in row.values for row in rows)]
    columns = (len(names) + 2) // 2
    figure = Figure(figsize=(3.25 * columns, 6.5), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(2, columns, squeeze=False).ravel()
    for panel, name in zip(panels, names, strict=False):
        _draw_loss(panel, rows, name)
    rates = [(row.step, row.lr) for row in rows if row.part == "train"]
    panels[len(names)].plot(*zip(*rates, strict=True), color="#6b7280")
    panels[len(names)].set_title("learning rate", fontsize=10)
    for panel in panels[: len(names) + 1]:
        _shade_stages(panel, rows)
        panel.set_xlabel("step", fontsize=8)
        panel.tick_params(labelsize=8)
        panel.spines[["top", "right"]].set_visible(False)
    for panel in panels[len(names) + 1 :]:
        panel.set_axis_off()
    with atomic_path(path) as temporary:
        figure.savefig(temporary, dpi=110)


def _draw_loss(axes: Any, rows: Sequence[HistoryRow], name: str) -> None:
    train = [(row.step, row.values[name]) for row in rows if row.part == "train" and name in row.values]
    val = [(row.step, row.values[name]) for row in rows if row.part == "val" and name in row.values]
    steps, values = np.array([step for step, _ in train]), np.array([value for _, value in train])
    axes.plot(steps, values, color="#c7d2e0", linewidth=0.6)
    axes.plot(steps, smooth(values, 1 + len(values) // 40), color="#1f4e8c", linewidth=1.6, label="training")
    if val:
        axes.plot(
            *zip(*val, strict=True), "o-", color="#d1495b", markersize=3.5, linewidth=1, label="validation"
        )
    everything = np.concatenate([values, [value for _, value in val]])
    if len(everything):
        axes.set_ylim(0, float(np.quantile(everything, 0.99)) * 1.15 or 1)
    axes.set_title(LOSS_NAMES[name], fontsize=10)
    if name == "loss":
        axes.legend(fontsize=8, frameon=False)


def _shade_stages(axes: Any, rows: Sequence[HistoryRow]) -> None:
    spans: dict[int, list[HistoryRow]] = {}
    for row in rows:
        spans.setdefault(row.stage, []).append(row)
    for stage, own in spans.items():
        start, end = own[0].step - 1, own[-1].step
        axes.axvspan(start, end, color=_SHADES[(stage - 1) % 2], zorder=0, linewidth=0)
        axes.text((start + end) / 2, 0.97, own[0].layers, transform=axes.get_xaxis_transform(), **_LABEL)


def smooth(values: npt.NDArray[np.floating], width: int) -> npt.NDArray[np.float64]:
    """Average each value with up to ``width - 1`` before it.

    Args:
        values: Shape ``(N,)``.
        width: How many are averaged, at least 1; fewer at the start.

    Returns:
        Means, shape ``(N,)``.

    Example:
        >>> smooth(np.array([1.0, 3.0, 5.0]), 2).tolist()
        [1.0, 2.0, 4.0]
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(sums))
    starts = np.maximum(0, ends - width)
    means: npt.NDArray[np.float64] = (sums[ends] - sums[starts]) / (ends - starts)
    return means


def epoch_table(rows: Sequence[HistoryRow]) -> Table:
    """Lay a run out by epoch: mean losses in training and, below, what validation found.

    Args:
        rows: What the run logged.

    Returns:
        A table for the terminal, narrow enough for 80 columns.
    """
    names = [name for name in LOSS_NAMES if any(name in row.values for row in rows)]
    names += sorted({name for row in rows for name in row.values} - set(names))
    table = Table(title="Losses by epoch", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("epoch", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name in names:
        table.add_column(_HEADINGS.get(name, name), justify="right")
    for epoch in sorted({row.epoch for row in rows}):
        for part in ("train", "val"):
            own = [row for row in rows if row.epoch == epoch and row.part == part]
            if own:
                head = f"{epoch} {own[0].layers}" if part == "train" else ""
                cells = [_mean([row.values[name] for row in own if name in row.values]) for name in names]
                table.add_row(head, part, *cells, style="bold" if part == "val" else None)
    return table


def _mean(values: Sequence[float]) -> str:
    return f"{np.mean(values):.3g}" if values else ""
