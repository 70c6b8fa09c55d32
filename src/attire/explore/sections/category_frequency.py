"""How often each category occurs."""

import numpy as np

from attire.drawing import category_colors
from attire.explore.notable import RARE
from attire.explore.numbers import Numbers
from attire.explore.sections.section import Section
from attire.explore.style import ACCENT, BAR, INK, QUIET, clean, new_figure
from attire.explore.wording import capital, percent
from attire.wording import listed, plural

__all__ = ["category_frequency"]


def category_frequency(numbers: Numbers) -> Section:
    """Draw one bar per category seen, sorted; the rare ones in the accent colour."""
    seen = numbers.seen
    counts = numbers.category_instances[seen]
    rare = counts < RARE
    height = 0.205 * len(seen) + 0.5
    figure = new_figure(height)
    axes = figure.subplots()
    places = np.arange(len(seen))
    axes.barh(places, counts, height=0.7, color=np.where(rare, ACCENT, BAR).tolist())
    axes.set_yticks(places, [numbers.category_name(int(c)) for c in seen])
    axes.tick_params(axis="y", pad=15)
    axes.set(ylim=(len(seen) - 0.4, -0.6), xlim=(0, counts.max() * 1.16), xticks=[])
    clean(axes)
    colors = category_colors(numbers.ontology)
    axes.scatter(
        np.full(len(seen), -0.009),
        places,
        s=34,
        marker="s",
        c=np.array([colors[c] for c in seen]) / 255,
        transform=axes.get_yaxis_transform(),
        clip_on=False,
    )
    for place, (category, count) in enumerate(zip(seen, counts, strict=True)):
        share = percent(numbers.category_photos[category] / max(numbers.photos, 1))
        axes.annotate(
            f"{count:,}",
            (count, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=ACCENT if count < RARE else INK,
            weight="bold",
            fontsize=8.5,
        )
        axes.annotate(
            f"in {share} of photos",
            (count, place),
            xytext=(17 + 6.3 * len(f"{count:,}"), 0),
            textcoords="offset points",
            va="center",
            color=QUIET,
            fontsize=8,
        )
    return Section(
        name="category_frequency",
        topic="Category frequency",
        headline=_headline(numbers),
        caption=_caption(numbers, seen[rare].tolist()),
        alt=(
            f"Sorted bars of instances per category, from {numbers.category_name(int(seen[0]))} "
            f"({counts[0]:,}) to {numbers.category_name(int(seen[-1]))} ({counts[-1]:,})."
        ),
        figure=figure,
    )


def _headline(numbers: Numbers) -> str:
    seen = numbers.seen
    top = seen[:5]
    share = numbers.category_instances[top].sum() / numbers.instances
    names = listed([numbers.category_name(int(c)) for c in top])
    verb = "make" if len(top) > 1 else "makes"
    return f"{capital(names)} {verb} up {percent(float(share))} of all instances"


def _caption(numbers: Numbers, rare: list[int]) -> str:
    parts = ["Bars count instances; the small squares are the colours of the drawings above."]
    if rare:
        names = listed([numbers.category_name(c) for c in rare])
        parts.append(
            f"{plural(len(rare), 'category', 'categories')} with under {RARE} instances "
            f"{'stands' if len(rare) == 1 else 'stand'} out in colour: {names}."
        )
    if numbers.unseen:
        names = listed([numbers.category_name(c) for c in numbers.unseen], most=24)
        parts.append(f"Never seen ({len(numbers.unseen)}): {names}.")
    else:
        parts.append(f"All {len(numbers.ontology.categories)} categories occur.")
    return " ".join(parts)
