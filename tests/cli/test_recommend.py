import json
import sys

import pytest
from tests.catalog.made_up import DIMENSIONS, made_up_row
from typer.testing import CliRunner

from attire.catalog.store import Store
from attire.cli.app import app
from attire.errors import DataError, MissingExtraError, QueryError, RecipeError


@pytest.fixture
def catalog(tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    kinds = [("dress", "red"), ("shoe", "black"), ("coat", "blue")]
    rows = []
    for place in range(30):
        category, colour = kinds[place % 3]
        rows.append(
            made_up_row(
                place,
                photo_id=f"{place // 3:016x}",
                garment=place % 3,
                category=category,
                colours=[colour],
                attributes=["[bold]floral[/bold]" if place == 3 else "floral"],
                garment_id=f"{place}-[red]x" if place == 3 else f"{place}",
            )
        )
    store.add(rows)
    return str(tmp_path / "catalog")


@pytest.fixture
def invoke(catalog):
    def run(*words):
        result = CliRunner().invoke(app, ["recommend", *words, "--catalog", catalog], env={"COLUMNS": "200"})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_json_is_a_list_with_reasons(invoke):
    found = json.loads(invoke("0", "--json", "-k", "4").stdout)
    assert len(found) == 4
    assert {one["garment"]["category"] for one in found} == {"dress"}
    assert all(one["reasons"][0].startswith("also a ") for one in found)
    assert "embedding" not in found[0]["garment"]


def test_tables_show_what_rows_say_and_read_no_markup(invoke):
    shown = invoke("0", "-k", "20").stdout
    assert "Instead of 0" in shown
    assert "3-[red]x" in shown


@pytest.mark.parametrize(("mode", "kinds"), [("goes-with", {"shoe", "coat"}), ("outfit", {"shoe", "coat"})])
def test_modes(invoke, mode, kinds):
    found = json.loads(invoke("0", "--mode", mode, "--json").stdout)
    assert {one["garment"]["category"] for one in found} == kinds
    assert all("slot" in one for one in found) == (mode == "outfit")


def test_for_a_person(invoke):
    found = json.loads(invoke("--liked", "0, 6", "--disliked", "9", "--wish", "red dress", "--json").stdout)
    ids = {one["garment"]["garment_id"] for one in found}
    assert found
    assert not ids & {"0", "6", "9"}
    assert "For this person" in invoke("--wish", "floral coat in blue").stdout


def test_worn_in_another_catalogue_or_source(invoke, catalog):
    assert json.loads(invoke("0", "--mode", "goes-with", "--worn-in", catalog, "--json").stdout)
    assert json.loads(invoke("0", "--mode", "goes-with", "--worn-in", "shop", "--json").stdout)
    with pytest.raises(DataError, match="street"):
        invoke("0", "--mode", "goes-with", "--worn-in", "street")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "GARMENT_ID"),
        (["0", "--liked", "3"], "GARMENT_ID"),
        (["0", "--mode", "best"], "outfit"),
        (["--liked", "0", "--mode", "outfit"], "person"),
    ],
)
def test_questions_that_are_none_are_refused(invoke, words, said):
    with pytest.raises(RecipeError, match=said):
        invoke(*words)


def test_a_wish_that_is_not_understood_is_said(invoke):
    with pytest.raises(QueryError, match=r"'purpel' is no .*Did you mean .*'purple'"):
        invoke("--wish", "purpel dress")


def test_wishes_are_read_as_words_of_a_search(invoke):
    found = json.loads(invoke("--wish", "sneakers without pockets", "--json").stdout)
    assert {one["garment"]["category"] for one in found} == {"shoe"}
    assert all("no pocket, as wished" in one["reasons"] for one in found)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (["0"], {"dress"}),
        (["0", "--mode", "goes-with"], {"shoe"}),
        (["0", "--mode", "outfit"], {"shoe"}),
        (["--liked", "0,1"], {"dress", "shoe"}),
    ],
    ids=["alternatives", "goes with", "outfit", "person"],
)
def test_a_filter_holds_for_all_that_is_recommended(invoke, words, kinds):
    where = 'category in (dress, shoe) and not garment_id = "6"'
    found = json.loads(invoke(*words, "--where", where, "--json").stdout)
    assert {one["garment"]["category"] for one in found} == kinds
    assert "6" not in {one["garment"]["garment_id"] for one in found}
    with pytest.raises(QueryError, match="Did you mean 'dress'"):
        invoke(*words, "--where", "category = dres")


def test_without_its_extra_it_says_what_to_install(invoke, monkeypatch):
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(MissingExtraError, match=r"attire\[catalog\]"):
        invoke("0")
