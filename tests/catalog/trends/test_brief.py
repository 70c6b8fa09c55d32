from dataclasses import replace

import pytest
from tests.catalog.trends.test_trending import line

from attire.catalog.search import Names
from attire.catalog.trends import Brief, read_brief, trends
from attire.catalog.trends.brief import priced
from attire.catalog.trends.understanding import understand
from attire.errors import DataError
from attire.ontology import Ontology

NAMES = Names.of(Ontology.imaterialist2019(), ["red", "navy", "navy blue"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Striped midi dresses", (("dress",), ("stripe", "midi"), (), ())),
        ("dotted A-line skirts in navy blue", (("skirt",), ("dot", "a-line"), ("navy blue",), ())),
        (
            "Shoes, no red. Glasses without dots, floral",
            (("shoe", "glasses"), ("floral",), (), ("red", "dot")),
        ),
        ("Redress the stripes", ((), ("stripe",), (), ())),
        ("", ((), (), (), ())),
        ("polka dot gowns, skinny jeans", (("dress", "pants"), ("dot", "tight"), (), ())),
        ("skirts, avoid animal prints and plaid", (("skirt",), (), (), ("leopard", "check"))),
        ("red dresses in red but no red", (("dress",), (), (), ("red",))),
    ],
)
def test_names_are_found_in_text(text, found):
    brief = understand(Brief(text=text), NAMES)
    assert (
        brief.categories,
        brief.attributes,
        brief.colours,
        tuple(sorted(brief.avoid, key=found[3].index)),
    ) == found


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("30-60 euros", (30, 60)),
        ("between 60 and 30", (30, 60)),
        ("at least $20", (20, None)),
        ("cheap", (None, None)),
    ],
)
def test_prices_are_found_in_text(text, price):
    assert priced(Brief(text=text)).price == price


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "b.toml",
            'title = "T"\ncategories = ["Dress"]\navoid = "red"\nprice = [10, 20]\naudience = "Women"\n',
        ),
        (
            "b.json",
            '{"title": "T", "categories": ["Dress"], "avoid": "red", "price": [10, 20], "audience": "Women"}',
        ),
    ],
)
def test_files_say_the_same_in_every_form(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content)
    assert read_brief(str(path)) == Brief(
        title="T", categories=("Dress",), avoid=("red",), price=(10.0, 20.0), audience="Women"
    )


def test_a_text_file_is_its_text(tmp_path):
    path = tmp_path / "spring_line.txt"
    path.write_text("midi dresses\n")
    assert read_brief(path) == Brief(title="spring line", text="midi dresses")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('colour = ["red"]', "'colour', expected keys"),
        ("categories = 3", "expected a list of names"),
        ("price = [1]", "from, up to"),
        ("price = ", "is no TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path, content, said):
    path = tmp_path / "brief.toml"
    path.write_text(content)
    with pytest.raises(DataError, match=said):
        read_brief(path)


def test_names_that_nobody_knows_are_given_back():
    brief = understand(Brief(categories=("dres", "dress"), colours=("mauve",), avoid=("leoprd",)), NAMES)
    assert brief.unread == ("dres", "mauve", "leoprd")
    assert brief.notes == (
        "'dres' in the brief is no category. Did you mean 'dress' or 'glasses' or 'pants'?",
        "'mauve' in the brief is no colour.",
        "'leoprd' in the brief is no category, attribute or colour. Did you mean 'leopard' or 'tiered'?",
    )


def test_lists_are_understood_by_everyday_words():
    brief = understand(
        Brief(
            categories=("gown", "Jeans"),
            attributes=("striped", "Polka Dots"),
            colours=("dark blue",),
            avoid=("animal print", "sneakers"),
        ),
        NAMES,
    )
    assert brief.categories == ("dress", "pants")
    assert brief.attributes == ("stripe", "dot")
    assert brief.colours == ("navy",)
    assert brief.avoid == ("leopard", "shoe")
    assert not brief.unread


def test_parts_are_said_not_to_be_counted():
    brief = understand(Brief(text="dresses with pockets, no zippers", avoid=("fringe",)), NAMES)
    assert (brief.categories, brief.avoid) == (("dress",), ())
    assert [note.split()[0] for note in brief.notes] == ["'pocket'", "'fringe'", "'zipper'"]


def test_misspelt_names_are_said_in_the_report(grown):
    report = trends(grown, brief=Brief(categories=("gown",), attributes=("florl",)))
    assert report.crossing.brief.categories == ("dress",)
    assert report.crossing.missing == ("florl",)
    assert "'florl' in the brief is no attribute. Did you mean 'floral' or 'floor'?" in report.notes


def test_what_is_wanted_and_rises_is_told_from_what_fades(grown):
    report = trends(
        grown, brief=Brief(categories=("dress", "shoe"), attributes=("floral",), colours=("red", "glitter"))
    )
    crossing = report.crossing

    def names(places):
        return {report.lines[place].subject.name for place in places}

    assert names(crossing.rising) == {"floral", "dress: floral"}
    assert names(crossing.fading) == {"red", "shoe: red"}
    assert names(crossing.within) == {"shoe: black"}
    assert {"dress", "shoe"} <= names(crossing.open)
    assert crossing.missing == ("glitter",)
    assert line(report, "dress: floral").examples


def test_what_is_to_be_avoided_is_left_out_and_counted(grown):
    crossing = trends(grown, brief="dresses, no floral").crossing
    assert (crossing.rising, crossing.within, crossing.avoided) == ((), (), 2)


def test_price_and_audience_choose_the_garments(grown):
    everything = trends(grown).garments
    report = trends(grown, brief="floral dresses for women, 20 to 60")
    assert report.garments < everything / 2
    assert "Only garments whose gender is Women." in report.notes
    assert "Only garments with a price between 20 and 60." in report.notes
    stated = replace(Brief(text="dresses"), audience="Women", price=(20.0, 60.0))
    assert trends(grown, brief=stated).garments == report.garments


def test_a_price_that_cannot_be_heeded_is_said(grown):
    store = trends(grown, brief="dresses")
    assert not any("price" in note for note in store.notes)
