"""What the container's files say, where it can be known without building one."""

import fnmatch
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from attire.cli.app import app

ROOT = Path(__file__).parents[1]


def instructions() -> list[tuple[str, str]]:
    """Instructions of the Dockerfile, in order, each with its arguments on one line."""
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    said = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(name, " ".join(rest.split())) for name, rest in said]


def last_stage() -> dict[str, str]:
    every = instructions()
    begins = max(place for place, (name, _) in enumerate(every) if name == "FROM")
    return dict(every[begins:])


def ignored(path: str) -> bool:
    """Whether .dockerignore leaves a path out: its last pattern that fits says so."""
    out = False
    for pattern in (ROOT / ".dockerignore").read_text().split("\n"):
        if pattern and not pattern.startswith("#") and fnmatch.fnmatch(path, pattern.lstrip("!")):
            out = not pattern.startswith("!")
    return out


@pytest.fixture
def compose():
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with the extra dev")
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def settings() -> set[str]:
    model = pytest.importorskip("attire.serve.settings", reason="the service needs the extra serve")
    return {f"ATTIRE_{name.upper()}" for name in model.Settings.model_fields}


def test_the_image_has_a_python_that_attire_runs_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {
        match[1]
        for name, rest in instructions()
        if name == "FROM"
        for match in [re.match(r"python:([\d.]+)", rest)]
        if match
    }
    assert len(named) == 1, "one Python for both stages: the environment is copied"
    assert f"Programming Language :: Python :: {named.pop()}" in project["classifiers"]


def test_what_is_copied_is_there_and_not_ignored() -> None:
    copied = [
        shlex.split(rest)[:-1] for name, rest in instructions() if name == "COPY" and "--from" not in rest
    ]
    paths = [path for names in copied for path in names]
    assert {"pyproject.toml", "constraints.txt", "src"} <= set(paths)
    for path in paths:
        assert (ROOT / path).exists(), path
        assert not ignored(path), path
    for path in (".git", ".venv", "runs", "attire.env", "tests", "docs", "src/attire/__pycache__"):
        assert ignored(path), f"{path} would be sent to the builder"


def test_what_is_installed_exists_and_serves() -> None:
    (installed,) = (rest for name, rest in instructions() if name == "RUN" and "pip install" in rest)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert '".[$EXTRAS]"' in installed
    (extras,) = (rest.removeprefix("EXTRAS=") for name, rest in instructions() if name == "ARG")
    assert {"serve", "redis"} <= set(extras.split(","))
    others = re.findall(
        r"EXTRAS=([\w,]+)", (ROOT / "Dockerfile").read_text() + (ROOT / "docs" / "scale.md").read_text()
    )
    assert set(",".join(others).split(",")) <= set(project["optional-dependencies"])
    assert "-c constraints.txt" in installed
    for name in ("readme", "license-files"):
        named = project[name]
        assert not ignored(named if isinstance(named, str) else named[0]), "hatchling wants it"


def test_nobody_is_root() -> None:
    user, _, group = last_stage()["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    (made,) = (rest for name, rest in instructions() if name == "RUN" and "/catalog" in rest)
    assert f"-o {user} -g {group}" in made
    assert last_stage()["VOLUME"] == "/catalog"


def test_it_starts_as_the_command_line_takes_it() -> None:
    program, verb, *flags = json.loads(last_stage()["ENTRYPOINT"])
    assert program == "attire"
    command = get_command(app).commands[verb]
    context = command.make_context(verb, flags)
    assert context.params["host"] == "0.0.0.0"
    assert str(context.params["port"]) == last_stage()["EXPOSE"]
    assert f":{context.params['port']}/healthz" in last_stage()["HEALTHCHECK"]


def test_the_environment_names_settings() -> None:
    named = set(re.findall(r"\bATTIRE_\w+", last_stage()["ENV"]))
    named |= set(re.findall(r"\bATTIRE_\w+", (ROOT / "compose.yaml").read_text()))
    assert "ATTIRE_CATALOG" in named
    assert named <= settings()


def test_compose_keeps_to_what_the_image_needs(compose) -> None:
    service = compose["services"]["attire"]
    assert service["volumes"] == [f"catalog:{last_stage()['VOLUME']}"]
    assert "catalog" in compose["volumes"]
    assert service["ports"] == [f"127.0.0.1:8000:{last_stage()['EXPOSE']}"], "this machine alone, by default"
    for each in compose["services"].values():
        assert each["read_only"] is True
        assert each["cap_drop"] == ["ALL"]
    assert service["tmpfs"] == ["/tmp"], "where several workers gather their figures"
    pydantic = pytest.importorskip("attire.serve.settings").Settings.model_fields["shutdown_s"].default
    assert int(service["stop_grace_period"].removesuffix("s")) > pydantic + 5
    assert compose["services"]["redis"]["profiles"] == ["redis"]
