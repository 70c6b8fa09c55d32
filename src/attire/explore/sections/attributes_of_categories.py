"""Which attributes each category has."""

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from attire.explore.numbers import Ints, Numbers
from attire.explore.sections.section import Section
from attire.explore.style import ACCENT, HEAT, INK, QUIET, clean, new_figure
from attire.explore.wording import percent, shortened
from attire.wording import listed

__all__ = ["attributes_of_categories"]

_MOST_ATTRIBUTES = 64
_MOST_CATEGORIES = 24


def attributes_of_categories(numbers: Numbers) -> Section:
    """Draw a matrix of categories × attributes, and how many attributes a garment of each category has."""
    rows = np.argsort(-numbers.category_annotated, kind="stable")[:_MOST_CATEGORIES]
    rows = rows[numbers.category_annotated[rows] > 0]
    columns = _columns(numbers)
    held, known = (
        table[np.ix_(rows, columns)] for table in (numbers.attributes_held, numbers.attributes_known)
    )
    shares = np.where(known > 0, held / np.maximum(known, 1), 0.0)
    means = numbers.attributes_held[rows].sum(axis=1) / numbers.category_annotated[rows]
    figure = new_figure(0.24 * len(rows) + 2.6)
    matrix, side = figure.subplots(1, 2, width_ratios=(8.2, 1), sharey=True)
    matrix.imshow(shares, cmap=HEAT, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    matrix.set_yticks(
        np.arange(len(rows)),
        [f"{numbers.category_name(int(c))}  {numbers.category_annotated[c]:,}" for c in rows],
        fontsize=8.5,
    )
    matrix.set_xticks(
        np.arange(len(columns)),
        [shortened(numbers.attribute_name(int(a))) for a in columns],
        rotation=90,
        fontsize=6.6,
    )
    clean(matrix)
    _mark_groups(matrix, numbers, columns)
    _means(side, means)
    top = int(np.argmax(means))
    common = int(rows[0])
    favourites = numbers.attributes_held[common]
    names = [numbers.attribute_name(int(a)) for a in np.argsort(-favourites, kind="stable")[:4]]
    return Section(
        name="attributes_of_categories",
        topic="Attributes by category",
        headline=(
            f"No category is described more fully than {numbers.category_name(int(rows[top]))}: "
            f"{means[top]:.1f} attributes on average"
        ),
        caption=(
            "The darker a cell, the larger the share of that category's instances with the attribute, among "
            "those for which somebody looked; right, attributes per annotated instance. The number beside a "
            f"name counts annotated instances: most are of {numbers.category_name(common)} "
            f"({percent(numbers.category_annotated[common] / numbers.annotated)}), typically {listed(names)}."
        ),
        alt=(
            f"Heat map of {len(rows)} categories by {len(columns)} attributes, and bars of attributes per "
            f"annotated instance from {means.min():.1f} to {means.max():.1f}."
        ),
        figure=figure,
    )


def _columns(numbers: Numbers) -> Ints:
    """The attributes held most often, ordered by group and then by frequency."""
    held = numbers.attributes_held.sum(axis=0)
    chosen = np.argsort(-held, kind="stable")[:_MOST_ATTRIBUTES]
    chosen = chosen[held[chosen] > 0]
    group = numbers.ontology.group_of_attribute[chosen]
    columns: Ints = chosen[np.lexsort((-held[chosen], group))]
    return columns


def _mark_groups(axes: Axes, numbers: Numbers, columns: Ints) -> None:
    groups = numbers.ontology.group_of_attribute[columns]
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    ends = np.append(starts[1:], len(columns))
    for start, end in zip(starts, ends, strict=True):
        if start:
            axes.axvline(start - 0.5, color=QUIET, linewidth=0.7)
        axes.annotate(
            numbers.ontology.groups[int(groups[start])].name,
            ((start + end - 1) / 2, -0.5),
            xytext=(0, 4 if end - start > 5 else 15),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8,
            color=INK,
            weight="bold",
        )


def _means(axes: Axes, means: npt.NDArray[np.float64]) -> None:
    axes.barh(np.arange(len(means)), means, height=0.66, color=ACCENT)
    axes.set(xticks=[], xlim=(0, means.max() * 1.5))
    axes.tick_params(labelleft=False)
    for place, mean in enumerate(means):
        axes.annotate(
            f"{mean:.1f}", (mean, place), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8
        )
    clean(axes)
