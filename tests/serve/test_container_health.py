"""The container's health check, run as the container runs it."""

import json
import subprocess
import sys

import pytest
from tests.test_container import last_stage


@pytest.fixture
def check():
    command = last_stage()["HEALTHCHECK"].split(" CMD ")[1]

    def run(url: str) -> int:
        program, *rest = json.loads(command)
        assert program == "python"
        asked = [one.replace("http://127.0.0.1:8000", url) for one in rest]
        assert asked != rest
        return subprocess.run([sys.executable, *asked], capture_output=True, timeout=60).returncode

    return run


def test_a_service_that_lives_is_healthy(live, check) -> None:
    assert check(live.url) == 0


def test_nothing_there_is_not(check) -> None:
    assert check("http://127.0.0.1:9") != 0
