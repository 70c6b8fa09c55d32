"""How much the score depends on how exact a mask has to be."""

from attire.evaluate.report import Report
from attire.explore.sections import Section
from attire.explore.style import ACCENT, BAR, INK, QUIET, clean, new_figure

__all__ = ["thresholds"]

_VARIANTS = {
    "score_categories": ("categories only", BAR, "-"),
    "score": ("with attributes", ACCENT, "-"),
    "score_stripped": ("stripped", QUIET, "--"),
}


def thresholds(report: Report) -> Section:
    """Draw the score, sensitivity and precision over the ten IoU thresholds."""
    figure = new_figure(3.6)
    left, right = figure.subplots(1, 2)
    ious = [row.iou for row in report.thresholds["score"]]
    for variant, (name, color, line) in _VARIANTS.items():
        values = [row.image for row in report.thresholds[variant]]
        left.plot(ious, values, line, color=color, linewidth=2, marker="o", markersize=4, label=name)
    rows = report.thresholds["score_categories"]
    for name, color in (("sensitivity", BAR), ("precision", ACCENT)):
        values = [getattr(row, name) for row in rows]
        right.plot(ious, values, color=color, linewidth=2, marker="o", markersize=4, label=name)
    left.set_title("Score per image")
    right.set_title("Of all masks, by category")
    for axes in (left, right):
        axes.set(xlim=(0.48, 0.97), ylim=(-0.02, 1.02), xlabel="IoU has to exceed", xticks=ious[::2])
        axes.grid(axis="y")
        axes.legend(frameon=False, labelcolor=INK, fontsize=8.5)
        clean(axes, keep="bottom")
    first, last = rows[0], rows[-1]
    return Section(
        name="thresholds",
        topic="Per threshold",
        headline=(
            f"{first.tp:,} of {first.tp + first.fn:,} garments are found with half their mask, "
            f"{last.tp:,} to within a hair"
        ),
        caption=(
            "Left, the score at each threshold before it is averaged. Right, over all photos together and "
            "by category alone: sensitivity is the share of truths that are hit, precision the share of "
            f"predictions that hit. At IoU > 0.5: {first.tp:,} true positives, {first.fp:,} false positives, "
            f"{first.fn:,} false negatives; at IoU > 0.95: {last.tp:,}, {last.fp:,} and {last.fn:,}."
        ),
        alt=(
            f"Two charts of lines falling from IoU 0.50 to 0.95; the score with attributes goes from "
            f"{report.thresholds['score'][0].image:.3f} to {report.thresholds['score'][-1].image:.3f}."
        ),
        figure=figure,
    )
