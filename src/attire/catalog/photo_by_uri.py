"""The pixels of a row's photo, wherever it lies."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import unquote, urlparse

from attire.catalog.sources.bucket import open_bucket
from attire.errors import DataError
from attire.photos import Draft, read_draft

__all__ = ["draft_of"]


def draft_of(uri: str, needed: Callable[[tuple[int, int]], tuple[int, int]]) -> Draft:
    """Read a photo at least as large as needed, and not much larger if it is a JPEG.

    Args:
        uri: Path, ``file://`` or what pyarrow opens, such as ``s3://bucket/key``.
        needed: Gives the ``(height, width)`` that is needed of a photo of ``(height, width)`` pixels.

    Raises:
        DataError: If it is gone or cannot be read.
    """
    scheme = urlparse(uri).scheme
    if len(scheme) < 2:  # none, or the drive of a Windows path
        return read_draft(uri, needed)
    if scheme == "file":
        return read_draft(unquote(urlparse(uri).path), needed)
    files, key = open_bucket(uri)
    with NamedTemporaryFile(suffix=Path(uri).suffix) as copy:
        try:
            with files.open_input_stream(key) as stream:
                copy.write(stream.read())
        except OSError as error:
            raise DataError(f"{uri}: cannot be read ({error}).") from None
        copy.flush()
        return read_draft(copy.name, needed)
