"""Photos and catalogue on s3://: every verb, the library and the service, with the model in the box."""

import json

import pytest
from tests.catalog.object_storage.conftest import INDEXED, LOOKS
from typer.testing import CliRunner

from attire.catalog.catalog import Catalog
from attire.cli.app import app

PHOTOS, CATALOG = "s3://photos/spring", "s3://shop/catalog"


def run(verb, *words):
    done = CliRunner().invoke(app, [verb, *map(str, words), "--catalog", CATALOG, "--json"])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def indexed(looks, tmp_path_factory):
    own = tmp_path_factory.mktemp("own") / "own.csv"
    own.write_text(
        "photo,brand,date\n"
        + "".join(f"{one.name},Adler,2026-0{n}-01\n" for n, one in enumerate(LOOKS[:INDEXED], 1))
    )
    return run("index", PHOTOS, "--meta", own, "--source", "spring")


def test_all_photos_are_read_once(indexed):
    assert (indexed["photos"], indexed["read"], indexed["broken"]) == (INDEXED, INDEXED, [])
    assert indexed["garments"] == indexed["rows"] >= INDEXED
    again = run("index", PHOTOS)
    assert (again["known"], again["read"], again["rows"]) == (INDEXED, 0, 0)


def test_another_machine_knows_them_too(indexed, tmp_path, monkeypatch):
    monkeypatch.setenv("ATTIRE_CACHE", str(tmp_path))
    again = run("index", PHOTOS)
    assert (again["known"], again["read"]) == (INDEXED, 0)


def test_rows_are_those_of_the_same_photos_here(indexed, tmp_path):
    for look in LOOKS[:INDEXED]:
        (tmp_path / look.name).write_bytes(look.read_bytes())
    here = CliRunner().invoke(app, ["index", str(tmp_path), "--catalog", str(tmp_path / "catalog")])
    assert here.exit_code == 0, here.output
    columns = ["photo_digest", "garment", "category", "score", "mask", "embedding"]
    there = Catalog.open(CATALOG).store.rows(columns)
    same = Catalog.open(tmp_path / "catalog").store.rows(columns)
    order = [("photo_digest", "ascending"), ("garment", "ascending")]
    assert there.sort_by(order).to_pylist() == same.sort_by(order).to_pylist()


def test_it_is_searched_and_recommended_from(indexed):
    like = f"{PHOTOS}/new/{LOOKS[0].name}"
    (answer,) = run("search", like, "--garment", "1", "-k", "3")["answers"]
    first = answer["results"][0]["garment"]
    assert first["photo_uri"] == like
    assert answer["results"][0]["similarity"] > 0.99
    assert run("search", "--text", "anything by Adler", "--where", "brand = Adler")["answers"]
    assert run("recommend", first["garment_id"], "-k", "3")
    trends = run("trends", "--by", "month")
    assert trends


def test_the_service_shows_it_with_pictures(indexed):
    pytest.importorskip("fastapi", reason="the service needs the extra serve")
    from fastapi.testclient import TestClient

    from attire.serve import Settings, create_app

    with TestClient(create_app(Settings(catalog=CATALOG))) as client:
        found = client.get("/v1/garments").json()
        assert found["total"] == indexed["garments"]
        drawn = client.get(f"/v1/garments/{found['garments'][0]['garment_id']}/picture")
        assert drawn.status_code == 200
        assert drawn.headers["content-type"] == "image/jpeg"
        assert not client.get("/v1/catalog").json()["takes_photos"], "there is no folder to keep them in"


def test_changed_and_removed_photos(indexed, looks):
    changed, gone = (f"spring/new/{look.name}" for look in LOOKS[:2])
    looks.client.upload_file(str(LOOKS[INDEXED]), "photos", changed)
    looks.client.delete_object(Bucket="photos", Key=gone)
    done = run("index", PHOTOS, "--prune")
    assert (done["photos"], done["read"], done["known"], done["pruned"]) == (INDEXED - 1, 1, INDEXED - 2, 1)
    rows = Catalog.open(CATALOG).store.rows(["photo_uri", "brand"]).to_pylist()
    assert f"s3://photos/{gone}" not in {row["photo_uri"] for row in rows}
    assert {row["brand"] for row in rows if row["photo_uri"].endswith(changed)} == {"Adler"}, "stays"
