"""The shape of the package: imports run one way, heavy ones stay in their stage, names exported exist."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import attire
from attire.cli.app import app
from attire.errors import MissingExtraError

ROOT = Path(attire.__file__).parent
ORDER = [
    ("errors", "extras", "atomic", "progress", "wording"),
    ("ontology",),
    ("masks",),
    ("instances",),
    ("photos", "preprocess"),
    ("annotations", "parts"),
    ("samples", "bundled"),
    ("drawing",),
    ("render",),
    ("dataset",),
    ("explore",),
    ("model",),
    ("train",),
    ("predict",),
    ("export",),
    ("evaluate",),
    ("select",),
    ("tune",),
    ("catalog",),
    ("serve",),
    ("client",),
    ("scale",),
    ("cli",),
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
CORE = [
    "ontology",
    "masks",
    "instances",
    "parts",
    "annotations",
    "drawing",
    "photos",
    "preprocess",
    "predict",
    "export",
    "cli.app",
]
HEAVY = [
    "torch",
    "torchvision",
    "lightning",
    "polars",
    "scipy",
    "sklearn",
    "matplotlib",
    "skia",
    "supervision",
    "optuna",
    "onnx",
    "onnxruntime",
    "openvino",
    "lancedb",
    "lance",
    "pyarrow",
    "duckdb",
    "fastapi",
    "uvicorn",
    "httpx",
    "ray",
]


def stage_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Stages that a file imports, lazily or not."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "attire":
                names = [f"attire.{alias.name}" for alias in node.names if alias.name in RANK]
        found |= {name.split(".")[1] for name in names if name.startswith("attire.")}
    return found


FILES = [path for path in sorted(ROOT.rglob("*.py")) if path != ROOT / "__init__.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    own = stage_of(path)
    later = {name for name in imports_of(path) if RANK[name] > RANK[own]}
    siblings = {name for name in imports_of(path) if RANK[name] == RANK[own] and name != own}
    assert not later, f"{path.name} in {own} imports {later}, which come after it"
    assert own in ("extras", "atomic", "progress", "photos", "preprocess") or not siblings


def test_every_stage_has_its_place_in_the_order() -> None:
    assert {stage_of(path) for path in FILES} <= set(RANK)


def test_no_file_is_named_after_nothing() -> None:
    empty_names = {"utils.py", "helpers.py", "common.py", "base.py"}
    assert not [path for path in FILES if path.name in empty_names]


def modules_loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["", *(f".{name}" for name in CORE)], ids=lambda name: f"attire{name}")
def test_the_core_loads_nothing_heavy(module: str) -> None:
    loaded = modules_loaded_by(f"import attire{module}")
    assert f"attire{module}" in loaded
    assert not loaded & set(HEAVY)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "from typer.testing import CliRunner\nfrom attire.cli.app import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0"
    )
    assert not modules_loaded_by(code) & set(HEAVY)


def test_the_version_is_said_and_agrees_with_the_package() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"attire {attire.__version__}\n")


def test_a_catalogue_without_its_extra_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'attire\[catalog\]'"):
        attire.Catalog  # noqa: B018


@pytest.mark.parametrize("name", ["Client", "AsyncClient"])
@pytest.mark.parametrize("module", ["httpx", "pydantic"])
def test_a_client_without_its_extra_says_what_to_install(monkeypatch, module, name) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"{module} is not installed.*pip install 'attire\[serve\]'"):
        getattr(attire, name)


def test_the_client_takes_no_part_of_the_service_but_its_schemas() -> None:
    loaded = modules_loaded_by("import attire\nattire.Client('http://localhost').ready()")
    assert "attire.serve.schemas.reading" in loaded
    assert not loaded & (set(HEAVY) - {"httpx"})
    ours = {name for name in loaded if name.startswith("attire.serve.")}
    assert all(name.startswith("attire.serve.schemas") for name in ours)


def test_names_exported_at_the_top_are_there() -> None:
    names = {"AsyncClient", "Catalog", "Client", "Instances", "Ontology", "Predictor"}
    assert names <= set(attire.__all__)
    for name in attire.__all__:
        assert getattr(attire, name) is not None


@pytest.mark.parametrize(
    "name", sorted(info.name for info in pkgutil.walk_packages([str(ROOT)], prefix="attire."))
)
def test_names_exported_by_modules_are_there(name: str) -> None:
    module = importlib.import_module(name)
    for exported in getattr(module, "__all__", []):
        assert hasattr(module, exported), f"{name}.__all__ names {exported!r}"
    assert module.__doc__, f"{name} does not say what it is for"
