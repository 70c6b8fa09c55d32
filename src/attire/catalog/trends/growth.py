"""Which lines grow, fade or come back each year, and how sure that is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from attire.catalog.trends.counts import Counts, Floats
from attire.catalog.trends.dispersion import Dispersion, squeeze
from attire.catalog.trends.fitting import busy, ends, fit_lines, ways_to_fit
from attire.catalog.trends.regression import fit_logistic

__all__ = [
    "LEAST_EFFECTIVE",
    "LEAST_GARMENTS",
    "LEAST_RELIABILITY",
    "LEVEL",
    "Growth",
    "discoveries",
    "measure_difference",
    "measure_growth",
    "supported",
]

LEVEL = 0.95
"""Share of intervals that hold the truth."""
LEAST_RELIABILITY = 0.2
"""Below it a detector's doubt hides more than it shows, and a line is not tested."""
LEAST_EFFECTIVE = 20.0
"""Effective garments that a line needs, both with and without what it names, to be tested at all."""
LEAST_GARMENTS = 30.0
"""Expected garments that a period needs to be tested; sparser ones are only shown."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Growth:
    """Growth of every line; arrays of shape ``(K,)`` unless said otherwise."""

    rate: Floats
    """Change of the log-odds per period, with the detector's doubt taken out."""
    low: Floats
    high: Floats
    p: Floats
    """Of no growth."""
    q: Floats
    """After Benjamini and Hochberg, over all lines tested."""
    strongest: npt.NDArray[np.int64]
    """Period that speaks most for the growth."""
    p_without: Floats
    """Of no growth, if that period is left out."""
    restlessness: float
    """Standard deviation of what periods do to log-odds beyond chance, trend and wave."""
    dispersion: Dispersion
    wave_p: Floats
    """Of no yearly wave; NaN where there are not two whole years."""
    wave_q: Floats
    stable: npt.NDArray[np.bool_]
    """Whether every year leans the way of the wave of all years."""
    peak: Floats
    """When in the year it is highest, in 0 … 1 of a year."""
    swing: Floats
    """Odds at the peak over odds at the trough."""


def discoveries(p: Floats) -> Floats:
    """Turn p-values into q-values: among lines with q ≤ 0.05, at most 5 % are expected to be false.

    Benjamini and Hochberg (J. R. Stat. Soc. B 57, 1995). NaN stays NaN and is no test.

    Example:
        >>> discoveries(np.array([0.01, 0.04, 0.03, 0.9])).round(3).tolist()
        [0.04, 0.053, 0.053, 0.9]
    """
    q = p.copy()
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = stats.false_discovery_control(p[tested])
    return q


def supported(counts: Counts) -> npt.NDArray[np.bool_]:
    """Say which lines have enough garments to be tested; direction and time play no part in it.

    Choosing so cannot raise the rate of false alarms (Bourgon et al., PNAS 107, 2010).
    """
    base = counts.effective()[1].sum(axis=1)
    share = counts.overall[:, 0]
    enough: npt.NDArray[np.bool_] = (
        (base * np.minimum(share, 1 - share) >= LEAST_EFFECTIVE)
        & (counts.reliability()[:, 0] >= LEAST_RELIABILITY)
        & (busy(counts) >= 2)
    )
    return enough


def measure_growth(counts: Counts, position: Floats, cycle: float | None) -> Growth:
    """Fit shares over time: logistic, with a yearly wave where there are two whole years.

    Args:
        counts: Of lines that are :func:`supported`.
        position: Of each period on the axis of time, in periods, rising, shape ``(T,)``.
        cycle: Periods in a year; None where the year means nothing.
    """
    ways = ways_to_fit(counts, position, cycle)
    found, tau = fit_lines(counts, ways)
    dispersion = squeeze(found.pearson, found.freedom)
    p = _tail(found.chi, 1, dispersion)
    wave_p = _tail(found.wave_chi, 2, dispersion)
    freedom = np.where(np.isinf(dispersion.freedom), 1e9, dispersion.freedom)
    low, high = ends(found, ways, stats.f.ppf(LEVEL, 1, freedom) * dispersion.factor)
    return Growth(
        rate=found.rate,
        low=low,
        high=high,
        p=p,
        q=discoveries(p),
        strongest=found.strongest,
        p_without=_tail(found.chi_without, 1, dispersion),
        restlessness=tau,
        dispersion=dispersion,
        wave_p=wave_p,
        wave_q=discoveries(wave_p),
        stable=found.stable,
        peak=found.peak,
        swing=found.swing,
    )


def measure_difference(counts: Counts) -> tuple[Floats, Floats]:
    """Ask whether groups without an order differ: χ² over all of them; gives p and q, shape ``(K,)``."""
    shown, base = counts.effective()
    fit = fit_logistic(shown, base, np.ones((shown.shape[1], 1)))
    groups = (base > 0).sum(axis=1)
    p = np.asarray(stats.chi2.sf(fit.pearson, np.maximum(groups - 1, 1)), np.float64)
    return p, discoveries(p)


def _tail(chi: Floats, columns: int, dispersion: Dispersion) -> Floats:
    """Chance of as large a χ² if nothing is there; F where dispersion itself is an estimate."""
    ratio = chi / dispersion.factor
    freedom = np.where(np.isinf(dispersion.freedom), 1.0, dispersion.freedom)
    estimated = stats.f.sf(ratio / columns, columns, freedom)
    known = stats.chi2.sf(ratio, columns)
    return np.asarray(np.where(np.isinf(dispersion.freedom), known, estimated), np.float64)
