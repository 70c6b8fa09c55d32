"""Which lines grow, fade or come back each year, and how sure that is."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy import stats

from attire.catalog.trends.counts import Counts, Floats
from attire.catalog.trends.dispersion import Dispersion, squeeze
from attire.catalog.trends.regression import fit_logistic, score_interval, score_test

__all__ = [
    "LEAST_EFFECTIVE",
    "LEAST_GARMENTS",
    "LEAST_RELIABILITY",
    "LEVEL",
    "Growth",
    "discoveries",
    "measure_difference",
    "measure_growth",
    "supported",
]

LEVEL = 0.95
"""Share of intervals that hold the truth."""
LEAST_RELIABILITY = 0.2
"""Below it a detector's doubt hides more than it shows, and a line is not tested."""
LEAST_EFFECTIVE = 20.0
"""Effective garments that a line needs, both with and without what it names, to be tested at all."""
LEAST_GARMENTS = 30.0
"""Expected garments that a period needs to be tested; sparser ones are only shown."""
_SPARE = 2
"""Periods that a yearly wave needs beyond those that its fit takes up."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Growth:
    """Growth of every line; arrays of shape ``(K,)`` unless said otherwise."""

    rate: Floats
    """Change of the log-odds per period, with the detector's doubt taken out."""
    low: Floats
    high: Floats
    p: Floats
    """Of no growth."""
    q: Floats
    """After Benjamini and Hochberg, over all lines tested."""
    dispersion: Dispersion
    wave_p: Floats
    """Of no yearly wave; NaN where there are not two whole years."""
    wave_q: Floats
    stable: npt.NDArray[np.bool_]
    """Whether every year leans the way of the wave of all years."""
    peak: Floats
    """When in the year it is highest, in 0 … 1 of a year."""
    swing: Floats
    """Odds at the peak over odds at the trough."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fitted:
    """What fits of some lines say, before dispersion; names as in :class:`Growth`."""

    rate: Floats
    chi: Floats
    pearson: Floats
    freedom: Floats
    wave_chi: Floats
    stable: npt.NDArray[np.bool_]
    peak: Floats
    swing: Floats


def discoveries(p: Floats) -> Floats:
    """Turn p-values into q-values: among lines with q ≤ 0.05, at most 5 % are expected to be false.

    Benjamini and Hochberg (J. R. Stat. Soc. B 57, 1995). NaN stays NaN and is no test.

    Example:
        >>> discoveries(np.array([0.01, 0.04, 0.03, 0.9])).round(3).tolist()
        [0.04, 0.053, 0.053, 0.9]
    """
    q = p.copy()
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = stats.false_discovery_control(p[tested])
    return q


def supported(counts: Counts) -> npt.NDArray[np.bool_]:
    """Say which lines have enough garments to be tested; direction and time play no part in it.

    Choosing so cannot raise the rate of false alarms (Bourgon et al., PNAS 107, 2010).
    """
    base = counts.effective()[1].sum(axis=1)
    share = counts.overall[:, 0]
    enough: npt.NDArray[np.bool_] = (
        (base * np.minimum(share, 1 - share) >= LEAST_EFFECTIVE)
        & (counts.reliability()[:, 0] >= LEAST_RELIABILITY)
        & (_busy(counts) >= 2)
    )
    return enough


def measure_growth(counts: Counts, position: Floats, cycle: float | None) -> Growth:
    """Fit shares over time: logistic, with a yearly wave where there are two whole years.

    Args:
        counts: Of lines that are :func:`supported`.
        position: Of each period on the axis of time, in periods, rising, shape ``(T,)``.
        cycle: Periods in a year; None where the year means nothing.
    """
    wave = _wave(position, cycle)
    waving = (_busy(counts) >= 2 + wave.shape[1] + _SPARE) & (wave.shape[1] > 0)
    ways = [(np.flatnonzero(~waving), wave[:, :0]), (np.flatnonzero(waving), wave)]
    found = _join([(rows, _fit(counts.take(rows), position, columns, cycle)) for rows, columns in ways])
    dispersion = squeeze(found.pearson, found.freedom)
    p = _tail(found.chi, 1, dispersion)
    wave_p = _tail(found.wave_chi, 2, dispersion)
    low, high = _ends(counts, position, ways, found.rate, dispersion)
    return Growth(
        rate=found.rate,
        low=low,
        high=high,
        p=p,
        q=discoveries(p),
        dispersion=dispersion,
        wave_p=wave_p,
        wave_q=discoveries(wave_p),
        stable=found.stable,
        peak=found.peak,
        swing=found.swing,
    )


def measure_difference(counts: Counts) -> tuple[Floats, Floats]:
    """Ask whether groups without an order differ: χ² over all of them; gives p and q, shape ``(K,)``."""
    shown, base = counts.effective()
    fit = fit_logistic(shown, base, np.ones((shown.shape[1], 1)))
    groups = (base > 0).sum(axis=1)
    p = np.asarray(stats.chi2.sf(fit.pearson, np.maximum(groups - 1, 1)), np.float64)
    return p, discoveries(p)


def _busy(counts: Counts) -> npt.NDArray[np.int64]:
    """Periods with more than a garment of the population, shape ``(K,)``."""
    busy: npt.NDArray[np.int64] = (counts.base > 1).sum(axis=1)
    return busy


def _wave(position: Floats, cycle: float | None) -> Floats:
    """One harmonic of the year, shape ``(T, 2)``; no columns where two whole years are not there."""
    if cycle is None or position[-1] - position[0] + 1 < 2 * cycle:
        return np.zeros((len(position), 0))
    angle = 2 * np.pi * position / cycle
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _fit(counts: Counts, position: Floats, wave: Floats, cycle: float | None) -> _Fitted:
    """Fit lines that all have the same columns."""
    shown, base = counts.effective()
    ones, time = np.ones((len(position), 1)), (position - position.mean())[:, None]
    start, straight = np.concatenate([ones, wave], axis=1), np.concatenate([ones, time], axis=1)
    full = np.concatenate([straight, wave], axis=1)
    fit = fit_logistic(shown, base, full)
    nothing = np.full(len(counts), np.nan)
    stable, peak, swing, wave_chi = np.zeros(len(counts), bool), nothing, nothing, nothing
    if wave.shape[1] and cycle is not None:
        level = fit_logistic(shown, base, straight)
        wave_chi = score_test(shown, base, level, straight, wave)
        height = fit.beta[:, 2:]
        stable = _stable((shown - base * level.mean) * (height @ wave.T), position, cycle)
        peak = (np.arctan2(height[:, 1], height[:, 0]) / (2 * np.pi)) % 1
        swing = np.exp(2 * np.hypot(height[:, 0], height[:, 1]))
    return _Fitted(
        rate=fit.beta[:, 1],
        chi=score_test(shown, base, fit_logistic(shown, base, start), start, time),
        pearson=fit.pearson,
        freedom=np.maximum(_busy(counts) - full.shape[1], 0).astype(np.float64),
        wave_chi=wave_chi,
        stable=stable,
        peak=peak,
        swing=swing,
    )


def _ends(
    counts: Counts,
    position: Floats,
    ways: list[tuple[npt.NDArray[np.int64], Floats]],
    rate: Floats,
    dispersion: Dispersion,
) -> tuple[Floats, Floats]:
    """Ends of the interval of growth."""
    freedom = np.where(np.isinf(dispersion.freedom), 1e9, dispersion.freedom)
    limit = stats.f.ppf(LEVEL, 1, freedom) * dispersion.factor
    low, high = rate.copy(), rate.copy()
    time = position - position.mean()
    for rows, columns in ways:
        shown, base = counts.take(rows).effective()
        design = np.concatenate([np.ones((len(time), 1)), columns], axis=1)
        low[rows], high[rows] = score_interval(shown, base, design, time, rate[rows], limit[rows])
    return low, high


def _stable(agreeing: Floats, position: Floats, cycle: float) -> npt.NDArray[np.bool_]:
    year = np.floor((position - position[0]) / cycle).astype(int)
    whole = [y for y in range(year.max() + 1) if (year == y).sum() >= cycle / 2]
    agree: npt.NDArray[np.bool_] = np.all([agreeing[:, year == y].sum(axis=1) > 0 for y in whole], axis=0)
    return agree


def _join(parts: list[tuple[npt.NDArray[np.int64], _Fitted]]) -> _Fitted:
    order = np.argsort(np.concatenate([rows for rows, _ in parts]))
    return _Fitted(
        **{
            field.name: np.concatenate([getattr(fitted, field.name) for _, fitted in parts])[order]
            for field in fields(_Fitted)
        }
    )


def _tail(chi: Floats, columns: int, dispersion: Dispersion) -> Floats:
    """Chance of as large a χ² if nothing is there; F where dispersion itself is an estimate."""
    ratio = chi / dispersion.factor
    freedom = np.where(np.isinf(dispersion.freedom), 1.0, dispersion.freedom)
    estimated = stats.f.sf(ratio / columns, columns, freedom)
    known = stats.chi2.sf(ratio, columns)
    return np.asarray(np.where(np.isinf(dispersion.freedom), known, estimated), np.float64)
