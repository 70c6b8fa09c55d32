"""How large the photos are, and what shape they have."""

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from attire.explore.numbers import Numbers
from attire.explore.sections.section import Section
from attire.explore.style import ACCENT, BAR, INK, clean, new_figure
from attire.explore.wording import percent, plural

__all__ = ["photo_sizes"]

_FRAMES = 600
_RATIOS = ((1 / 2, "2:1"), (3 / 4, "4:3"), (1.0, "1:1"), (4 / 3, "3:4"), (3 / 2, "2:3"), (2.0, "1:2"))


def photo_sizes(numbers: Numbers) -> Section:
    """Draw the photos' frames over each other, to scale, and how their lengths and shapes spread."""
    heights, widths = numbers.sizes[:, 0].astype(float), numbers.sizes[:, 1].astype(float)
    longest, ratio = np.maximum(heights, widths), heights / widths
    figure = new_figure(3.7)
    frames, lengths, shapes = figure.subplots(1, 3, width_ratios=(1.05, 1.2, 1.2))
    _frames(frames, heights, widths)
    _histogram(lengths, longest, "Longest side, pixels")
    _histogram(shapes, ratio, "Height ÷ width")
    _mark_ratios(shapes, ratio)
    middle = (int(np.median(heights)), int(np.median(widths)))
    upright = float((heights > widths).mean())
    small = int((np.minimum(heights, widths) < 300).sum())
    return Section(
        name="photo_sizes",
        topic="Photo sizes",
        headline=f"A typical photo is {middle[1]:,} pixels wide and {middle[0]:,} high",
        caption=(
            f"Left, up to {_FRAMES} frames laid over each other to scale, the median one in colour. "
            f"{percent(upright)} of {plural(numbers.photos, 'photo')} are upright. "
            f"The longest sides run from {int(longest.min()):,} to {int(longest.max()):,} pixels; "
            f"{plural(small, 'photo')} {'is' if small == 1 else 'are'} under 300 pixels on the shorter side. "
            "Sizes are those that the annotations state."
        ),
        alt=(
            f"Overlaid outlines of photo frames and two histograms. The median photo is {middle[1]} by "
            f"{middle[0]} pixels; longest sides run from {int(longest.min())} to {int(longest.max())} pixels."
        ),
        figure=figure,
    )


def _frames(axes: Axes, heights: npt.NDArray[np.float64], widths: npt.NDArray[np.float64]) -> None:
    step = max(1, len(heights) // _FRAMES)
    corners = [[(0, h), (w, h), (w, 0)] for h, w in zip(heights[::step], widths[::step], strict=True)]
    axes.add_collection(LineCollection(corners, colors=BAR, linewidths=0.7, alpha=0.18))
    h, w = float(np.median(heights)), float(np.median(widths))
    axes.plot([0, w, w], [h, h, 0], color=ACCENT, linewidth=1.6)
    axes.text(w * 0.95, h * 0.96, f"{w:,.0f} × {h:,.0f}", color=ACCENT, ha="right", va="top", weight="bold")
    axes.set(xlim=(0, np.quantile(widths, 0.99) * 1.08), ylim=(0, np.quantile(heights, 0.99) * 1.05))
    axes.set_aspect("equal", anchor="SW")
    axes.set_title("Frames, to scale")
    axes.set_xlabel("width")
    axes.set_ylabel("height")
    axes.tick_params(labelcolor=INK, labelsize=8)
    axes.locator_params(nbins=4)
    clean(axes, keep="left bottom")


def _histogram(axes: Axes, values: npt.NDArray[np.float64], title: str) -> None:
    low, high = float(values.min()), float(np.quantile(values, 0.995))
    if high <= low:
        low, high = low * 0.9, low * 1.1
    axes.hist(np.minimum(values, high), bins=32, range=(low, high), color=BAR, rwidth=0.92)
    axes.set_title(title)
    axes.set_yticks([])
    axes.locator_params(axis="x", nbins=5)
    clean(axes, keep="bottom")
    middle = float(np.median(values))
    top = axes.get_ylim()[1] * 1.16
    axes.set_ylim(0, top)
    axes.axvline(middle, color=ACCENT, linewidth=1.2, ymax=0.9)
    said = f"{middle:,.0f}" if middle > 20 else f"{middle:.2f}"
    side = "left" if middle < (low + high) / 2 else "right"
    axes.text(middle, top, f" median {said} ", color=ACCENT, ha=side, va="top", weight="bold")


def _mark_ratios(axes: Axes, ratio: npt.NDArray[np.float64]) -> None:
    low, high = axes.get_xlim()
    ticks = [(value, name) for value, name in _RATIOS if low <= value <= high]
    if len(ticks) > 1:
        axes.set_xticks([value for value, _ in ticks], [name for _, name in ticks])
        axes.set_title("Shape, width : height")
