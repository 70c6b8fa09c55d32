import re

import numpy as np
import pyarrow as pa
import pytest
from tests.catalog.made_up import PARTS
from tests.catalog.recommend.conftest import near, shop_row

from attire.catalog.recommend import recommend
from attire.catalog.recommend.alternatives import likeness
from attire.catalog.recommend.diversity import redundancy
from attire.errors import DataError, RecipeError
from attire.ontology import Ontology

QUERY = f"{0:016x}-0"


def ids(found):
    return [one.garment.garment_id for one in found]


def test_the_most_similar_of_the_category_in_stock_come_and_nothing_else(make_shop):
    rows = [shop_row(place, embedding=near(place, 0.05 * place)) for place in range(30)]
    rows[3] = shop_row(3, embedding=near(3, 0.15), stock=0)
    rows[4] = shop_row(4, embedding=near(4, 0.2), stock=None)
    rows[5] = shop_row(5, embedding=near(5, 0.25), category="coat")
    store = make_shop(rows)
    found = recommend(store, QUERY, k=30, trade=1.0)
    query = np.asarray(rows[0]["embedding"])
    able = [row for row in rows[1:] if row["stock"] and row["category"] == "dress"]
    expected = sorted(able, key=lambda row: -float(np.dot(query, row["embedding"])))
    assert ids(found) == [row["garment_id"] for row in expected if float(query @ row["embedding"]) < 0.995]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    anyway = recommend(store, QUERY, k=30, trade=1.0, in_stock=False)
    assert {rows[3]["garment_id"], rows[4]["garment_id"]} <= set(ids(anyway))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sku": "sku-0", "embedding": near(7, 0.6)}, id="same sku"),
        pytest.param({"photo_look": f"{0b1111:016x}", "embedding": near(7, 0.6)}, id="four bits apart"),
        pytest.param({"embedding": near(0, 0.2)}, id="same embedding"),
        pytest.param({"photo_id": f"{0:016x}", "garment": 1, "embedding": near(7, 0.6)}, id="the other shoe"),
    ],
)
def test_the_item_and_its_duplicates_never_come(make_shop, change):
    rows = [shop_row(0), shop_row(1, **change), *(shop_row(place) for place in range(2, 9))]
    found = ids(recommend(make_shop(rows), QUERY, k=20))
    assert len(found) == 7
    assert QUERY not in found
    assert rows[1]["garment_id"] not in found


def test_a_picture_five_bits_away_is_another_item(make_shop):
    rows = [shop_row(0), shop_row(1, photo_look=f"{0b11111:016x}", embedding=near(7, 0.6))]
    assert ids(recommend(make_shop(rows), QUERY)) == [rows[1]["garment_id"]]


def test_copies_of_one_item_come_once_and_do_not_crowd_out_others(make_shop):
    copies = [shop_row(place, sku="one", embedding=near(1, 0.01)) for place in range(1, 300)]
    others = [shop_row(place, embedding=near(place, 0.9)) for place in range(300, 306)]
    found = recommend(make_shop([shop_row(0, embedding=near(1000, 0.3)), *copies, *others]), QUERY, k=7)
    assert len(found) == 7
    assert sum(one.garment.own["sku"] == "one" for one in found) == 1


def test_mmr_makes_answers_less_alike_at_little_cost(make_shop):
    random = np.random.default_rng(5)
    centres = [near(seed, 0.4) for seed in range(6)]
    rows = [shop_row(0, embedding=near(99, 0.05))]
    for place in range(1, 121):
        vector = centres[place % 6] + 0.04 * random.normal(size=12)
        rows.append(shop_row(place, embedding=(vector / np.linalg.norm(vector)).astype(np.float32)))
    store = make_shop(rows)

    def measured(trade):
        found = recommend(store, QUERY, k=6, trade=trade)
        alike = likeness([one.garment for one in found])
        return redundancy(alike, list(range(6))), float(np.mean([one.score for one in found]))

    (plain, best), (mixed, good) = measured(1.0), measured(0.7)
    assert mixed < plain - 0.05
    assert good > best - 0.15


def test_every_claim_in_a_reason_holds(make_shop, ontology: Ontology):
    random = np.random.default_rng(1)
    shorts = [a.short_name for a in ontology.attributes]
    rows = []
    for place in range(60):
        has = sorted(random.choice(len(shorts), 6, replace=False))
        probs = np.full(len(shorts), 0.05)
        probs[has] = random.uniform(0.5, 1.0, 6)
        rows.append(
            shop_row(
                place,
                attributes=[shorts[a] for a in has],
                attribute_probs=probs.tolist(),
                colours=random.choice(["red", "blue", "white"], 1).tolist(),
                price=float(random.choice([0.0, 20.0, 50.0, 50.1, 80.0])),
                brand=str(random.choice(["Ada", "Bo"])),
                parts=random.choice(["collar", "pocket", "sleeve"], 2, replace=False).tolist(),
            )
        )
    store = make_shop(rows)
    claims = 0
    for place in range(12):
        query = store.get(f"{place:016x}-0")
        for one in recommend(store, query.garment_id, parts=PARTS):
            for reason in one.reasons:
                claims += 1
                assert holds(reason, query, one.garment, shorts), reason
    assert claims > 400


def holds(reason, query, other, names):
    """Check a reason against the two rows, written apart from what makes it."""
    if match := re.fullmatch(r"also an? (.*?)dress(?: \((.*)\))?", reason):
        before = match[1].replace("-length", "").strip()
        rest = match[2] or ""
        named = [n for n in names if re.search(rf"(?:^|[ ,]){re.escape(n)}(?:$|[ ,])", f"{before} , {rest}")]
        assert not (before or rest) or named
        whole = [n for n in named if not any(n != m and n in m for m in named)]
        return all(n in query.attributes and n in other.attributes for n in whole)
    if match := re.fullmatch(r"(\d+) % (cheaper|dearer)", reason):
        change = 100 * (other.own["price"] - query.own["price"]) / query.own["price"]
        return abs(abs(change) - int(match[1])) <= 0.5 + 1e-9 and (change < 0) == (match[2] == "cheaper")
    if match := re.fullmatch(r"([\d.]+) times the price", reason):
        return abs(other.own["price"] / query.own["price"] - float(match[1])) <= 0.05 + 1e-9
    if reason == "at the same price":
        return query.own["price"] == other.own["price"] > 0
    if reason == "at about the same price":
        return 0 < abs(query.own["price"] - other.own["price"]) < 0.006 * query.own["price"]
    if match := re.fullmatch(r"(\w+) as well", reason):
        return match[1] == query.colours[0] == other.colours[0]
    if match := re.fullmatch(r"mostly (\w+) rather than (\w+)", reason):
        return match[1] == other.colours[0] != query.colours[0] == match[2]
    if match := re.fullmatch(r"by (\w+), too", reason):
        return match[1] == query.own["brand"] == other.own["brand"]
    if match := re.fullmatch(r"also with (.*)", reason):
        return set(re.split(", | and ", match[1])) <= set(query.parts) & set(other.parts)
    if match := re.fullmatch(r"very alike in (.*)", reason):
        cosines = [
            3 * float(query.embedding[PARTS[n]] @ other.embedding[PARTS[n]])
            for n in re.split(", | and ", match[1])
        ]
        return min(cosines) >= 0.9 - 1e-6
    raise AssertionError(f"nothing checks {reason!r}")


def test_the_rarest_shared_attribute_is_named_first(make_shop):
    common = [shop_row(place, attributes=["midi", "washed"]) for place in range(2, 40)]
    pair = [shop_row(place, attributes=["midi", "washed", "floral", "plain"]) for place in (0, 1)]
    best = recommend(make_shop([*pair, *common]), QUERY, k=40)
    reasons = next(one.reasons for one in best if one.garment.garment_id == f"{1:016x}-0")
    assert reasons[0].startswith("also a floral ")
    assert "plain" not in " ".join(reasons)


def test_a_new_row_is_recommended_at_once(make_shop):
    store = make_shop([shop_row(place) for place in range(10)])
    recommend(store, QUERY)
    new = shop_row(500, embedding=near(77, 0.05))
    store.add([{name: new[name] for name in store.table.schema.names}])
    assert new["garment_id"] in ids(recommend(store, QUERY, k=3, trade=1.0))


def test_flags_and_other_names_say_stock_and_without_a_column_all_is(make_shop):
    rows = [shop_row(place) | {"In Stock": place % 2 == 0} for place in range(10)]
    flagged = make_shop(rows, [pa.field("In Stock", pa.bool_())])
    assert {one.garment.own["In Stock"] for one in recommend(flagged, QUERY, k=20)} == {True}
    assert len(recommend(make_shop(rows, []), QUERY, k=20)) == 9
    texts = make_shop([row | {"available": "yes"} for row in rows], [pa.field("available", pa.string())])
    with pytest.raises(DataError, match=r"available.*--any-stock"):
        recommend(texts, QUERY)
    assert recommend(texts, QUERY, in_stock=False)


def test_stock_that_is_no_number_is_none(make_shop):
    rows = [shop_row(place) | {"stock": float("nan") if place % 2 else 2.0} for place in range(10)]
    found = recommend(make_shop(rows, [pa.field("stock", pa.float64())]), QUERY, k=20)
    assert {one.garment.own["stock"] for one in found} == {2.0}


def test_weights_say_what_counts(make_shop):
    rows = [shop_row(0, embedding=near(0, 0.0))]
    for place in (1, 2):
        vector = np.array(near(0, 0.0))
        part = PARTS["colour" if place == 1 else "shape"]
        vector[part] = np.roll(vector[part], 1)
        rows.append(shop_row(place, embedding=vector))
    store = make_shop(rows)
    by_shape = recommend(store, QUERY, weights={"colour": 0.1}, parts=PARTS, trade=1.0)
    by_colour = recommend(store, QUERY, weights={"shape": 0.1}, parts=PARTS, trade=1.0)
    assert [ids(by_shape)[0], ids(by_colour)[0]] == [rows[1]["garment_id"], rows[2]["garment_id"]]
    with pytest.raises(RecipeError, match="sleeve"):
        recommend(store, QUERY, weights={"sleeve": 1.0}, parts=PARTS)


def test_what_is_out_of_range_is_said(make_shop):
    store = make_shop([shop_row(0)])
    assert recommend(store, QUERY) == []
    for asked, said in (({"k": 0}, "k = 0"), ({"trade": 2.0}, "λ = 2"), ({"mode": "best"}, "'best'")):
        with pytest.raises(RecipeError, match=said):
            recommend(store, QUERY, **asked)
    with pytest.raises(DataError, match="no-such"):
        recommend(store, "no-such")
