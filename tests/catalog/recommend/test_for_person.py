import re

import numpy as np
import pyarrow as pa
import pytest
from tests.catalog.recommend.conftest import FIELDS, near, shop_row

from attire.catalog.filters import Columns, parse_filter
from attire.catalog.recommend import Taste, Wishes, frequencies_of, recommend_for
from attire.catalog.recommend.taste import preferences, taste_vectors
from attire.catalog.search import Named
from attire.errors import DataError, QueryError
from attire.ontology import Ontology

ONTOLOGY = Ontology.imaterialist2019()
COLOURS = ("red", "white", "black", "green")


def name(place):
    return f"{place:016x}-0"


@pytest.fixture
def rows():
    """Dresses around corner 0 are floral, those around corner 1 striped, coats around corner 2."""
    made = []
    for place in range(120):
        kind = place % 3
        made.append(
            shop_row(
                place,
                category="coat" if kind == 2 else "dress",
                attributes=[["floral", "midi"], ["stripe", "mini"], ["double breasted"]][kind],
                colours=[COLOURS[place // 3 % 4]],
                embedding=near(place, 0.35, at=kind),
                price=float(20 + place % 10 * 10),
            )
        )
    return made


@pytest.fixture
def store(make_shop, rows):
    return make_shop(rows)


def ids(found):
    return [one.garment.garment_id for one in found]


def test_liked_draws_near_and_disliked_pushes_away(store):
    liking = Taste(liked=(name(0), name(3)))
    found = recommend_for(store, liking, k=10)
    assert len(found) == 10
    assert not {name(0), name(3)} & set(ids(found))
    assert sum("floral" in one.garment.attributes for one in found) >= 9
    # The same again where one liked both kinds and one of them is now disliked.
    torn = recommend_for(store, Taste(liked=(name(0), name(1))), k=10)
    decided = recommend_for(store, Taste(liked=(name(0), name(1)), disliked=(name(4), name(7))), k=10)

    def striped(found):
        return sum("stripe" in one.garment.attributes for one in found)

    assert striped(decided) < striped(torn)
    assert not {name(4), name(7)} & set(ids(decided))


def test_duplicates_of_what_is_known_are_not_recommended(make_shop, rows):
    twin = shop_row(200, sku=rows[0]["sku"], attributes=["floral", "midi"], embedding=near(0, 0.34, at=0))
    found = recommend_for(make_shop([*rows, twin]), Taste(liked=(name(0),)), k=30)
    assert twin["garment_id"] not in ids(found)


def test_wishes_alone_are_enough(store):
    wishes = Wishes(categories=("dress",), attributes=("midi",), colours=("green",), price_max=60.0)
    found = recommend_for(store, Taste(wishes=wishes), k=5)
    assert found
    for one in found:
        assert one.garment.category == "dress"
        assert one.garment.own["price"] <= 60
    matching = [
        one for one in found if "midi" in one.garment.attributes and one.garment.colours == ("green",)
    ]
    assert found[: len(matching)] == matching
    assert len(matching) >= 3
    assert found[0].reasons[:3] == (
        "midi dress, as wished",
        "in green, as wished",
        f"costs {found[0].garment.own['price']:g}, at most 60",
    )


def test_a_wish_that_nothing_meets_is_said_and_the_rest_still_counts(store):
    found = recommend_for(store, Taste(wishes=Wishes(attributes=("floral",), colours=("purple",))), k=5)
    assert {one.garment.attributes[0] for one in found} == {"floral"}
    assert all(one.reasons[-1] == "but not purple" for one in found)


def test_meeting_two_of_three_wishes_comes_before_meeting_one(make_shop):
    def row(place, attributes, colour):
        return shop_row(place, attributes=attributes, colours=[colour], embedding=near(place, 0.5))

    one = [row(place, ["midi"], "red") for place in range(1, 300)]
    two = row(500, ["floral"], "green")
    wishes = Wishes(attributes=("midi", "floral"), colours=("green",))
    assert ids(recommend_for(make_shop([*one, two]), Taste(wishes=wishes), k=3))[0] == two["garment_id"]


def test_wishes_and_history_count_together(store):
    wishes = Wishes(categories=("dress",), colours=("black",))
    found = recommend_for(store, Taste(liked=(name(0), name(12)), wishes=wishes), k=5)
    assert {one.garment.colours for one in found[:3]} == {("black",)}
    assert sum("floral" in one.garment.attributes for one in found[:3]) == 3


def test_own_columns_can_be_wished_for(make_shop, rows):
    for row in rows[::2]:
        row["brand"] = "Bo"
    store = make_shop(rows)
    found = recommend_for(store, Taste(wishes=Wishes(own={"brand": "Bo"})), k=5)
    assert {one.garment.own["brand"] for one in found} == {"Bo"}
    assert all("brand Bo, as wished" in one.reasons for one in found)
    with pytest.raises(DataError, match=r"'season'.*price, stock, brand, sku"):
        recommend_for(store, Taste(wishes=Wishes(own={"season": "ss"})))


@pytest.mark.parametrize("brand", ["' OR true --", "\\' OR true --", "Bo' OR 'a' = 'a"])
def test_a_value_that_looks_like_sql_is_a_value(make_shop, rows, brand):
    wishes = Wishes(attributes=("floral", "midi"), colours=("red",), own={"brand": brand})
    assert recommend_for(make_shop(rows), Taste(wishes=wishes)) == []
    rows[3]["brand"] = brand
    assert ids(recommend_for(make_shop(rows), Taste(wishes=wishes))) == [name(3)]


def test_a_column_whose_values_cannot_be_compared_is_not_wished_for(make_shop, rows):
    store = make_shop(
        [row | {"tags": ["x"]} for row in rows], [*FIELDS, pa.field("tags", pa.list_(pa.string()))]
    )
    with pytest.raises(DataError, match="'tags' holds list<item: string>, which cannot be wished for"):
        recommend_for(store, Taste(wishes=Wishes(own={"tags": "x"})))


def test_a_price_of_float32_is_met_to_the_cent(make_shop, rows):
    fields = [pa.field("price", pa.float32())]
    store = make_shop([row | {"price": 59.9} for row in rows], fields)
    exactly = Wishes(categories=("dress",), price_min=59.9, price_max=59.9)
    assert len(recommend_for(store, Taste(wishes=exactly), k=5)) == 5


def test_what_has_to_be_can_ask_lists_too(store):
    where = parse_filter(
        "stripe in attributes and not colour = red", Columns.of(store.table.schema, ONTOLOGY)
    )
    found = recommend_for(store, Taste(liked=(name(0),)), where=where, k=20)
    assert len(found) == 20
    assert all("stripe" in one.garment.attributes and one.garment.colours != ("red",) for one in found)


def unwanted(kind, name):
    return Named(kind=kind, name=name, wanted=False)


@pytest.mark.parametrize("liked", [(), (name(0),)], ids=["wishes alone", "with history"])
def test_what_is_unwanted_comes_last_and_is_said(store, liked):
    wishes = Wishes(unwanted=(unwanted("attribute", "floral"), unwanted("category", "coat")))
    found = recommend_for(store, Taste(liked=liked, wishes=wishes), k=60)
    assert {one.garment.category for one in found} == {"dress"}
    floral = ["floral" in one.garment.attributes for one in found]
    assert not any(floral[:30])
    assert sorted(floral) == floral
    for one, has in zip(found, floral, strict=True):
        assert ("no floral, as wished" in one.reasons) == (not has)
        assert ("floral, though not wanted" in one.reasons) == has


def test_parts_and_colours_can_be_wished_away(make_shop, rows):
    for place, row in enumerate(rows):
        row["parts"] = ["pocket"] if place % 2 else ["zipper"]
    store = make_shop(rows)
    wishes = Wishes(
        categories=("dress",),
        parts=("zipper",),
        unwanted=(unwanted("part", "pocket"), unwanted("colour", "red"), unwanted("colour", "green")),
    )
    found = recommend_for(store, Taste(wishes=wishes), k=10)
    for one in found:
        assert one.garment.parts == ("zipper",)
        assert one.garment.colours[0] in ("white", "black")
        assert "with zipper, as wished" in one.reasons
        assert "no pocket, no red, no green, as wished" in one.reasons


def test_what_was_not_read_is_not_said_to_be_missing(make_shop):
    blank = {"attributes": [], "attribute_probs": [], "colours": [], "colour_share": [], "colour_lab": []}
    store = make_shop([shop_row(place, **blank) for place in range(3)])
    wishes = Wishes(unwanted=(unwanted("attribute", "floral"), unwanted("colour", "red")))
    found = recommend_for(store, Taste(wishes=wishes))
    assert found
    assert not any("as wished" in reason for one in found for reason in one.reasons)


def test_words_that_are_no_names_are_looked_for_in_own_columns(make_shop, rows):
    for row in rows[::4]:
        row["brand"] = "Zara"
    for row in rows[1::4]:
        row["brand"] = "ZARA Home"
    store = make_shop(rows)
    found = recommend_for(store, Taste(wishes=Wishes(attributes=("floral",), words=("zara",))), k=10)
    for one in found:
        brand = one.garment.own["brand"]
        assert "floral" in one.garment.attributes
        assert ("brand Zara, as wished" if brand == "Zara" else "zara in brand, as wished") in one.reasons
    scarce = recommend_for(store, Taste(wishes=Wishes(words=("sku-117",))), k=5)
    assert scarce[0].garment.own["sku"] == "sku-117"
    assert all("but not sku-117" in one.reasons for one in scarce[1:])


def test_a_word_that_stands_nowhere_is_refused(make_shop, rows):
    with pytest.raises(QueryError, match=r"'flyng' is no category.*none of your columns brand, sku"):
        recommend_for(make_shop(rows), Taste(wishes=Wishes(words=("flyng",))))
    with pytest.raises(QueryError, match=r"'florl' is no.*Did you mean 'floral'"):
        recommend_for(make_shop(rows), Taste(wishes=Wishes(words=("florl",))))
    with pytest.raises(QueryError, match=r"'under …' limits the price.* no column of numbers named price"):
        recommend_for(make_shop(rows, []), Taste(wishes=Wishes(words=("under", "60"))))


def test_a_new_row_is_recommended_at_once(store):
    taste = Taste(liked=(name(0),), wishes=Wishes(attributes=("floral",)))
    recommend_for(store, taste)
    new = shop_row(900, attributes=["floral"], embedding=near(0, 0.15, at=0), colours=["green"])
    store.add([{column: new[column] for column in store.table.schema.names}])
    assert new["garment_id"] in ids(recommend_for(store, taste, k=10))


def test_a_new_row_is_found_by_wishes_alone_among_many(make_shop):
    many = [shop_row(place, attributes=["floral"], embedding=near(place, 0.6)) for place in range(400)]
    store = make_shop(many)
    new = shop_row(900, attributes=["floral"], embedding=near(900, 0.01), price=15.0)
    store.add([{column: new[column] for column in store.table.schema.names}])
    found = recommend_for(store, Taste(wishes=Wishes(attributes=("floral",))), k=5)
    assert new["garment_id"] in ids(found)


def test_what_is_not_in_stock_stays_away(make_shop, rows):
    for row in rows[::3]:
        row["stock"] = 0
    store = make_shop(rows)
    wish = Taste(wishes=Wishes(attributes=("floral",)))
    assert {one.garment.own["stock"] for one in recommend_for(store, wish)} == {1}
    assert {one.garment.own["stock"] for one in recommend_for(store, wish, in_stock=False)} == {0}


def test_reasons_are_true_of_what_was_liked(store):
    taste = Taste(liked=(name(0), name(3), name(6), name(1)))
    liked = {one: store.get(one) for one in taste.liked}
    claims = 0
    for one in recommend_for(store, taste, k=20):
        for reason in one.reasons:
            claims += 1
            if match := re.fullmatch(r"like the (.*)dress you liked \((.*)\)", reason):
                cosines = {i: float(g.embedding @ one.garment.embedding) for i, g in liked.items()}
                assert match[2] == max(cosines, key=cosines.get)
                assert set(match[1].split()) <= set(liked[match[2]].attributes)
            elif match := re.fullmatch(r"(.*), like (\d) of 4 you liked", reason):
                has = [g for g in liked.values() if match[1] in (*g.attributes, *g.colours)]
                assert len(has) == int(match[2])
                assert match[1] in (*one.garment.attributes, *one.garment.colours)
            else:
                raise AssertionError(reason)
    assert claims > 20


def test_the_surer_attribute_comes_first(make_shop, ontology):
    place_of = ontology.attribute_index("floral")

    def row(place, sure):
        probs = [0.01] * len(ontology.attributes)
        probs[place_of] = sure
        return shop_row(place, attributes=["floral"], attribute_probs=probs, embedding=near(place, 0.05))

    store = make_shop([row(1, 0.55), row(2, 0.99), row(3, 0.75)])
    wish = Taste(wishes=Wishes(attributes=("floral",)))
    assert ids(recommend_for(store, wish, trade=1.0, k=1)) == [name(2)]


def test_tastes_are_kept_apart_by_category(store):
    liked = [store.get(name(place)) for place in (0, 3, 2)]
    vectors = taste_vectors(liked, [])
    assert list(vectors) == ["dress", "coat"]
    assert float(vectors["coat"] @ liked[2].embedding) == pytest.approx(1.0, abs=1e-5)
    kinds = [one.garment.category for one in recommend_for(store, Taste(liked=(name(0), name(2))), k=10)]
    assert set(kinds) == {"dress", "coat"}


def test_preferences_are_drawn_towards_none(store):
    known = frequencies_of(store)
    floral = ("attribute", "floral")
    one = preferences([store.get(name(0))], [], known)[floral]
    many = preferences([store.get(name(place)) for place in (0, 3, 6, 9, 12)], [], known)[floral]
    against = preferences([], [store.get(name(0))], known)[floral]
    assert 0 < one < many < np.log(2)
    assert against == pytest.approx(-one)


def test_what_says_nothing_or_two_things_is_refused(store):
    with pytest.raises(DataError, match="--liked ID"):
        Taste()
    with pytest.raises(DataError, match="--wish"):
        Taste(disliked=("a",))
    with pytest.raises(DataError, match="both liked and disliked"):
        Taste(liked=("a",), disliked=("a",))
    with pytest.raises(DataError, match="no-such"):
        recommend_for(store, Taste(liked=("no-such",)))


def test_a_price_needs_a_column(make_shop, rows):
    store = make_shop(rows, [])
    with pytest.raises(DataError, match="price"):
        recommend_for(store, Taste(wishes=Wishes(price_max=60.0)))
