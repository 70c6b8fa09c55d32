from itertools import combinations

import pytest

from attire.drawing.palette import blend, category_colors, ink_on, luminance, oklch_to_rgb
from attire.ontology import Category, Ontology


def test_every_category_of_imaterialist_has_its_own_colour(ontology):
    colors = category_colors(ontology)
    assert len(colors) == 46
    nearest = min(
        sum((a - b) ** 2 for a, b in zip(c, d, strict=True)) ** 0.5 for c, d in combinations(colors, 2)
    )
    assert nearest > 20


def test_garments_that_meet_in_a_photo_look_clearly_different(ontology):
    colors = category_colors(ontology)
    worn = [colors[ontology.category(name).id] for name in ("shirt", "pants", "dress", "shoe", "bag", "hat")]
    for one, other in combinations(worn, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 55


def test_colours_are_the_same_for_an_equal_ontology_built_anew(ontology):
    copy = Ontology(ontology.name, ontology.categories, ontology.attributes, ontology.groups)
    assert category_colors(copy) == category_colors(ontology)


@pytest.mark.parametrize("n", [0, 1, 2, 300])
def test_ontologies_of_any_size_get_colours(n):
    categories = tuple(Category(i, f"thing {i}", f"family {i % 7}") for i in range(n))
    assert len(category_colors(Ontology("made up", categories, (), ()))) == n


def test_text_on_every_category_colour_is_readable(ontology):
    for color in category_colors(ontology):
        ink, behind = luminance(ink_on(color)) + 0.05, luminance(color) + 0.05
        assert max(ink, behind) / min(ink, behind) >= 4.5  # WCAG AA


def test_colours_out_of_gamut_lose_chroma_only():
    assert oklch_to_rgb(0.7, 5.0, 0.3) == pytest.approx(oklch_to_rgb(0.7, 0.4, 0.3), abs=3)


def test_blend_ends_are_the_two_colours():
    assert blend((1, 2, 3), (9, 8, 7), 0.0) == (1, 2, 3)
    assert blend((1, 2, 3), (9, 8, 7), 1.0) == (9, 8, 7)
