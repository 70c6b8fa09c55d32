import json
from importlib.util import find_spec

import pytest
from tests.catalog.made_up import DIMENSIONS
from tests.catalog.trends.conftest import rows_over_time
from typer.testing import CliRunner

from attire.catalog.store import Store
from attire.cli.app import app
from attire.errors import DataError


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    place = tmp_path_factory.mktemp("trends") / "catalog"
    rows = rows_over_time(months=8)
    for row in rows:
        row["colours"] = ["[red]x[/red]" if colour == "red" else colour for colour in row["colours"]]
    Store.create(place, DIMENSIONS).add(rows)
    return str(place)


def run(*arguments: str):
    return CliRunner(env={"COLUMNS": "160"}).invoke(app, ["trends", *arguments], catch_exceptions=False)


def test_the_table_says_what_moves_and_what_to_bear_in_mind(catalog):
    done = run("--catalog", catalog)
    assert done.exit_code == 0
    assert "dress: floral" in done.stdout
    assert "[red]x[/red]" in done.stdout
    assert "at most 5 % is expected to be a false alarm" in done.stdout


def test_json_is_one_object_and_nothing_else(catalog):
    found = json.loads(run("--catalog", catalog, "--json", "--of", "attributes").stdout)
    assert {line["subject"]["kind"] for line in found["lines"]} == {"attributes"}
    assert found["alpha"] == 0.05


def test_pages_and_data_are_written(catalog, tmp_path):
    done = run("--catalog", catalog, "-o", str(tmp_path / "out"), "--brief", "floral dresses")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "brief.html",
        "index.html",
        "trends.json",
    ]
    assert "brief.html" in done.stdout
    assert json.loads((tmp_path / "out" / "trends.json").read_text())["crossing"]["brief"]["attributes"] == [
        "floral"
    ]


def test_without_a_brief_there_is_no_page_of_it(catalog, tmp_path):
    run("--catalog", catalog, "-o", str(tmp_path))
    assert not (tmp_path / "brief.html").exists()


def test_a_folder_that_is_no_catalogue_is_said(tmp_path):
    with pytest.raises(DataError, match="holds no catalogue"):
        run("--catalog", str(tmp_path))


@pytest.mark.skipif(
    find_spec("attire.catalog.filters") is None, reason="filters are another part of the catalogue"
)
def test_a_filter_chooses_garments(catalog):
    found = json.loads(run("--catalog", catalog, "--json", "--where", 'category = "shoe"').stdout)
    assert found["garments"] == 320
