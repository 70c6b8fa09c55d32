"""Photos in a bucket, through pyarrow's own file systems: s3://, gs:// and what else it knows."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

from pyarrow import fs

from attire.catalog.sources.folder import is_photo_name
from attire.catalog.sources.photo import Photo
from attire.errors import DataError

__all__ = ["open_bucket", "photos_at", "photos_under"]

_OPTIONS = re.compile(r"\?(?=(region|scheme|endpoint_override|project_id|retry_limit_seconds)=)")
"""Where a URI's options begin; any other question mark belongs to the key."""
_AT_ONCE = 500
"""Files whose size is asked for in one go."""


def open_bucket(uri: str) -> tuple[Any, str]:
    """Find the file system of a URI and what the URI is called in it.

    Credentials, region and endpoint come from the environment, as for the bucket's own tools.

    Args:
        uri: Its key as it is, with spaces and all, nothing in it percent-encoded.

    Raises:
        DataError: If it is a web address, of a kind that pyarrow does not know, or malformed.
    """
    if uri.lower().startswith(("http://", "https://")):
        raise DataError(
            f"{uri}: photos are not fetched from the web. Download them first, and give their folder; a "
            "bucket is given as s3://bucket/prefix or gs://bucket/prefix."
        )
    try:
        files, key = fs.FileSystem.from_uri(_encoded(uri))
    except (ValueError, NotImplementedError, OSError) as error:
        raise DataError(f"{uri}: cannot be opened ({error}). Is it s3://bucket/prefix?") from None
    return files, key


def _encoded(uri: str) -> str:
    """Percent-encode a key, which pyarrow decodes; options behind it, as ``?region=…``, stay."""
    place, mark, options = uri, "", ""
    if found := _OPTIONS.search(uri):
        place, mark, options = uri[: found.start()], "?", uri[found.end() :]
    scheme, colon, rest = place.partition("://")
    return f"{scheme}{colon}{quote(rest, safe='/@:')}{mark}{options}"


def photos_under(uri: str, opened: tuple[Any, str] | None = None) -> Iterator[Photo]:
    """Give the photos under a prefix, folder by folder, by name; hidden ones are left out.

    Args:
        uri: Such as ``s3://bucket/prefix``; of one photo, that photo.
        opened: File system and key, where they are known already.

    Raises:
        DataError: If there is nothing, or it may not be listed.
    """
    files, key = opened or open_bucket(uri)
    try:
        kind = files.get_file_info(key).type
        if kind == fs.FileType.File:
            yield from photos_at([uri], (files, key))
        elif kind == fs.FileType.NotFound:
            raise DataError(f"{uri}: there is nothing of that name. Check the bucket and the prefix.")
        else:
            yield from _below(files, key, uri.rstrip("/"))
    except OSError as error:
        raise DataError(f"{uri}: cannot be listed ({error}). Check name, region and rights.") from None


def photos_at(uris: Iterable[str], opened: tuple[Any, str] | None = None) -> Iterator[Photo]:
    """Give the photos of a list of URIs, in order; those that are not there have no size.

    Args:
        uris: All of one file system.
        opened: Its file system and the key of the first URI, where they are known already.
    """
    left = iter(uris)
    while some := list(islice(left, _AT_ONCE)):
        files, first = opened or open_bucket(some[0])
        before = some[0][: len(some[0]) - len(first)]
        keys = [uri.removeprefix(before) for uri in some]
        for uri, key, info in zip(some, keys, files.get_file_info(keys), strict=True):
            there = info.type == fs.FileType.File
            yield Photo(uri, info.size if there else None, info.mtime_ns if there else None, files, key)


def _below(files: Any, key: str, uri: str) -> Iterator[Photo]:
    """One folder's names are held at a time: a listing of everything would be held whole."""
    for info in sorted(files.get_file_info(fs.FileSelector(key)), key=lambda info: str(info.base_name)):
        if info.base_name.startswith("."):
            continue
        if info.type == fs.FileType.Directory:
            yield from _below(files, info.path, f"{uri}/{info.base_name}")
        elif info.type == fs.FileType.File and is_photo_name(info.base_name):
            yield Photo(f"{uri}/{info.base_name}", info.size, info.mtime_ns, files, info.path)
