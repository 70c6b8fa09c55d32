import inspect

import pytest
from typer.testing import CliRunner

pytest.importorskip("fastapi", reason="the service needs the extra serve")

from attire.cli.app import app
from attire.cli.serve import serve
from attire.serve import running
from attire.serve.security.keys import hash_key
from attire.serve.served import Served
from attire.serve.settings import Settings


@pytest.fixture
def asked(monkeypatch) -> dict:
    """What the service is started with, in place of starting it."""
    asked: dict = {}

    def run(settings, *, host, port, say):
        asked.update(settings=settings, host=host, port=port)
        say(Served(model="box.onnx", garments=10493, workers=settings.workers, page=True), "http://here:1/")

    monkeypatch.setattr(running, "run", run)
    return asked


def invoke(*words: str) -> str:
    done = CliRunner().invoke(app, ["serve", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_setting_has_its_flag():
    flags = set(inspect.signature(serve).parameters) - {
        "host",
        "port",
        "new_key",
        "on",
        "ray_address",
        "replicas",
    }
    assert flags == set(Settings.model_fields)


def test_flags_become_settings(asked):
    invoke(
        *("--catalog", "somewhere", "--host", "::1", "--port", "81", "--workers", "3", "--queue-size", "9"),
        *(
            "--batch-wait-ms",
            "1.5",
            "--no-page",
            "--allow-urls",
            "--read-key",
            "a" * 64,
            "--read-key",
            "b" * 64,
        ),
        *("--log-format", "text", "--model", "fast"),
    )
    settings = asked["settings"]
    assert (asked["host"], asked["port"]) == ("::1", 81)
    assert (settings.catalog, settings.workers, settings.queue_size) == ("somewhere", 3, 9)
    assert (settings.batch_wait_ms, settings.page, settings.allow_urls) == (1.5, False, True)
    assert [key.get_secret_value() for key in settings.read_keys] == ["a" * 64, "b" * 64]
    assert (settings.log_format, str(settings.model)) == ("text", "fast")


def test_the_environment_is_heard_and_a_flag_goes_before_it(asked, monkeypatch):
    monkeypatch.setenv("ATTIRE_QUEUE_SIZE", "5")
    monkeypatch.setenv("ATTIRE_DEADLINE_S", "7")
    invoke("--queue-size", "6")
    assert asked["settings"].queue_size == 6
    assert asked["settings"].deadline_s == 7


def test_a_new_key_is_shown_with_the_hash_that_the_service_takes(asked):
    key, hashed = (line.split()[1] for line in invoke("--new-key").splitlines()[:2])
    assert asked == {}, "it serves nothing"
    assert hash_key(key) == hashed
    invoke("--write-key", hashed)
    assert [one.get_secret_value() for one in asked["settings"].write_keys] == [hashed]


def test_one_line_says_where_and_what(asked):
    assert invoke("--workers", "2").splitlines() == [
        "Serving at http://here:1/: 10,493 garments, photos read by box.onnx in 2 processes. Ctrl-C stops."
    ]
