"""Where a catalogue lies: a folder or a bucket, said in one word and passed on as it is."""

import os
import re
from datetime import timedelta
from pathlib import Path

import lancedb

__all__ = ["connect", "is_remote", "local_folder", "refresh", "storage_options"]

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+://")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


def is_remote(path: Path | str) -> bool:
    """Whether a catalogue or a photo lies anywhere but in this machine's files.

    Example:
        >>> is_remote("s3://shop/catalog"), is_remote("file:///catalog"), is_remote("catalog")
        (True, False, False)
    """
    text = str(path)
    return bool(_SCHEME.match(text)) and not text.startswith("file://")


def local_folder(path: Path | str) -> Path | None:
    """Give the folder of a catalogue, or None if it lies elsewhere.

    Example:
        >>> local_folder("file:///data/catalog").as_posix(), local_folder("s3://shop/catalog")
        ('/data/catalog', None)
    """
    return None if is_remote(path) else Path(str(path).removeprefix("file://"))


def connect(path: Path | str) -> lancedb.DBConnection:
    """Connect to a catalogue; every read sees what was committed before it.

    Credentials, region and endpoint of a bucket come from the environment, under the names that its own tools
    use (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, ``GOOGLE_SERVICE_ACCOUNT`` …).

    Args:
        path: Folder, or URI such as ``s3://bucket/catalog``.
    """
    folder = local_folder(path)
    return lancedb.connect(
        str(path) if folder is None else str(folder),
        read_consistency_interval=timedelta(0),
        storage_options=storage_options(path),
    )


def refresh(table: lancedb.Table) -> None:
    """Let an open table see what others, or another way to it, have written."""
    table.checkout_latest()  # type: ignore[no-untyped-call]


def storage_options(path: Path | str) -> dict[str, str] | None:
    """Give what LanceDB wants to be told of a bucket whose name holds dots: its region. None for a folder."""
    if not is_remote(path):
        return None
    region = next((value for name in _REGIONS if (value := os.environ.get(name))), None)
    return None if region is None else {"region": region}
