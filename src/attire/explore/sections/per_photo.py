"""How many things, and how many kinds of things, a photo shows."""

import numpy as np
from matplotlib.axes import Axes

from attire.explore.numbers import Ints, Numbers, share_between
from attire.explore.sections.section import Section
from attire.explore.style import ACCENT, BAR, PALE, clean, new_figure
from attire.explore.wording import percent
from attire.wording import plural

__all__ = ["per_photo"]

_LOW, _HIGH = 2, 10


def per_photo(numbers: Numbers) -> Section:
    """Draw how many instances, and how many labels (different categories), photos have."""
    things, kinds = numbers.instances_per_photo, numbers.labels_per_photo
    share, share_kinds = (share_between(counts, _LOW, _HIGH) for counts in (things, kinds))
    figure = new_figure(3.3)
    left, right = figure.subplots(1, 2, sharey=True)
    _bars(left, things, "Instances per photo", share)
    _bars(right, kinds, "Labels per photo", share_kinds)
    empty = int((things == 0).sum())
    rest = f"Nothing is annotated in {plural(empty, 'photo')}." if empty else "No photo is without any."
    return Section(
        name="per_photo",
        topic="Instances and labels per photo",
        headline=f"{percent(share)} of the photos show between {_LOW} and {_HIGH} garments and parts",
        caption=(
            "Instances are masks; labels are different categories, so two shoes are two instances and one "
            f"label. A photo has {things.mean():.1f} instances of {kinds.mean():.1f} labels on average, "
            f"at most {int(things.max()):,} and {int(kinds.max())}. By labels, {percent(share_kinds)} of the "
            f"photos lie between {_LOW} and {_HIGH}. {rest}"
        ),
        alt=(
            f"Two histograms. Instances per photo: mean {things.mean():.1f}, {percent(share)} between {_LOW} "
            f"and {_HIGH}. Labels per photo: mean {kinds.mean():.1f}, {percent(share_kinds)} between {_LOW} "
            f"and {_HIGH}."
        ),
        figure=figure,
    )


def _bars(axes: Axes, counts: Ints, title: str, share: float) -> None:
    last = int(max(np.quantile(counts, 0.995), _HIGH + 2))
    photos = np.bincount(np.minimum(counts, last), minlength=last + 1)
    axes.axvspan(_LOW - 0.5, _HIGH + 0.5, color=PALE, linewidth=0)
    axes.bar(np.arange(last + 1), photos / max(len(counts), 1), width=0.82, color=BAR)
    axes.set_title(title)
    axes.yaxis.set_major_formatter(lambda value, _: percent(value))
    axes.yaxis.set_tick_params(labelsize=8.5, labelleft=True)
    axes.grid(axis="y")
    ticks = [n for n in range(last + 1) if n % (1 if last <= 14 else 2 if last <= 24 else 5) == 0]
    axes.set_xticks(ticks, [f"{n}+" if n == last and counts.max() > last else str(n) for n in ticks])
    axes.set_xlim(-0.7, last + 0.7)
    axes.margins(y=0.16)
    axes.text(
        _HIGH + 0.4,
        0.98,
        f"{percent(share)} lie between {_LOW} and {_HIGH}",
        color=ACCENT,
        weight="bold",
        ha="right",
        va="top",
        transform=axes.get_xaxis_transform(),
    )
    clean(axes, keep="bottom")
