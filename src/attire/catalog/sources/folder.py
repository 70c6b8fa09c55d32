"""Photos on this machine: a file, a folder with all that is below it, a pattern."""

import os
from collections.abc import Iterator
from glob import iglob
from pathlib import Path

from attire.catalog.sources.photo import Photo
from attire.photos import PHOTO_SUFFIXES

__all__ = ["absolute", "is_photo_name", "photo_at", "photos_below", "photos_like"]


def absolute(path: str) -> str:
    """Give a path from the root, without dots in it; a symbolic link keeps its own name.

    Example:
        >>> absolute("/photos/../shop/a.jpg")
        '/shop/a.jpg'
    """
    return os.path.abspath(path)  # noqa: PTH100 (Path.absolute keeps the dots)


def is_photo_name(name: str) -> bool:
    """Whether a file is taken for a photo by its name; hidden ones are not.

    Example:
        >>> is_photo_name("a.JPG"), is_photo_name(".a.jpg"), is_photo_name("a.csv")
        (True, False, False)
    """
    return not name.startswith(".") and Path(name).suffix.lower() in PHOTO_SUFFIXES


def photo_at(path: str) -> Photo:
    """Take a file for a photo, whatever its name; it need not be there."""
    uri = absolute(path)
    try:
        found = Path(uri).stat()
    except OSError:
        return Photo(uri)
    return Photo(uri, found.st_size, found.st_mtime_ns)


def photos_below(folder: str) -> Iterator[Photo]:
    """Give the photos in a folder and in all folders below it, by name; hidden ones are left out.

    Only one folder's names are held at a time, and those of the folders above it.
    """
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from photos_below(entry.path)
        elif is_photo_name(entry.name) and entry.is_file():
            stat = entry.stat()
            yield Photo(entry.path, stat.st_size, stat.st_mtime_ns)


def photos_like(pattern: str) -> Iterator[Photo]:
    """Give the photos whose path matches a pattern with ``*``, ``?``, ``[…]`` and ``**``, by path."""
    for path in sorted(iglob(pattern, recursive=True)):  # noqa: PTH207 (Path.glob wants the fixed part apart)
        if is_photo_name(Path(path).name) and Path(path).is_file():
            yield photo_at(path)
