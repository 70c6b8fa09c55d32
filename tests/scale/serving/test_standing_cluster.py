"""The service on a cluster that stands already: it comes, and goes without taking the cluster with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray", reason="replicas need the extra scale")


@pytest.mark.slow
def test_a_cluster_outlives_the_service_and_runs_it_by_configuration() -> None:
    script = Path(__file__).with_name("standing_cluster.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=500,
        env={**os.environ, "OMP_NUM_THREADS": "1", "RAY_ADDRESS": ""},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["by the command"] == told["by a configuration"] > 0
    code, line = told["a second one"]
    assert code == 2
    assert "Ray Serve runs on that cluster already" in line
    assert told["ended with"] == 0
    assert (told["left of Serve"], told["nodes alive"]) == (0, 1)
    assert told["deployments"] == ["http", "network"]
