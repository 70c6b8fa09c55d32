"""How well attributes are named on garments that were found."""

import numpy as np

from attire.evaluate.report import Report
from attire.explore.sections import Section
from attire.explore.style import ACCENT, BAR, INK, PALE, QUIET, clean, new_figure

__all__ = ["attributes"]


def attributes(report: Report) -> Section:
    """Draw F1 and exact-set rate of every group that somebody looked at."""
    found = report.attributes
    rows = [("all groups", found.f1.value, found.exact_set.value, found.garments)]
    rows += [
        (group.name, group.f1, group.exact_set, group.garments) for group in found.groups if group.garments
    ]
    figure = new_figure(0.42 * len(rows) + 0.9)
    axes = figure.subplots()
    places = np.arange(len(rows))
    f1, exact = (np.nan_to_num([row[i] for row in rows]) for i in (1, 2))
    axes.barh(places, np.ones(len(rows)), height=0.72, color=PALE)
    axes.barh(places - 0.16, f1, height=0.32, color=BAR, label="F1")
    axes.barh(places + 0.2, exact, height=0.24, color=ACCENT, label="whole set right")
    for place, (_, score, whole, garments) in enumerate(rows):
        text = f"F1 {score:.2f}   set {whole:.2f}"
        axes.text(1.02, place, text, va="center", fontsize=8.5, color=INK)
        axes.text(1.32, place, f"{garments:,} garments", va="center", fontsize=8.5, color=QUIET)
    axes.set_yticks(places, [row[0] for row in rows])
    axes.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, 1.55), xticks=[0, 0.5, 1])
    axes.legend(
        frameon=False, loc="lower right", bbox_to_anchor=(1, 1), ncols=2, labelcolor=INK, fontsize=8.5
    )
    clean(axes)
    return Section(
        name="attributes",
        topic="Attributes",
        headline=(
            f"On {found.garments:,} garments found, attributes reach F1 {found.f1.value:.2f}; "
            f"every known one is right on {found.exact_set.value:.0%}"
        ),
        caption=(
            f"Garments matched by category and IoU > 0.5 whose truth has attributes: {found.garments:,} of "
            f"{found.annotated:,}. Only what somebody looked for counts: a group without any label is "
            "unknown, neither right nor wrong. F1 is over all entries of a group together; a set is right "
            f"when all known entries are. Per garment, F1 is {found.f1_garment.value:.2f}; read letter by "
            f"letter, as the score of 2019 does, the set is right on {found.exact_literal.value:.0%}."
        ),
        alt="Bars per group: "
        + ", ".join(f"{name} F1 {score:.2f}, whole set {whole:.2f}" for name, score, whole, _ in rows)
        + ".",
        figure=figure,
    )
