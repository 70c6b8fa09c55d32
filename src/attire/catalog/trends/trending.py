"""From the catalogue to a report of what grows, fades and comes back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from lancedb.expr import Expr
from scipy import stats

from attire.catalog.store import Store
from attire.catalog.trends.brief import Brief, Words, priced, read_brief, understand
from attire.catalog.trends.caveats import caveats
from attire.catalog.trends.counts import Counts, Floats
from attire.catalog.trends.crossing import cross
from attire.catalog.trends.examples import choose_examples, fetch
from attire.catalog.trends.forecasting import Outlook, look_ahead
from attire.catalog.trends.growth import (
    LEAST_GARMENTS,
    LEVEL,
    Growth,
    measure_difference,
    measure_growth,
    supported,
)
from attire.catalog.trends.lines import KINDS, Subject, count_lines
from attire.catalog.trends.periods import CLOCKS, Periods, cut, label_ahead, peak_label
from attire.catalog.trends.reading import Reading, read
from attire.catalog.trends.report import (
    GROUPS,
    NEAREST,
    Interval,
    Line,
    Outcome,
    Period,
    Season,
    TrendsReport,
)
from attire.catalog.trends.restricting import restrict
from attire.errors import DataError
from attire.ontology import Ontology

__all__ = ["ALPHA", "EMERGING_SHARE", "trends"]

ALPHA = 0.05
"""Share of false alarms that the lists may hold."""
EMERGING_SHARE = 0.05
"""What rises from less than this, by half or more, emerges."""
_EMERGING_ODDS = 1.5
_STEADY_ODDS = 1.25
"""A line is steady if its odds surely changed by less than this from the first period to the last."""
_MOVES = ("emerging", "rising", "fading")
_MOST_SHOWN = 24
"""Lines of each list that get pictures."""


def trends(
    store: Store,
    *,
    by: str = "month",
    of: Collection[str] = KINDS,
    where: Expr | None = None,
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
        only, said = restrict(store, brief, _names(ontology))
        where = only if where is None else where if only is None else where & only
    clock = by in CLOCKS and by not in store.own_columns
    own = [] if clock else [name.strip() for name in by.split(",")]
    reading = read(store, [name for name in dict.fromkeys(own) if name != "source"], where, ontology)
    periods = cut(reading, by)
    subjects, counts = count_lines(reading, periods, of)
    seen = _periods(reading, periods)
    full = np.array([period.full for period in seen])
    lines, told = _lines(subjects, counts, full, periods, alpha)
    crossing = None
    if brief is not None:
        brief = understand(brief, _words(subjects, ontology))
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


def _names(ontology: Ontology) -> frozenset[str]:
    categories = {category.short_name.lower() for category in ontology.categories}
    return frozenset(categories | {attribute.short_name.lower() for attribute in ontology.attributes})


def _words(subjects: Sequence[Subject], ontology: Ontology) -> Words:
    seen = {s.category: None for s in subjects if s.category}
    return Words(
        categories=list({**seen, **{c.short_name: None for c in ontology.categories}}),
        attributes=[attribute.short_name for attribute in ontology.attributes],
        colours=list({s.colour: None for s in subjects if s.colour}),
    )


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What holds for all lines together."""

    tested: int = 0
    restlessness: float = 0.0
    outcome: Outcome | None = None


def _lines(
    subjects: Sequence[Subject], counts: Counts, full: npt.NDArray[np.bool_], periods: Periods, alpha: float
) -> tuple[list[Line], _Told]:
    """Make the lines, in the order of their groups; only full periods are tested."""
    if len(periods.labels) < 2:
        raise DataError(
            f"All garments are of one {periods.unit}, {periods.labels[0]}: there is nothing to compare. "
            "Give another --by."
        )
    made = [_plain_line(subject) for subject in subjects]
    _fill_shares(made, counts)
    told = _Told()
    tested = counts.only(full)
    rows = np.flatnonzero(supported(tested)) if full.sum() >= 2 else np.zeros(0, int)
    chosen = tested.take(rows)
    if len(rows) and periods.position is None:
        p, q = measure_difference(chosen)
        for i, row in enumerate(rows):
            group = "different" if q[i] <= alpha else "alike"
            made[row] = replace(made[row], group=group, p=float(p[i]), q=float(q[i]))
        told = _Told(tested=len(rows))
    elif len(rows) and periods.position is not None:
        position = periods.position[full]
        growth = measure_growth(chosen, position, periods.cycle)
        outlook = look_ahead(chosen, position, periods.unit, periods.cycle)
        span = float(position[-1] - position[0])
        early, late = _early_and_late(chosen, position, periods.cycle)
        labels = [label for label, kept in zip(periods.labels, full, strict=True) if kept]
        for i, row in enumerate(rows):
            made[row] = replace(made[row], first=float(early[i]), last=float(late[i]))
            made[row] = _grown(made[row], growth, outlook, i, span, labels, periods, alpha)
        told = _Told(
            tested=len(rows),
            restlessness=growth.restlessness,
            outcome=_outcome(outlook, periods),
        )
    kept = [line for line in made if line.group != "untested" or line.shown >= 1]
    kept.sort(key=lambda line: (GROUPS.index(line.group), line.p if line.p == line.p else 2.0, -line.shown))
    return kept, told


def _plain_line(subject: Subject) -> Line:
    nan = float("nan")
    nothing = Interval(nan, nan, nan)
    return Line(
        subject=subject,
        group="untested",
        shown=0.0,
        shares=(),
        reliability=nan,
        first=nan,
        last=nan,
        growth=nothing,
        p=nan,
        q=nan,
    )


def _fill_shares(made: list[Line], counts: Counts) -> None:
    """Give each line its shares, with Jeffreys' interval at the effective number of garments."""
    share, (shown, base) = counts.share(), counts.effective()
    some = np.clip(shown, 0, base)
    tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    low, high = (stats.beta.ppf(tail, some + 0.5, base - some + 0.5) for tail in tails)
    value = np.clip(share, 0, 1)
    low, high = np.minimum(low, value), np.maximum(high, value)
    reliability, total = counts.reliability()[:, 0], counts.shown.sum(axis=1)
    for k, line in enumerate(made):
        shares = tuple(map(Interval, value[k].tolist(), low[k].tolist(), high[k].tolist()))
        made[k] = replace(line, shares=shares, reliability=float(reliability[k]), shown=float(total[k]))


def _early_and_late(counts: Counts, position: Floats, cycle: float | None) -> tuple[Floats, Floats]:
    """Shares of the first and of the last year, or third of the periods where there are not two years."""
    length = float(position[-1] - position[0]) + 1
    whole = cycle if cycle is not None and length >= 2 * cycle else max(length / 3, 1.0)
    early, late = position < position[0] + whole, position > position[-1] - whole
    overall, reliability = counts.overall[:, 0], counts.reliability()[:, 0]

    def share(when: npt.NDArray[np.bool_]) -> Floats:
        raw = counts.shown[:, when].sum(axis=1) / np.maximum(counts.base[:, when].sum(axis=1), 1e-9)
        true: Floats = np.clip(overall + (raw - overall) / reliability, 0, 1)
        return true

    return share(early), share(late)


def _odds(share: float) -> float:
    return share / max(1 - share, 1e-9)


def _grown(
    line: Line,
    growth: Growth,
    outlook: Outlook | None,
    i: int,
    span: float,
    labels: Sequence[str],
    periods: Periods,
    alpha: float,
) -> Line:
    rate, low, high = (float(part[i]) for part in (growth.rate, growth.low, growth.high))
    q = float(growth.q[i])
    group = "unclear"
    if q <= alpha:
        rarely = line.first < EMERGING_SHARE
        emerging = rarely and _odds(line.last) >= _EMERGING_ODDS * _odds(line.first)
        group = "fading" if rate < 0 else "emerging" if emerging else "rising"
    elif max(-low, high) * span < np.log(_STEADY_ODDS):
        group = "steady"
    lonely = len(labels) > 2 and bool(growth.p_without[i] > ALPHA)
    season = None
    if not np.isnan(growth.wave_q[i]):
        season = Season(
            q=float(growth.wave_q[i]),
            returning=bool(growth.wave_q[i] <= alpha and growth.stable[i]),
            peak=peak_label(periods.unit, float(growth.peak[i])),
            swing=float(growth.swing[i]),
        )
    forecast: tuple[Interval, ...] = ()
    if outlook is not None:
        ends = (outlook.value[i], outlook.low[i], outlook.high[i])
        forecast = tuple(map(Interval, *(end.tolist() for end in ends)))
    percent = (float(np.expm1(np.clip(x, -20, 20))) for x in (rate, low, high))
    return replace(
        line,
        group=group,
        growth=Interval(*percent),
        p=float(growth.p[i]),
        q=q,
        rests_on=labels[int(growth.strongest[i])] if group in _MOVES and lonely else "",
        season=season,
        forecast=forecast,
    )


def _outcome(outlook: Outlook | None, periods: Periods) -> Outcome | None:
    if outlook is None:
        return None
    return Outcome(
        method=outlook.method,
        labels=tuple(label_ahead(periods, place) for place in outlook.position.tolist()),
        trials=outlook.trials,
        naive=outlook.naive,
        mase_naive=float(np.nanmean(outlook.mase_naive)),
        mase_smooth=float(np.nanmean(outlook.mase_smooth)),
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
