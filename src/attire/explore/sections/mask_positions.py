"""Where in the photo each category lies."""

from math import ceil

import numpy as np

from attire.explore.numbers import Numbers
from attire.explore.positions import GRID
from attire.explore.sections.section import Section
from attire.explore.style import HEAT, QUIET, RULE, new_figure
from attire.explore.wording import percent
from attire.wording import plural

__all__ = ["mask_positions"]

_COLUMNS = 8


def mask_positions(numbers: Numbers) -> Section:
    """Draw one small heat map per category seen, in the shape of the median photo."""
    seen = numbers.seen
    heights, widths = numbers.sizes[:, 0], numbers.sizes[:, 1]
    shape = float(np.clip(np.median(heights / widths), 0.5, 2.0))
    rows = ceil(len(seen) / _COLUMNS)
    figure = new_figure(rows * (1.1 * shape + 0.42) + 0.1)
    figure.set_layout_engine("constrained", h_pad=0.03, w_pad=0.05)
    panels = figure.subplots(rows, _COLUMNS, squeeze=False).reshape(-1)
    for axes in panels[len(seen) :]:
        axes.set_axis_off()
    for axes, category in zip(panels, seen, strict=False):
        picture = numbers.positions[category]
        axes.imshow(
            picture,
            cmap=HEAT,
            vmin=0,
            vmax=max(float(picture.max()), 1e-6),
            interpolation="bilinear",
            aspect=shape,
        )
        axes.set(xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_color(RULE)
        axes.set_title(numbers.category_name(int(category)), fontsize=8.4, pad=3, loc="left")
        axes.set_xlabel(
            f"{numbers.category_instances[category]:,}", fontsize=7.5, color=QUIET, labelpad=2, loc="left"
        )
    steady, where = _steadiest(numbers)
    return Section(
        name="mask_positions",
        topic="Where things lie",
        headline=(f"The steadiest place is that of {steady}: {percent(where)} of the masks meet in one spot"),
        caption=(
            "Each frame is the whole photo, stretched to one shape; the darker a spot, the more of the "
            "category's masks cover it, scaled to each category's own maximum. Numbers count instances. "
            f"Computed from all {plural(numbers.instances, 'mask')} on a grid of {GRID} × {GRID}."
        ),
        alt=f"Small heat maps of the position of {plural(len(seen), 'category', 'categories')} in the photo.",
        figure=figure,
    )


def _steadiest(numbers: Numbers) -> tuple[str, float]:
    """The category whose masks agree most on one spot, among those with enough masks to say so."""
    enough = [c for c in numbers.seen if numbers.category_instances[c] >= 20]
    candidates = enough or numbers.seen.tolist()
    peaks = [float(numbers.positions[c].max()) for c in candidates]
    best = int(np.argmax(peaks))
    return numbers.category_name(int(candidates[best])), peaks[best]
