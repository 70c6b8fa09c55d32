"""Exponential smoothing of all lines at once, with every setting of a grid at the same time."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from attire.catalog.trends.counts import Floats

__all__ = ["Forecasts", "forecast_naive", "forecast_smooth"]

_ALPHA = (0.05, 0.1, 0.2, 0.4, 0.7)
_BETA = (0.0, 0.1, 0.3)
_PHI = (0.8, 0.95)
_GAMMA = (0.05, 0.2)


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """Forecasts made at several times, each knowing nothing later."""

    origins: tuple[int, ...]
    """Last period known to each; the last one knows all."""
    values: Floats
    """Shape ``(K, origins, horizon)``."""


def forecast_naive(series: Floats, origins: tuple[int, ...], horizon: int, season: int) -> Forecasts:
    """Say what was seen a year before, or last where there is no season.

    Args:
        series: Shape ``(K, T)``.
        origins: Last period known to each forecast.
        horizon: Periods ahead.
        season: Periods in a year; 1 for none.

    Example:
        >>> forecast_naive(np.array([[1.0, 2.0, 3.0, 4.0]]), (3,), horizon=3, season=2).values.tolist()
        [[[3.0, 4.0, 3.0]]]
    """
    ahead = np.arange(1, horizon + 1)
    back = ahead - season * -(-ahead // season)
    return Forecasts(origins, series[:, np.array(origins)[:, None] + back[None, :]])


def forecast_smooth(series: Floats, origins: tuple[int, ...], horizon: int, season: int) -> Forecasts:
    """Smooth with a damped trend and, if there is one, an additive season: ETS(A,Ad,N) or ETS(A,Ad,A).

    Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., § 8. Weights are those of a
    grid with the least squared one-step errors up to each origin; level and season begin from the first year.

    Args:
        series: Log-odds of shares, shape ``(K, T)``; NaN where nothing was seen.
        origins: As :func:`forecast_naive`.
        horizon: Periods ahead.
        season: Periods in a year; 1 for none.
    """
    grid = np.array(
        [
            (a, a * b, p, g)
            for a, b, p, g in product(_ALPHA, _BETA, _PHI, _GAMMA if season > 1 else (0.0,))
            if b or p == _PHI[0]
        ]
    )
    alpha, beta, phi, gamma = grid.T
    first = max(season, 2)
    opening = series[:, :first]
    begin = np.nansum(opening, axis=1) / np.maximum((~np.isnan(opening)).sum(axis=1), 1)
    level = np.repeat(begin[:, None], len(grid), axis=1)
    trend = np.zeros_like(level)
    waves = np.zeros((season, *level.shape))
    if season > 1:
        waves += np.nan_to_num(series[:, :season] - begin[:, None]).T[:, :, None]
    loss = np.zeros_like(level)
    values = np.empty((len(series), len(origins), horizon))
    every = np.arange(len(series))
    for t in range(first if season > 1 else 0, series.shape[1]):
        wave = waves[t % season]
        error = np.nan_to_num(series[:, t][:, None] - (level + phi * trend + wave))
        level = level + phi * trend + alpha * error
        trend = phi * trend + beta * error
        waves[t % season] = wave + gamma * error
        loss += error**2 if t >= first else 0
        if t in origins:
            best = np.argmin(loss, axis=1)
            damped = np.cumsum(phi[best][:, None] ** np.arange(1, horizon + 1), axis=1)
            ahead = (t + np.arange(1, horizon + 1)) % season
            values[:, origins.index(t)] = (
                level[every, best][:, None]
                + damped * trend[every, best][:, None]
                + waves[ahead][:, every, best].T
            )
    return Forecasts(origins, values)
