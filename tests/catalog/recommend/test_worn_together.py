import numpy as np
import pyarrow as pa
import pytest
from tests.catalog.recommend.conftest import street_id, street_photos, worn_photo

from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.slots import OUTFITS, clash, slots_of
from attire.catalog.recommend.tokens import COLUMNS, Tokens
from attire.catalog.recommend.worn_together import CLASHING, WornTogether
from attire.ontology import Ontology

SLOTS = slots_of(Ontology.imaterialist2019())


def table(rows):
    return pa.Table.from_pylist([{name: row[name] for name in COLUMNS} for row in rows], schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("photo_id", pa.string()),
        ("category", pa.string()),
        ("score", pa.float64()),
        ("attributes", pa.list_(pa.string())),
        ("colours", pa.list_(pa.string())),
        ("colour_share", pa.list_(pa.float32())),
    ]
)


def count(rows, **given):
    return WornTogether.of(table(rows), SLOTS, **given)


def test_photos_of_one_category_say_nothing_and_pairs_are_counted_once():
    rows = [
        *worn_photo(0, ("shoe", "red", ()), ("shoe", "red", ())),
        *worn_photo(1, ("shoe", "red", ()), ("shoe", "red", ()), ("skirt", "blue", ("midi",))),
        *worn_photo(2, ("shirt", "red", ())),
    ]
    worn = count(rows)
    assert worn.photos == 1
    assert worn.seen(("shoe", "", ""), ("skirt", "", "")) == 1.0
    assert worn.seen(("shoe", "colour", "red"), ("skirt", "attribute", "midi")) == 1.0
    assert worn.seen(("shirt", "", "")) == 0.0


def test_pairs_count_with_the_probability_that_both_are_there():
    rows = [
        *worn_photo(0, ("shirt", "red", ()), score=0.5),
        *worn_photo(0, ("skirt", "red", ()), score=0.8, first=20_000),
    ]
    worn = count(rows)
    assert worn.seen(("shirt", "", ""), ("skirt", "", "")) == pytest.approx(0.4)
    assert worn.seen(("shirt", "", "")) == pytest.approx(0.5)


def test_colours_count_with_their_share():
    rows = worn_photo(0, ("shirt", "red", ()), ("skirt", "blue", ()))
    rows[0] |= {"colours": ["red", "white"], "colour_share": [0.75, 0.25]}
    worn = count(rows)
    assert worn.seen(("shirt", "colour", "white"), ("skirt", "colour", "blue")) == pytest.approx(0.25)


def test_counts_are_those_of_plain_loops():
    rows = street_photos(60, seed=3)
    found = Tokens.of(table(rows))
    worn = count(rows)
    photos = {}
    for row in rows:
        shown = photos.setdefault(row["photo_id"], set())
        shown |= {(row["category"], "", ""), (row["category"], "colour", row["colours"][0])}
        shown |= {(row["category"], "attribute", name) for name in row["attributes"]}
    several = [shown for shown in photos.values() if len({c for c, kind, _ in shown if not kind}) > 1]
    assert found.matrix.shape[0] == worn.photos == len(several)
    for one in worn.tokens:
        for other in worn.tokens:
            assert worn.seen(one, other) == sum(one in shown and other in shown for shown in several)


def test_planted_habits_are_found_and_the_rest_is_left_alone():
    worn = count(street_photos(600))
    assert worn.category_lift("skirt", "pants") < 0.1
    assert worn.category_lift("skirt", "shirt") == pytest.approx(1.0, abs=0.05)
    assert 0.8 < worn.category_lift("coat", "skirt") < 1.2
    assert worn.trait_lift(("skirt", "colour", "red"), ("shirt", "colour", "white")) > 1.8
    assert worn.trait_lift(("shirt", "colour", "white"), ("skirt", "colour", "red")) > 1.8
    assert worn.trait_lift(("skirt", "colour", "red"), ("shirt", "colour", "blue")) < 0.6
    assert 0.7 < worn.trait_lift(("coat", "colour", "red"), ("shoe", "colour", "blue")) < 1.3


def test_one_odd_photo_makes_no_rule_and_pairs_never_seen_keep_what_is_believed():
    rows = [*street_photos(200), *worn_photo(5000, ("shirt", "lime", ()), ("skirt", "mauve", ()))]
    worn = count(rows)
    assert 1.0 < worn.trait_lift(("shirt", "colour", "lime"), ("skirt", "colour", "mauve")) < 1.5
    assert worn.category_lift("dress", "pants") == CLASHING
    assert worn.category_lift("hat", "bag") == 1.0
    assert worn.trait_lift(("hat", "colour", "red"), ("bag", "colour", "red")) == 1.0


def test_a_habit_of_colours_is_carried_to_categories_with_few_photos():
    random = np.random.default_rng(0)
    rows = worn_photo(9000, ("scarf", "red", ()), ("hat", "white", ()))
    rows += worn_photo(9001, ("scarf", "blue", ()), ("hat", "white", ()))
    for photo in range(400):
        red = random.random() < 0.5
        pair = ("red", "white") if red else ("blue", "black")
        one, other = random.choice(["shirt", "skirt", "coat", "shoe"], 2, replace=False).tolist()
        rows += worn_photo(photo, (one, pair[0], ()), (other, pair[1], ()))
    worn = count(rows)
    learnt = worn.trait_lift(("scarf", "colour", "red"), ("hat", "colour", "white"))
    other = worn.trait_lift(("scarf", "colour", "blue"), ("hat", "colour", "white"))
    assert learnt > 1.3
    assert other < 0.8


def test_without_habits_lifts_lie_around_one():
    random = np.random.default_rng(0)
    rows = []
    for photo in range(800):
        colours = random.choice(["red", "white", "black"], 2).tolist()
        rows += worn_photo(photo, ("shirt", colours[0], ()), ("skirt", colours[1], ()))
    lifts = count(rows).lifts("shirt", "skirt", "colour")
    assert lifts.shape == (3, 3)
    assert np.abs(np.log(lifts)).max() < 0.3


def test_matching_adds_what_its_weights_say(make_shop):
    worn = count(street_photos(400))
    store = make_shop(worn_photo(1, ("skirt", "red", ("floral",)), ("shirt", "white", ("plain",))))
    skirt, shirt = (store.get(f"{street_id(1)}-{place}") for place in (0, 1))
    full, bare = Matching(worn=worn), Matching(worn=worn, popularity=0.0, colour=0.0, attributes=0.0)
    assert bare(skirt, shirt) == pytest.approx(np.log(worn.category_lift("skirt", "shirt")))
    colour = np.log(worn.trait_lift(("skirt", "colour", "red"), ("shirt", "colour", "white")))
    texture = np.log(worn.trait_lift(("skirt", "attribute", "floral"), ("shirt", "attribute", "plain")))
    popular = full.popularity * np.log(worn.share("shirt"))
    expected = bare(skirt, shirt) + full.colour * colour + full.attributes * texture + popular
    assert full(skirt, shirt) == pytest.approx(expected)
    assert full.traits(skirt, shirt) == pytest.approx(full.traits(shirt, skirt))


def test_every_garment_has_a_slot_and_those_of_an_outfit_do_not_clash():
    assert {c.short_name for c in Ontology.imaterialist2019().categories if not c.is_part} == set(SLOTS)
    for way in OUTFITS:
        assert not any(clash(a, b) for i, a in enumerate(way) for b in way[:i])
        assert set(way) <= set(SLOTS.values())
