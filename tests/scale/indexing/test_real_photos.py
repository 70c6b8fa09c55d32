"""Real photos, the model in the box, and something killed in the middle: minutes of work."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray")
ROOT = Path(__file__).parents[3]
COUNT = 512
"""Enough for a commit before and after the middle."""


@pytest.fixture
def products() -> Path:
    folder = ROOT.parent / "shared" / "data" / "products" / "photos"
    if not folder.is_dir():
        pytest.skip("no shared/data/products beside the checkout: tests on real photos need it")
    return folder


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.timeout(3000)
def test_whatever_is_killed_the_rows_are_those_of_a_local_run(products, tmp_path):
    for verb in ("kill-node", "kill-driver"):
        words = [ROOT / "benchmarks" / "scale_index.py", verb, products, tmp_path, "--count", COUNT]
        done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "yes" in done.stdout
