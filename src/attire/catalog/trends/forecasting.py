"""What comes next, and whether smoothing says it better than the last year does."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from attire.catalog.trends.counts import Counts, Floats
from attire.catalog.trends.growth import LEVEL
from attire.catalog.trends.smoothing import Forecasts, forecast_naive, forecast_smooth

__all__ = ["Outlook", "look_ahead"]

_HORIZON = {"week": 4, "month": 3, "season": 2}
_LEAST_ORIGINS = 4
"""Fewer trials say nothing about how far a forecast is off."""
_LEAST_KNOWN = 4
"""Periods known to the first trial."""
_WORTH = 0.02
"""By how much smaller the error of smoothing has to be to be worth it."""
_LEAST_KNOWN_SHARE = 0.8
"""Share of the periods in between that have garments enough; with more gaps nothing is forecast."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlook:
    """Forecasts of every line, made in the way that was off least."""

    method: str
    """``naive``, ``seasonal naive`` or ``smoothing``."""
    naive: str
    """The better of the naive rules."""
    value: Floats
    """Shares, shape ``(K, H)``."""
    low: Floats
    high: Floats
    position: Floats
    """Of the periods ahead, shape ``(H,)``."""
    mase_naive: Floats
    """Mean error over that of the naive forecast one step ahead, shape ``(K,)``."""
    mase_smooth: Floats
    trials: int
    """Forecasts made of the past, each from what was known then."""


def look_ahead(counts: Counts, position: Floats, unit: str, cycle: float | None) -> Outlook | None:
    """Forecast shares, and try the ways of doing so on the past.

    The last periods are forecast from those before them (rolling origin), by the naive rules (as last; as a
    year before) and by smoothing. Smoothing says what comes next if its mean absolute scaled error (Hyndman
    and Koehler, 2006) over all lines is lower by 2 %, else the better naive rule does. Errors on the past, in
    log-odds, say how far off that may be. The choice is one for all lines, since a line alone has too few
    trials to choose by.

    Returns:
        None where there are too few periods for :data:`_LEAST_ORIGINS` trials, or too many gaps.
    """
    series, odds = _series(counts, position)
    season = round(cycle) if cycle is not None and series.shape[1] >= 2 * cycle + _LEAST_ORIGINS else 1
    horizon = _HORIZON.get(unit, 1)
    last = series.shape[1] - 1
    first = max(_LEAST_KNOWN, 2 * season) - 1
    trials = tuple(range(first, last))
    regular = len(position) >= _LEAST_KNOWN_SHARE * series.shape[1]
    if len(trials) < _LEAST_ORIGINS or not regular or not len(series):
        return None
    origins = (*trials, last)
    filled = _carry(odds)
    ways = {"naive": forecast_naive(filled, origins, horizon, 1)}
    if season > 1:
        ways["seasonal naive"] = forecast_naive(filled, origins, horizon, season)
    ways["smoothing"] = forecast_smooth(odds, origins, horizon, season)
    scale = np.abs(np.diff(_expit(filled), axis=1)).mean(axis=1)
    errors = {name: _mase(way, series, np.maximum(scale, 1e-9)) for name, way in ways.items()}
    naive = min(list(ways)[:-1], key=lambda name: np.nanmean(errors[name]))
    better = bool(np.nanmean(errors["smoothing"]) < (1 - _WORTH) * np.nanmean(errors[naive]))
    method = "smoothing" if better else naive
    chosen = ways[method]
    spread = _spread(chosen, odds)
    ahead = chosen.values[:, -1]
    return Outlook(
        method=method,
        naive=naive,
        value=_expit(ahead),
        low=_expit(ahead - spread),
        high=_expit(ahead + spread),
        position=position[-1] + np.arange(1, horizon + 1),
        mase_naive=errors[naive],
        mase_smooth=errors["smoothing"],
        trials=len(trials),
    )


def _series(counts: Counts, position: Floats) -> tuple[Floats, Floats]:
    """Shares and log-odds on a regular axis of time; NaN where nothing was seen."""
    shown, base = counts.effective()
    place = (position - position[0]).round().astype(int)
    share = np.full((len(counts), place[-1] + 1), np.nan)
    odds = share.copy()
    some = np.clip(shown, 0, base)
    share[:, place] = np.where(base > 0, some / np.maximum(base, 1e-12), np.nan)
    odds[:, place] = np.where(base > 0, np.log((some + 0.5) / (base - some + 0.5)), np.nan)
    return share, odds


def _carry(odds: Floats) -> Floats:
    """Let what was last seen stand where nothing was seen."""
    seen = np.where(np.isnan(odds), 0, np.arange(odds.shape[1]))
    found: Floats = np.nan_to_num(np.take_along_axis(odds, np.maximum.accumulate(seen, axis=1), axis=1))
    return found


def _ahead(way: Forecasts, seen: Floats) -> Floats:
    """What came, beside what was forecast by the trials; NaN past the end, shape ``(K, trials, H)``."""
    horizon = way.values.shape[2]
    padded = np.pad(seen, ((0, 0), (0, horizon)), constant_values=np.nan)
    at = np.array(way.origins[:-1])[:, None] + np.arange(1, horizon + 1)
    found: Floats = padded[:, at]
    return found


def _mase(way: Forecasts, share: Floats, scale: Floats) -> Floats:
    error = np.abs(_ahead(way, share) - _expit(way.values[:, :-1])).reshape(len(share), -1)
    return _mean(error) / scale


def _spread(way: Forecasts, odds: Floats) -> Floats:
    """Half the width of the interval, in log-odds, shape ``(K, H)``: it does not shrink with the horizon."""
    error = _ahead(way, odds) - way.values[:, :-1]
    trials = np.maximum((~np.isnan(error)).sum(axis=1), 1)
    size = np.sqrt(_mean(np.moveaxis(error, 1, 2) ** 2))
    wide: Floats = size * stats.t.ppf((1 + LEVEL) / 2, trials)
    widest: Floats = np.maximum.accumulate(np.nan_to_num(wide, nan=np.inf), axis=1)
    return widest


def _mean(values: Floats) -> Floats:
    """Mean along the last axis of what is known; NaN where nothing is."""
    known = (~np.isnan(values)).sum(axis=-1)
    found: Floats = np.full(known.shape, np.nan)
    np.divide(np.nansum(values, axis=-1), known, out=found, where=known > 0)
    return found


def _expit(value: Floats) -> Floats:
    out: Floats = 1 / (1 + np.exp(-np.clip(value, -500, 500)))
    return out
