"""How far a figure would move had other photos of the same kind been drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LEVEL", "Bootstrap", "Value", "ratio"]

LEVEL = 0.95
"""Share of resampled figures between low and high."""
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with its bootstrap interval over photos."""

    value: float
    """As measured; NaN where there was nothing to measure it on."""
    low: float
    """2.5 % of the resampled figures lie below."""
    high: float
    """2.5 % lie above."""


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """Percentile intervals from photos drawn with replacement (Efron, 1979), the same for all figures."""

    resamples: int = 1000
    """How many times the data set is drawn anew; 0 leaves the intervals undefined (NaN)."""
    seed: int = 0
    """Seed of the draws."""

    def value(
        self,
        columns: npt.NDArray[np.float64],
        figure: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]],
    ) -> Value:
        """Measure a figure that depends on sums over photos.

        Args:
            columns: What each photo contributes, shape ``(P, K)``.
            figure: Turns sums of shape ``(R, K)`` into figures of shape ``(R,)``.

        Returns:
            The figure on all photos, with its interval.

        Example:
            >>> scores = np.array([[0.0, 1.0], [1.0, 1.0]])
            >>> Bootstrap(resamples=100).value(scores, lambda sums: sums[:, 0] / sums[:, 1])
            Value(value=0.5, low=0.0, high=1.0)
        """
        value = float(figure(columns.sum(axis=0, keepdims=True))[0])
        drawn = figure(self._sums(columns)) if self.resamples and len(columns) else np.zeros(0)
        drawn = drawn[~np.isnan(drawn)]
        if not len(drawn) or np.isnan(value):
            return Value(value, float("nan"), float("nan"))
        low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return Value(value, float(low), float(high))

    def mean(self, per_photo: npt.NDArray[np.float64]) -> Value:
        """Measure a mean over photos; ``per_photo`` has shape ``(P,)``."""
        columns = np.stack([per_photo, np.ones_like(per_photo)], axis=1)
        return self.value(columns, lambda sums: ratio(sums[:, 0], sums[:, 1]))

    def _sums(self, columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        photos = len(columns)
        random = np.random.default_rng(self.seed)
        parts = []
        for first in range(0, self.resamples, _CHUNK):
            drawn = random.integers(photos, size=(min(_CHUNK, self.resamples - first), photos))
            weights = np.stack([np.bincount(row, minlength=photos) for row in drawn])
            parts.append(weights.astype(np.float64) @ columns)
        return np.concatenate(parts)


def ratio(
    part: npt.NDArray[Any], whole: npt.NDArray[Any], empty: float = float("nan")
) -> npt.NDArray[np.float64]:
    """Divide, saying ``empty`` where there is nothing to divide by.

    Example:
        >>> ratio(np.array([1.0, 0.0]), np.array([2.0, 0.0]), empty=1.0).tolist()
        [0.5, 1.0]
    """
    out: npt.NDArray[np.float64] = np.full(np.broadcast_shapes(part.shape, whole.shape), empty)
    np.divide(part, whole, out=out, where=np.broadcast_to(whole != 0, out.shape))
    return out
