"""Of benchmarks/inference.py: how long a first photo takes from nothing, and what installations weigh."""

import re
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import attire

TIMES = 5
ROWS = Path(__file__).with_name("inference_rows.py")
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def cold_starts(names: list[str], photo: Path) -> dict[str, list[float]]:
    """Time new processes, in turns, from their start until the first photo is read; seconds by row."""
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(TIMES):
        for name in names:
            begun = time.perf_counter()
            with subprocess.Popen(
                [sys.executable, str(ROWS), name, str(photo), "--first"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as process:
                assert process.stdout is not None
                process.stdout.readline()
                taken[name].append(time.perf_counter() - begun)
    return taken


def installed_sizes() -> dict[str, float]:
    """Add up the files of attire and of torchvision with all that each cannot do without, in MB."""
    own = sum(path.stat().st_size for path in Path(attire.__file__).parent.rglob("*") if path.is_file())
    return {
        "attire": (own + sum(size_of(name) for name in needed_by("attire") - {"attire"})) / 1e6,
        "torchvision": sum(size_of(name) for name in needed_by("torchvision")) / 1e6,
    }


def needed_by(name: str, seen: set[str] | None = None) -> set[str]:
    """Names of installed packages that one needs, itself among them, extras left out."""
    seen = set() if seen is None else seen
    key = name.lower().replace("_", "-")
    if key in seen:
        return seen
    try:
        requirements = distribution(key).requires or []
    except PackageNotFoundError:
        return seen
    seen.add(key)
    for requirement in requirements:
        found = REQUIREMENT.match(requirement)
        if found and "extra ==" not in requirement:
            needed_by(found.group(), seen)
    return seen


def size_of(name: str) -> int:
    """Bytes of an installed package's files."""
    paths = [Path(str(file.locate())) for file in distribution(name).files or []]
    return sum(path.stat().st_size for path in paths if path.is_file())
