"""From the catalogue to a report of what grows, fades and comes back."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from attire.catalog.colours import COLOUR_NAMES
from attire.catalog.filters import Filter, all_of
from attire.catalog.search.names import Names
from attire.catalog.store import Store
from attire.catalog.trends.brief import Brief, priced, read_brief
from attire.catalog.trends.caveats import caveats
from attire.catalog.trends.crossing import cross
from attire.catalog.trends.examples import choose_examples, fetch
from attire.catalog.trends.growth import LEAST_GARMENTS
from attire.catalog.trends.line_making import ALPHA, make_lines
from attire.catalog.trends.lines import KINDS, count_lines
from attire.catalog.trends.periods import CLOCKS, Periods, cut
from attire.catalog.trends.reading import Reading, read
from attire.catalog.trends.report import GROUPS, NEAREST, Period, TrendsReport
from attire.catalog.trends.restricting import restrict
from attire.catalog.trends.understanding import understand
from attire.errors import DataError
from attire.ontology import Ontology

__all__ = ["trends"]

_MOST_SHOWN = 24
"""Lines of each list that get pictures."""


def trends(
    store: Store,
    *,
    by: str = "month",
    of: Collection[str] = KINDS,
    where: Filter | None = None,
    brief: Brief | str | None = None,
    ontology: Ontology | None = None,
    alpha: float = ALPHA,
    examples: int = 4,
) -> TrendsReport:
    """Say what is worn more, and less, than before.

    How: docs/trends.md.

    Args:
        store: The catalogue.
        by: ``week``, ``month``, ``season`` or ``year`` of ``seen_at``; ``source``; or own columns with commas
            between them, such as ``year,season``.
        of: What to count, of :data:`KINDS`.
        where: Which garments; all if None.
        brief: What a designer wants, to be crossed with what rises; text is read as a brief.
        ontology: Names the attributes; iMaterialist 2019 if None.
        alpha: Share of false alarms that the lists may hold, over 0 and below 1.
        examples: Garments to show for each line.

    Raises:
        DataError: If there is nothing to count, one period only, or no such column.
    """
    _check(of, alpha)
    ontology = ontology or Ontology.imaterialist2019()
    said: list[str] = []
    if brief is not None:
        brief = priced(read_brief(brief) if isinstance(brief, str) else brief)
        only, said = restrict(store, brief, Names.of(ontology, COLOUR_NAMES))
        where = all_of(where, only)
    clock = by in CLOCKS and by not in store.own_columns
    own = [] if clock else [name.strip() for name in by.split(",")]
    reading = read(store, [name for name in dict.fromkeys(own) if name != "source"], where, ontology)
    periods = cut(reading, by)
    subjects, counts = count_lines(reading, periods, of)
    seen = _periods(reading, periods)
    full = np.array([period.full for period in seen])
    lines, told = make_lines(subjects, counts, full, periods, alpha)
    crossing = None
    if brief is not None:
        seen_colours = [subject.colour for subject in subjects if subject.colour]
        brief = understand(brief, Names.of(ontology, list(dict.fromkeys([*seen_colours, *COLOUR_NAMES]))))
        said = [*said, *brief.notes]
        crossing = cross(
            brief, lines, [s for s, n in zip(subjects, counts.shown.sum(1), strict=True) if n > 0.5]
        )
    report = TrendsReport(
        by=by,
        timed=periods.position is not None,
        periods=seen,
        lines=tuple(lines),
        garments=int((periods.period >= 0).sum()),
        without_time=int((periods.period < 0).sum()),
        tested=told.tested,
        alpha=alpha,
        restlessness=told.restlessness,
        outcome=told.outcome,
        notes=(),
        about=", ".join(kind for kind in KINDS if kind in of),
        crossing=crossing,
    )
    report = replace(report, notes=(*said, *caveats(report, reading, periods, len(subjects))))
    return _with_examples(report, store, reading, periods, examples)


def _check(of: Collection[str], alpha: float) -> None:
    unknown = [kind for kind in of if kind not in KINDS]
    if unknown or not of:
        raise DataError(
            f"Cannot count {unknown[0] if unknown else 'nothing'!r}: expected {', '.join(KINDS)}."
        )
    if not 0 < alpha < 1:
        raise DataError(
            f"alpha is {alpha:g}, expected a share of false alarms between 0 and 1, such as 0.05."
        )


def _periods(reading: Reading, periods: Periods) -> tuple[Period, ...]:
    timed = periods.period >= 0
    when = periods.period[timed]
    garments = np.bincount(when, reading.score[timed], len(periods.labels))
    photo = reading.table["photo_id"].combine_chunks().dictionary_encode().indices.to_numpy()[timed]
    together = np.unique(when * (int(photo.max(initial=0)) + 1) + photo)
    photos = np.bincount(together // (int(photo.max(initial=0)) + 1), minlength=len(periods.labels))
    places = [None] * len(photos) if periods.position is None else periods.position.tolist()
    rows = zip(periods.labels, garments.tolist(), photos.tolist(), places, strict=True)
    return tuple(
        Period(label=label, garments=n, photos=m, position=place, full=n >= LEAST_GARMENTS)
        for label, n, m, place in rows
    )


def _with_examples(
    report: TrendsReport, store: Store, reading: Reading, periods: Periods, count: int
) -> TrendsReport:
    """Add garments to the lines that people look at."""
    if not count:
        return report
    wanted: dict[int, list[str]] = {}
    for place in _looked_at(report):
        line = report.lines[place]
        values = np.array([share.value for share in line.shares])
        forward = range(len(values))
        if report.timed and line.group in ("emerging", "rising", "fading"):
            order = list(forward) if line.group == "fading" else list(reversed(forward))
        else:
            order = np.argsort(-np.nan_to_num(values, nan=-1)).tolist()
        wanted[place] = choose_examples(reading, periods, line.subject, order, count)
    garments = fetch(store, sorted({one for ids in wanted.values() for one in ids}))
    lines = list(report.lines)
    for place, ids in wanted.items():
        lines[place] = replace(lines[place], examples=tuple(garments[one] for one in ids if one in garments))
    return replace(report, lines=tuple(lines))


def _looked_at(report: TrendsReport) -> list[int]:
    places = {id(line): place for place, line in enumerate(report.lines)}
    shown = [line for group in GROUPS[:3] for line in report.of_group(group)[:_MOST_SHOWN]]
    shown += (
        report.of_group("unclear")[:NEAREST]
        + report.of_group("different")[:_MOST_SHOWN]
        + report.seasonal[:_MOST_SHOWN]
    )
    found = {places[id(line)] for line in shown}
    if report.crossing is not None:
        c = report.crossing
        found |= {
            *c.rising[:_MOST_SHOWN],
            *c.within[:_MOST_SHOWN],
            *c.fading[:_MOST_SHOWN],
            *c.open[:_MOST_SHOWN],
        }
    return sorted(found)
