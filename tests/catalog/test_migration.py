import lancedb
import pyarrow as pa
import pytest
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.identity import Identity
from attire.catalog.migration import STEPS, is_key
from attire.catalog.row import SCHEMA_VERSION, row_model
from attire.catalog.store import Store
from attire.errors import DataError

LATER = ("network_score", "photo_look")


@pytest.fixture
def old(tmp_path):
    """A table of version 0: no version, no key, two columns fewer, one of the user's."""
    schema = row_model(DIMENSIONS).to_arrow_schema().append(pa.field("price", pa.float64()))
    schema = pa.schema([field for field in schema if field.name not in LATER])
    rows = [{k: v for k, v in made_up_row(n, price=1.0 * n).items() if k not in LATER} for n in range(5)]
    table = lancedb.connect(tmp_path / "catalog").create_table("garments", schema=schema)
    table.add(pa.Table.from_pylist(rows, schema=schema))
    return tmp_path / "catalog"


def test_every_version_has_a_step():
    assert sorted(STEPS) == list(range(1, SCHEMA_VERSION + 1))


def test_an_old_table_is_brought_up_to_date_when_opened(old):
    store = Store.open(old)
    assert store.identity.schema_version == SCHEMA_VERSION
    assert len(store.identity.table_id) == 32
    assert is_key(store.table)
    assert set(store.table.schema.names) == {*made_up_row(0), "price"}
    garment = store.get(f"{3:016x}-0")
    assert garment.own == {"price": 3.0}
    assert store.rows(["score", "network_score", "photo_look"]).to_pylist()[0] == {
        "score": 0.9,
        "network_score": 0.9,
        "photo_look": "",
    }
    store.replace([f"{3:016x}"], [made_up_row(3, price=9.0)])
    store.add([made_up_row(50)])
    assert len(store) == 6
    version = store.table.version
    assert Store.open(old).table.version == version, "nothing is left to do the second time"


def test_a_step_that_was_done_in_part_is_finished(old):
    lancedb.connect(old).open_table("garments").add_columns({"network_score": "score"})
    store = Store.open(old)
    assert store.identity.schema_version == SCHEMA_VERSION
    assert "photo_look" in store.table.schema.names


def test_create_migrates_too(old):
    assert Store.create(old, DIMENSIONS).identity.schema_version == SCHEMA_VERSION


def test_a_table_from_the_future_is_not_touched(tmp_path):
    store = Store.create(tmp_path, DIMENSIONS)
    future = Identity(schema_version=SCHEMA_VERSION + 1)
    store.table.to_lance().update_schema_metadata(future.to_metadata())
    version = lancedb.connect(tmp_path).open_table("garments").version
    with pytest.raises(DataError, match=r"version 2, this Attire knows up to 1\. Upgrade"):
        Store.open(tmp_path)
    assert lancedb.connect(tmp_path).open_table("garments").version == version
