"""Logistic regression of shares on time, all lines at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.catalog.trends.counts import Floats

__all__ = ["Fit", "fit_logistic", "score_interval", "score_test", "without_strongest"]

_STEPS = 30
_LARGEST_STEP = 4.0
_PRIOR = 0.5
"""Garments added to either side of a line, spread over the periods as they are: keeps estimates finite."""
_RIDGE = 1e-9
_HALVINGS = 24
_WIDEST = 12.0
"""Log-odds over the whole time beyond which an interval is not followed."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """``logit(share) = offset + X β`` for every line."""

    beta: Floats
    """Shape ``(K, P)``."""
    mean: Floats
    """Fitted shares, in 0 … 1, shape ``(K, T)``."""
    pearson: Floats
    """Sum of squared standardised residuals, shape ``(K,)``."""


def fit_logistic(shown: Floats, base: Floats, design: Floats, offset: Floats | float = 0.0) -> Fit:
    """Fit by iteratively reweighted least squares (McCullagh and Nelder, 1989, § 2.5).

    Args:
        shown: Effective garments that show the line, shape ``(K, T)``.
        base: Effective garments that could, shape ``(K, T)``; 0 leaves a period out.
        design: Shape ``(T, P)``; its first column is 1.
        offset: Log-odds known beforehand, shape ``(K, T)``.
    """
    total = np.maximum(base.sum(axis=1, keepdims=True), 1e-12)
    weight = base / total
    y, n = shown + _PRIOR * weight, base + 2 * _PRIOR * weight
    start = np.clip(y.sum(axis=1) / n.sum(axis=1), 1e-9, 1 - 1e-9)
    beta = np.zeros((len(y), design.shape[1]))
    beta[:, 0] = np.log(start) - np.log1p(-start) - (weight * offset).sum(axis=1)
    for _ in range(_STEPS):
        mean = _logistic(offset + beta @ design.T)
        information = _squares(n * mean * (1 - mean), design, design) + _RIDGE * np.eye(design.shape[1])
        step = np.linalg.solve(information, ((y - n * mean) @ design)[:, :, None])[:, :, 0]
        beta += np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
        if np.abs(step).max(initial=0.0) < 1e-7:
            break
    mean = _logistic(offset + beta @ design.T)
    spread = base * mean * (1 - mean)
    left = np.divide((shown - base * mean) ** 2, spread, out=np.zeros_like(spread), where=spread > 1e-12)
    return Fit(beta, mean, left.sum(axis=1))


def score_test(shown: Floats, base: Floats, without: Fit, design: Floats, tested: Floats) -> Floats:
    """Ask whether further columns would explain more (Rao's score test); sound at small counts.

    Args:
        shown: As :func:`fit_logistic`.
        base: As :func:`fit_logistic`.
        without: Fit of ``design``.
        design: Shape ``(T, P)``.
        tested: The further columns, shape ``(T, C)``.

    Returns:
        χ² with C degrees of freedom, before dispersion, shape ``(K,)``.
    """
    weight = base * without.mean * (1 - without.mean)
    own = _squares(weight, design, design) + _RIDGE * np.eye(design.shape[1])
    cross = _squares(weight, design, tested)
    score = (shown - base * without.mean) @ tested
    information = _squares(weight, tested, tested)
    information -= cross.swapaxes(1, 2) @ np.linalg.solve(own, cross)
    information += _RIDGE * np.eye(tested.shape[1])
    found: Floats = np.einsum("ki,ki->k", score, np.linalg.solve(information, score[:, :, None])[:, :, 0])
    return np.maximum(found, 0)


def without_strongest(
    shown: Floats, base: Floats, fit: Fit, time: Floats
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Ask what growth is left if the period that speaks most for it is left out.

    Args:
        shown: As :func:`fit_logistic`.
        base: As :func:`fit_logistic`.
        fit: Without growth.
        time: Shape ``(T,)``.

    Returns:
        That period of each line, shape ``(K,)``, and the mask of what is left, shape ``(K, T)``.
    """
    weight = base * fit.mean * (1 - fit.mean)
    middle = (weight @ time) / np.maximum(weight.sum(axis=1), 1e-12)
    part = (time[None, :] - middle[:, None]) * (shown - base * fit.mean)
    towards = np.sign(part.sum(axis=1, keepdims=True))
    strongest: npt.NDArray[np.int64] = np.argmax(part * towards, axis=1)
    left = np.ones_like(base)
    left[np.arange(len(base)), strongest] = 0
    return strongest, left


def score_interval(
    shown: Floats, base: Floats, design: Floats, time: Floats, rate: Floats, limit: Floats
) -> tuple[Floats, Floats]:
    """Give the rates of growth that the score test does not refuse, so that test and interval agree.

    Args:
        shown: As :func:`fit_logistic`.
        base: As :func:`fit_logistic`.
        design: All but time, shape ``(T, P)``.
        time: Shape ``(T,)``, in rising order.
        rate: Estimates, where the search begins, shape ``(K,)``.
        limit: χ² above which a rate is refused, shape ``(K,)``.

    Returns:
        Lower and upper ends, shape ``(K,)``; an end as far as 12 in log-odds over the whole time is open.
    """
    furthest = _WIDEST / max(float(time[-1] - time[0]), 1e-9)
    ends = []
    for side in (-1.0, 1.0):
        inside, outside = rate.copy(), rate + side * furthest
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            offset = middle[:, None] * time
            fit = fit_logistic(shown, base, design, offset)
            refused = score_test(shown, base, fit, design, time[:, None]) > limit
            inside, outside = np.where(refused, inside, middle), np.where(refused, middle, outside)
        ends.append((inside + outside) / 2)
    return ends[0], ends[1]


def _squares(weight: Floats, left: Floats, right: Floats) -> Floats:
    """``Σ_t w_t l_t r_tᵀ`` of every line, shape ``(K, P, C)``."""
    products = (left[:, :, None] * right[:, None, :]).reshape(len(left), -1)
    found: Floats = (weight @ products).reshape(len(weight), left.shape[1], right.shape[1])
    return found


def _logistic(value: Floats) -> Floats:
    out: Floats = 1 / (1 + np.exp(-np.clip(value, -30, 30)))
    return out
