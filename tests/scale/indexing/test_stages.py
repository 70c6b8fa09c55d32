"""What the machines of a cluster do with photos, one stage after the other, in this process."""

import pickle

import pyarrow as pa
import pytest
from tests.catalog.bucket_server import bucket_server
from tests.catalog.indexing.reading_of_greys import DIMENSIONS, grey_reading, save_grey

from attire.catalog.fragments import FragmentPlace, rows_of
from attire.catalog.indexing import Broken
from attire.catalog.indexing.fetching import digest_of
from attire.catalog.own_columns import Own
from attire.catalog.sources import find_photos
from attire.catalog.store import Store
from attire.errors import ClusterError
from attire.scale.indexing.messages import Errand, Group, Same, pack, packed, unpack
from attire.scale.indexing.stages import Reader, fetch_groups, write_groups

VERSION = "grey\ngrey 1"


@pytest.fixture
def bucket(tmp_path):
    """Two photos, and one that is none, in a bucket."""
    with bucket_server() as server:
        for name, grey in {"a.png": 150, "new/b c.png": 50}.items():
            save_grey(tmp_path / name, grey)
            server.objects[f"shop/photos/{name}"] = (tmp_path / name).read_bytes()
        server.objects["shop/photos/broken.jpg"] = b"no photo"
        yield server


def go_through(errands, place, *, version=VERSION, source="shop"):
    """Send photos through all stages, as blocks go from machine to machine."""
    block = pa.table({name: [value] for name, value in packed(Group(ones=errands)).items()})
    read = Reader(grey_reading, version, source)(fetch_groups(block))
    (written,) = unpack(write_groups(read, place))
    return written


def errands_of(words, *, known=(), digests=None, said=None):
    return [
        Errand(
            photo=photo,
            digest=(digests or {}).get(photo.uri),
            known=photo.uri in known,
            said=(said or {}).get(photo.uri),
        )
        for photo in find_photos(words)
    ]


def test_from_bucket_to_bucket(bucket):
    store = Store.create("s3://shop/catalog", DIMENSIONS, [pa.field("price", pa.float64())], encoder="grey 1")
    place = FragmentPlace.of(store)
    said = {"s3://shop/photos/a.png": Own(values={"price": 9.5}, seen_at=None)}
    errands = errands_of(["s3://shop/photos"], said=said)
    assert pickle.loads(pickle.dumps(errands)) == errands, "they travel"
    written = go_through(errands, place)
    assert [one.uri for one in written.others] == ["s3://shop/photos/broken.jpg"]
    assert written.others[0].reason.startswith("s3://shop/photos/broken.jpg: is no photo")
    assert [(one.photo.uri, one.garments) for one in written.inside] == [
        ("s3://shop/photos/a.png", 2),
        ("s3://shop/photos/new/b c.png", 1),
    ]
    assert len(store) == 0
    rows = rows_of(place, written.fragments)
    assert [(row["photo_uri"], row["garment"], row["price"]) for row in rows] == [
        ("s3://shop/photos/a.png", 0, 9.5),
        ("s3://shop/photos/a.png", 1, 9.5),
        ("s3://shop/photos/new/b c.png", 0, None),
    ]


def test_a_photo_with_the_bytes_it_had_is_not_read_and_known_ones_keep_their_rows_beside(tmp_path):
    for name, grey in {"a.png": 150, "b.png": 50, "c.png": 0}.items():
        save_grey(tmp_path / "shop" / name, grey)
    place = FragmentPlace.of(Store.create(tmp_path / "catalog", DIMENSIONS, encoder="grey 1"))
    a, b, c, gone = (str(tmp_path / "shop" / name) for name in ("a.png", "b.png", "c.png", "gone.png"))
    digests = {a: digest_of((tmp_path / "shop" / "a.png").read_bytes()), b: "other"}
    errands = errands_of([a, b, c], known=(a, b), digests=digests)
    errands.append(Errand(photo=type(errands[0].photo)(gone), digest=None, known=False, said=None))
    written = go_through(errands, place)
    same, broken = written.others
    assert same == Same(errands[0].photo, digests[a])
    assert isinstance(broken, Broken)
    assert "cannot be read" in broken.reason
    assert [(one.photo.uri, len(one.rows)) for one in written.beside] == [(b, 1)]
    assert [(one.photo.uri, one.garments, one.rows) for one in written.inside] == [(c, 0, ())]
    assert list(written.fragments) == [], "nothing was found in what is new"
    assert written.beside[0].rows[0]["garment_id"] == f"{errands[1].photo.photo_id}-0"
    assert (tmp_path / "shop" / "b.png").exists()


def test_a_machine_that_reads_otherwise_is_refused():
    with pytest.raises(ClusterError, match=r"by grey, grey 1, not by box, grey 1\. Install the same version"):
        Reader(grey_reading, "box\ngrey 1", None)


def test_blocks_hold_any_number_of_groups():
    groups = [Group(ones=[]), Group(ones=[Broken("a", "b")])]
    assert [list(group.ones) for group in unpack(pack(groups))] == [[], [Broken("a", "b")]]
