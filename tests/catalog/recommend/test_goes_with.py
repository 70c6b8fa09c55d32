import re

import pytest
from tests.catalog.made_up import made_up_row
from tests.catalog.recommend.conftest import CATEGORIES, near, shop_row, street_photos, worn_photo

from attire.catalog.recommend import recommend, worn_together
from attire.errors import DataError

COLOURS = ("red", "white", "black", "blue")
SKIRT = f"{0:016x}-0"


def shelf(per_kind=3):
    """For sale: some of each category and colour."""
    places = iter(range(1, 10_000))
    return [
        shop_row(place, category=category, colours=[colour], embedding=near(place, 0.5), source="shop")
        for category in CATEGORIES
        for colour in COLOURS
        for _ in range(per_kind)
        for place in [next(places)]
    ]


def red_skirt(**changes):
    known = {"category": "skirt", "colours": ["red"], "attributes": ["floral"], "source": "shop"}
    return shop_row(0, **(known | changes))


@pytest.fixture
def store(make_shop):
    return make_shop([red_skirt(), *shelf(), *street_photos()])


def test_other_categories_in_stock_that_can_be_worn_with_it(store):
    found = recommend(store, SKIRT, mode="goes-with", k=20)
    assert len(found) == 20
    assert {one.garment.own["stock"] for one in found} == {1}
    kinds = {one.garment.category for one in found}
    assert not kinds & {"skirt", "pants", "dress"}
    assert kinds >= {"shirt", "coat", "shoe"}


def test_the_planted_colour_comes_first(store):
    found = recommend(store, SKIRT, mode="goes-with", k=9, trade=1.0)
    assert {(one.garment.category, one.garment.colours[0]) for one in found[:3]} == {("shirt", "white")}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_reasons_say_what_was_counted(store):
    rows = street_photos()
    photos, told = {}, set()
    for row in rows:
        photos.setdefault(row["photo_id"], {})[row["category"]] = row["colours"][0]
    for one in recommend(store, SKIRT, mode="goes-with", k=20):
        other = one.garment.category
        many = sum("skirt" in shown and other in shown for shown in photos.values())
        if many:
            assert re.match(rf"skirt with {other} in about {many} photos?", one.reasons[0])
        else:
            assert one.reasons[0] == f"{other} can be worn with skirt; no photo shows it yet"
        for reason in one.reasons[1:]:
            match = re.fullmatch(
                rf"red skirt with (\w+) {other} in about (\d+) photos, (\d+) by chance", reason
            )
            assert match, reason
            told.add(match[1])
            pairs = [
                (shown["skirt"], shown[other]) for shown in photos.values() if {"skirt", other} <= set(shown)
            ]
            both = pairs.count(("red", match[1]))
            red, same = sum(a == "red" for a, _ in pairs), sum(b == match[1] for _, b in pairs)
            assert int(match[2]) == both
            assert int(match[3]) == round(red * same / len(pairs)) < both
            assert match[1] == one.garment.colours[0]
    assert "white" in told


def test_answers_are_of_several_categories(store):
    found = recommend(store, SKIRT, mode="goes-with", k=5)
    kinds = [one.garment.category for one in found]
    assert len(set(kinds)) >= 3
    assert max(kinds.count(kind) for kind in kinds) == 2


def test_photos_of_people_may_lie_in_another_catalogue_or_source(make_shop):
    shop = make_shop([red_skirt(), *shelf()])
    with pytest.raises(DataError, match="--worn-in"):
        recommend(shop, SKIRT, mode="goes-with")
    street = make_shop(street_photos())
    best = recommend(shop, SKIRT, mode="goes-with", worn_in=street, k=1)[0]
    assert (best.garment.category, best.garment.colours) == ("shirt", ("white",))
    both = make_shop([red_skirt(), *shelf(), *street_photos()])
    assert recommend(both, SKIRT, mode="goes-with", worn_in="street", k=1)[0].garment.category == "shirt"
    with pytest.raises(DataError, match="'shop'"):
        recommend(both, SKIRT, mode="goes-with", worn_in="shop")


def test_what_was_worn_with_its_like_is_found_among_many(make_shop):
    """Of 300 white shirts, those like the one worn with just such a skirt."""
    like_it = near(1, 0.01, at=2)
    photo = worn_photo(7000, ("skirt", "red", ()), ("shirt", "white", ()))
    photo[0] |= {"embedding": near(0, 0.02)}
    photo[1] |= {"embedding": near(2, 0.01, at=2)}
    shirts = [shop_row(p, category="shirt", colours=["white"], embedding=near(p, 0.5)) for p in range(1, 300)]
    mark = shop_row(900, category="shirt", colours=["white"], embedding=like_it)
    store = make_shop([red_skirt(embedding=near(0, 0.0)), *shirts, mark, *photo, *street_photos(100)])
    found = recommend(store, SKIRT, mode="goes-with", k=300, trade=1.0)
    assert mark["garment_id"] in [one.garment.garment_id for one in found]
    assert len(found) < 200


def test_an_outfit_has_one_item_for_each_open_slot(store):
    found = recommend(store, SKIRT, mode="outfit")
    assert [one.slot for one in found] == ["top", "shoes", "outerwear", "bag"]
    assert found[0].garment.category == "shirt"
    assert found[0].garment.colours == ("white",)
    dress = recommend(store, shelf()[36]["garment_id"], mode="outfit")
    assert shelf()[36]["category"] == "dress"
    assert [one.slot for one in dress] == ["shoes", "outerwear", "bag"]


def test_an_outfit_around_something_without_a_slot_of_its_own(make_shop):
    hat = shop_row(0, category="hat", colours=["black"])
    store = make_shop([hat, *shelf(1), *street_photos()])
    slots = [one.slot for one in recommend(store, hat["garment_id"], mode="outfit")]
    assert slots in (["top", "bottom", "shoes", "outerwear", "bag"], ["dress", "shoes", "outerwear", "bag"])


def test_a_slot_that_nothing_fits_stays_open(make_shop):
    store = make_shop([red_skirt(), *(r for r in shelf(1) if r["category"] == "shoe"), *street_photos()])
    assert [one.slot for one in recommend(store, SKIRT, mode="outfit")] == ["shoes"]


def test_an_outfit_is_the_best_of_all_on_a_small_shelf(make_shop):
    from itertools import product

    from attire.catalog.recommend.matching import Matching
    from attire.catalog.recommend.outfit import _pair

    rows = [red_skirt(), *shelf(1), *street_photos()]
    store = make_shop(rows)
    matching = Matching(worn=worn_together(store))
    kinds = [
        [row for row in shelf(1) if row["category"] == name] for name in ("shirt", "shoe", "coat", "bag")
    ]
    query = store.get(SKIRT)

    def total(items):
        worn = [query, *items]
        return sum(_pair(a, b, matching) for i, a in enumerate(worn) for b in worn[:i])

    best = max(total([store.get(r["garment_id"]) for r in items]) for items in product(*kinds))
    assert total([one.garment for one in recommend(store, SKIRT, mode="outfit")]) == pytest.approx(best)


def test_counts_are_kept_until_the_table_changes(make_shop):
    store = make_shop(street_photos(50))
    first = worn_together(store)
    assert worn_together(store) is first
    store.add(
        [
            {name: row[name] for name in store.table.schema.names}
            for row in worn_photo(9000, ("hat", "red", ()), ("bag", "red", ()))
        ]
    )
    later = worn_together(store)
    assert later is not first
    assert later.photos == first.photos + 1


def test_a_row_without_colours_and_attributes_is_no_obstacle(make_shop):
    bare = made_up_row(0, category="skirt", colours=[], colour_lab=[], colour_share=[])
    store = make_shop([*(bare,), *shelf(1), *street_photos(100)], [])
    assert recommend(store, SKIRT, mode="goes-with", k=5)
