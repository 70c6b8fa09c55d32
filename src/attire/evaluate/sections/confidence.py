"""Whether confidence means what it says."""

from attire.evaluate.reliability import LEAST_SCORE
from attire.evaluate.report import Report
from attire.explore.sections import Section
from attire.explore.style import ACCENT, BAR, INK, QUIET, clean, new_figure

__all__ = ["confidence"]

_HEIGHT = 4.2


def confidence(report: Report) -> Section:
    """Draw how many are right of those that are so sure, bin by bin."""
    found = report.reliability
    assert found is not None
    figure = new_figure(_HEIGHT)
    axes = figure.subplots()
    said = [own.confidence for own in found.bins]
    right = [own.right for own in found.bins]
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 4)))
    axes.vlines(said, said, right, color=ACCENT, linewidth=1.2)
    axes.plot(said, right, color=BAR, linewidth=1.6, marker="o", markersize=6)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share that is right")
    axes.text(0.8, 0.76, "as sure as right", color=QUIET, fontsize=8.5, ha="left", va="top")
    axes.tick_params(labelcolor=INK)
    axes.set_aspect("equal")
    clean(axes)
    debiased = found.debiased
    return Section(
        name="confidence",
        topic="Confidence",
        headline=(
            f"Confidence and the share that is right lie {found.ece:.3f} apart, where chance alone gives "
            f"{found.floor:.3f}"
        ),
        caption=(
            f"All {found.detections:,} detections of at least {LEAST_SCORE:g}, in bins of equally many. "
            "Right means the category of a truth that no surer detection found, with an IoU over 0.5. The "
            "distance is the expected calibration error; without what chance adds to it, squared distances "
            f"give {debiased.value:.3f} ({debiased.low:.3f} to {debiased.high:.3f}). Brier score "
            f"{found.brier:.3f}."
        ),
        alt="Line of share right over confidence: "
        + ", ".join(f"{own.right:.2f} at {own.confidence:.2f}" for own in found.bins)
        + ".",
        figure=figure,
    )
