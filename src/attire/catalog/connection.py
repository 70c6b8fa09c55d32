"""Where a catalogue lies: a folder or a bucket, said in one word and passed on as it is."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import lancedb

from attire.errors import DataError

__all__ = ["connect", "is_remote", "local_folder", "reaching", "refresh", "storage_options"]

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+://")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
"""Where S3 is, the first that is said; pyarrow, which reads photos, takes them in this order."""
_SAID_BY_S3 = re.compile(r"<Code>(?P<code>\w+)</Code>(?:.*?<Message>(?P<message>[^<]*)</Message>)?")
_NO_ANSWER = re.compile(r"https?://[^/\s)]+(?=.*\bkind: Connect\b)")
_STATUS = re.compile(r"status code: (?P<status>\d{3} \w+)")
_NO_CREDENTIALS = "CredentialsNotLoaded"


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
    use (``AWS_ACCESS_KEY_ID``, ``AWS_PROFILE``, ``AWS_ENDPOINT_URL``, ``GOOGLE_SERVICE_ACCOUNT`` …).

    Args:
        path: Folder, or URI such as ``s3://bucket/catalog``.
    """
    folder = local_folder(path)
    return lancedb.connect(
        str(path) if folder is None else str(folder),
        read_consistency_interval=timedelta(0),
        storage_options=storage_options(path),
    )


@contextmanager
def reaching(path: Path | str) -> Iterator[None]:
    """Say in a line why a bucket cannot be used, in place of the pages that LanceDB says.

    Args:
        path: As for :func:`connect`; errors of a folder pass as they are.

    Raises:
        DataError: If a bucket is not there, not reached or not allowed.
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        if not is_remote(path):
            raise
        raise DataError(
            f"{path}: the bucket cannot be used: {_reason(str(error))}. Check its name, and what the "
            "environment says of credentials, region and endpoint."
        ) from error


def refresh(table: lancedb.Table) -> None:
    """Let an open table see what others, or another way to it, have written."""
    table.checkout_latest()  # type: ignore[no-untyped-call]


def storage_options(path: Path | str) -> dict[str, str] | None:
    """Give what LanceDB has to be told of S3, though the environment says it.

    The region, where the name of a bucket holds dots; and that an endpoint without TLS is meant, which
    pyarrow takes from the endpoint itself.

    Args:
        path: As for :func:`connect`.

    Returns:
        None for a folder and for other buckets.
    """
    if not str(path).startswith(("s3://", "s3a://")):
        return None
    options = {"region": _said(_REGIONS), "endpoint": _said(_ENDPOINTS)}
    if (options["endpoint"] or "").startswith("http://"):
        options["allow_http"] = "true"
    return {name: value for name, value in options.items() if value} or None


def _said(names: tuple[str, ...]) -> str | None:
    return next((value for name in names if (value := os.environ.get(name))), None)


def _reason(error: str) -> str:
    """Find in pages of detail what the bucket said.

    Example:
        >>> _reason('… body: "<Error><Code>NoSuchBucket</Code><Message>It is not there</Message></Error>" …')
        'It is not there (NoSuchBucket)'
    """
    if said := _SAID_BY_S3.search(error):
        return f"{said['message'] or 'it was refused'} ({said['code']})"
    if silent := _NO_ANSWER.search(error):
        return f"nobody answers at {silent[0]}"
    if _NO_CREDENTIALS in error:
        return "there are no credentials (a bucket that asks for none: AWS_SKIP_SIGNATURE=true)"
    if answered := _STATUS.search(error):
        return f"it answers {answered['status']}"
    return error.splitlines()[0][:300]
