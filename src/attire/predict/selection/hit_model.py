"""How likely a detection is right: learnt by :mod:`attire.select`, plain arrays, evaluated in numpy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from attire.errors import WeightsError
from attire.instances import IOU_THRESHOLDS, Instances
from attire.predict.selection.features import FEATURES, detection_features, log_odds
from attire.predict.selection.trees import Trees

__all__ = ["HitKind", "HitModel", "with_category_rate"]

HitKind: TypeAlias = Literal["blend", "trees", "logistic", "isotonic"]
_COLUMNS = len(FEATURES) + 1
"""Features, and the log odds of the category's own rate."""


@dataclass(frozen=True, kw_only=True, eq=False)
class HitModel:
    """P(the category is right and the masks' IoU exceeds t), for ten t, never rising with t."""

    kind: HitKind
    """``trees`` and ``logistic`` read all features and t itself, ``blend`` is the mean of their log odds;
    ``isotonic`` is a table over the score."""
    rates: npt.NDArray[np.float64]
    """Share of each category's detections that are right, drawn towards the mean, shape ``(C,)``."""
    trees: Trees | None = None
    weights: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Of ``logistic``: per feature, then for the category's rate, t and t², then the constant."""
    knots: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Of ``isotonic``: log odds of scores, rising, shape ``(K,)``."""
    table: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, len(IOU_THRESHOLDS))))
    """Of ``isotonic``: probability at each knot and threshold, shape ``(K, 10)``."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit their kind."""
        weighted = self.weights.shape == (_COLUMNS + 3,)
        fits = {
            "blend": self.trees is not None and weighted,
            "trees": self.trees is not None,
            "logistic": weighted,
            "isotonic": len(self.knots) > 0 and self.table.shape == (len(self.knots), len(IOU_THRESHOLDS)),
        }
        if not fits.get(self.kind, False) or self.rates.ndim != 1:
            raise WeightsError(
                f"Selector: its arrays are not those of kind {self.kind!r}. Fit it again: attire select."
            )

    def __call__(self, instances: Instances) -> npt.NDArray[np.float64]:
        """Read all detections of one photo; gives shape ``(N, 10)``."""
        return self.probabilities(detection_features(instances), instances.category_ids)

    def probabilities(
        self, features: npt.NDArray[np.float64], category_ids: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        """Turn features into probabilities.

        Args:
            features: What :func:`detection_features` gives, shape ``(N, F)``.
            category_ids: Shape ``(N,)``.

        Returns:
            One per threshold, shape ``(N, 10)``.
        """
        if self.kind == "isotonic":
            columns = [np.interp(features[:, 0], self.knots, own) for own in self.table.T]
            return np.minimum.accumulate(np.stack(columns, axis=1), axis=1)
        rows = with_category_rate(features, category_ids, self.rates)
        odds = self._odds(rows, np.asarray(IOU_THRESHOLDS, np.float64))
        return np.minimum.accumulate(1 / (1 + np.exp(-odds)), axis=1)

    def _odds(
        self, rows: npt.NDArray[np.float64], thresholds: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Log odds of every row at each threshold, shape ``(N, 10)``."""
        parts = []
        if self.trees is not None:
            parts.append(self.trees.along(rows, thresholds))
        if len(self.weights):
            own, others = self.weights[:_COLUMNS], self.weights[_COLUMNS:]
            shifts = np.array([others @ [t, t**2, 1.0] for t in thresholds.tolist()])
            parts.append((rows @ own)[:, None] + shifts)
        odds: npt.NDArray[np.float64] = np.mean(parts, axis=0)
        return odds

    def to_arrays(self) -> dict[str, npt.NDArray[np.float64]]:
        """Give everything but ``kind`` as arrays by name."""
        arrays = {"rates": self.rates, "weights": self.weights, "knots": self.knots, "table": self.table}
        if self.trees is not None:
            names = ("roots", "feature", "threshold", "left", "right", "value")
            arrays |= {f"trees.{name}": np.asarray(getattr(self.trees, name), np.float64) for name in names}
            arrays["trees.start"] = np.array([self.trees.start])
        return {name: array for name, array in arrays.items() if array.size}

    @classmethod
    def from_arrays(cls, kind: str, arrays: Mapping[str, npt.NDArray[np.float64]]) -> "HitModel":
        """Read back what :meth:`to_arrays` gave.

        Raises:
            WeightsError: If something is missing or does not fit.
        """
        try:
            trees = None
            if "trees.roots" in arrays:
                trees = Trees(
                    start=float(arrays["trees.start"][0]),
                    threshold=arrays["trees.threshold"],
                    value=arrays["trees.value"],
                    roots=arrays["trees.roots"].astype(np.int32),
                    feature=arrays["trees.feature"].astype(np.int32),
                    left=arrays["trees.left"].astype(np.int32),
                    right=arrays["trees.right"].astype(np.int32),
                )
            own = {name: arrays[name] for name in ("weights", "knots", "table") if name in arrays}
            return cls(kind=_kind(kind), rates=arrays["rates"], trees=trees, **own)
        except (KeyError, IndexError) as error:
            raise WeightsError(f"Selector: {error} is missing. Fit it again: attire select.") from None


def with_category_rate(
    features: npt.NDArray[np.float64], category_ids: npt.NDArray[np.int64], rates: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Add the log odds of each detection's category being right as the last column."""
    return np.column_stack([features, log_odds(rates)[category_ids]])


def _kind(name: str) -> HitKind:
    for kind in get_args(HitKind):
        if name == kind:
            known: HitKind = kind
            return known
    raise WeightsError(f"Selector: unknown kind {name!r}. Was it fitted by a newer version of Attire?")
