"""What was taken for what."""

import numpy as np

from attire.evaluate.report import Report
from attire.explore.sections import Section
from attire.explore.style import HEAT, INK, PAPER, QUIET, clean, new_figure

__all__ = ["confusion"]


def confusion(report: Report) -> Section:
    """Draw the confusion matrix of the categories that occur, each row a share of its truths."""
    matrix = report.confusion
    last = len(matrix) - 1
    there = np.flatnonzero((matrix.sum(axis=0) + matrix.sum(axis=1))[:last] > 0)
    order = np.append(there[np.argsort(-matrix[there].sum(axis=1), kind="stable")], last)
    counts = matrix[np.ix_(order, order)]
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    names = [report.confusion_names[i].split(",")[0] for i in order]
    figure = new_figure(0.27 * len(order) + 1.5)
    axes = figure.subplots()
    axes.imshow(shares, cmap=HEAT, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    for row, column in np.argwhere(counts):
        color = PAPER if shares[row, column] > 0.5 else INK
        axes.text(column, row, f"{counts[row, column]:,}", ha="center", va="center", fontsize=7, color=color)
    said = [*names[:-1], "missed"]
    axes.set_xticks(np.arange(len(said)), said, rotation=45, ha="left", rotation_mode="anchor")
    axes.set_yticks(np.arange(len(names)), [*names[:-1], "nothing there"])
    axes.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, labelcolor=INK)
    for edge in (axes.axhline, axes.axvline):
        edge(len(order) - 1.5, color=QUIET, linewidth=0.8)
    clean(axes)
    return Section(
        name="confusion",
        topic="Taken for",
        headline=_headline(counts, names),
        caption=(
            "Rows are the truth, columns what was said, matched one to one by IoU > 0.5 whatever the "
            "category. Numbers are counts, shades the share of the row. The last column holds what was "
            "missed, the last row what was said where nothing is."
        ),
        alt=f"Confusion matrix of {len(names) - 1} categories and the background.",
        figure=figure,
    )


def _headline(counts: np.ndarray, names: list[str]) -> str:
    mixed = counts[:-1, :-1].copy()
    np.fill_diagonal(mixed, 0)
    if not mixed.any():
        return "No category is taken for another"
    row, column = np.unravel_index(int(mixed.argmax()), mixed.shape)
    return f"Most often {names[row]} is taken for {names[column]}: {mixed[row, column]:,} times"
