"""Fits of many lines at once, before anything is said about how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from attire.catalog.trends.counts import Counts, Floats
from attire.catalog.trends.regression import Fit, fit_logistic, score_interval, score_test, without_strongest
from attire.catalog.trends.restlessness import Residuals, restlessness, steadied

__all__ = ["Fitted", "Way", "busy", "ends", "fit_lines", "ways_to_fit"]

_SPARE = 2
"""Periods that a yearly wave needs beyond those that its fit takes up."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Way:
    """Which lines are fitted with which columns."""

    rows: npt.NDArray[np.int64]
    position: Floats
    """Of each period on the axis of time, in periods, shape ``(T,)``."""
    wave: Floats
    """One harmonic of the year, shape ``(T, 2)``, or no columns."""
    cycle: float | None

    @property
    def time(self) -> Floats:
        """Periods from the middle, shape ``(T,)``."""
        centred: Floats = self.position - self.position.mean()
        return centred

    @property
    def start(self) -> Floats:
        """All but growth, shape ``(T, 1 or 3)``."""
        return np.concatenate([np.ones((len(self.wave), 1)), self.wave], axis=1)

    @property
    def straight(self) -> Floats:
        """All but the wave, shape ``(T, 2)``."""
        return np.stack([np.ones(len(self.wave)), self.time], axis=1)

    @property
    def full(self) -> Floats:
        """Everything, shape ``(T, 2 or 4)``."""
        return np.concatenate([self.straight, self.wave], axis=1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """What the fits say, before dispersion; arrays of shape ``(K,)`` unless said otherwise."""

    shown: Floats
    """Garments that count for as much as the restlessness of periods lets them, shape ``(K, T)``."""
    base: Floats
    rate: Floats
    chi: Floats
    """Of no growth."""
    strongest: npt.NDArray[np.int64]
    chi_without: Floats
    """Of no growth without the period that speaks most for it."""
    pearson: Floats
    freedom: Floats
    wave_chi: Floats
    stable: npt.NDArray[np.bool_]
    peak: Floats
    swing: Floats


def ways_to_fit(counts: Counts, position: Floats, cycle: float | None) -> tuple[Way, Way]:
    """Choose lines to fit without and with a yearly wave: it takes two whole years, and periods enough."""
    wave = _wave(position, cycle)
    waving = (busy(counts) >= 2 + wave.shape[1] + _SPARE) & (wave.shape[1] > 0)
    return (
        Way(rows=np.flatnonzero(~waving), position=position, wave=wave[:, :0], cycle=cycle),
        Way(rows=np.flatnonzero(waving), position=position, wave=wave, cycle=cycle),
    )


def fit_lines(counts: Counts, ways: Sequence[Way]) -> tuple[Fitted, float]:
    """Fit every line twice: once for how restless periods are, once with that allowed for.

    Returns:
        The second fits, and the restlessness.
    """
    effective = [counts.take(way.rows).effective() for way in ways]
    spare = [np.maximum(busy(counts)[way.rows] - way.full.shape[1], 0).astype(np.float64) for way in ways]
    first = [fit_logistic(*part, way.full) for part, way in zip(effective, ways, strict=True)]
    left = [_residuals(*part, *rest) for part, *rest in zip(effective, first, spare, strict=True)]
    tau = restlessness(left)
    second = []
    for way, (shown, base), fit, freedom in zip(ways, effective, first, spare, strict=True):
        worth = steadied(base, fit.mean, tau)
        kept = np.divide(worth, base, out=np.zeros_like(base), where=base > 0)
        second.append(_fit(shown * kept, worth, way, freedom))
    return _join(ways, second), tau


def ends(fitted: Fitted, ways: Sequence[Way], limit: Floats) -> tuple[Floats, Floats]:
    """Give the ends of the interval of each line's growth, where χ² reaches its limit."""
    low, high = fitted.rate.copy(), fitted.rate.copy()
    for way in ways:
        rows = way.rows
        shown, base, rate = fitted.shown[rows], fitted.base[rows], fitted.rate[rows]
        low[rows], high[rows] = score_interval(shown, base, way.start, way.time, rate, limit[rows])
    return low, high


def busy(counts: Counts) -> npt.NDArray[np.int64]:
    """Count the periods with more than a garment of the population, shape ``(K,)``."""
    found: npt.NDArray[np.int64] = (counts.base > 1).sum(axis=1)
    return found


def _wave(position: Floats, cycle: float | None) -> Floats:
    if cycle is None or position[-1] - position[0] + 1 < 2 * cycle:
        return np.zeros((len(position), 0))
    angle = 2 * np.pi * position / cycle
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _residuals(shown: Floats, base: Floats, fit: Fit, freedom: Floats) -> Residuals:
    return Residuals((shown - base * fit.mean) ** 2, base * fit.mean * (1 - fit.mean), freedom)


def _fit(shown: Floats, base: Floats, way: Way, freedom: Floats) -> Fitted:
    time = way.time[:, None]
    fit, null = fit_logistic(shown, base, way.full), fit_logistic(shown, base, way.start)
    strongest, left = without_strongest(shown, base, null, way.time)
    less = (shown * left, base * left)
    nothing = np.full(len(shown), np.nan)
    stable, peak, swing, wave_chi = np.zeros(len(shown), bool), nothing, nothing, nothing
    if way.wave.shape[1] and way.cycle is not None:
        level = fit_logistic(shown, base, way.straight)
        wave_chi = score_test(shown, base, level, way.straight, way.wave)
        height = fit.beta[:, 2:]
        stable = _stable((shown - base * level.mean) * (height @ way.wave.T), way.position, way.cycle)
        peak = (np.arctan2(height[:, 1], height[:, 0]) / (2 * np.pi)) % 1
        swing = np.exp(2 * np.hypot(height[:, 0], height[:, 1]))
    return Fitted(
        shown=shown,
        base=base,
        rate=fit.beta[:, 1],
        chi=score_test(shown, base, null, way.start, time),
        strongest=strongest,
        chi_without=score_test(*less, fit_logistic(*less, way.start), way.start, time),
        pearson=fit.pearson,
        freedom=freedom,
        wave_chi=wave_chi,
        stable=stable,
        peak=peak,
        swing=swing,
    )


def _stable(agreeing: Floats, position: Floats, cycle: float) -> npt.NDArray[np.bool_]:
    """Whether what every year leaves over leans the way of the wave of all years."""
    year = np.floor((position - position[0]) / cycle).astype(int)
    whole = [y for y in range(year.max() + 1) if (year == y).sum() >= cycle / 2]
    agree: npt.NDArray[np.bool_] = np.all([agreeing[:, year == y].sum(axis=1) > 0 for y in whole], axis=0)
    return agree


def _join(ways: Sequence[Way], parts: Sequence[Fitted]) -> Fitted:
    order = np.argsort(np.concatenate([way.rows for way in ways]))
    return Fitted(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])[order]
            for field in fields(Fitted)
        }
    )
