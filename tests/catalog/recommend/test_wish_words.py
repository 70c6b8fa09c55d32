import pyarrow as pa
import pytest

from attire.catalog.filters import Columns
from attire.catalog.recommend import Wishes, read_wishes
from attire.catalog.search import Named, Names
from attire.errors import QueryError
from attire.ontology import Ontology

ONTOLOGY = Ontology.imaterialist2019()
NAMES = Names.of(ONTOLOGY, ["blue", "light blue", "green"])
COLUMNS = Columns.of(pa.schema([("price", pa.float64()), ("brand", pa.string())]), ONTOLOGY)


def no(kind, name):
    return Named(kind=kind, name=name, wanted=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "midi dress under 60 in green",
            Wishes(categories=("dress",), attributes=("midi",), colours=("green",), price_max=60.0),
        ),
        ("a light blue t-shirt", Wishes(categories=("top",), colours=("light blue",))),
        ("dresses or skirts over €20", Wishes(categories=("dress", "skirt"), price_min=20.0)),
        (
            "high waist pants below 49,90 €",
            Wishes(categories=("pants",), attributes=("high waist",), price_max=49.9),
        ),
        ("Double breasted coat", Wishes(categories=("coat",), attributes=("double breasted",))),
        ("glasses", Wishes(categories=("glasses",))),
        ("I want jeans, please", Wishes(categories=("pants",))),
        (
            "polka dot gown between 20 and 40",
            Wishes(categories=("dress",), attributes=("dot",), price_min=20.0, price_max=40.0),
        ),
        (
            "skirt with zipper, no leopard, without pockets, not green",
            Wishes(
                categories=("skirt",),
                parts=("zipper",),
                unwanted=(no("attribute", "leopard"), no("part", "pocket"), no("colour", "green")),
            ),
        ),
        ("not a dress, Zara", Wishes(unwanted=(no("category", "dress"),), words=("Zara",))),
        ("over 20 over 30 under 90 under 80", Wishes(price_min=30.0, price_max=80.0)),
    ],
)  # fmt: skip
def test_wishes_in_words(text, expected):
    assert read_wishes(text, NAMES, COLUMNS) == expected


@pytest.mark.parametrize(("text", "said"), [("the with", "asks for nothing"), ("longer dress", "than what")])
def test_what_is_not_understood_is_said(text, said):
    with pytest.raises(QueryError, match=said):
        read_wishes(text, NAMES, COLUMNS)


def test_what_is_wanted_is_not_among_what_is_unwanted():
    with pytest.raises(QueryError, match="wanted=False"):
        Wishes(unwanted=(Named(kind="part", name="pocket"),))
