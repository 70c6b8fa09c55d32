"""Recommendations through :class:`attire.Catalog`."""

from types import SimpleNamespace

import pytest
from tests.catalog.made_up import DIMENSIONS
from tests.catalog.recommend.conftest import FIELDS, near, shop_row

from attire.catalog.catalog import Catalog
from attire.catalog.filters import parse_filter
from attire.catalog.recommend import Wishes
from attire.catalog.store import Store
from attire.errors import QueryError, RecipeError

ENCODER = SimpleNamespace(version="made up", parts={"shape": slice(0, 4), "pattern": slice(4, 8)})


@pytest.fixture
def shop(tmp_path):
    """Ten dresses and ten skirts, the even ones floral; dresses are nearly the same in every part."""
    store = Store.create(tmp_path / "catalog", DIMENSIONS, FIELDS, encoder=ENCODER.version)
    rows = [
        shop_row(
            place,
            category="dress" if place < 10 else "skirt",
            attributes=["stripe" if place % 2 else "floral"],
            price=float(place),
            embedding=near(place, 0.1),
            encoder=ENCODER.version,
        )
        for place in range(20)
    ]
    store.add([{name: row[name] for name in store.table.schema.names} for row in rows])
    return store


def prices(found):
    return {one.garment.own["price"] for one in found}


def test_filters_are_given_as_text_or_as_values(shop):
    catalog = Catalog(shop, encoder=ENCODER)
    first = shop.rows(["garment_id"]).to_pylist()[0]["garment_id"]
    found = catalog.recommend(first, where="price < 5 and attributes has floral")
    assert prices(found) == {2.0, 4.0}
    value = parse_filter("price < 5", catalog.columns)
    assert prices(catalog.recommend(first, where=value)) == {1.0, 2.0, 3.0, 4.0}
    assert prices(catalog.recommend_for(liked=first, where="price >= 18")) == {18.0, 19.0}
    with pytest.raises(QueryError, match="Did you mean 'floral'"):
        catalog.recommend(first, where="attributes has florl")


def test_parts_of_the_embedding_are_those_of_the_encoder_that_made_it(shop):
    first = shop.rows(["garment_id"]).to_pylist()[0]["garment_id"]
    told = Catalog(shop, encoder=ENCODER).recommend(first)
    assert any("very alike in shape and pattern" in one.reasons for one in told)
    assert Catalog(shop, encoder=ENCODER).recommend(first, weights={"shape": 2})
    other = Catalog(shop, encoder=SimpleNamespace(version="another", parts=ENCODER.parts))
    assert not any("very alike" in reason for one in other.recommend(first) for reason in one.reasons)
    with pytest.raises(RecipeError, match="none are known"):
        other.recommend(first, weights={"shape": 2})


def test_wishes_are_words_or_values(shop):
    catalog = Catalog(shop, encoder=ENCODER)
    words = catalog.recommend_for(wish="flowery skirt between 12 and 16")
    values = catalog.recommend_for(
        wish=Wishes(categories=("skirt",), attributes=("floral",), price_min=12, price_max=16)
    )
    assert [one.to_json() for one in words] == [one.to_json() for one in values]
    assert prices(words[:3]) == {12.0, 14.0, 16.0}
    assert {one.garment.category for one in catalog.recommend_for(wish="not a skirt")} == {"dress"}
