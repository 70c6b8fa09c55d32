"""Photos' bytes, fetched ahead in threads: a digest of each, and a file to decode."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TypeVar

from attire.catalog.indexing.outcome import Broken
from attire.catalog.indexing.taken import taken_at
from attire.catalog.sources import Photo

__all__ = ["Fetched", "PhotoBytes", "digest_of", "fetch", "fetch_bytes", "in_order"]

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A photo whose bytes are here."""

    photo: Photo
    digest: str
    """See :func:`digest_of`."""
    size: int
    """In bytes."""
    taken: datetime | None
    """When it was taken, UTC, if the file says so."""
    file: Path
    """Where the bytes are."""
    copied: bool
    """Whether that is a copy, which nobody needs once it is read."""

    def release(self) -> None:
        """Delete the copy of a photo from elsewhere; a photo on this machine stays."""
        if self.copied:
            self.file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class PhotoBytes:
    """A photo's bytes in memory."""

    photo: Photo
    digest: str
    """See :func:`digest_of`."""
    taken: datetime | None
    """When it was taken, UTC, if the file says so."""
    data: bytes

    def in_file(self, spool: Path) -> Fetched:
        """Lay them down in a folder for copies."""
        file = spool / f"{self.photo.photo_id}{PurePosixPath(self.photo.uri).suffix}"
        file.write_bytes(self.data)
        return Fetched(self.photo, self.digest, len(self.data), self.taken, file, copied=True)


def digest_of(data: bytes) -> str:
    """Tell files apart by their bytes.

    Returns:
        BLAKE2b, 32 hexadecimal digits.

    Example:
        >>> digest_of(b"")
        'cae66941d9efbd404e4d88758ea67670'
    """
    return blake2b(data, digest_size=16).hexdigest()


def fetch_bytes(photo: Photo) -> PhotoBytes | Broken:
    """Read a photo's bytes, and what they say of it."""
    try:
        data = photo.read()
    except OSError as error:
        return Broken(photo.uri, f"{photo.uri}: cannot be read ({error}). Check the name and your rights.")
    return PhotoBytes(photo, digest_of(data), taken_at(data), data)


def fetch(photo: Photo, spool: Path) -> Fetched | Broken:
    """Read a photo's bytes, and lay down those of a bucket in a file.

    Args:
        photo: What to read.
        spool: Folder for copies of photos from buckets.
    """
    got = fetch_bytes(photo)
    if isinstance(got, Broken):
        return got
    if photo.path is None:
        return got.in_file(spool)
    return Fetched(photo, got.digest, len(got.data), got.taken, photo.path, copied=False)


def in_order(
    act: Callable[[Item], Result], items: Iterable[Item], *, threads: int, ahead: int
) -> Iterator[Result]:
    """Do something to items in threads, and give the results in their order.

    Args:
        act: What is done.
        items: Taken by the caller's thread, a few ahead.
        threads: How many are done at once.
        ahead: How many may be done before they are asked for.

    Example:
        >>> list(in_order(abs, [-1, 2, -3], threads=2, ahead=2))
        [1, 2, 3]
    """
    source = iter(items)
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="attire-fetch") as pool:
        try:
            waiting.extend(pool.submit(act, item) for item in islice(source, ahead))
            while waiting:
                ready = waiting.popleft().result()
                with suppress(StopIteration):
                    waiting.append(pool.submit(act, next(source)))
                yield ready
        finally:
            for future in waiting:
                future.cancel()
