"""Which categories are worn together."""

from typing import NamedTuple

import numpy as np

from attire.explore.numbers import Numbers
from attire.explore.sections.section import Section
from attire.explore.style import HEAT, INK, PAPER, RULE, clean, new_figure
from attire.explore.wording import capital, percent

__all__ = ["Pair", "strongest_pair", "together"]

_MOST = 22
_LEAST_PHOTOS = 20


class Pair(NamedTuple):
    """Two categories that occur together."""

    first: int
    """Category id."""
    second: int
    """Category id."""
    photos: int
    """Photos that show both."""
    lift: float
    """How many times as often as if one had nothing to do with the other."""


def together(numbers: Numbers) -> Section:
    """Draw, for each category, in what share of its photos each other one occurs."""
    chosen = np.argsort(-numbers.category_photos, kind="stable")[:_MOST]
    chosen = chosen[numbers.category_photos[chosen] > 0]
    given = numbers.category_photos[chosen]
    shares = numbers.together[np.ix_(chosen, chosen)] / given[:, None]
    np.fill_diagonal(shares, np.nan)
    names = [numbers.category_name(int(c)) for c in chosen]
    figure = new_figure(0.30 * len(chosen) + 1.3)
    axes = figure.subplots()
    axes.set_facecolor(RULE)
    axes.imshow(shares, cmap=HEAT, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    axes.set_xticks(np.arange(len(chosen)), names, rotation=40, ha="left", rotation_mode="anchor")
    axes.set_yticks(np.arange(len(chosen)), names)
    axes.tick_params(
        axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, labelcolor=INK, pad=2
    )
    for row, column in zip(*np.nonzero(shares >= 0.005), strict=True):
        share = shares[row, column]
        axes.text(
            column,
            row,
            f"{100 * share:.0f}",
            ha="center",
            va="center",
            fontsize=7.5,
            color=PAPER if share > 0.5 else INK,
        )
    clean(axes)
    pair = strongest_pair(numbers)
    flat = int(np.nanargmax(np.nan_to_num(shares, nan=-1.0))) if len(chosen) > 1 else 0
    row, column = divmod(flat, len(chosen))
    most = percent(float(np.nan_to_num(shares)[row, column]))
    headline = f"Photos that show {names[row]} also show {names[column]} in {most} of cases"
    if pair is not None:
        first, second = numbers.category_name(pair.first), numbers.category_name(pair.second)
        headline = f"{capital(first)} and {second} meet {pair.lift:.1f} times as often as by chance"
    return Section(
        name="together",
        topic="Worn together",
        headline=headline,
        caption=(
            "Read along a row: of the photos that show the category on the left, the per cent that also show "
            f"the one above. The {len(chosen)} categories in most photos, in that order. Strongest: "
            f"{names[row]} → {names[column]}, {most}." + _pair_words(numbers, pair)
        ),
        alt=(
            f"Matrix of {len(chosen)} categories by the same categories, shaded by the share of photos they "
            f"share. The highest is {names[row]} with {names[column]}, {most}."
        ),
        figure=figure,
    )


def strongest_pair(numbers: Numbers) -> Pair | None:
    """Find the pair with the highest lift among those that share at least 20 photos.

    Lift is photos(both) · photos / (photos(first) · photos(second)).
    """
    alone = numbers.category_photos.astype(np.float64)
    expected = np.outer(alone, alone) / max(numbers.photos, 1)
    lift = np.where(numbers.together >= _LEAST_PHOTOS, numbers.together / np.maximum(expected, 1e-9), 0.0)
    lift[np.tril_indices_from(lift)] = 0.0
    if not lift.any():
        return None
    first, second = (int(place) for place in np.unravel_index(int(lift.argmax()), lift.shape))
    return Pair(first, second, int(numbers.together[first, second]), float(lift[first, second]))


def _pair_words(numbers: Numbers, pair: Pair | None) -> str:
    if pair is None:
        return ""
    return (
        f" Against chance, {numbers.category_name(pair.first)} and {numbers.category_name(pair.second)} "
        f"attract each other most: {pair.photos:,} photos with both, {pair.lift:.1f} times as many as if "
        f"they were worn independently (pairs in at least {_LEAST_PHOTOS} photos)."
    )
