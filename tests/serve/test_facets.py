from collections import Counter

import pyarrow as pa
import pytest
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.store import Store
from attire.serve.browsing.counting import MOST_VALUES, count_values


def facet(found, column):
    return {
        one["value"]: one["count"] for f in found["facets"] if f["column"] == column for one in f["values"]
    }


@pytest.mark.parametrize("where", [None, "price >= 40", 'brand = "Birke" or "plain" in attributes'])
def test_counts_are_those_of_the_garments_themselves(client, where):
    asked = {} if where is None else {"where": where}
    garments = client.get("/v1/garments", params={**asked, "limit": 200}).json()["garments"]
    found = client.get("/v1/facets", params=asked).json()
    assert found["total"] == len(garments) > 0
    for column in ("attributes", "parts"):
        assert facet(found, column) == Counter(value for one in garments for value in one[column])
    assert facet(found, "category") == Counter(one["category"] for one in garments)
    assert facet(found, "brand") == Counter(one["own"]["brand"] for one in garments)
    colours = [name for one in garments for name in {colour["name"] for colour in one["colours"]}]
    assert facet(found, "colours") == Counter(colours)
    prices = [one["own"]["price"] for one in garments]
    assert found["ranges"] == [{"column": "price", "min": min(prices), "max": max(prices)}]


def test_each_count_is_what_its_filter_leaves(client):
    found = client.get("/v1/facets").json()
    for column in ("category", "colours", "brand"):
        for value, count in facet(found, column).items():
            where = f'{column} = "{value}"'
            assert client.get("/v1/garments", params={"where": where}).json()["total"] == count


def test_values_come_most_frequent_first(client):
    for found in client.get("/v1/facets").json()["facets"]:
        counts = [one["count"] for one in found["values"]]
        assert counts == sorted(counts, reverse=True)


def test_columns_that_name_things_are_not_counted(tmp_path):
    own = [pa.field("sku", pa.string()), pa.field("brand", pa.string()), pa.field("none", pa.float64())]
    store = Store.create(tmp_path / "catalog", DIMENSIONS, own)
    rows = range(MOST_VALUES + 1)
    store.add([made_up_row(n, sku=f"sku {n}", brand=["A", "", None][n % 3], none=None) for n in rows])
    whole = count_values(store)
    assert "sku" not in whole.values
    assert whole.values["brand"] == {"A": len(rows[::3])}
    assert whole.ranges == {}
    few = count_values(store, where="brand = 'A'", like=whole)
    assert list(few.values) == list(whole.values)


def test_a_colour_named_twice_of_a_garment_counts_once(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    store.add([made_up_row(0, colours=["grey", "grey", "red"]), made_up_row(1, colours=["grey"])])
    assert count_values(store).values["colours"] == {"grey": 2, "red": 1}
