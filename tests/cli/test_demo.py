"""The whole walk through the pipeline, shortened to two updates."""

import json
from pathlib import Path

from typer.testing import CliRunner

from attire.annotations import load_records
from attire.annotations.predictions import read_predictions
from attire.catalog.store import Store
from attire.cli.app import app
from attire.render import draw_look
from attire.samples import sample_looks


def test_demo_leaves_everything_where_it_says(tmp_path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (own / "me.jpg").write_bytes(draw_look(1, 1, (300, 200)).jpeg)
    out = tmp_path / "demo"
    done = CliRunner().invoke(
        app, ["demo", str(own), "-o", str(out), "--train", "--looks", "8", "--steps", "2"]
    )
    assert done.exit_code == 0, done.output
    for name in (
        "explore/index.html",
        "evaluation/index.html",
        "alike.png",
        "run/curves.png",
        "run/model.safetensors",
        "evaluation-trained/index.html",
    ):
        assert (out / name).stat().st_size > 1000, name
    assert (out / "own" / "me.png").exists()
    sources = {
        Path(row["photo_uri"]).name for row in Store.open(out / "catalog").rows(["photo_uri"]).to_pylist()
    }
    assert "me.jpg" in sources
    assert len(sources) >= 20
    assert f"attire serve --catalog {out / 'catalog'}" in done.output
    assert len(list((out / "predictions").glob("*.png"))) == 24
    found = json.loads((out / "predictions" / "predictions.json").read_text())
    assert len({row["image_id"] for row in found}) >= 20, "the model in the box sees most looks"
    truth = load_records(sample_looks())
    sent = read_predictions(out / "submission.csv", truth, size=(512, 512))
    assert sent.image_ids.tolist() == truth.image_ids.tolist()
    assert (sent.masks.sizes == 512).all()
