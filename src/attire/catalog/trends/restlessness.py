"""How much periods jump about beyond chance, as one number for all lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from attire.catalog.trends.counts import Floats

__all__ = ["Residuals", "restlessness", "steadied"]

_MOST = 4.0
_HALVINGS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """What fits of some lines leave over."""

    squares: Floats
    """Squared difference to the fit, in effective garments, shape ``(K, T)``."""
    spread: Floats
    """Binomial variance of the fit, ``n μ (1 − μ)``, shape ``(K, T)``."""
    freedom: Floats
    """Residual degrees of freedom, shape ``(K,)``."""


def restlessness(parts: Sequence[Residuals]) -> float:
    """Find by how much log-odds jump from period to period, τ: a standard deviation, 0 if chance will do.

    A jump of τ makes the variance of a count ``v (1 + τ² v)`` (Williams, Appl. Stat. 31, 1982, model III):
    large periods suffer more. τ is what brings the median line's residuals to what they should be, so that
    lines that move in some way other than a trend do not count.

    Example:
        >>> part = Residuals(np.full((3, 5), 30.0), np.full((3, 5), 10.0), np.full(3, 4.0))
        >>> round(restlessness([part]), 2)
        0.59
    """
    told = [p for part in parts if len((p := _told(part)).freedom)]
    if not told:
        return 0.0
    low, high = 0.0, _MOST
    if _excess(told, low) <= 1:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(told, middle) > 1 else (low, middle)
    return (low + high) / 2


def steadied(base: Floats, mean: Floats, tau: float) -> Floats:
    """Count the garments of each period by how much they tell: ``n / (1 + τ² n μ (1−μ))``."""
    return base / (1 + tau**2 * base * mean * (1 - mean))


def _told(part: Residuals) -> Residuals:
    rows = part.freedom > 0
    return Residuals(part.squares[rows], part.spread[rows], part.freedom[rows])


def _excess(parts: Sequence[Residuals], tau: float) -> float:
    """Median over lines of χ² over the median that it should have."""
    found = []
    for part in parts:
        variance = part.spread * (1 + tau**2 * part.spread)
        chi = np.divide(part.squares, variance, out=np.zeros_like(variance), where=variance > 1e-12).sum(
            axis=1
        )
        found.append(chi / stats.chi2.median(part.freedom))
    return float(np.median(np.concatenate(found)))
