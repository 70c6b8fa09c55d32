"""Where the points went."""

from attire.evaluate.ledger import CAUSES
from attire.evaluate.report import Report
from attire.explore.sections import Section
from attire.explore.style import ACCENT, BAR, INK, QUIET, clean, new_figure

__all__ = ["ledger"]


def ledger(report: Report) -> Section:
    """Draw what was scored and what each cause took, which together make one point."""
    causes = sorted(report.ledger.mean_causes.items(), key=lambda item: -item[1].points)
    rows = [("scored", report.score.image.value, f"{report.ledger.mean_hits:,.1f} hits", BAR)]
    for name, cause in causes:
        kinds = ((cause.fp, "false positives"), (cause.fn, "false negatives"))
        counts = ", ".join(f"{count:,.1f} {kind}" for count, kind in kinds if count) or "none"
        rows.append((name.replace("_", " "), cause.points, counts, ACCENT))
    figure = new_figure(0.42 * len(rows) + 0.9)
    axes = figure.subplots()
    begin = 0.0
    for place, (_, points, counts, color) in enumerate(rows):
        axes.barh(place, points, left=begin, height=0.62, color=color)
        left = begin + points + 0.008
        fits = left < 0.6
        axes.text(
            left if fits else begin - 0.008,
            place,
            f"{points:.3f}   {counts}" if fits else f"{counts}   {points:.3f}",
            va="center",
            ha="left" if fits else "right",
            fontsize=8.5,
            color=INK if points >= 0.0005 else QUIET,
        )
        begin += points
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set(ylim=(len(rows) - 0.5, -0.6), xlim=(0, 1), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.grid(axis="x")
    clean(axes)
    name, worst = causes[0]
    meanings = "; ".join(f"{key.replace('_', ' ')}: {meaning}" for key, meaning in CAUSES.items())
    lost = 1 - report.score.image.value
    return Section(
        name="ledger",
        topic="Where the points went",
        headline=(
            f"{name.replace('_', ' ').capitalize()} cost most: {worst.points:.3f} of {lost:.3f} points lost"
            if lost > 0
            else "No point was lost"
        ),
        caption=(
            "Every false positive and every false negative has exactly one cause, tried in turn, mean over "
            "the ten thresholds; with the score the causes add up to 1. "
            f"{meanings[0].upper()}{meanings[1:]}."
        ),
        alt="Bars that add up to 1: "
        + ", ".join(f"{name} {points:.3f}" for name, points, _, _ in rows)
        + ".",
        figure=figure,
    )
