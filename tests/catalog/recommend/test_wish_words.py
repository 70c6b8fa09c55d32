import pytest

from attire.catalog.recommend import Wishes, read_wishes
from attire.errors import DataError
from attire.ontology import Ontology

COLOURS = ["blue", "light blue", "green"]


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
    ],
)  # fmt: skip
def test_wishes_in_words(text, expected):
    assert read_wishes(text, Ontology.imaterialist2019(), COLOURS) == expected


@pytest.mark.parametrize(
    ("text", "said"), [("a flying dress", "'flying'"), ("dress under green", "'under'.* 60")]
)
def test_what_is_not_understood_is_said(text, said):
    with pytest.raises(DataError, match=said.replace("'under'", "'?under'?")):
        read_wishes(text, Ontology.imaterialist2019(), COLOURS)
