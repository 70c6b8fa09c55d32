"""What the cluster has written is committed once, whatever else is in the table by then."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from tests.catalog.indexing.reading_of_greys import DIMENSIONS, GreyEncoder, rows_of

from attire.catalog.fragments import write_fragments
from attire.catalog.indexing import Manifest
from attire.catalog.indexing.shard import Shard, named_rows
from attire.catalog.sources import Photo
from attire.catalog.store import Store
from attire.scale.indexing.messages import ReadPhoto, Written
from attire.scale.indexing.shards import LONGEST_S, Shards
from attire.scale.indexing.spent import Spent

VERSION = "grey\ngrey 1"


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "catalog", DIMENSIONS, encoder="grey 1")


@pytest.fixture
def manifest(store):
    with Manifest(None) as manifest:
        manifest.follow(store)
        yield manifest


def rows(photo: Photo, garments: int, **changes):
    made = rows_of(
        [100.0] * garments,
        GreyEncoder(),
        own={},
        photo_uri=photo.uri,
        photo_digest="",
        source="",
        seen_at=None,
        model="grey",
        indexed_at=datetime.now(UTC),
        **changes,
    )
    return named_rows(photo, "d" * 32, made)


def written(shards: Shards, garments: dict[str, int], known: tuple[str, ...] = ()) -> Written:
    """What the cluster says of photos, by name, that it has written."""
    photos = {name: Photo(f"/{name}.png", 1, 1) for name in garments}
    read = {
        name: ReadPhoto(
            photo=photo,
            digest="d" * 32,
            size=1,
            known=name in known,
            garments=garments[name],
            rows=rows(photo, garments[name]) if name in known else (),
        )
        for name, photo in photos.items()
    }
    inside = [
        row for name, photo in photos.items() if name not in known for row in rows(photo, garments[name])
    ]
    return Written(
        fragments=write_fragments(shards.place, inside) if inside else [],
        inside=[one for one in read.values() if not one.known],
        beside=[one for one in read.values() if one.known],
        others=[],
        spent=Spent(),
    )


def held(store: Store) -> dict[str, int]:
    """Garments of each photo, having made sure that none is there twice."""
    found = store.rows(["garment_id", "photo_uri"]).to_pylist()
    assert len({row["garment_id"] for row in found}) == len(found)
    return dict(Counter(row["photo_uri"][1:-4] for row in found))


def test_several_files_become_one_version_and_only_then_photos_are_known(store, manifest):
    shards = Shards(store, manifest, VERSION)
    version = store.table.version
    for some in ({"a": 2, "none": 0}, {"b": 1}):
        fresh, committed = shards.take(written(shards, some))
        assert (len(fresh), committed) == (len(some), 0)
    assert (len(store), manifest.has(Photo("/a.png"))) == (0, False)
    assert shards.write() == 3
    assert store.table.version == version + 1
    assert held(store) == {"a": 2, "b": 1}
    assert all(manifest.unchanged(Photo(f"/{name}.png", 1, 1), VERSION) for name in ("a", "b", "none"))
    assert shards.write() == 0


def test_it_commits_after_half_a_minute(store, manifest):
    now = [0.0]
    shards = Shards(store, manifest, VERSION, clock=lambda: now[0])
    shards.take(written(shards, {"a": 1}))
    now[0] = LONGEST_S
    assert shards.take(written(shards, {"b": 1}))[1] == 2


def test_a_photo_that_comes_again_is_left_out_with_its_rows(store, manifest):
    shards = Shards(store, manifest, VERSION)
    shards.take(written(shards, {"a": 2, "b": 1}))
    fresh, _ = shards.take(written(shards, {"b": 1, "c": 3}))
    assert [one.photo.uri for one in fresh] == ["/c.png"]
    assert shards.take(written(shards, {"a": 2}))[0] == []
    assert shards.write() == 6
    assert held(store) == {"a": 2, "b": 1, "c": 3}


def test_what_another_program_wrote_meanwhile_is_replaced(store, manifest):
    shards = Shards(store, manifest, VERSION)
    shards.take(written(shards, {"a": 2, "b": 1}))
    shards.take(written(shards, {"c": 1}))
    with Manifest(None) as others:
        other = Shard(store, others, VERSION)
        other.add(Photo("/b.png", 1, 1), "d" * 32, rows(Photo("/b.png"), 3))
        other.write()
    assert held(store) == {"b": 3}
    assert shards.write() == 4
    assert held(store) == {"a": 2, "b": 1, "c": 1}


def test_rows_of_changed_photos_take_the_place_of_the_old_ones(store, manifest):
    shards = Shards(store, manifest, VERSION)
    shards.take(written(shards, {"a": 3, "b": 1}))
    shards.write()
    shards.begin()
    shards.take(written(shards, {"a": 1, "c": 1}, known=("a",)))
    assert shards.write() == 2
    assert held(store) == {"a": 1, "b": 1, "c": 1}


def test_killed_before_it_remembers_the_next_run_learns_it_from_the_table(store, manifest, monkeypatch):
    shards = Shards(store, manifest, VERSION)
    shards.take(written(shards, {"a": 2}))

    def killed(*_):
        raise SystemExit

    monkeypatch.setattr(manifest, "note", killed)
    with pytest.raises(SystemExit):
        shards.write()
    manifest.follow(store)
    assert manifest.digest_of(Photo("/a.png"), VERSION) == "d" * 32
    assert manifest.digest_of(Photo("/a.png"), "other") is None
    assert held(store) == {"a": 2}
