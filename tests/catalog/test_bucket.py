"""A catalogue in a bucket of photos in a bucket, through the protocol that buckets speak."""

import pytest
from tests.catalog.bucket_server import bucket_server
from tests.catalog.indexing.reading_of_greys import DIMENSIONS, grey_reading, save_grey

from attire.catalog.indexing import Manifest, index_photos, manifest_path
from attire.catalog.sources import find_photos
from attire.catalog.store import Store
from attire.errors import DataError

CATALOG = "s3://shop/catalog"


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    with bucket_server() as server:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            monkeypatch.setenv(name, value)
        for name, grey in {"a.png": 150, "new/b c.png": 50}.items():
            save_grey(tmp_path / name, grey)
            server.objects[f"shop/photos/{name}"] = (tmp_path / name).read_bytes()
        server.objects["shop/photos/notes.txt"] = b"no photo"
        yield server


def run(**how):
    read = []
    store = Store.create(CATALOG, DIMENSIONS, encoder="grey 1")
    with Manifest(manifest_path(CATALOG)) as manifest:
        outcome = index_photos(find_photos(["s3://shop/photos"]), store, manifest, grey_reading(read), **how)
    store.finish()
    return outcome, read


def test_from_bucket_to_bucket_and_again(bucket, monkeypatch):
    outcome, read = run()
    assert read == ["a.png", "b c.png"]
    assert outcome.rows == 3
    assert {row["photo_uri"] for row in Store.open(CATALOG).rows().to_pylist()} == {
        "s3://shop/photos/a.png",
        "s3://shop/photos/new/b c.png",
    }
    assert run()[1] == []
    monkeypatch.setenv("ATTIRE_CACHE", "")
    assert run()[1] == [], "another machine, which has no manifest, takes it from the table"
    del bucket.objects["shop/photos/a.png"]
    assert run(prune=True)[0].pruned == 1
    assert len(Store.open(CATALOG)) == 1


def test_an_empty_bucket_holds_no_catalogue(bucket):
    with pytest.raises(DataError, match=r"s3://shop/none: holds no catalogue"):
        Store.open("s3://shop/none")
    with pytest.raises(DataError, match="nothing of that name"):
        list(find_photos(["s3://shop/none"]))
