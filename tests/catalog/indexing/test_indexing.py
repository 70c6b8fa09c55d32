import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from PIL import Image
from pyarrow import fs
from tests.catalog.indexing.reading_of_greys import DIMENSIONS, grey_reading, save_grey

from attire.catalog.indexing import Manifest, index_photos, manifest_path
from attire.catalog.own_columns import read_own_columns
from attire.catalog.sources import Listing, find_photos, listing
from attire.catalog.sources.bucket import photos_under
from attire.catalog.store import Store

PROGRAM = Path(__file__).with_name("reading_of_greys.py")
EXIF_TIME, EXIF_OFFSET, EXIF = 0x9003, 0x9011, 0x8769


@pytest.fixture
def shop(tmp_path):
    """Four photos: two garments in a, one in b, none in black, three in new/d; and one that is none."""
    for name, grey in {"a.png": 150, "b.png": 50, "black.png": 0, "new/d.png": 250}.items():
        save_grey(tmp_path / "shop" / name, grey)
    (tmp_path / "shop" / "broken.jpg").write_text("no photo")
    return tmp_path / "shop"


@pytest.fixture
def run(shop, tmp_path):
    """Index the shop; gives the outcome and the names of what was read."""

    def go(words=None, *, meta=None, model="grey", photos=None, **how):
        read = []
        reading = grey_reading(read, model=model)
        own = None if meta is None else read_own_columns(meta)
        store = Store.create(
            tmp_path / "catalog", DIMENSIONS, () if own is None else own.fields, encoder="grey 1"
        )
        listed = photos or find_photos([str(shop)] if words is None else words)
        with Manifest(manifest_path(tmp_path / "catalog")) as manifest:
            outcome = index_photos(listed, store, manifest, reading, own=own, **how)
        return outcome, read

    return go


def garments(tmp_path, *columns):
    rows = Store.open(tmp_path / "catalog").rows().to_pylist()
    rows.sort(key=lambda row: (row["photo_uri"], row["garment"]))
    return [tuple(row[name] for name in columns) for row in rows]


def test_photos_become_rows_and_a_broken_one_is_listed(run, shop, tmp_path):
    outcome, read = run(source="shop")
    assert read == ["a.png", "b.png", "black.png", "d.png"]
    assert (outcome.photos, outcome.read, outcome.rows, outcome.empty, outcome.known) == (5, 4, 6, 1, 0)
    (broken,) = outcome.broken
    assert broken.uri == str(shop / "broken.jpg")
    assert "no photo that Pillow can read" in broken.reason
    found = garments(tmp_path, "photo_uri", "garment", "source", "model")
    assert [row[:2] for row in found] == [
        (str(shop / "a.png"), 0),
        (str(shop / "a.png"), 1),
        (str(shop / "b.png"), 0),
        *((str(shop / "new/d.png"), n) for n in range(3)),
    ]
    assert {row[2:] for row in found} == {("shop", "grey")}


def test_the_same_photos_again_change_nothing(run, tmp_path):
    run()
    version = Store.open(tmp_path / "catalog").table.version
    outcome, read = run()
    assert read == []
    assert (outcome.known, outcome.rows, len(outcome.broken)) == (4, 0, 1)
    assert Store.open(tmp_path / "catalog").table.version == version


def test_a_touched_photo_is_not_read_and_a_changed_one_takes_its_place(run, shop, tmp_path):
    run(source="shop")
    os.utime(shop / "b.png", ns=(1, 1))
    save_grey(shop / "a.png", 50)
    outcome, read = run()
    assert read == ["a.png"]
    assert (outcome.known, outcome.read, outcome.rows) == (3, 1, 1)
    with Manifest(manifest_path(tmp_path / "catalog")) as manifest:
        (touched,) = (one for one in find_photos([str(shop)]) if one.uri.endswith("b.png"))
        assert manifest.unchanged(touched, grey_reading().version), "its new time is known now"
    assert garments(tmp_path, "photo_uri", "source")[0] == (str(shop / "a.png"), "shop")
    assert len(garments(tmp_path, "photo_uri")) == 5
    save_grey(shop / "a.png", 0)
    run()
    assert len(garments(tmp_path, "photo_uri")) == 4, "nothing is in it now"


def test_another_model_reads_anew_and_so_does_anew(run, tmp_path):
    run()
    assert run(model="other")[1] == ["a.png", "b.png", "black.png", "d.png"]
    assert run(model="other")[1] == []
    assert run(model="other", anew=True)[1] == ["a.png", "b.png", "black.png", "d.png"]
    assert garments(tmp_path, "model") == [("other",)] * 6


def test_without_its_manifest_a_catalogue_still_knows_its_photos(run, tmp_path):
    run()
    (tmp_path / "catalog" / "photos.sqlite").unlink()
    outcome, read = run()
    assert read == ["black.png"], "only what has no rows has to be read again"
    assert outcome.known == 3


def test_a_manifest_of_another_table_is_not_believed(run, tmp_path):
    run()
    shutil.rmtree(tmp_path / "catalog" / "garments.lance")
    assert len(run()[1]) == 4


def test_rows_that_another_removed_are_read_again(run, shop, tmp_path):
    run()
    store = Store.open(tmp_path / "catalog")
    store.remove({row["photo_id"] for row in store.rows().to_pylist() if row["photo_uri"].endswith("b.png")})
    assert run()[1] == ["b.png"]


def test_photos_that_are_gone_are_removed_if_asked_and_only_below_what_was_listed(run, shop, tmp_path):
    save_grey(tmp_path / "other" / "o.png", 50)
    run()
    run([str(tmp_path / "other")])
    (shop / "a.png").unlink()
    assert run()[0].pruned == 0
    assert run(prune=True)[0].pruned == 1
    left = {uri for (uri,) in garments(tmp_path, "photo_uri")}
    assert left == {str(shop / "b.png"), str(shop / "new/d.png"), str(tmp_path / "other/o.png")}
    shutil.rmtree(shop)
    shop.mkdir()
    assert run(prune=True)[0].pruned == 0, "an empty folder is a disk that is not there"


def test_own_columns_come_with_their_photos_and_are_refreshed(run, shop, tmp_path):
    meta = tmp_path / "meta.csv"
    meta.write_text("photo,price,date\na.png,10.5,2026-02-01\nnew/d,20,\ngone.png,1,\n")
    outcome, _ = run(meta=meta)
    assert outcome.without_own == 3
    assert garments(tmp_path, "price", "seen_at") == [
        *[(10.5, datetime(2026, 2, 1))] * 2,
        (None, None),
        *[(20.0, None)] * 3,
    ]
    meta.write_text("photo,price,stock\na.png,9.5,3\n")
    outcome, read = run(meta=meta, source="sale")
    assert read == []
    assert outcome.refreshed == 6, "all of them come from the sale now"
    assert garments(tmp_path, "price", "stock", "seen_at", "source")[1:3] == [
        (9.5, 3, datetime(2026, 2, 1), "sale"),
        (None, None, None, "sale"),
    ]
    assert run(meta=meta)[0].refreshed == 0
    save_grey(shop / "a.png", 60)
    run()
    assert garments(tmp_path, "price", "source")[0] == (9.5, "sale"), "a changed photo keeps what was said"


def test_the_camera_says_when(run, shop, tmp_path):
    exif = Image.Exif()
    exif.get_ifd(EXIF)[EXIF_TIME] = "2026:03:01 12:00:00"
    exif.get_ifd(EXIF)[EXIF_OFFSET] = "+02:00"
    Image.new("L", (8, 8), 50).save(shop / "timed.jpg", exif=exif)
    run([str(shop / "timed.jpg")])
    assert garments(tmp_path, "seen_at") == [(datetime(2026, 3, 1, 10),)]


def test_a_bucket_is_read_through_copies_that_do_not_stay(run, shop, tmp_path, monkeypatch):
    bucket = fs.SubTreeFileSystem(str(tmp_path), fs.LocalFileSystem())
    monkeypatch.setattr(listing, "_photos", lambda word: photos_under(word, (bucket, "shop")))
    photos = Listing(("s3://shop",), ("s3://shop/",))
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    outcome, read = run(photos=photos)
    assert read == ["a.png", "b.png", "black.png", "d.png"]
    assert outcome.broken[0].reason.startswith("s3://shop/broken.jpg: is no photo")
    assert garments(tmp_path, "photo_uri")[0] == ("s3://shop/a.png",)
    assert run(photos=photos)[1] == []
    assert list(spool.iterdir()) == []


def test_interrupted_it_keeps_what_is_read(run, tmp_path, monkeypatch):
    def stop(outcome):
        if outcome.read == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(said=stop)
    assert len(garments(tmp_path, "photo_uri")) == 3
    assert run()[1] == ["black.png", "d.png"]


def test_types_that_do_not_fit_are_said_before_anything_is_read(run, tmp_path):
    Store.create(tmp_path / "catalog", DIMENSIONS, [pa.field("price", pa.int64())], encoder="grey 1")
    (tmp_path / "meta.csv").write_text("photo,price\na.png,cheap\n")
    with pytest.raises(Exception, match="'price' holds int64 in the catalogue, string in"):
        run(meta=tmp_path / "meta.csv")
    assert len(Store.open(tmp_path / "catalog")) == 0


def test_times_in_rows_are_utc(run, tmp_path):
    run()
    (when,) = {row[0] for row in garments(tmp_path, "indexed_at")[:1]}
    assert abs((datetime.now(UTC).replace(tzinfo=None) - when).total_seconds()) < 60


def start(shop, catalog):
    """Index in a program of its own, which writes every fifth of a second."""
    words = [sys.executable, str(PROGRAM), str(shop), str(catalog)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def many(tmp_path):
    for n in range(60):
        save_grey(tmp_path / "many" / f"{n:02}.png", 150)
    return tmp_path / "many"


def test_killed_it_loses_only_what_was_in_hand(run, many, tmp_path):
    program = start(many, tmp_path / "catalog")
    for line in program.stdout:
        if int(line) >= 20:
            break
    program.kill()
    program.communicate()
    written = {uri for (uri,) in garments(tmp_path, "photo_uri")}
    assert int(line) / 2 <= len(written) < 60
    rows = garments(tmp_path, "photo_uri", "garment")
    assert len(rows) == 2 * len(written), "no photo is there in part"
    outcome, read = run([str(many)])
    assert len(read) == 60 - len(written)
    assert len(set(garments(tmp_path, "photo_uri", "garment"))) == len(garments(tmp_path, "garment")) == 120
    assert outcome.known == len(written)


def test_two_at_once_both_succeed(many, shop, tmp_path):
    (shop / "broken.jpg").unlink()
    programs = [start(folder, tmp_path / "catalog") for folder in (many, shop, many)]
    for program in programs:
        program.communicate(timeout=120)
    assert [program.returncode for program in programs] == [0, 0, 0]
    found = garments(tmp_path, "photo_uri", "garment")
    assert len(found) == len(set(found)) == 120 + 6


def test_ten_thousand_known_photos_take_seconds(tmp_path):
    folder = tmp_path / "large"
    save_grey(folder / "0.png", 0)
    for n in range(1, 10_000):
        os.link(folder / "0.png", folder / f"{n}.png")
    store = Store.create(tmp_path / "catalog", DIMENSIONS, encoder="grey 1")
    reading, listed = grey_reading(), find_photos([str(folder)])
    with Manifest(manifest_path(tmp_path / "catalog")) as manifest:
        manifest.follow(store)
        manifest.note(((photo, "0" * 32, 0) for photo in listed), reading.version)
        begun = time.monotonic()
        outcome = index_photos(listed, store, manifest, reading)
    assert outcome.known == 10_000
    assert time.monotonic() - begun < 10
