"""Moto's S3, which knows buckets, keys and rights; beside it the environment that a user of it has."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from attire.samples import sample_looks

boto3 = pytest.importorskip("boto3", reason="moto comes with the extra dev")
moto_server = pytest.importorskip("moto.server", reason="moto comes with the extra dev")

BUCKETS = ("photos", "shop")
LOOKS = sorted((sample_looks() / "photos").iterdir())
INDEXED = 4


@dataclass(frozen=True)
class Storage:
    """A running S3."""

    url: str
    client: Any
    """Of boto3, with all rights."""

    def ask_for_keys(self, whether: bool) -> None:
        """From now on, answer only requests with a key that it knows; or any, as in the beginning."""
        import httpx

        httpx.post(f"{self.url}/moto-api/reset-auth", content="0" if whether else "inf").raise_for_status()


@pytest.fixture(scope="module")
def storage() -> Iterator[Storage]:
    """S3 with two empty buckets; the environment says of it what any tool understands, and no more."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    url = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_ALLOW_HTTP", "AWS_SESSION_TOKEN"):
            patch.delenv(name, raising=False)
        for name, value in {
            "INITIAL_NO_AUTH_ACTION_COUNT": "inf",
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        client = boto3.client("s3", region_name="us-east-1")
        for bucket in BUCKETS:
            client.create_bucket(Bucket=bucket)
        yield Storage(url, client)
        client.close()
    server.stop()


@pytest.fixture(scope="module")
def looks(storage: Storage) -> Storage:
    """A few looks are at ``s3://photos/spring``, one folder deeper than the first."""
    for look in LOOKS[:INDEXED]:
        storage.client.upload_file(str(look), "photos", f"spring/new/{look.name}")
    return storage


@pytest.fixture
def unused_port() -> int:
    """A port that nobody listens at."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
