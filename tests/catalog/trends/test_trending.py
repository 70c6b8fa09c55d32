import json
import math

import pytest
from tests.catalog.made_up import DIMENSIONS
from tests.catalog.trends.conftest import rows_over_time

from attire.catalog.catalog import Catalog
from attire.catalog.filters import Column, Comparison, named
from attire.catalog.store import Store
from attire.catalog.trends import trends
from attire.errors import DataError
from attire.ontology import Ontology

IN_2020 = Comparison(column=Column(name="year", kind="number", exact=True), operator="=", values=(2020,))


@pytest.fixture(scope="module")
def report(grown):
    return trends(grown, by="month")


def line(report, name):
    return next(one for one in report.lines if one.subject.name == name)


def test_what_was_planted_is_found_and_nothing_else(report):
    found = {one.subject.name: one.group for one in report.of_group("emerging", "rising", "fading")}
    assert {k: v for k, v in found.items() if k in ("floral", "dress: floral", "red", "shoe: red")} == {
        "floral": "rising",
        "dress: floral": "rising",
        "red": "fading",
        "shoe: red": "fading",
    }
    assert set(found) <= {"floral", "dress: floral", "red", "shoe: red", "black", "shoe: black"}


def test_shares_are_of_those_that_could(report):
    assert line(report, "dress").shares[0].value == pytest.approx(0.5)
    floral = line(report, "floral")
    assert floral.shown == pytest.approx(line(report, "dress: floral").shown)
    assert floral.shares[0].value < 0.3 < floral.shares[-1].value
    assert line(report, "shoe: red").shares[0].value == pytest.approx(2 * line(report, "red").shares[0].value)
    assert all(s.low <= s.value <= s.high for one in report.lines for s in one.shares)


def test_colours_and_categories_add_up_to_one(report):
    for kind in ("categories", "colours"):
        shares = [one.shares[3].value for one in report.lines if one.subject.kind == kind]
        assert sum(shares) == pytest.approx(1)


def test_attributes_of_categories_without_any_are_unknown_not_absent(report):
    assert not [one for one in report.lines if one.subject.category == "shoe" and one.subject.attribute]


def test_examples_show_the_line_when_it_is_most_common(report):
    floral, place = line(report, "floral"), Ontology.imaterialist2019().attribute_index("floral")
    assert len(floral.examples) == 4
    assert len({garment.photo_id for garment in floral.examples}) == 4
    assert all(garment.attribute_probs[place] > 0.9 for garment in floral.examples)
    assert {(g.seen_at.year, g.seen_at.month) for g in floral.examples} == {(2024, 12)}
    assert {(g.seen_at.year, g.seen_at.month) for g in line(report, "red").examples} == {(2024, 1)}


def test_the_report_is_json_without_numbers_that_json_lacks(report):
    text = json.dumps(report.to_json(), allow_nan=False)
    entry = next(one for one in json.loads(text)["lines"] if one["subject"]["name"] == "dress: floral")
    assert entry["q"] < 0.05
    assert entry["subject"]["category"] == "dress"
    assert len(entry["shares"]) == len(report.periods)


def test_garments_can_be_chosen(grown):
    shoes = trends(grown, by="month", where=named("category", "shoe"))
    assert {one.subject.category for one in shoes.lines} == {"shoe", None}
    assert shoes.garments == 480


def test_the_facade_takes_a_filter_as_text(grown):
    assert Catalog(grown).trends(where='category = "shoe"', examples=0).garments == len(grown) // 2


def test_kinds_can_be_chosen(grown):
    assert {one.subject.kind for one in trends(grown, of=["colours"]).lines} == {"colours"}


def test_groups_without_an_order_are_compared_and_do_not_grow(grown):
    found = trends(grown, by="gender")
    assert [period.label for period in found.periods] == ["Men", "Women"]
    assert {one.group for one in found.lines} <= {"different", "alike", "untested"}
    assert all(math.isnan(one.growth.value) for one in found.lines)


def test_a_column_of_years_has_an_order(grown):
    found = trends(grown, by="year")
    assert found.timed
    assert any("Two periods" in note for note in found.notes)


def test_garments_without_a_time_are_counted_and_left_out(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    rows = rows_over_time(months=3)
    for row in rows[:10]:
        row["seen_at"] = None
    store.add(rows)
    found = trends(store)
    assert (found.garments, found.without_time) == (230, 10)
    assert any("10 garments left out" in note for note in found.notes)


def test_a_change_of_sources_is_said(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    rows = rows_over_time(months=4)
    for place, row in enumerate(rows):
        row["source"] = "street" if place > 160 else "shop"
    store.add(rows)
    assert any("Sources change" in note for note in trends(store).notes)
    assert any("Sources change" in note for note in trends(store, by="source").notes) is False


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"by": "brand"}, "no column 'brand'"),
        ({"of": ["shapes"]}, "'shapes'"),
        ({"alpha": 0}, "between 0 and 1"),
        ({"where": named("category", "hat")}, "No garment to count"),
        ({"by": "year", "where": IN_2020}, "nothing to compare"),
        (
            {"ontology": Ontology(name="none", categories=(), attributes=(), groups=())},
            "has 92 attributes, expected 0",
        ),
    ],
)
def test_what_cannot_be_answered_is_said(grown, wrong, said):
    with pytest.raises(DataError, match=said):
        trends(grown, **wrong)
