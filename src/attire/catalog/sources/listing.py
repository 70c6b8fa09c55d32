"""What the words of a command line mean: each leads to photos of its own kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from glob import has_magic
from pathlib import Path

from attire.catalog.connection import is_remote
from attire.catalog.sources.bucket import open_bucket, photos_under
from attire.catalog.sources.folder import absolute, photo_at, photos_below, photos_like
from attire.catalog.sources.photo import Photo
from attire.catalog.sources.uri_list import is_list, photos_in_list
from attire.errors import DataError

__all__ = ["Listing", "find_photos"]

_FILE = "file://"


@dataclass(frozen=True)
class Listing:
    """Photos of a command line; walked through as often as is needed, and listed anew each time."""

    words: tuple[str, ...]
    folders: tuple[str, ...] = field(default=())
    """What lies below them is known to be all there is: paths and URIs that end in a slash."""

    def __iter__(self) -> Iterator[Photo]:
        """Give each photo once, word by word."""
        seen: set[int] = set()
        for word in self.words:
            for photo in _photos(word):
                number = int(photo.photo_id, 16)
                if number not in seen:
                    seen.add(number)
                    yield photo

    @property
    def quick(self) -> bool:
        """Whether counting costs little: listing a bucket does not."""
        return not any(is_remote(word) for word in self.words)


def find_photos(words: Sequence[str]) -> Listing:
    """Say where the photos of a command line are; they are listed when they are asked for.

    Args:
        words: Folders, with all folders below; photos; patterns such as ``shop/**/*.jpg``; CSV and Parquet
            files with a column of paths or URIs; ``s3://bucket/prefix``.

    Raises:
        DataError: If a word leads nowhere, or to the web.
    """
    folders = []
    for word in words:
        if is_remote(word):
            open_bucket(word)
            folders.append(word.rstrip("/") + "/")
        elif (local := Path(word.removeprefix(_FILE))).is_dir():
            folders.append(absolute(str(local)).rstrip("/") + "/")
        elif not local.exists() and not has_magic(word):
            raise DataError(f"{word}: no such photo, folder or list. Check the name.")
    return Listing(tuple(words), tuple(folders))


def _photos(word: str) -> Iterator[Photo]:
    if is_remote(word):
        return photos_under(word)
    word = word.removeprefix(_FILE)
    if Path(word).is_dir():
        return photos_below(absolute(word))
    if Path(word).is_file():
        return photos_in_list(word) if is_list(word) else iter([photo_at(word)])
    return photos_like(word)
