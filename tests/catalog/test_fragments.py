"""Files of rows that become part of the table: once, whatever others write, and gone if they never do."""

import os
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from tests.catalog.made_up import DIMENSIONS, START, made_up_row

from attire.catalog.fragments import FragmentPlace, append_fragments, drop_repeated, rows_of, write_fragments
from attire.catalog.indexing import Manifest
from attire.catalog.store import Store

WEEK_S = 7 * 24 * 3600


@pytest.fixture
def store(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS, encoder="made-up 1")
    store.add([made_up_row(0)])
    return store


def photo(place: int, garments: int, hours: int = 0) -> list[dict]:
    when = START + timedelta(hours=hours)
    return [made_up_row(place, garment=n, indexed_at=when) for n in range(garments)]


def ids(rows):
    return sorted({row["photo_id"] for row in rows})


def test_fragments_hold_the_same_bits_as_rows_that_are_added(store, tmp_path):
    place = FragmentPlace.of(store)
    rows = photo(1, 2) + photo(2, 1)
    files = write_fragments(place, rows)
    assert len(store) == 1, "nothing is there before the commit"
    append_fragments(store, files, ids(rows))
    other = Store.create(tmp_path / "other", DIMENSIONS, encoder="made-up 1")
    other.add([made_up_row(0), *rows])
    found, expected = (one.rows().sort_by("garment_id") for one in (store, other))
    assert found.equals(expected)
    assert pa.Table.from_pylist(rows_of(place, files), schema=store.table.schema).equals(
        expected.filter(pa.compute.field("photo_id") != ids([made_up_row(0)])[0])
    )


def test_what_another_wrote_meanwhile_is_there_once_and_as_it_was_written_last(store, monkeypatch):
    place, rows = FragmentPlace.of(store), photo(1, 2, hours=1)
    files = write_fragments(place, rows)
    other = Store.open(Path(place.uri).parent)
    commit = append_fragments.__globals__["commit"]

    def late(write):
        other.add(photo(1, 3))
        return commit(write)

    monkeypatch.setitem(append_fragments.__globals__, "commit", late)
    append_fragments(store, files, ids(rows))
    found = [row for row in store.rows().to_pylist() if row["photo_id"] == rows[0]["photo_id"]]
    assert sorted(row["garment"] for row in found) == [0, 1]


def test_photos_that_are_there_twice_are_mended_when_the_next_run_begins(store):
    for hours in (0, 2, 1):
        store.add(photo(1, 2, hours))
    with Manifest(None) as manifest:
        manifest.follow(store)
    times = Counter(row["garment_id"] for row in store.rows().to_pylist())
    assert len(times) == 3
    assert set(times.values()) == {1}
    found = [row for row in store.rows().to_pylist() if row["photo_id"] == ids(photo(1, 1))[0]]
    assert {row["indexed_at"].hour for row in found} == {(START + timedelta(hours=2)).hour}
    version = store.table.version
    assert drop_repeated(store, ids(found)) == 0
    assert store.table.version == version


def test_columns_that_were_added_after_the_fragment_was_written_are_empty(store):
    place, rows = FragmentPlace.of(store), photo(1, 1)
    files = write_fragments(place, rows)
    store.add_own_columns([pa.field("price", pa.float64())])
    append_fragments(store, files, ids(rows))
    late = write_fragments(place, photo(2, 1))
    append_fragments(store, late, ids(photo(2, 1)))
    assert store.rows(["price"]).column("price").to_pylist() == [None] * 3


def test_files_of_killed_runs_go_once_they_are_a_week_old(store):
    place = FragmentPlace.of(store)
    for place_in_table in (1, 2):
        write_fragments(place, photo(place_in_table, 1))
    store.add(photo(3, 1))
    files = sorted((Path(place.uri) / "data").iterdir())
    assert len(files) == 4
    old = time.time() - WEEK_S - 60
    lost = [file for file in files if file.name not in named(store)]
    assert len(lost) == 2
    os.utime(lost[0], (old, old))
    store.finish(timedelta(milliseconds=1))
    assert not lost[0].exists()
    assert lost[1].exists(), "another run may still be about to commit it"


def named(store):
    return {file.path for one in store.table.to_lance().get_fragments() for file in one.data_files()}
