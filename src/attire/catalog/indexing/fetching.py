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

__all__ = ["Fetched", "digest_of", "fetch", "in_order"]

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

    def release(self) -> None:
        """Delete the copy of a photo from a bucket; a photo on this machine stays."""
        if self.photo.path is None:
            self.file.unlink(missing_ok=True)


def digest_of(data: bytes) -> str:
    """Tell files apart by their bytes.

    Returns:
        BLAKE2b, 32 hexadecimal digits.

    Example:
        >>> digest_of(b"")
        'cae66941d9efbd404e4d88758ea67670'
    """
    return blake2b(data, digest_size=16).hexdigest()


def fetch(photo: Photo, spool: Path) -> Fetched | Broken:
    """Read a photo's bytes, and lay down those of a bucket in a file.

    Args:
        photo: What to read.
        spool: Folder for copies of photos from buckets.
    """
    try:
        data = photo.read()
    except OSError as error:
        return Broken(photo.uri, f"{photo.uri}: cannot be read ({error}). Check the name and your rights.")
    file = photo.path
    if file is None:
        file = spool / f"{photo.photo_id}{PurePosixPath(photo.uri).suffix}"
        file.write_bytes(data)
    return Fetched(photo, digest_of(data), len(data), taken_at(data), file)


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
