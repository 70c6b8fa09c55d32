"""Every command block of the README runs, in order, in one fresh folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
TARGETS = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("readme")


def environment() -> dict[str, str]:
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONWARNINGS": "default",
    }


def is_make(code: str) -> bool:
    return all(line.split()[0] == "make" for line in code.strip().splitlines())


def test_blocks_are_of_a_kind_that_is_tested() -> None:
    assert {language for language, _ in BLOCKS} <= {"bash", "python", "text"}
    assert len(BLOCKS) >= 3


@pytest.mark.parametrize("code", [code for kind, code in BLOCKS if kind == "bash" and is_make(code)])
def test_make_blocks_name_real_targets(code: str) -> None:
    """They are not run: this test is itself part of `make test`, and `make demo` has its own test."""
    for line in code.strip().splitlines():
        words = line.split("#")[0].split()
        assert next(word for word in words[1:] if "=" not in word) in TARGETS


def test_every_other_block_runs(folder: Path) -> None:
    for kind, code in BLOCKS:
        if kind == "text" or (kind == "bash" and is_make(code)):
            continue
        command = ["bash", "-e", "-c", code] if kind == "bash" else [sys.executable, "-c", code]
        done = subprocess.run(
            command, cwd=folder, env=environment(), capture_output=True, text=True, timeout=500
        )
        assert done.returncode == 0, f"{code}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


def test_local_links_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
