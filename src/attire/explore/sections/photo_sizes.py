"""How large the photos are, and what shape they have."""

from math import log2

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from attire.explore.numbers import Numbers
from attire.explore.sections.section import Section
from attire.explore.style import ACCENT, BAR, INK, clean, new_figure
from attire.explore.wording import percent
from attire.wording import plural

__all__ = ["photo_sizes"]

_FRAMES = 600
_RATIOS = (
    (1.0, "1:1"),
    (3 / 2, "2:3"),
    (2 / 3, "3:2"),
    (2.0, "1:2"),
    (1 / 2, "2:1"),
    (4 / 3, "3:4"),
    (3 / 4, "4:3"),
)
"""Height ÷ width and its name, the ones to show first."""


def photo_sizes(numbers: Numbers) -> Section:
    """Draw the photos' frames over each other, to scale, and how their lengths and shapes spread."""
    heights, widths = numbers.sizes[:, 0].astype(float), numbers.sizes[:, 1].astype(float)
    longest, ratio = np.maximum(heights, widths), heights / widths
    figure = new_figure(3.7)
    frames, lengths, shapes = figure.subplots(1, 3, width_ratios=(1.05, 1.2, 1.2))
    _frames(frames, heights, widths)
    _histogram(lengths, longest, "Longest side, pixels", f"{np.median(longest):,.0f}")
    _histogram(shapes, np.log2(ratio), "Shape, width : height", f"1 : {np.median(ratio):.2f}")
    _mark_ratios(shapes)
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


def _histogram(axes: Axes, values: npt.NDArray[np.float64], title: str, median: str) -> None:
    low, high = (float(bound) for bound in np.quantile(values, (0.003, 0.997)))
    least = max(abs(low) * 0.05, 0.3)
    if high - low < least:
        low, high = (low + high - least) / 2, (low + high + least) / 2
    axes.hist(np.clip(values, low, high), bins=32, range=(low, high), color=BAR, rwidth=0.92)
    axes.set_title(title)
    axes.set_yticks([])
    axes.locator_params(axis="x", nbins=5, integer=True)
    clean(axes, keep="bottom")
    middle = float(np.median(values))
    top = axes.get_ylim()[1] * 1.16
    axes.set_ylim(0, top)
    axes.axvline(middle, color=ACCENT, linewidth=1.2, ymax=0.9)
    side = "left" if middle < (low + high) / 2 else "right"
    axes.text(middle, top, f" median {median} ", color=ACCENT, ha=side, va="top", weight="bold")


def _mark_ratios(axes: Axes) -> None:
    """Name the well-known shapes that the axis of log2(height ÷ width) covers, where there is room."""
    low, high = axes.get_xlim()
    ticks: list[tuple[float, str]] = []
    for ratio, name in _RATIOS:
        place = log2(ratio)
        if low <= place <= high and all(abs(place - other) > 0.13 * (high - low) for other, _ in ticks):
            ticks.append((place, name))
    axes.set_xticks([place for place, _ in ticks], [name for _, name in ticks])
