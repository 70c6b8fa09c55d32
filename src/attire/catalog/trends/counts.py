"""What is counted: expected garments per line and period, with what it takes to say how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Counts", "Floats", "concatenate"]

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Counts:
    """Sums over garments and photos, float64, shape ``(K, T)``: a row per line, a column per period.

    A garment i of a line's population is right with probability ``s_i`` (its calibrated score) and, if so,
    shows the line with probability ``p_i``: of a photo c, ``y_c = Σ s_i p_i`` out of ``n_c = Σ s_i``.
    """

    shown: Floats
    """``Σ s_i p_i``: expected garments that show it."""
    base: Floats
    """``Σ s_i``: expected garments that could."""
    shown2: Floats
    """``Σ_c y_c²``."""
    shown_base: Floats
    """``Σ_c y_c n_c``."""
    base2: Floats
    """``Σ_c n_c²``."""
    certain: Floats
    """``Σ s_i p_i²``: as large as ``shown`` if every p is 0 or 1."""
    photos: Floats
    """Photos that hold garments of the population."""

    def __len__(self) -> int:
        return len(self.shown)

    @property
    def overall(self) -> Floats:
        """Share over all periods, shape ``(K, 1)``."""
        total = np.maximum(self.base.sum(axis=1, keepdims=True), 1e-12)
        share: Floats = self.shown.sum(axis=1, keepdims=True) / total
        return share

    def raw_share(self) -> Floats:
        """Mean probability, ``Σ s p / Σ s``; NaN where a period holds no garment that could."""
        out: Floats = np.full(self.base.shape, np.nan)
        return np.divide(self.shown, self.base, out=out, where=self.base > 0)

    def reliability(self) -> Floats:
        """How much of a change of the true share the mean probability shows, in 0 … 1, shape ``(K, 1)``.

        If probabilities are calibrated over all periods together, it is the mean probability of garments that
        show the line less that of garments that do not, ``E[p | yes] − E[p | no] = Var(p) / (r (1 − r))``,
        and needs no truth to be known. A detector that is never in doubt has 1, one that always says r has 0.
        """
        r = self.overall
        total = np.maximum(self.base.sum(axis=1, keepdims=True), 1e-12)
        spread = self.certain.sum(axis=1, keepdims=True) / total - r**2
        whole = r * (1 - r)
        out: Floats = np.divide(spread, whole, out=np.ones_like(r), where=whole > 1e-12)
        return np.clip(out, 1e-3, 1.0)

    def share(self) -> Floats:
        """Share with the detector's doubt taken out: ``r + (r_t − r) / reliability``; may leave 0 … 1.

        The mean probability lags behind the truth, since a calibrated detector in doubt says what was usual.
        Probabilistic adjusted counting (Bella et al., ICDM 2010), for which photos that show a line have to
        look the same in every period.
        """
        r = self.overall
        return r + (self.raw_share() - r) / self.reliability()

    def design_effect(self, share: Floats, reliability: Floats | float = 1.0) -> Floats:
        """How many times larger than binomial the variance of a share is, over all periods; shape ``(K, 1)``.

        Photos, not garments, are drawn independently, so it is the linearised variance of a ratio over
        clusters, ``m/(m−1) · Σ_c (y_c − r n_c)²`` (Cochran, Sampling Techniques, 1977, § 6.3), over
        ``N r (1−r)`` (Kish, 1965). A doubtful detector adds ``1 / reliability``.

        Args:
            share: What the binomial variance is taken at, shape ``(K, T)``.
            reliability: 1 for the raw share.
        """
        r = np.nan_to_num(self.raw_share())
        clusters = self.photos / np.maximum(self.photos - 1, 1)
        found = clusters * (self.shown2 - 2 * r * self.shown_base + r**2 * self.base2)
        at = np.clip(np.nan_to_num(share), 0, 1)
        binomial = (self.base * at * (1 - at)).sum(axis=1, keepdims=True)
        total = np.maximum(found, 0).sum(axis=1, keepdims=True) / np.square(reliability)
        effect: Floats = np.divide(total, binomial, out=np.ones_like(total), where=binomial > 1e-9)
        return np.maximum(effect, _LEAST_EFFECT)

    def effective(self) -> tuple[Floats, Floats]:
        """Give counts of the share without doubt, as if so many garments had been drawn one by one.

        Returns:
            Those that show it, which may lie outside, and those that could, shape ``(K, T)`` each.
        """
        share = self.share()
        base = self.base / self.design_effect(share, self.reliability())
        return base * np.nan_to_num(share), base

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Give some lines."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def only(self, periods: npt.NDArray[np.bool_]) -> Self:
        """Give some periods."""
        return type(self)(**{field.name: getattr(self, field.name)[:, periods] for field in fields(self)})


_LEAST_EFFECT = 0.01
"""Only guards a division: raw probabilities vary far less than garments do."""


def concatenate(parts: Sequence[Counts]) -> Counts:
    """Put the lines of several after one another."""
    return Counts(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Counts)
        }
    )
