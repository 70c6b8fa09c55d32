import numpy as np
import pyarrow as pa
import pytest
from lancedb.expr import col, lit
from tests.catalog.made_up import DIMENSIONS, PARTS, made_up_row

from attire.catalog.encoder import weigh
from attire.catalog.store import Store
from attire.errors import DataError


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


def test_a_missing_catalogue_or_garment_is_said(store, tmp_path):
    with pytest.raises(DataError, match="attire index"):
        Store.open(tmp_path / "nothing")
    with pytest.raises(DataError, match="no-such"):
        store.get("no-such")
