import numpy as np
import pyarrow as pa
import pytest
from tests.catalog.made_up import DIMENSIONS
from tests.catalog.search.planted import ONTOLOGY, planted, probabilities

from attire.catalog.catalog import Catalog
from attire.catalog.filters import Columns
from attire.catalog.filters.synonyms import ATTRIBUTE_WORDS, CATEGORY_WORDS, PART_WORDS
from attire.catalog.garment import Garment
from attire.catalog.search import Named, Names, parse_query
from attire.catalog.search.evidence import chances
from attire.catalog.search.wishes import chance
from attire.catalog.store import Store
from attire.errors import QueryError

COLOURS = ["red", "blue", "navy", "white", "black", "beige"]
NAMES = Names.of(ONTOLOGY, COLOURS)
OWN = [pa.field("brand", pa.string()), pa.field("price", pa.float64()), pa.field("about", pa.string())]
COLUMNS = Columns.of(pa.schema(OWN), ONTOLOGY, COLOURS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("striped midi dress", "dress, stripe, midi"),
        ("red floral blouse under 50", "shirt, red, floral, price <= 50"),
        ("jeans", "pants"),
        ("dark blue skinny jeans", "pants, navy, tight"),
        (
            "polka dot skirt without pockets between 20 and €40",
            "skirt, dot, no pocket, price >= 20 and price <= 40",
        ),
        ("not a dress, leopard print", "no dress, leopard"),
        ("High-Waisted wide-leg trousers in beige", "pants, high waist, wide leg, beige"),
        ("black leather jacket by Zara", "jacket, black, “leather”, “Zara”"),
        ("shirt dress", "dress"),
        ("dress shirt", "shirt"),
        ("dress and jacket", "dress or jacket"),
        ("plain t-shirt over 10.50 euros", "top, plain, price >= 10.5"),
        ("dresses, no stripes", "dress, no stripe"),
        ("above the knee A-line skirt", "skirt, above-the-knee, a-line"),
        ("sneakers", "shoe"),
        ("a gown", "dress"),
        ("handbag with zipper", "bag, zipper"),
        ("'; DROP TABLE garments --", "“DROP”, “TABLE”, “garments”"),
    ],
)
def test_free_words_are_understood(text, says):
    assert str(parse_query(text, NAMES, COLUMNS)) == says


def test_every_everyday_word_means_a_name_that_is_there():
    known = {c.short_name for c in ONTOLOGY.categories} | {a.short_name for a in ONTOLOGY.attributes}
    for table in (CATEGORY_WORDS, ATTRIBUTE_WORDS, PART_WORDS):
        assert {name for names in table.values() for name in names} <= known


def test_every_name_of_the_ontology_is_understood_as_itself():
    for attribute in ONTOLOGY.attributes:
        found = parse_query(attribute.name, NAMES, COLUMNS)
        assert found.wishes == (Named(kind="attribute", name=attribute.short_name),), attribute.name
    for category in ONTOLOGY.categories:
        found = parse_query(category.short_name, NAMES, COLUMNS)
        assert [*found.categories, *(wish.name for wish in found.wishes)] == [category.short_name]


@pytest.mark.parametrize(
    ("text", "says"),
    [("  ", "asks for nothing"), ("the with", "asks for nothing"), ("longer dress", "than what")],
)
def test_what_asks_for_nothing_is_refused(text, says):
    with pytest.raises(QueryError, match=says):
        parse_query(text, NAMES, COLUMNS)


def test_without_a_column_for_prices_they_are_words():
    assert parse_query("dress under 50", NAMES, Columns.of(pa.schema([]), ONTOLOGY)).words == ("under", "50")


ROWS = [
    planted(1, "dress", "stripe", "red", "midi", brand="Zara", price=60.0, about="light cotton"),
    planted(2, "dress", "stripe", "blue", "maxi", brand="Mango", price=30.0, about="Cottony feel"),
    planted(3, "dress", "plain", "red", "midi", sure=0.6, brand="zara", price=20.0, about=None),
    planted(4, "shirt", "stripe", "red", "midi", brand="Zara", price=20.0, about="silk"),
    planted(5, "dress", "stripe", "red", "midi", brand="H&M", price=20.0, about="wool", score=0.3),
]


@pytest.fixture(params=["read", "indexed"])
def asked(request, tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS, OWN)
    store.add(ROWS)
    if request.param == "indexed":
        from lancedb.index import FTS

        store.table.create_index("about", config=FTS())
        store.table.create_index("brand", config=FTS())
    return Catalog(store, colours=COLOURS)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("striped midi dress", [1, 5, 2, 3]),
        ("striped midi dress under 50", [5, 2, 3]),
        ("striped", [1, 2, 4, 5, 3]),
        ("dress zara", [1, 3, 2, 5]),
        ("striped dress cotton", [1, 2, 5, 3]),
        ("dress not red", [2, 1, 3, 5]),
        ("not a dress", [4]),
        ("jumpsuit", []),
    ],
)
def test_garments_are_found_by_words(asked, text, places):
    (answer,) = asked.search(text=text, k=10)
    found = [int(result.garment.photo_id, 16) for result in answer.results]
    if text == "striped dress cotton":
        assert found[0] == 1
        assert set(found) == set(places)
    else:
        assert found == places


def test_relevance_is_score_times_the_geometric_mean_chance(asked):
    (answer,) = asked.search(text="striped midi dress zara", where="price > 10", k=2)
    first = answer.results[0]
    assert first.wishes == {"stripe": pytest.approx(0.9), "midi": pytest.approx(0.9), "“zara”": 1.0}
    assert first.relevance == pytest.approx(0.9 * (0.9 * 0.9 * 1.0) ** (1 / 3))
    assert first.similarity is None
    assert answer.asked == "dress, stripe, midi, “zara”"


def test_words_that_nothing_can_be_made_of_are_said(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    store.add([planted(1, "dress", "stripe", "red")])
    (answer,) = Catalog(store, colours=COLOURS).search(text="cotton dress")
    assert len(answer.results) == 1
    assert "cotton" in answer.notes[0]


def test_many_rows_are_judged_as_one_is():
    random = np.random.default_rng(0)
    rows = []
    for n in range(50):
        colours = [COLOURS[m] for m in random.permutation(6)[: n % 4]]
        row = planted(
            n, "dress" if n % 2 else "shirt", "floral", "red", parts=["pocket"][: n % 2], colours=colours
        )
        row |= {
            "colour_share": random.dirichlet([1] * 4)[: len(colours)].tolist(),
            "colour_lab": [0.0] * 3 * len(colours),
        }
        row["attribute_probs"] = [] if n % 5 == 0 else random.random(len(ONTOLOGY.attributes)).tolist()
        rows.append(row)
    table = pa.Table.from_pylist(rows)
    (batch,) = table.to_batches()
    for part in (batch, batch.slice(13, 20)):
        for kind, name in (
            ("attribute", "floral"),
            ("colour", "red"),
            ("part", "pocket"),
            ("category", "dress"),
        ):
            for wanted in (True, False):
                wish = Named(kind=kind, name=name, wanted=wanted)
                one_by_one = [chance(wish, Garment.from_row(row), ONTOLOGY) for row in part.to_pylist()]
                np.testing.assert_allclose(chances(wish, part, ONTOLOGY), one_by_one, rtol=1e-6)


def test_probabilities_of_the_made_up_rows_are_as_wide_as_the_ontology():
    assert len(probabilities(floral=0.5)) == len(ONTOLOGY.attributes)
