"""Looks show everything: all categories, all attributes, in labels that the audit finds no fault with."""

import numpy as np
import pytest

from attire.annotations import load_records
from attire.annotations.audit import audit
from attire.annotations.layout import find_layout
from attire.ontology import Ontology
from attire.render import draw_look, render_folder
from attire.render.cloth import PATTERNS
from attire.render.wardrobe import CATALOGUE
from attire.render.wardrobe.decorations import DECORATIONS
from attire.render.wardrobe.finishes import FINISHES

ONTOLOGY = Ontology.imaterialist2019()
CATEGORIES = [category.name for category in ONTOLOGY.categories]
ATTRIBUTES = [attribute.name for attribute in ONTOLOGY.attributes]
SIZE = (384, 256)


def said(look) -> set[str]:
    instances = look.instances
    names = {instances.category_name(i) for i in range(len(instances))}
    return names.union(*(instances.attribute_names(i) for i in range(len(instances))))


def first_look_with(name: str, tries: int = 60) -> int | None:
    for index in range(tries):
        if name in said(draw_look(5, index, SIZE, uniform=True, wanted=(name,))):
            return index
    return None


@pytest.mark.parametrize("name", CATEGORIES)
def test_a_wanted_category_is_drawn(name) -> None:
    assert first_look_with(name) is not None


@pytest.mark.parametrize("group", [group.name for group in ONTOLOGY.groups])
def test_wanted_attributes_of_a_group_are_drawn(group) -> None:
    """Two of each group here; the slow test asks for every one without wanting any."""
    names = [attribute.name for attribute in ONTOLOGY.attributes if attribute.group == group]
    for name in (names[0], names[-1]):
        assert first_look_with(name) is not None, name


def test_the_catalogues_speak_the_ontology() -> None:
    assert set(PATTERNS) == {a.name for a in ONTOLOGY.attributes if a.group == "pattern"}
    assert set(FINISHES) | {"no special manufacturing technique"} == {
        a.name for a in ONTOLOGY.attributes if a.group == "finishing"
    }
    assert set(CATALOGUE) <= set(CATEGORIES)
    assert set(DECORATIONS) == {c.name for c in ONTOLOGY.categories if c.supercategory == "decorations"}


def test_rare_things_are_rare_and_as_frequent_as_others_on_request() -> None:
    """Plain cloth leads by far, and less so with uniform choices, where faint finishes still ask for it."""

    def plain_share(uniform: bool) -> float:
        patterns = [
            name
            for index in range(24)
            for name in sorted(said(draw_look(6, index, (192, 128), uniform=uniform)))
            if name in PATTERNS
        ]
        return patterns.count("plain (pattern)") / len(patterns)

    usual, uniform = plain_share(uniform=False), plain_share(uniform=True)
    assert usual > 0.45
    assert uniform < 0.75 * usual


def test_the_audit_finds_no_fault(tmp_path) -> None:
    render_folder(tmp_path / "looks", 12, size=SIZE, seed=3)
    assert audit(find_layout(tmp_path / "looks")).faults == ()


@pytest.mark.slow
def test_two_thousand_looks_show_every_category_and_attribute(tmp_path) -> None:
    render_folder(tmp_path / "looks", 2000, size=SIZE, seed=7, workers=2)
    records = load_records(tmp_path / "looks")
    drawn = np.bincount(records.category_ids, minlength=len(CATEGORIES))
    held = records.attributes.sum(axis=0)
    assert [name for name, count in zip(CATEGORIES, drawn, strict=True) if not count] == []
    assert [name for name, count in zip(ATTRIBUTES, held, strict=True) if not count] == []
