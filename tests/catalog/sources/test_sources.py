import subprocess
import sys

import pyarrow as pa
import pytest
from pyarrow import fs, parquet

from attire.catalog.sources import find_photos, photo_id_of
from attire.catalog.sources.bucket import photos_at, photos_under
from attire.errors import DataError


@pytest.fixture
def shop(tmp_path):
    for name in ("b.jpg", "a.JPG", "new/c.png", "new/deep/d.webp", ".hidden.jpg", ".git/e.jpg", "notes.txt"):
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path / "shop"


def names(photos):
    return [photo.uri.rsplit("/shop/", 1)[-1] for photo in photos]


def test_a_folder_is_everything_below_it_by_name(shop):
    listing = find_photos([str(shop)])
    assert names(listing) == ["a.JPG", "b.jpg", "new/c.png", "new/deep/d.webp"]
    assert names(listing) == names(listing), "it can be walked through again"
    assert listing.folders == (f"{shop}/",)
    first = next(iter(listing))
    assert (first.uri, first.size, first.read()) == (str(shop / "a.JPG"), 5, b"a.JPG")
    assert first.written == (shop / "a.JPG").stat().st_mtime_ns
    assert first.photo_id == photo_id_of(str(shop / "a.JPG"))


def test_words_are_walked_in_order_and_each_photo_comes_once(shop, monkeypatch):
    monkeypatch.chdir(shop)
    words = ["new/deep/d.webp", "n*/*.png", "**/*.jpg", "../shop", f"file://{shop}/b.jpg"]
    assert names(find_photos(words)) == ["new/deep/d.webp", "new/c.png", "b.jpg", "a.JPG"]


def test_lists_name_photos_in_a_column_that_is_recognised(shop):
    (shop / "list.csv").write_text('id,Photo\n1,b.jpg\n2,"new/c.png"\n3,\n4,gone.jpg\n')
    found = list(find_photos([str(shop / "list.csv")]))
    assert names(found) == ["b.jpg", "new/c.png", "gone.jpg"]
    assert [photo.size for photo in found] == [5, 9, None]
    table = pa.table({"path": [str(shop / "a.JPG")], "url": ["not taken"]})
    parquet.write_table(table, shop / "list.parquet")
    assert names(find_photos([str(shop / "list.parquet")])) == ["a.JPG"]
    (shop / "odd.csv").write_text("id,colour\n1,red\n")
    with pytest.raises(DataError, match=r"called photo_uri, uri, .* or url; found id, colour"):
        list(find_photos([str(shop / "odd.csv")]))
    (shop / "broken.parquet").write_text("no parquet")
    with pytest.raises(DataError, match="cannot be read as a list"):
        list(find_photos([str(shop / "broken.parquet")]))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("https://shop.example/a.jpg", "not fetched from the web. Download them"),
        ("ftp2://shop/a.jpg", r"cannot be opened .* Is it s3://"),
        ("no-such-folder", "no such photo, folder or list"),
    ],
)
def test_what_leads_nowhere_is_said_before_work_begins(word, said):
    with pytest.raises(DataError, match=said):
        find_photos([word])


@pytest.fixture
def bucket(shop):
    """A file system whose keys begin with a bucket's name, as those of S3 do."""
    return fs.SubTreeFileSystem(str(shop.parent), fs.LocalFileSystem())


def test_a_bucket_is_listed_as_a_folder_is(bucket):
    found = list(photos_under("s3://shop/", (bucket, "shop")))
    assert [photo.uri for photo in found] == [
        "s3://shop/a.JPG",
        "s3://shop/b.jpg",
        "s3://shop/new/c.png",
        "s3://shop/new/deep/d.webp",
    ]
    assert found[2].read() == b"new/c.png"
    assert found[2].path is None
    assert found[2].size == 9
    (one,) = photos_under("s3://shop/b.jpg", (bucket, "shop/b.jpg"))
    assert (one.uri, one.read()) == ("s3://shop/b.jpg", b"b.jpg")
    with pytest.raises(DataError, match="nothing of that name"):
        list(photos_under("s3://shop/none", (bucket, "shop/none")))


def test_a_list_of_uris_asks_for_sizes_in_few_goes(bucket):
    uris = ["s3://shop/b.jpg", "s3://shop/gone.jpg", "s3://shop/new/c.png"]
    found = list(photos_at(uris, (bucket, "shop/b.jpg")))
    assert [(photo.uri, photo.size) for photo in found] == [(uris[0], 5), (uris[1], None), (uris[2], 9)]
    with pytest.raises(OSError, match=r"gone\.jpg"):
        found[1].read()


def test_a_hundred_thousand_photos_are_listed_in_little_memory(tmp_path):
    """Of many entries, only those of one folder are held; the numbers of photos seen take 100 bytes each."""
    script = (
        "import tracemalloc; from attire.catalog.sources import Photo, listing\n"
        "listing._photos = lambda word: (Photo(f'/shop/{n // 1000}/{n}.jpg', 1, 1) for n in range(100_000))\n"
        f"found = listing.find_photos([{str(tmp_path)!r}]); tracemalloc.start()\n"
        "assert sum(1 for _ in found) == 100_000; print(tracemalloc.get_traced_memory()[1])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20e6
