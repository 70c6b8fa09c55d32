"""Which photos a catalogue has, as they were when they were read: what makes a second run quick.

An SQLite file. It can be deleted at any time: what it knows of photos with garments is in the table, too.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path

from attire.catalog.connection import local_folder
from attire.catalog.fragments import drop_repeated
from attire.catalog.sources import Photo
from attire.catalog.store import Store

__all__ = ["Manifest", "manifest_path"]

_NAME = "photos.sqlite"
_CACHE = "ATTIRE_CACHE"
_WAIT_S = 60.0
_AT_ONCE = 1000
"""Files with a new time that are noted together: each commit waits for the disk."""
_COLUMNS = ("photo_id", "photo_uri", "photo_digest", "model", "encoder", "garment")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS photos (
    id INTEGER PRIMARY KEY, uri TEXT NOT NULL, digest TEXT NOT NULL, version TEXT NOT NULL,
    garments INTEGER NOT NULL, size INTEGER, written INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_NOTE = """
INSERT INTO photos VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET uri = excluded.uri,
digest = excluded.digest, version = excluded.version, garments = excluded.garments, size = excluded.size,
written = excluded.written
"""
_THERE = """
INSERT INTO there VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET times = times + excluded.times
"""
_LEARN = """
INSERT INTO photos SELECT id, uri, digest, version, 1, NULL, NULL FROM there WHERE true
ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, version = excluded.version, garments = 1,
size = iif(digest = excluded.digest, size, NULL), written = iif(digest = excluded.digest, written, NULL)
WHERE digest != excluded.digest OR version != excluded.version OR garments = 0
"""


def manifest_path(catalog: Path | str) -> Path | None:
    """Say where the manifest is: in the catalogue's folder, or for a bucket in the user's cache folder.

    Args:
        catalog: Folder or URI.

    Returns:
        None where ``ATTIRE_CACHE`` is set to nothing, so that none is kept.
    """
    folder = local_folder(catalog)
    if folder is not None:
        return folder / _NAME
    wish = os.environ.get(_CACHE)
    if wish == "":
        return None
    cache = user_cache_path("attire") if wish is None else Path(wish)
    return cache / "catalogs" / blake2b(str(catalog).rstrip("/").encode(), digest_size=8).hexdigest() / _NAME


class Manifest:
    """Open for as long as a run takes; several runs may have it open."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or make it; None for one that is forgotten."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(":memory:" if path is None else path, timeout=_WAIT_S)
        self._touched: list[tuple[int | None, int | None, int, str]] = []
        self._database.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._note_times()
        self._database.close()

    def follow(self, store: Store) -> None:
        """Take over what the table knows: photos that others wrote to it, or removed.

        Garments that are there twice, because a run on a cluster was killed at the worst moment, go.
        """
        said = self._database.execute("SELECT value FROM about WHERE name = 'table'").fetchone()
        table_id = store.identity.table_id
        with self._database:
            if said is None or said[0] != table_id:
                self._database.execute("DELETE FROM photos")
                self._database.execute("INSERT OR REPLACE INTO about VALUES ('table', ?)", (table_id,))
            self._database.execute(
                "CREATE TEMP TABLE there "
                "(id INTEGER PRIMARY KEY, uri TEXT, digest TEXT, version TEXT, times INTEGER)"
            )
            for batch in store.batches(_COLUMNS):
                photos, *rest = (batch.column(name).to_pylist() for name in _COLUMNS)
                self._database.executemany(
                    _THERE,
                    (
                        (_number(photo), uri, digest, f"{model}\n{encoder}", garment == 0)
                        for photo, uri, digest, model, encoder, garment in zip(photos, *rest, strict=True)
                    ),
                )
            self._database.execute(
                "DELETE FROM photos WHERE garments > 0 AND id NOT IN (SELECT id FROM there)"
            )
            self._database.execute(_LEARN)
            twice = self._database.execute("SELECT id FROM there WHERE times > 1").fetchall()
            self._database.execute("DROP TABLE there")
        if twice:
            drop_repeated(store, [_name(number) for (number,) in twice])
            self.follow(store)

    def unchanged(self, photo: Photo, version: str) -> bool:
        """Whether a photo was read this way and its file has the size and time it had; nothing is opened."""
        if photo.size is None:
            return False
        found = self._database.execute(
            "SELECT 1 FROM photos WHERE id = ? AND version = ? AND size = ? AND written = ?",
            (_number(photo.photo_id), version, photo.size, photo.written),
        ).fetchone()
        return found is not None

    def same(self, photo: Photo, digest: str, version: str) -> bool:
        """Whether a photo was read this way and its file has the bytes it had; its new time is kept."""
        found = self._database.execute(
            "SELECT 1 FROM photos WHERE id = ? AND digest = ? AND version = ?",
            (_number(photo.photo_id), digest, version),
        ).fetchone()
        if found is None:
            return False
        self._touched.append((photo.size, photo.written, _number(photo.photo_id), digest))
        if len(self._touched) >= _AT_ONCE:
            self._note_times()
        return True

    def _note_times(self) -> None:
        with self._database:
            self._database.executemany(
                "UPDATE photos SET size = ?, written = ? WHERE id = ? AND digest = ?", self._touched
            )
        self._touched.clear()

    def digest_of(self, photo: Photo, version: str) -> str | None:
        """Give the digest that a photo's bytes had when it was read this way; None if it was not."""
        found = self._database.execute(
            "SELECT digest FROM photos WHERE id = ? AND version = ?", (_number(photo.photo_id), version)
        ).fetchone()
        return None if found is None else str(found[0])

    def has(self, photo: Photo) -> bool:
        """Whether a photo was read before, whatever its file was then."""
        found = self._database.execute("SELECT 1 FROM photos WHERE id = ?", (_number(photo.photo_id),))
        return found.fetchone() is not None

    def note(self, photos: Iterable[tuple[Photo, str, int]], version: str) -> None:
        """Remember photos that were read, and whose garments are in the table.

        Args:
            photos: Each with the digest of its bytes and how many garments were found.
            version: What read them.
        """
        with self._database:
            self._database.executemany(
                _NOTE,
                (
                    (_number(one.photo_id), one.uri, digest, version, garments, one.size, one.written)
                    for one, digest, garments in photos
                ),
            )

    def below(self, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Give id and URI of the photos that lie below folders, which end in a slash."""
        for folder in folders:
            found = self._database.execute(
                "SELECT id, uri FROM photos WHERE substr(uri, 1, ?) = ?", (len(folder), folder)
            )
            for number, uri in found:
                yield _name(number), uri

    def forget(self, photo_ids: Iterable[str]) -> None:
        """Remove photos."""
        with self._database:
            self._database.executemany(
                "DELETE FROM photos WHERE id = ?", ((_number(one),) for one in photo_ids)
            )


def _number(photo_id: str) -> int:
    """SQLite's integers have a sign.

    Example:
        >>> _name(_number("f" * 16))
        'ffffffffffffffff'
    """
    return int.from_bytes(bytes.fromhex(photo_id), signed=True)


def _name(number: int) -> str:
    return number.to_bytes(8, signed=True).hex()
