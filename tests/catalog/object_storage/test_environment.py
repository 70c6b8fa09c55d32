"""What the environment says holds for photos and for the catalogue alike; what is wrong is said."""

import subprocess
import sys
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.sources import find_photos
from attire.catalog.store import Store
from attire.errors import DataError

WRITERS = Path(__file__).parents[1] / "writers.py"
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@pytest.fixture
def small(storage):
    """A catalogue of one row and a photo, at ``s3://shop/small``."""
    storage.client.put_object(Bucket="shop", Key="small/a.jpg", Body=b"no photo")
    store = Store.create("s3://shop/small/catalog", DIMENSIONS, encoder="made-up 1")
    if not len(store):
        store.add([made_up_row(1)])
    return storage


def look():
    """Count the photos and the rows."""
    photos = [photo for photo in find_photos(["s3://shop/small"]) if photo.uri.endswith("a.jpg")]
    return len(photos), len(Store.open("s3://shop/small/catalog"))


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
def test_an_endpoint_without_tls_needs_nothing_besides(small, monkeypatch, name):
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv(name, small.url)
    assert look() == (1, 1)


def test_credentials_and_region_may_be_those_of_a_profile(small, monkeypatch, tmp_path):
    for name in (*KEYS, "AWS_REGION"):
        monkeypatch.delenv(name)
    (tmp_path / "credentials").write_text("[shop]\naws_access_key_id = key\naws_secret_access_key = secret\n")
    (tmp_path / "config").write_text("[profile shop]\nregion = us-east-1\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_PROFILE", "shop")
    assert look() == (1, 1)


def test_a_public_bucket_is_read_without_credentials(small, monkeypatch):
    for name in KEYS:
        monkeypatch.delenv(name)
    with pytest.raises(DataError, match=r"there are no credentials .*AWS_SKIP_SIGNATURE=true"):
        look()
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    with pytest.raises(DataError, match="the bucket cannot be used: it answers 403 Forbidden"):
        look()
    for found in small.client.list_objects_v2(Bucket="shop", Prefix="small/")["Contents"]:
        small.client.put_object_acl(Bucket="shop", Key=found["Key"], ACL="public-read")
    assert look() == (1, 1)


def test_wrong_credentials_are_said(small):
    small.ask_for_keys(True)
    try:
        with pytest.raises(DataError, match=r"s3://shop/small/catalog: .*Access Key.*\(InvalidAccessKeyId\)"):
            Store.open("s3://shop/small/catalog")
        with pytest.raises(DataError, match=r"s3://shop/small: cannot be listed .*ACCESS_DENIED.*rights"):
            list(find_photos(["s3://shop/small"]))
    finally:
        small.ask_for_keys(False)
    assert look() == (1, 1)


def test_a_bucket_that_is_not_there_is_said(storage):
    with pytest.raises(DataError, match=r"s3://nowhere/catalog: the bucket cannot be used: .*NoSuchBucket"):
        Store.create("s3://nowhere/catalog", DIMENSIONS)
    with pytest.raises(DataError, match=r"s3://nowhere/photos: there is nothing of that name"):
        list(find_photos(["s3://nowhere/photos"]))


def test_an_endpoint_where_nobody_is_is_said(storage, monkeypatch, unused_port):
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused_port}")
    with pytest.raises(DataError, match=rf"nobody answers at http://127.0.0.1:{unused_port}\."):
        Store.exists("s3://shop/catalog")


def test_the_bucket_lets_one_writer_in_of_two(storage):
    """What all commits of Lance rest on; a store that does not know it loses them."""
    what = {"Bucket": "shop", "Key": "once", "IfNoneMatch": "*"}
    storage.client.put_object(Body=b"first", **what)
    with pytest.raises(ClientError, match="PreconditionFailed"):
        storage.client.put_object(Body=b"second", **what)


def test_commits_of_two_programs_at_once_are_both_there(storage):
    path, places = "s3://shop/written", (range(12), range(6, 18))
    programs = [
        subprocess.Popen(
            [sys.executable, WRITERS, "photos", path, str(who), "2", ",".join(map(str, mine))],
            stdout=subprocess.PIPE,
            text=True,
        )
        for who, mine in enumerate(places)
    ]
    acknowledged = [program.communicate(timeout=60)[0].split() for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    assert acknowledged == [[str(place) for place in mine] for mine in places]
    rows = Store.open(path).rows(["garment_id", "photo_id", "score"]).to_pylist()
    assert sorted(row["garment_id"] for row in rows) == sorted(
        f"{place:016x}-{n}" for place in range(18) for n in (0, 1)
    )
    who = {}
    for row in rows:
        who.setdefault(row["photo_id"], set()).add(row["score"])
    assert all(len(scores) == 1 for scores in who.values()), "a photo is of one writer, never of both"
