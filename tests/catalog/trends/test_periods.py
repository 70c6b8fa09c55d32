from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from attire.catalog.trends.periods import cut, label_ahead
from attire.catalog.trends.reading import Reading
from attire.errors import DataError


def reading(times=None, **columns) -> Reading:
    rows = len(times if times is not None else next(iter(columns.values())))
    table = {
        "seen_at": pa.array(times or [None] * rows, pa.timestamp("us", "UTC")),
        "source": ["shop"] * rows,
    }
    table |= {f"own_{i}": values for i, values in enumerate(columns.values())}
    return Reading(
        table=pa.table(table),
        own=tuple(columns),
        carriers=np.zeros(0, int),
        chances=np.zeros((0, 92), np.float32),
        attributes=(),
    )


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("unit", "times", "labels", "period"),
    [
        (
            "week",
            ["2026-01-04T23:00", "2026-01-05", "2024-12-30"],
            ["2025-W01", "2026-W01", "2026-W02"],
            [1, 2, 0],
        ),
        (
            "month",
            ["2026-02-28T23:59", "2026-03-01", "2025-12-01"],
            ["2025-12", "2026-02", "2026-03"],
            [1, 2, 0],
        ),
        (
            "season",
            ["2025-11-30", "2025-12-01", "2026-02-28", "2026-03-01", "2026-08-31"],
            ["autumn 2025", "winter 2025/26", "spring 2026", "summer 2026"],
            [0, 1, 1, 2, 3],
        ),
        ("year", ["2026-12-31T23:59", "2024-01-01"], ["2024", "2026"], [1, 0]),
    ],
)
def test_times_fall_into_the_periods_that_calendars_say(unit, times, labels, period):
    found = cut(reading([day(t) for t in times]), unit)
    assert (list(found.labels), found.period.tolist()) == (labels, period)


def test_a_garment_without_a_time_is_in_no_period():
    found = cut(reading([day("2026-01-01"), None]), "month")
    assert found.period.tolist() == [0, -1]


def test_gaps_keep_their_length():
    assert np.diff(cut(reading([day("2025-11-01"), day("2026-02-01")]), "month").position).tolist() == [3]


def test_no_time_at_all_is_said():
    with pytest.raises(DataError, match="when it was seen"):
        cut(reading([None, None]), "month")


def test_years_and_seasons_of_ones_own_have_an_order():
    found = cut(
        reading(year=[2012, 2011, 2011, None], season=["Spring", "Winter", "fall", "Fall"]), "year,season"
    )
    assert found.labels == ("2011 fall", "2011 Winter", "2012 Spring")
    assert found.period.tolist() == [2, 1, 0, -1]
    assert np.diff(found.position).tolist() == [1, 1]
    assert label_ahead(found, found.position[-1] + 1) == "2012 Summer"


def test_a_column_of_ones_own_goes_before_a_clock_of_its_name():
    found = cut(reading([day("2026-01-01")] * 2, year=[1999, 2001]), "year")
    assert found.labels == ("1999", "2001")


def test_words_have_no_order_in_time_and_seasons_that_of_the_year():
    assert cut(reading(gender=["Women", "Men", ""]), "gender").position is None
    assert cut(reading(gender=["Women", "Men", ""]), "gender").period.tolist() == [1, 0, -1]
    alone = cut(reading(season=["Winter", "Summer", "Spring"]), "season")
    assert (alone.labels, alone.position) == (("Spring", "Summer", "Winter"), None)


def test_too_many_groups_are_refused():
    with pytest.raises(DataError, match="300 groups"):
        cut(reading(sku=[str(i) for i in range(300)]), "sku")


def test_a_column_that_says_nothing_is_said_with_the_cure(tmp_path):
    from tests.catalog.made_up import DIMENSIONS, made_up_row

    from attire.catalog.store import Store
    from attire.catalog.trends import trends
    from attire.errors import DataError

    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    store.add([made_up_row(place, source="") for place in range(4)])
    with pytest.raises(DataError, match=r"--by source: no garment has one.*attire index PHOTOS --source"):
        trends(store, by="source")
