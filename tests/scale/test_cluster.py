"""The cluster that work is spread over: found, described, or said to be missing."""

import time

import pytest

from attire.errors import ClusterError
from attire.scale import on_cluster


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere.invalid:6379", "ray://127.0.0.1:10001", "here"])
def test_a_cluster_that_is_not_there_is_said_at_once(address: str) -> None:
    begun = time.monotonic()
    with pytest.raises(ClusterError, match=r"(?s)No Ray cluster at .*ray start --head"), on_cluster(address):
        pass
    assert time.monotonic() - begun < 30


def test_the_environment_names_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    with pytest.raises(ClusterError, match=r"127\.0\.0\.1:1"), on_cluster():
        pass
