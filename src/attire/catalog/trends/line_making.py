"""From counts to lines: what each is, how it grows, and what may come next."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from attire.catalog.trends.counts import Counts, Floats
from attire.catalog.trends.forecasting import Outlook, look_ahead
from attire.catalog.trends.growth import LEVEL, Growth, measure_difference, measure_growth, supported
from attire.catalog.trends.lines import Subject
from attire.catalog.trends.periods import Periods, label_ahead, peak_label
from attire.catalog.trends.report import GROUPS, Interval, Line, Outcome, Season
from attire.errors import DataError

__all__ = ["ALPHA", "EMERGING_SHARE", "Told", "make_lines"]

ALPHA = 0.05
"""Share of false alarms that the lists may hold."""
EMERGING_SHARE = 0.05
"""What rises from less than this, by half or more, emerges."""
_EMERGING_ODDS = 1.5
_STEADY_ODDS = 1.25
"""A line is steady if its odds surely changed by less than this from the first period to the last."""
_MOVES = ("emerging", "rising", "fading")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What holds for all lines together."""

    tested: int = 0
    restlessness: float = 0.0
    outcome: Outcome | None = None


def make_lines(
    subjects: Sequence[Subject], counts: Counts, full: npt.NDArray[np.bool_], periods: Periods, alpha: float
) -> tuple[list[Line], Told]:
    """Make the lines, in the order of their groups; only full periods are tested."""
    if len(periods.labels) < 2:
        raise DataError(
            f"All garments are of one {periods.unit}, {periods.labels[0]}: there is nothing to compare. "
            "Give another --by."
        )
    made = [_plain_line(subject) for subject in subjects]
    _fill_shares(made, counts)
    told = Told()
    tested = counts.only(full)
    rows = np.flatnonzero(supported(tested)) if full.sum() >= 2 else np.zeros(0, int)
    chosen = tested.take(rows)
    if len(rows) and periods.position is None:
        p, q = measure_difference(chosen)
        for i, row in enumerate(rows):
            group = "different" if q[i] <= alpha else "alike"
            made[row] = replace(made[row], group=group, p=float(p[i]), q=float(q[i]))
        told = Told(tested=len(rows))
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
        told = Told(
            tested=len(rows),
            restlessness=growth.restlessness,
            outcome=_outcome(outlook, periods),
        )
    kept = [line for line in made if line.group != "untested" or line.shown >= 1]
    kept.sort(key=_order)
    return kept, told


def _order(line: Line) -> tuple[int, float, float, str]:
    """Groups in their order, then the surest, then the most seen; names settle what is left."""
    p = 2.0 if math.isnan(line.p) else float(f"{line.p:.6g}")
    return GROUPS.index(line.group), p, -round(line.shown, 3), line.subject.name


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
