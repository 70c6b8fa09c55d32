"""How much periods differ beyond chance, learnt from all lines at once."""

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, polygamma

from attire.catalog.trends.counts import Floats

__all__ = ["Dispersion", "squeeze"]

_LEAST_LINES = 10
"""Fewer lines cannot say how lines vary: each then stands alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Dispersion:
    """Variance between periods over what photos and detector explain."""

    factor: Floats
    """At least 1, shape ``(K,)``."""
    freedom: Floats
    """Degrees of freedom of each factor, shape ``(K,)``; infinite where it is taken as known."""


def squeeze(pearson: Floats, freedom: Floats) -> Dispersion:
    """Pull each line's dispersion towards that of all lines.

    A few periods say little about one line's dispersion; many lines together say much. This is the empirical
    Bayes estimate of Smyth (Stat. Appl. Genet. Mol. Biol. 3, 2004) as used for counts by Lund et al. (2012):
    ``(d₀ s₀² + d s²) / (d₀ + d)`` with d₀ and s₀² from the mean and variance of ``log s²``.

    Args:
        pearson: Sum of squared standardised residuals of each line, shape ``(K,)``.
        freedom: Residual degrees of freedom d of each; where it is 0 the line itself says nothing.

    Example:
        >>> squeeze(np.array([4.0, 40.0]), np.array([4.0, 4.0])).factor.tolist()
        [1.0, 10.0]
        >>> squeeze(np.array([0.0]), np.array([0.0]))
        Dispersion(factor=array([1.]), freedom=array([inf]))
    """
    told = freedom > 0
    own = np.divide(pearson, freedom, out=np.ones_like(pearson), where=told)
    prior, prior_freedom = _prior(own[told], freedom[told])
    if np.isinf(prior_freedom):
        return Dispersion(np.full(len(own), max(prior, 1.0)), np.full(len(own), np.inf))
    total = prior_freedom + np.maximum(freedom, 0)
    pulled = np.divide(prior_freedom * prior + pearson, total, out=np.ones_like(own), where=total > 0)
    return Dispersion(np.maximum(pulled, 1.0), np.where(total > 0, total, np.inf))


def _prior(own: Floats, freedom: Floats) -> tuple[float, float]:
    """s₀² and d₀ (Smyth 2004, § 6.2)."""
    seen = own > 1e-9
    if seen.sum() < _LEAST_LINES:
        return 1.0, 0.0
    half = freedom[seen] / 2
    logs = np.log(own[seen]) - digamma(half) + np.log(half)
    excess = float(logs.var(ddof=1) - polygamma(1, half).mean())
    if excess <= 0:
        return float(np.exp(logs.mean())), np.inf
    half_prior = _inverse_trigamma(excess)
    return float(np.exp(logs.mean() + digamma(half_prior) - np.log(half_prior))), 2 * half_prior


def _inverse_trigamma(value: float) -> float:
    """Newton's method, monotone from this start (Smyth 2004, appendix)."""
    if value > 1e7:
        return float(value**-0.5)
    if value < 1e-6:
        return 1 / value
    guess = 0.5 + 1 / value
    for _ in range(50):
        trigamma = float(polygamma(1, guess))
        step = trigamma * (1 - trigamma / value) / float(polygamma(2, guess))
        guess += step
        if -step / guess < 1e-10:
            break
    return float(guess)
