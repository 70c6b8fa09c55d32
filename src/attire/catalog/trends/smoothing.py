"""Exponential smoothing of all lines at once, with every setting of a grid at the same time."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from attire.catalog.trends.counts import Floats

__all__ = ["Forecasts", "forecast_naive", "forecast_smooth"]

_ALPHA = (0.05, 0.1, 0.2, 0.4, 0.7)
_BETA = (0.0, 0.1, 0.3)
_PHI = (0.8, 0.95)
_GAMMA = (0.0, 0.1)


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
    grid with the least squared one-step errors up to each origin. Season begins as the mean of the first two
    years, shrunk by how little they agree; no origin may lie before their end.

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
    first = 2 * season if season > 1 else 2
    begin, wave = _opening(series[:, :first], season)
    level = np.repeat(begin[:, None], len(grid), axis=1)
    trend = np.zeros_like(level)
    waves = np.repeat(wave.T[:, :, None], len(grid), axis=2)
    loss = np.zeros_like(level)
    values = np.empty((len(series), len(origins), horizon))
    every = np.arange(len(series))
    for t in range(series.shape[1]):
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


def _opening(early: Floats, season: int) -> tuple[Floats, Floats]:
    """Level and wave to begin with, shapes ``(K,)`` and ``(K, season)``, from the first two years."""
    known = ~np.isnan(early)
    time = np.arange(early.shape[1]) - (early.shape[1] - 1) / 2
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    mean = np.where(known, early, 0).sum(axis=1, keepdims=True) / count
    if season == 1:
        return mean[:, 0], np.zeros((len(early), 1))
    off = np.where(known, early - mean, 0)
    slope = (off @ time) / np.maximum(known @ time**2, 1e-9)
    bent = np.where(known, off - slope[:, None] * time, 0)
    one, two = bent[:, :season], bent[:, season:]
    size = (one**2 + two**2).sum(axis=1) / 2
    agreement = np.divide((one * two).sum(axis=1), size, out=np.zeros(len(early)), where=size > 0)
    wave: Floats = np.clip(agreement, 0, 1)[:, None] * (one + two) / 2
    return mean[:, 0] + slope * time[0], wave
