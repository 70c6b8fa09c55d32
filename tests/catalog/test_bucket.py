"""A catalogue in a bucket of photos in a bucket, through the protocol that buckets speak."""

import pytest
from tests.catalog.bucket_server import bucket_server
from tests.catalog.indexing.reading_of_greys import DIMENSIONS, grey_reading, save_grey

from attire.catalog.indexing import Manifest, index_photos, manifest_path
from attire.catalog.photo_by_uri import draft_of
from attire.catalog.search.reading import read_photo
from attire.catalog.sources import find_photos
from attire.catalog.store import Store
from attire.errors import DataError

CATALOG = "s3://shop/catalog"


@pytest.fixture
def bucket(tmp_path):
    with bucket_server() as server:
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


def test_pictures_come_from_the_bucket(bucket):
    drawn = draft_of("s3://shop/photos/new/b c.png", lambda size: size)
    assert drawn.image.getpixel((0, 0)) == (50, 50, 50)
    with pytest.raises(DataError, match=r"s3://shop/photos/gone.png: cannot be read"):
        draft_of("s3://shop/photos/gone.png", lambda size: size)


def test_keys_are_taken_as_they_are(bucket):
    photo = bucket.objects["shop/photos/a.png"]
    odd = ["100%.png", "a%20b.png", "a+b.png", "a#1.png", "really?.png", "ü.png"]
    bucket.objects |= {f"shop/odd/{name}": photo for name in odd}
    listed = [photo.uri for photo in find_photos(["s3://shop/odd"])]
    assert sorted(listed) == sorted(f"s3://shop/odd/{name}" for name in odd)
    for uri in listed:
        assert [photo.uri for photo in find_photos([uri])] == [uri]
        assert draft_of(uri, lambda size: size).image.getpixel((0, 0)) == (150, 150, 150)


def test_an_empty_bucket_holds_no_catalogue(bucket):
    with pytest.raises(DataError, match=r"s3://shop/none: holds no catalogue"):
        Store.open("s3://shop/none")
    with pytest.raises(DataError, match="nothing of that name"):
        list(find_photos(["s3://shop/none"]))


def test_a_photo_that_is_searched_with_may_lie_in_a_bucket(bucket):
    read = []

    def predictor(photo, **_):
        read.append(photo)
        raise DataError("read")

    with pytest.raises(DataError, match=r"^read$"):
        read_photo("s3://shop/photos/new/b c.png", predictor, grey_reading([]).encoder)
    assert read[0].getpixel((0, 0)) == (50, 50, 50)
    with pytest.raises(DataError, match=r"https://shop.example/a.png: photos are not fetched from the web"):
        read_photo("https://shop.example/a.png", predictor, grey_reading([]).encoder)
