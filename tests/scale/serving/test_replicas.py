"""How many replicas there are, said in one word; and the application that is made of it."""

import pytest

pytest.importorskip("ray", reason="replicas need the extra scale")

from pydantic import ValidationError
from typer.testing import CliRunner

from attire.cli.app import app
from attire.errors import RecipeError, ServiceError
from attire.scale.serving import Replicas
from attire.scale.serving.application import build


@pytest.mark.parametrize("text", ["0", "4-1", "0-2", "two", "1-", "-3", "1-2-3", "", "1.5"])
def test_what_is_no_number_of_replicas_is_refused(text: str) -> None:
    with pytest.raises(RecipeError):
        Replicas.parse(text)


def test_a_range_scales_and_a_number_stays() -> None:
    few, some = Replicas.parse("2"), Replicas.parse("1-4")
    assert (str(few), str(some), str(Replicas())) == ("2 replicas", "1 to 4 replicas", "1 replica")
    stays, scales = few.options(batch_size=1, threads=3), some.options(batch_size=4, threads=1)
    assert stays["num_replicas"] == 2
    assert "autoscaling_config" not in stays
    assert stays["ray_actor_options"]["num_cpus"] == 3
    assert "num_replicas" not in scales
    bounds = scales["autoscaling_config"]
    assert (bounds["min_replicas"], bounds["max_replicas"]) == (1, 4)
    assert bounds["target_ongoing_requests"] < scales["max_ongoing_requests"]


@pytest.mark.parametrize(
    ("args", "error", "told"),
    [
        ({"modle": "fast"}, ServiceError, "modle"),
        ({"workers": 2}, ServiceError, "--replicas"),
        ({"queue_size": 0}, ValidationError, "queue_size"),
        ({"min_replicas": 3, "max_replicas": 2}, RecipeError, "3 to 2"),
    ],
    ids=["a setting that is misspelt", "processes as here", "out of range", "more at least than at most"],
)
def test_a_configuration_that_is_wrong_is_refused_before_anything_starts(args, error, told) -> None:
    with pytest.raises(error, match=told):
        build(args)


def test_a_configuration_becomes_two_deployments(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    made = build({"model": "fast", "catalog": "shop", "queue_size": 5, "min_replicas": 2, "gpus": 0.5})
    http = made._bound_deployment
    (network,) = (one._bound_deployment for one in http.init_args)
    assert (http.name, network.name) == ("http", "network")
    assert (network.num_replicas, network._deployment_config.max_queued_requests) == (2, 5)
    assert network.ray_actor_options == {"num_cpus": 1, "num_gpus": 0.5}
    (settings,) = network.init_args
    assert settings.catalog == str(tmp_path / "shop"), "a path means the same wherever a replica runs"
    assert str(settings.model) == "fast", "a model in the box goes by its name"


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--on", "spark"], "expected ray"),
        (["--ray-address", "10.0.0.1:6379"], "--on ray"),
        (["--replicas", "2"], "--on ray"),
        (["--on", "ray", "--replicas", "two"], "1-4"),
        (["--on", "ray", "--workers", "2"], "--replicas"),
        (["--on", "ray", "--model", "none.onnx"], "none.onnx"),
        (["--on", "ray", "--ray-address", "127.0.0.1:1", "--model", "fast"], "No Ray cluster"),
    ],
)
def test_what_does_not_go_together_is_said_before_anything_starts(flags: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["serve", *flags])
    assert done.exit_code != 0
    assert told in str(done.exception)
