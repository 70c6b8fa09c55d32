import json

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from tests.catalog.made_up import DIMENSIONS
from tests.catalog.search.planted import InColours, embedding, planted
from typer.testing import CliRunner

from attire.catalog import default_encoder
from attire.catalog.store import Store
from attire.cli.app import app
from attire.errors import DataError, QueryError


@pytest.fixture
def catalog(tmp_path):
    store = Store.create(
        tmp_path / "catalog", DIMENSIONS, [pa.field("brand", pa.string()), pa.field("price", pa.float64())]
    )
    store.add(
        [
            planted(1, "dress", "plain", "red", brand="[red]Zara[/red]", price=60.0),
            planted(2, "dress", "floral", "red", "maxi", brand="Mango", price=30.0),
            planted(3, "shirt", "stripe", "blue", brand=None, price=None),
        ]
    )
    return tmp_path / "catalog"


@pytest.fixture
def encoder(monkeypatch):
    monkeypatch.setattr(default_encoder, "default_encoder", InColours)


@pytest.fixture
def invoke(catalog):
    def run(*words):
        result = CliRunner().invoke(app, ["search", "--catalog", str(catalog), *map(str, words)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return run


def ident(place: int) -> str:
    return f"{place:016x}-0"


def answers(output: str) -> list:
    return json.loads(output)["answers"]


def test_words_need_no_encoder_and_names_are_no_markup(invoke):
    output = invoke("--text", "dress under 100")
    assert "[red]" in "".join(output.split())
    (answer,) = answers(invoke("--text", "floral dress", "--json"))
    assert [row["garment"]["garment_id"] for row in answer["results"]] == [ident(2), ident(1)]
    assert answer["results"][0]["wishes"] == {"floral": 0.9}


def test_a_garment_of_the_catalogue_with_everything_said(invoke, encoder, tmp_path):
    picture = tmp_path / "found.png"
    words = [
        "--like",
        ident(1),
        "--but",
        "longer",
        "--where",
        "price < 50 or brand is missing",
        "--weights",
        "colour=2",
    ]
    (answer,) = answers(invoke(*words, "-k", 5, "-o", picture, "--json"))
    assert [row["garment"]["garment_id"] for row in answer["results"]] == [ident(2)]
    assert set(answer["results"][0]["parts_similarity"]) == {"shape", "pattern", "colour"}
    assert answer["asked"].startswith("like the dress, but longer")
    with Image.open(picture) as image:
        assert image.width > 500
    assert not list(tmp_path.glob(".found*"))


def test_a_photo_is_read_and_its_garments_searched_for(invoke, encoder, tmp_path, monkeypatch):
    from tests.catalog.search.test_search import look

    from attire.predict import Predictor

    worn = look(("dress", (5, 10, 55, 75), embedding("dress", "plain", "red"), {"plain": 0.9}))

    class Reads:
        selector = None

        def __call__(self, photo, **how):
            assert how["keep"] == "all"
            return worn

    monkeypatch.setattr(Predictor, "load", Reads)
    street = np.random.default_rng(0).integers(0, 256, (80, 60, 3), np.uint8)
    Image.fromarray(street).save(tmp_path / "photo.png")
    (answer,) = answers(invoke(tmp_path / "photo.png", "--garment", 1, "--json"))
    assert answer["query"]["number"] == 1
    assert answer["results"][0]["garment"]["garment_id"] == ident(1)
    (answer,) = answers(invoke(tmp_path / "photo.png", "--at", "2,2", "--json"))
    assert "pixels away" in answer["notes"][0]


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        ((), QueryError, "Nothing to search by"),
        (("--text", "dress", "--where", "colour = purpel"), QueryError, "Did you mean 'purple'"),
        (("--like", "no-such"), DataError, "No garment 'no-such'"),
        (("--like", ident(1), "--weights", "shape"), QueryError, "is no weight"),
        (("photo.jpg", "--at", "here"), QueryError, "expected two numbers"),
        (("photo.jpg", "--like", ident(1)), QueryError, "not by both"),
        (("--text", "dress", "--but", "longer"), QueryError, "without --but"),
    ],
)
def test_what_is_wrong_is_said(invoke, encoder, words, error, says):
    with pytest.raises(error, match=says):
        invoke(*words)


def test_of_rows_by_another_encoder_the_cure_is_said(invoke):
    with pytest.raises(DataError, match=r"cannot be compared. Index the photos again: attire index"):
        invoke("--like", ident(1))
