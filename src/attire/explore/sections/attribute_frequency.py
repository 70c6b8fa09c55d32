"""How often each attribute is named, group by group."""

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from attire.explore.numbers import Ints, Numbers
from attire.explore.sections.section import Section
from attire.explore.style import BAR, INK, QUIET, WIDTH_IN, clean, new_figure
from attire.explore.wording import capital, percent, shortened
from attire.ontology import AttributeGroup
from attire.wording import listed, plural

__all__ = ["attribute_frequency"]

_MOST = 14
_COLUMNS = 3
_BAR_IN = 0.2
_HEAD_IN = 0.52
_NAMES_IN = 1.45
_GAP_IN = 0.1


def attribute_frequency(numbers: Numbers) -> Section:
    """Draw one block of sorted bars per attribute group, stacked in columns like newspaper text."""
    blocks = [(group, order) for group in numbers.ontology.groups if len(order := _order(numbers, group))]
    columns = _stack([_HEAD_IN + _BAR_IN * len(order) for _, order in blocks])
    height = max(end for _, _, end in columns)
    figure = new_figure(height)
    figure.set_layout_engine("none")
    width = WIDTH_IN / _COLUMNS
    for (group, order), (column, _, end) in zip(blocks, columns, strict=True):
        box = (
            (column * width + _NAMES_IN) / WIDTH_IN,
            1 - end / height,
            (width - _NAMES_IN - _GAP_IN) / WIDTH_IN,
            _BAR_IN * len(order) / height,
        )
        _bars(figure.add_axes(box), numbers, group, order)
    held = numbers.attributes_held.sum(axis=0)
    never = [numbers.attribute_name(a) for a in np.flatnonzero(held == 0).tolist()]
    unseen = f" Never named ({len(never)}): {listed(never, most=16)}." if never else ""
    return Section(
        name="attribute_frequency",
        topic="Attributes by group",
        headline=f"Garments are mostly {_mostly(numbers, [order for _, order in blocks])}",
        caption=(
            "Of the instances for which somebody looked at the group, the share that has each attribute; "
            f"at most {_MOST} per group. {plural(numbers.annotated, 'instance')} "
            f"({percent(numbers.annotated / numbers.instances)} of all) carry attributes, "
            f"{held.sum() / numbers.annotated:.1f} each; for the others they are unknown, not absent.{unseen}"
        ),
        alt=(
            f"Sorted bars for the groups {listed([group.name for group, _ in blocks])}. "
            f"Most frequent overall: {numbers.attribute_name(int(held.argmax()))}, {held.max():,} times."
        ),
        figure=figure,
    )


def _order(numbers: Numbers, group: AttributeGroup) -> Ints:
    """The group's attributes that occur, the most frequent first."""
    indices = np.array(group.indices, np.int64)
    held = numbers.attributes_held[:, indices].sum(axis=0)
    order = np.argsort(-held, kind="stable")[:_MOST]
    occurring: Ints = indices[order[held[order] > 0]]
    return occurring


def _stack(heights: list[float]) -> list[tuple[int, float, float]]:
    """Put each block under the column that is shortest so far: ``(column, begin, end)``."""
    ends = [0.0] * _COLUMNS
    places = []
    for height in heights:
        column = ends.index(min(ends))
        places.append((column, ends[column], ends[column] + height))
        ends[column] += height
    return places


def _shares(numbers: Numbers, attributes: Ints) -> npt.NDArray[np.float64]:
    held = numbers.attributes_held[:, attributes].sum(axis=0)
    known = numbers.attributes_known[:, attributes].sum(axis=0)
    shares: npt.NDArray[np.float64] = held / np.maximum(known, 1)
    return shares


def _mostly(numbers: Numbers, orders: list[Ints]) -> str:
    """The leaders of the three most one-sided groups, those that only say "no …" last."""
    leaders = [
        (numbers.attribute_name(int(order[0])), float(_shares(numbers, order[:1])[0])) for order in orders
    ]
    leaders.sort(key=lambda leader: (leader[0].startswith("no "), -leader[1]))
    return listed([f"{name} ({percent(share)})" for name, share in leaders[:3]])


def _bars(axes: Axes, numbers: Numbers, group: AttributeGroup, order: Ints) -> None:
    shares = _shares(numbers, order)
    places = np.arange(len(order))
    axes.barh(places, shares, height=0.66, color=BAR)
    axes.set_yticks(places, [shortened(numbers.attribute_name(int(a))) for a in order], fontsize=8)
    axes.set(ylim=(len(order) - 0.5, -0.5), xlim=(0, float(shares.max()) * 1.3), xticks=[])
    for place, share in zip(places, shares, strict=True):
        axes.annotate(
            percent(float(share)),
            (share, place),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=INK,
        )
    axes.set_title(capital(group.name), pad=3)
    known = int(numbers.attributes_known[:, order].sum(axis=0).max())
    axes.annotate(
        f"of {known:,}",
        (1, 1),
        xycoords="axes fraction",
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        fontsize=8,
        color=QUIET,
    )
    clean(axes)
