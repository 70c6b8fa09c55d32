import numpy as np
import pytest

from attire.parts import PartRules, attach_parts, largest_overlap
from attire.parts.rules import FEATURES


def test_each_of_two_people_keeps_her_sleeves(make_instances):
    things = make_instances(
        ("shirt, blouse", (5, 20, 35, 60)),
        ("shirt, blouse", (45, 20, 75, 60)),
        ("sleeve", (5, 22, 12, 45)),
        ("sleeve", (66, 22, 75, 45)),
        ("sleeve", (28, 22, 35, 45)),
    )
    assert attach_parts(things).tolist() == [-1, -1, 0, 1, 0]


def test_order_does_not_matter(make_instances):
    things = make_instances(
        ("sleeve", (5, 22, 12, 45)), ("coat", (5, 15, 40, 90)), ("neckline", (50, 20, 60, 24)),
        ("dress", (45, 20, 75, 90)),
    )  # fmt: skip
    order = np.array([3, 1, 0, 2])
    there = attach_parts(things[order])
    back = np.full(4, -1)
    for place, owner in enumerate(there):
        back[order[place]] = -1 if owner < 0 else order[owner]
    assert attach_parts(things).tolist() == back.tolist() == [1, -1, 3, -1]


def test_a_collar_goes_to_the_shirt_rather_than_to_the_scarf_over_it(make_instances):
    things = make_instances(
        ("scarf", (25, 10, 55, 40)), ("shirt, blouse", (20, 14, 60, 70)), ("collar", (30, 14, 50, 22))
    )
    assert largest_overlap(things).tolist() == [-1, -1, 0]  # whichever comes first
    assert attach_parts(things).tolist() == [-1, -1, 1]


def test_a_part_far_from_every_garment_is_left_alone(make_instances):
    things = make_instances(("shoe", (10, 90, 20, 99)), ("hood", (30, 2, 50, 12)))
    assert attach_parts(things).tolist() == [-1, -1]
    assert largest_overlap(things).tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("sleeve", "owner"),
    [((35, 20, 45, 50), -1), ((15, 35, 25, 55), 0)],
    ids=["a sleeve that touches a bag is not the bag's", "inside what is called a bag, the name is wrong"],
)
def test_what_parts_are_never_on_gets_none_unless_they_lie_in_it(make_instances, sleeve, owner):
    things = make_instances(("bag, wallet", (5, 30, 40, 70)), ("sleeve", sleeve))
    assert largest_overlap(things).tolist() == [-1, 0]
    assert attach_parts(things).tolist() == [-1, owner]


def test_nothing_has_no_parts(make_instances):
    assert attach_parts(make_instances()).tolist() == []


def test_the_rules_that_ship_know_every_part_of_the_ontology(ontology):
    rules = PartRules.load()
    parts = {category.name for category in ontology.categories if category.is_part}
    assert set(rules.seen) == set(rules.places) == parts
    assert set(rules.weights) == set(FEATURES)
    assert PartRules.from_json(rules.to_json()) == rules


def test_what_parts_are_sewn_to_is_rare_where_it_was_not_seen(ontology):
    seldom = PartRules.load().seldom(ontology)
    lapel, jacket, shoe = (ontology.category(name).id for name in ("lapel", "jacket", "shoe"))
    assert seldom[lapel, jacket] + 3 < seldom[lapel, shoe]
    assert np.exp(-seldom).sum(axis=1) == pytest.approx(np.ones(len(seldom)))
