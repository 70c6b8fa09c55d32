from datetime import UTC, datetime

import pyarrow as pa
import pytest

from attire.catalog.own_columns import SaidOfPhotos
from attire.errors import DataError


def test_a_photo_is_said_what_was_named_for_it_and_nothing_else():
    said = SaidOfPhotos.of_values({"/a.jpg": {"price": 20, "brand": "Adler"}, "/b.jpg": {"price": None}})
    assert {one.name: one.type for one in said.fields} == {"price": pa.int64(), "brand": pa.string()}
    assert said.of("/a.jpg").values == {"price": 20, "brand": "Adler"}
    assert said.of("/b.jpg") is None
    assert said.of("/c.jpg") is None
    assert said.seen_at is None


def test_a_time_alone_is_something_said():
    when = datetime(2026, 5, 1, tzinfo=UTC)
    said = SaidOfPhotos.of_values({}, seen_at={"/a.jpg": when})
    assert said.of("/a.jpg").seen_at == when
    assert said.of("/a.jpg").values == {}
    assert said.seen_at == "seen_at"


def test_values_become_what_the_catalogue_has():
    have = [pa.field("price", pa.float64()), pa.field("made", pa.timestamp("us"))]
    said = SaidOfPhotos.of_values({"/a.jpg": {"price": 20, "made": "2026-05-01"}}, have=have)
    assert said.of("/a.jpg").values == {"price": 20.0, "made": datetime(2026, 5, 1)}


@pytest.mark.parametrize(
    "values",
    [[1, "two"], [2**70, 1], [{"a": 1}, None], [[1], None]],
    ids=["text and number", "too large", "a record", "a list"],
)
def test_values_that_make_no_column_are_refused(values):
    with pytest.raises(DataError, match="size"):
        SaidOfPhotos.of_values({f"/{n}.jpg": {"size": value} for n, value in enumerate(values)})


@pytest.mark.parametrize("name", ["category", "embedding", "a.b", "1st", ""])
def test_names_that_a_column_cannot_have_are_refused(name):
    with pytest.raises(DataError):
        SaidOfPhotos.of_values({"/a.jpg": {name: 1}})
