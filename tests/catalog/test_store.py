import subprocess
import sys
from pathlib import Path

import lance
import lancedb
import numpy as np
import pyarrow as pa
import pytest
from lancedb.expr import col, lit
from tests.catalog.made_up import DIMENSIONS, PARTS, made_up_row, unit, vector

from attire.catalog import indices
from attire.catalog.committing import BusyError
from attire.catalog.connection import connect
from attire.catalog.encoder import weigh
from attire.catalog.indices import Indexed
from attire.catalog.store import Store
from attire.errors import DataError

WRITERS = Path(__file__).with_name("writers.py")


def at_once(*commands):
    """Run writers as programs that start together, and miss no failure."""
    running = [subprocess.Popen([sys.executable, str(WRITERS), *words]) for words in commands]
    assert [program.wait(120) for program in running] == [0] * len(running)


@pytest.fixture
def store(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS, [pa.field("price", pa.float64())])
    store.add([made_up_row(place, price=10.0 * place) for place in range(20)])
    return store


def test_a_garment_is_nearest_to_itself_and_filters_hold(store):
    garment = store.get(f"{7:016x}-0")
    best, *_ = store.nearest(garment.embedding, 3)
    assert best.garment.garment_id == garment.garment_id
    assert best.similarity == pytest.approx(1.0, abs=1e-5)
    cheap = store.nearest(garment.embedding, 30, where=col("price") < lit(50.0))
    assert sorted(near.garment.own["price"] for near in cheap) == [0.0, 10.0, 20.0, 30.0, 40.0]


def test_weights_of_a_query_weigh_cosines(store):
    query = store.get(f"{3:016x}-0").embedding
    found = store.nearest(weigh(query, PARTS, {"shape": 0, "pattern": 0}), 20, embeddings=True)
    colours = [
        float(np.dot(near.garment.embedding[PARTS["colour"]], query[PARTS["colour"]])) * 3 for near in found
    ]
    assert colours == sorted(colours, reverse=True)


def test_a_photo_is_replaced_in_one_commit(store):
    photo, other = f"{3:016x}", f"{50:016x}"
    store.replace([photo], [made_up_row(3, garment=garment) for garment in range(3)])
    before = store.table.version
    rows = [made_up_row(3, score=0.1), *(made_up_row(50, garment=garment) for garment in range(2))]
    store.replace([photo, other, f"{4:016x}"], rows)
    assert store.table.version == before + 1
    got = store.rows(["garment_id", "score"], where=col("photo_id").isin([photo, other, f"{4:016x}"]))
    assert sorted(got.column("garment_id").to_pylist()) == [f"{photo}-0", f"{other}-0", f"{other}-1"]
    assert min(got.column("score").to_pylist()) == 0.1
    store.replace([photo], [])
    assert len(store.rows(where=col("photo_id") == lit(photo))) == 0
    with pytest.raises(DataError, match="not among those replaced"):
        store.replace([photo], [made_up_row(9)])


def test_own_columns_come_later_and_keep_their_type(store):
    store.add_own_columns([pa.field("brand", pa.string()), pa.field("price", pa.float64())])
    store.add([made_up_row(70, brand="x", price=1.0)])
    assert store.own_columns == ("price", "brand")
    assert store.get(f"{3:016x}-0").own == {"price": 30.0, "brand": None}
    with pytest.raises(DataError, match="'price' holds double in the catalogue, string in"):
        store.add_own_columns([pa.field("price", pa.string())])
    store.update(pa.table({"garment_id": [f"{3:016x}-0", "no-such"], "price": [7.5, 1.0]}))
    assert store.get(f"{3:016x}-0").own == {"price": 7.5, "brand": None}
    assert len(store) == 21


def test_embeddings_of_another_encoder_are_refused(store, tmp_path):
    with pytest.raises(DataError, match=r"made-up 1 \(12 numbers\).*made-up 2 \(12\)"):
        store.add([made_up_row(80, encoder="made-up 2")])
    with pytest.raises(DataError, match=r"Begin another catalogue"):
        Store.create(tmp_path / "catalog", 16)
    with pytest.raises(DataError, match="made-up 3"):
        Store.create(tmp_path / "catalog", DIMENSIONS, encoder="made-up 3")
    with pytest.raises(DataError, match=r"12 numbers, the query has shape \(5,\)"):
        store.nearest(np.ones(5, np.float32), 1)
    begun = Store.create(tmp_path / "begun", DIMENSIONS, encoder="made-up 9")
    assert begun.encoder == "made-up 9"
    with pytest.raises(DataError, match="made-up 9"):
        begun.add([made_up_row(0)])


def test_an_open_store_sees_what_others_write(store, tmp_path):
    other = Store.open(tmp_path / "catalog")
    store.add([made_up_row(90, price=1.0)])
    assert len(other) == 21
    store.add_own_columns([pa.field("stock", pa.int64())])
    assert other.own_columns == ("price", "stock")
    other.add([made_up_row(91, stock=4)])
    assert store.get(f"{91:016x}-0").own["stock"] == 4


def test_writers_of_the_same_photos_leave_each_whole_and_once(tmp_path):
    path = str(tmp_path / "catalog")
    at_once(
        ["photos", path, "1", "2", "0,1,2,3,4,5"],
        ["photos", path, "2", "3", "0,1,2,3,4,5"],
        ["photos", path, "3", "1", "5,4,3,2,1,0"],
    )
    found = Store.open(path).rows(["photo_id", "garment", "score"]).to_pylist()
    for place in range(6):
        rows = [row for row in found if row["photo_id"] == f"{place:016x}"]
        who = rows[0]["score"]
        assert {row["score"] for row in rows} == {who}, "rows of one photo come from one writer"
        assert sorted(row["garment"] for row in rows) == list(range({1: 2, 2: 3, 3: 1}[who]))


def test_two_add_the_same_column_at_once(store, tmp_path):
    path = str(tmp_path / "catalog")
    at_once(["columns", path, "brand,season"], ["columns", path, "season,brand"])
    assert sorted(store.own_columns) == ["brand", "price", "season"]


def test_small_files_are_put_together_and_readers_go_on(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    for place in range(8):
        store.add([made_up_row(place)])
    reader = lancedb.connect(tmp_path / "catalog").open_table("garments")
    assert store.finish() == Indexed()
    assert store.table.stats()["fragment_stats"]["num_fragments"] == 1
    assert len(reader.search().to_list()) == 8
    assert reader.version < store.table.version, "it still reads the version it had open"


def test_putting_together_gives_way_to_those_who_write(store, monkeypatch):
    def busy(*_):
        raise BusyError("so many")

    monkeypatch.setattr("attire.catalog.store.tidy", busy)
    assert store.finish() == Indexed()


@pytest.mark.parametrize(
    "dimensions", [pytest.param(16, id="in few bits"), pytest.param(12, id="of a length that has none")]
)
def test_an_index_finds_what_comparing_with_all_finds(dimensions, tmp_path, monkeypatch):
    def long(place):
        return unit(np.resize(vector(place), dimensions) + np.arange(dimensions) * 0.01)

    monkeypatch.setattr(indices, "INDEX_FROM", 500)
    store = Store.create(tmp_path / "catalog", dimensions, [pa.field("price", pa.float64())])
    rows = [
        made_up_row(place, price=float(place), attributes=["floral"][: place % 2], embedding=long(place))
        for place in range(600)
    ]
    store.add(rows)
    exact = [near.garment.garment_id for near in store.nearest(rows[5]["embedding"], 10)]
    done = store.finish()
    assert {"embedding", "category", "attributes", "price"} <= set(done.built)
    assert done.rows == 600
    assert [near.garment.garment_id for near in store.nearest(rows[5]["embedding"], 10)] == exact
    store.add([made_up_row(5, photo_id="f" * 16, embedding=long(5), price=None)])
    assert {near.garment.photo_id for near in store.nearest(rows[5]["embedding"], 2)} == {
        "f" * 16,
        f"{5:016x}",
    }
    floral = store.nearest(rows[5]["embedding"], 700, where="array_has(attributes, 'floral')")
    assert len(floral) == 300
    again = store.finish()
    assert again == Indexed(built=(), rows=601), "new rows join the index that is there"


def test_lance_and_lancedb_read_what_the_other_wrote(store, tmp_path):
    uri = str(tmp_path / "catalog" / "garments.lance")
    dataset = lance.dataset(uri)
    assert dataset.count_rows() == len(store) == 20
    assert dataset.schema.names == store.table.schema.names
    assert dataset.to_table(columns=["price"]).column("price").to_pylist() == [10.0 * n for n in range(20)]
    lance.write_dataset(pa.Table.from_pylist([made_up_row(30)], schema=dataset.schema), uri, mode="append")
    assert store.get(f"{30:016x}-0").category == "dress"
    (nearest, *_) = store.nearest(made_up_row(30)["embedding"], 1)
    assert nearest.garment.photo_id == f"{30:016x}"


def test_an_uri_stays_an_uri(tmp_path, monkeypatch):
    store = Store.create(f"file://{tmp_path}/catalog", DIMENSIONS)
    store.add([made_up_row(1)])
    assert len(Store.open(tmp_path / "catalog")) == 1
    asked = {}
    monkeypatch.setattr(
        "attire.catalog.connection.lancedb.connect", lambda uri, **given: asked.update(given, uri=uri)
    )
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    connect("s3://shop.photos/catalog")
    assert asked["uri"] == "s3://shop.photos/catalog"
    assert asked["storage_options"] == {"region": "eu-central-1"}
    connect("gs://shop/catalog")
    assert asked["storage_options"] is None


def test_a_missing_catalogue_or_garment_is_said(store, tmp_path):
    with pytest.raises(DataError, match="attire index"):
        Store.open(tmp_path / "nothing")
    with pytest.raises(DataError, match="no-such"):
        store.get("no-such")


def test_asking_for_a_catalogue_makes_no_folder(tmp_path):
    assert not Store.exists(tmp_path / "none")
    with pytest.raises(DataError, match="holds no catalogue"):
        Store.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()
