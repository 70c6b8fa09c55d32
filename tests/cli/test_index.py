import json
import sys

import pytest
from tests.catalog.indexing.reading_of_greys import grey_reading, save_grey
from typer.testing import CliRunner

from attire.catalog.store import Store
from attire.cli.app import app
from attire.errors import DataError, MissingExtraError, RecipeError


@pytest.fixture
def shop(tmp_path):
    for name, grey in {"15970.png": 150, "2.png": 50, "black.png": 0}.items():
        save_grey(tmp_path / "shop" / name, grey)
    return tmp_path / "shop"


@pytest.fixture
def invoke(tmp_path, monkeypatch):
    """Run the verb with a stand-in for the network; what it is opened with is kept."""
    opened = []

    def open_grey(models, **how):
        opened.append(how)
        return grey_reading()

    monkeypatch.setattr("attire.catalog.indexing.open_reading", open_grey)

    def run(*words, catalog=tmp_path / "catalog"):
        result = CliRunner().invoke(app, ["index", "--catalog", str(catalog), *map(str, words)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    run.opened = opened
    return run


def test_a_folder_becomes_a_catalogue_and_the_summary_says_so(invoke, shop, tmp_path):
    (shop / "broken.jpg").write_text("[bold]no photo[/bold]")
    result = invoke(shop, "--source", "shop", "--photos", "product", "--precision", "int8")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "4 photos: 3 read in" in said
    assert "photos/s" in said
    assert "0 known already, 1 broken" in said
    assert "3 garments written, 1 photos without any" in said
    assert "holds 3 garments in" in said
    assert "No index" in said
    assert "1 of 4 photos could not be read" in result.stderr
    assert "broken.jpg" in result.stderr
    assert invoke.opened == [{"runtime": None, "precision": "int8", "device": None, "photos": "product"}]
    assert len(Store.open(tmp_path / "catalog")) == 3


def test_json_says_everything_and_nothing_else(invoke, shop, tmp_path):
    (shop / "broken.jpg").write_text("no photo")
    (tmp_path / "meta.csv").write_text("id,price,year\n15970,9.5,2011\n7,1,2012\n8\n")
    words = [shop, "--meta", tmp_path / "meta.csv", "--json"]
    summary = json.loads(invoke(*words).stdout)
    assert {name: summary[name] for name in ("photos", "read", "known", "empty", "rows", "garments")} == {
        "photos": 4,
        "read": 3,
        "known": 0,
        "empty": 1,
        "rows": 3,
        "garments": 3,
    }
    (broken,) = summary["broken"]
    assert broken["photo"] == str(shop / "broken.jpg")
    assert "no photo that Pillow can read" in broken["reason"]
    assert summary["meta"] == {
        "rows": 2,
        "key": "id",
        "seen_at": None,
        "columns": ["id", "price", "year"],
        "rows_without_photo": 1,
        "photos_without_row": 3,
        "malformed": 1,
        "repeated": 0,
    }
    assert summary["index"] == {"built": [], "garments": 0, "seconds": summary["index"]["seconds"]}
    assert summary["megabytes"] > 0
    again = json.loads(invoke(*words).stdout)
    assert (again["read"], again["known"], again["rows"], again["garments"]) == (0, 3, 0, 3)
    (row, *_) = Store.open(tmp_path / "catalog").rows(["price", "year", "id"], limit=1).to_pylist()
    assert row == {"price": 9.5, "year": 2011, "id": "15970"}


def test_photos_that_are_gone_go_if_asked(invoke, shop):
    invoke(shop)
    (shop / "2.png").unlink()
    assert "1 photos are gone" in invoke(shop, "--prune").stdout
    assert json.loads(invoke(shop, "--json").stdout)["garments"] == 2


def test_only_broken_photos_are_a_failure(invoke, tmp_path):
    (tmp_path / "a.jpg").write_text("no photo")
    result = invoke(tmp_path / "a.jpg")
    assert result.exit_code == 1
    assert "1 of 1 photos" in result.stderr


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        (["{shop}", "--photos", "runway"], RecipeError, "expected auto, street or product"),
        (["{shop}", "--seen-at", "date"], RecipeError, "give it with --meta"),
        (["https://shop.example/a.jpg"], DataError, "not fetched from the web"),
        (["{empty}"], DataError, "no photos there"),
        (["{shop}", "--meta", "{shop}/none.csv"], DataError, "no such table"),
    ],
)
def test_what_cannot_be_done_is_said(invoke, shop, tmp_path, words, error, said):
    (tmp_path / "empty").mkdir()
    with pytest.raises(error, match=said):
        invoke(*(word.format(shop=shop, empty=tmp_path / "empty") for word in words))


def test_without_photos_nothing_is_made_and_nothing_is_lost(invoke, shop, tmp_path):
    with pytest.raises(DataError, match="no photos there"):
        invoke(tmp_path / "none*.jpg")
    assert not (tmp_path / "catalog").exists()
    assert not invoke.opened, "no model is loaded for nothing"
    invoke(shop)
    for photo in shop.iterdir():
        photo.unlink()
    with pytest.raises(DataError, match="nothing was changed"):
        invoke(shop, "--prune")
    assert len(Store.open(tmp_path / "catalog")) == 3


def test_another_type_of_column_is_said_before_anything_is_read(invoke, shop, tmp_path):
    (tmp_path / "meta.csv").write_text("id,price\n2,5\n")
    invoke(shop, "--meta", tmp_path / "meta.csv")
    (tmp_path / "meta.csv").write_text("id,price\n2,cheap\n")
    with pytest.raises(DataError, match="'price' holds int64 in the catalogue, string in"):
        invoke(shop, "--meta", tmp_path / "meta.csv")


def test_without_its_extra_it_says_what_to_install(invoke, shop, monkeypatch):
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(MissingExtraError, match=r"attire\[catalog\]"):
        invoke(shop)
