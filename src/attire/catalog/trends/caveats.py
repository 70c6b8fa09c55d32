"""What to bear in mind when reading a report, in sentences."""

import math
from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
from scipy import stats

from attire.catalog.trends.growth import LEAST_EFFECTIVE, LEAST_GARMENTS, LEAST_RELIABILITY
from attire.catalog.trends.periods import Periods
from attire.catalog.trends.reading import Reading
from attire.catalog.trends.report import TrendsReport
from attire.wording import plural

__all__ = ["caveats"]

_UNEVEN = 3.0
_LIVELY = 0.1


def caveats(report: TrendsReport, reading: Reading, periods: Periods, lines: int) -> tuple[str, ...]:
    """List what holds for this report."""
    return tuple(_caveats(report, reading, periods, lines))


def _caveats(report: TrendsReport, reading: Reading, periods: Periods, lines: int) -> Iterator[str]:
    if report.without_time:
        left_out = plural(report.without_time, "garment")
        yield f"{left_out} left out: nothing says which {periods.unit} they are of."
    sizes = [period.garments for period in report.periods]
    if max(sizes) > _UNEVEN * min(sizes):
        most = report.periods[int(np.argmax(sizes))].label
        least = report.periods[int(np.argmin(sizes))].label
        yield (
            f"Garments are spread unevenly, from {min(sizes):,.0f} in {least} to {max(sizes):,.0f} in "
            f"{most}. All figures are shares, never counts, and wide intervals mark what was seldom seen."
        )
    sparse = [period.label for period in report.periods if not period.full]
    if sparse:
        yield (
            f"{plural(len(sparse), 'period')} with fewer than {LEAST_GARMENTS:.0f} garments, in the "
            f"table but neither drawn nor tested: {', '.join(sparse[:8])}{' …' if len(sparse) > 8 else ''}."
        )
    yield (
        "This is what the catalogue holds, not what the world wears: if other shops, people or ranges came "
        "in over time, that looks like a trend."
    )
    if report.timed and _sources_change(reading, periods):
        yield (
            "Sources change over time, and a source has a taste of its own: look at one alone with "
            "--where 'source = …', and compare them with --by source."
        )
    if len(report.periods) == 2 and report.timed:
        yield "Two periods tell a difference, not a trend: nothing says how much periods differ anyway."
    if report.restlessness > _LIVELY:
        jump = math.expm1(report.restlessness)
        yield (
            f"From period to period odds jump by about {100 * jump:.0f} % beyond trend and chance, so "
            "something else changes with the periods. Tests and intervals allow for that."
        )
    yield (
        f"{report.tested:,} of {plural(lines, 'line')} were tested together: those with at least "
        f"{LEAST_EFFECTIVE:.0f} effective garments with and without what they name, and a detector that "
        f"shows at least {100 * LEAST_RELIABILITY:.0f} % of a change."
        f" Of what is listed, at most {100 * report.alpha:.0f} % is expected to be a false alarm."
    )
    yield (
        "Shares of categories, and of colours, add up to 1: where one rises, others have to fall. "
        "Attributes are the model's calibrated guesses; what its doubt takes off a change is put back. "
        "Mistaken categories and colours are not, and make trends look smaller than they are."
    )


def _sources_change(reading: Reading, periods: Periods) -> bool:
    """Whether the mix of sources differs between periods, counted by photos."""
    table = pa.table(
        {"photo": reading.table["photo_id"], "source": reading.table["source"], "period": periods.period}
    )
    with duckdb.connect() as connection:
        connection.register("rows", table)
        found = connection.execute(
            "SELECT dense_rank() OVER (ORDER BY source) - 1 AS source, period, count(DISTINCT photo) "
            "AS photos FROM rows WHERE period >= 0 GROUP BY source, period"
        ).fetchnumpy()
    counts = np.zeros((int(found["source"].max()) + 1, len(periods.labels)))
    counts[found["source"], found["period"]] = found["photos"]
    counts = counts[:, counts.sum(axis=0) > 0]
    if len(counts) < 2:
        return False
    expected = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    chi = ((counts - expected) ** 2 / expected).sum()
    return bool(stats.chi2.sf(chi, (counts.shape[0] - 1) * (counts.shape[1] - 1)) < 1e-3)
