"""A photo that is to be read: what it is called, where it is, and what tells whether it has changed."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

__all__ = ["Photo", "photo_id_of"]


def photo_id_of(uri: str) -> str:
    """Name a photo by where it is.

    Returns:
        16 hexadecimal digits: BLAKE2b of the URI.

    Example:
        >>> photo_id_of("/photos/a.jpg")
        '05f09429021ea0cf'
    """
    return blake2b(uri.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Photo:
    """A file here or in a bucket; nothing of it has been read yet."""

    uri: str
    """Absolute path, or URI such as ``s3://bucket/key``."""
    size: int | None = None
    """In bytes; None where nobody has asked, or it is not there."""
    written: int | None = None
    """When the file was written last, in nanoseconds; None as for ``size``."""
    files: Any = None
    """The ``pyarrow.fs.FileSystem`` it is in; None for this machine's files."""
    key: str = ""
    """What it is called there."""

    @property
    def photo_id(self) -> str:
        """See :func:`photo_id_of`."""
        return photo_id_of(self.uri)

    @property
    def path(self) -> Path | None:
        """Where it lies on this machine; None if it does not."""
        return Path(self.uri) if self.files is None else None

    def read(self) -> bytes:
        """Give the file's bytes.

        Raises:
            OSError: If there is none, or it may not be read.
        """
        if self.files is None:
            return Path(self.uri).read_bytes()
        with self.files.open_input_stream(self.key) as stream:
            return bytes(stream.read())
