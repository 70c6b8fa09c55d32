import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.cli.app import app
from attire.errors import DataError, RecipeError, WeightsError
from attire.masks import RunLengths
from attire.preprocess import InputSpec
from attire.samples import sample_looks

ORIENTATION = 0x0112
FIELDS = {"image_id", "category_id", "category", "bbox", "segmentation", "score"} | {
    "attribute_ids",
    "attributes",
    "id",
    "part_of",
    "parts",
}


@pytest.fixture
def picture() -> Image.Image:
    pixels = np.random.default_rng(0).integers(0, 256, (8, 6, 3), dtype=np.uint8)
    return Image.fromarray(pixels).resize((120, 160), Image.Resampling.BICUBIC)


@pytest.fixture
def invoke(tiny_model):
    def run(*words, model=tiny_model):
        given = ["--device", "cpu"] if model is None else ["--device", "cpu", "--model", str(model)]
        result = CliRunner().invoke(app, ["predict", *given, *map(str, words)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def save_all_kinds(folder, picture) -> set[str]:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    alpha = picture.convert("RGBA")
    alpha.putalpha(Image.linear_gradient("L").resize(picture.size))
    picture.save(folder / "turned.jpg", exif=exif)
    picture.convert("L").save(folder / "grey.jpg")
    picture.convert("CMYK").save(folder / "cmyk.jpg")
    alpha.save(folder / "alpha.png")
    picture.save(folder / "web.webp")
    picture.quantize(16).save(folder / "palette.png")
    Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257).save(folder / "deep.png")
    picture.resize((7, 300)).save(folder / "narrow.png")
    return {
        "turned.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "alpha.png",
        "web.webp",
        "palette.png",
        "deep.png",
        "narrow.png",
    }


def test_photos_of_all_kinds_are_read_and_a_broken_one_is_reported(invoke, picture, tmp_path):
    photos, out = tmp_path / "photos", tmp_path / "out"
    photos.mkdir()
    names = save_all_kinds(photos, picture)
    (photos / "broken.jpg").write_bytes((photos / "grey.jpg").read_bytes()[:200])
    result = invoke(photos, "-o", out, "--keep", "all")
    assert result.exit_code == 0, result.output
    rows = json.loads((out / "predictions.json").read_text())
    assert {row["image_id"] for row in rows} == names
    assert {path.name for path in out.glob("*.png")} == {f"{name.split('.')[0]}.png" for name in names}
    assert "1 of 9 photos could not be read" in result.stderr
    assert "broken.jpg" in result.stderr
    assert not list(out.glob(".*"))
    turned = next(row for row in rows if row["image_id"] == "turned.jpg")
    assert turned["segmentation"]["size"] == [120, 160]
    with Image.open(out / "turned.png") as drawn:
        assert drawn.size == (160, 120)


def test_results_have_the_form_of_coco(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.jpg")
    invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--keep", "all")
    for row in json.loads((tmp_path / "out" / "predictions.json").read_text()):
        assert set(row) == FIELDS
        (area,) = RunLengths.from_coco([row["segmentation"]]).areas
        x, y, width, height = row["bbox"]
        assert 0 < area <= (width + 4) * (height + 4)
        assert 0 <= x <= x + width <= 120.01
        assert 0 <= y <= y + height <= 160.01
        assert 0 <= row["score"] <= 1
        assert len(row["attributes"]) == 92


def test_json_prints_the_results_and_nothing_else(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_text("no photo")
    result = invoke(tmp_path, "-o", tmp_path / "out", "--keep", "all", "--json")
    assert json.loads(result.stdout) == json.loads((tmp_path / "out" / "predictions.json").read_text())
    assert "b.jpg" in result.stderr


def test_unsure_detections_are_left_out_unless_asked_for(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.jpg")
    result = invoke(tmp_path / "a.jpg", "-o", tmp_path / "out")
    assert json.loads((tmp_path / "out" / "predictions.json").read_text()) == []
    assert "nothing found" in result.stdout
    invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--score", "0.0001")
    asked_for = len(json.loads((tmp_path / "out" / "predictions.json").read_text()))
    invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--keep", "all")
    everything = len(json.loads((tmp_path / "out" / "predictions.json").read_text()))
    assert 0 < asked_for < everything == 10, "one thing under two names is kept once, unless all is asked for"


def test_tables_of_the_first_photos_are_printed(invoke, picture, tmp_path):
    for n in range(7):
        picture.save(tmp_path / f"{n}.jpg")
    result = invoke(tmp_path, "-o", tmp_path / "out")
    assert "0.jpg" in result.stdout
    assert "6.jpg" not in result.stdout
    assert "and 2 more photos" in result.stdout
    assert "7 photos read" in result.stdout


def test_steps_and_mirror_images(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.jpg")
    result = invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--keep", "all", "--tta", "--steps")
    assert result.exit_code == 0
    with Image.open(tmp_path / "out" / "steps" / "a.png") as sheet:
        assert sheet.width > 4 * 120


def test_several_models_read_together(invoke, picture, tiny_model, tiny_network, ontology, tmp_path):
    from attire.model import ModelCard, build_model, save_model

    picture.save(tmp_path / "a.jpg")
    few = replace(ontology, name="few", categories=ontology.categories[:5])
    other, stranger = (
        save_model(
            tmp_path / f"{card}.safetensors",
            network,
            card=ModelCard(name=card),
            input_spec=InputSpec(height=96, width=96),
        )
        for card, network in (("other", tiny_network), ("stranger", build_model(tiny_network.config, few)))
    )
    found = {}
    for names in ((tiny_model,), (tiny_model, other), (other, tiny_model)):
        more = [word for name in names[1:] for word in ("--model", name)]
        result = invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--keep", "all", *more, model=names[0])
        assert result.exit_code == 0, result.output
        found[names] = json.loads((tmp_path / "out" / "predictions.json").read_text())
    one, both, reverse = found.values()
    assert len(both) > len(one)
    assert [row["score"] for row in both] == pytest.approx([row["score"] for row in reverse], abs=1e-5)
    with pytest.raises(RecipeError, match="model 2 few"):
        invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--model", stranger)


def test_equal_stems_do_not_overwrite_each_other(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.jpg")
    picture.save(tmp_path / "a.webp")
    invoke(tmp_path, "-o", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").glob("*.png")} == {"a.jpg.png", "a.webp.png"}


def test_photos_are_never_drawn_over(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.png")
    before = (tmp_path / "a.png").read_bytes()
    with pytest.raises(DataError, match="drawn over your photo"):
        invoke(tmp_path, "-o", tmp_path)
    assert (tmp_path / "a.png").read_bytes() == before


def test_only_broken_photos_are_a_failure(invoke, tmp_path):
    (tmp_path / "a.jpg").write_text("no photo")
    result = invoke(tmp_path / "a.jpg", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "1 of 1 photos could not be read" in result.stderr
    assert "Fetch it again" in result.stderr


def test_the_folder_of_a_run_stands_for_its_model(invoke, picture, tiny_model, tmp_path):
    picture.save(tmp_path / "a.jpg")
    assert invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", model=tiny_model.parent).exit_code == 0
    with pytest.raises(WeightsError, match=r"holds no model\.safetensors"):
        invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", model=tmp_path)


def test_the_model_in_the_box_reads_where_none_is_named(invoke, tmp_path):
    look = sorted((sample_looks() / "photos").iterdir())[0]
    result = invoke(look, "-o", tmp_path / "out", model=None)
    assert result.exit_code == 0, result.output
    found = json.loads((tmp_path / "out" / "predictions.json").read_text())
    assert len({row["category"] for row in found}) >= 2


def test_a_wrong_word_is_refused_before_work_begins(invoke, picture, tmp_path):
    picture.save(tmp_path / "a.jpg")
    with pytest.raises(RecipeError, match="--keep 'some': expected 'selected' or 'all'"):
        invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--keep", "some")
    with pytest.raises(RecipeError, match="Device 'abacus' cannot be used"):
        invoke(tmp_path / "a.jpg", "-o", tmp_path / "out", "--device", "abacus")


def test_an_interrupted_run_leaves_whole_files(invoke, picture, tmp_path, monkeypatch):
    from attire.predict import Look

    drawn = []

    def draw(look, **more):
        if drawn:
            raise KeyboardInterrupt
        drawn.append(look.image_id)
        return look.photo

    for n in range(3):
        picture.save(tmp_path / f"{n}.jpg")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "predictions.json").write_text("[]\n")
    monkeypatch.setattr(Look, "draw", draw)
    assert invoke(tmp_path, "-o", tmp_path / "out").exit_code == 130
    assert drawn == ["0.jpg"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["0.png", "predictions.json"]
    assert (tmp_path / "out" / "predictions.json").read_text() == "[]\n"


def test_twenty_megapixels_take_no_more_than_their_share_of_memory(tiny_model, tmp_path):
    if not Path("/proc/self/status").exists():
        pytest.skip("peak memory of one program is read from /proc, which this system lacks")
    ramp = Image.linear_gradient("L").resize((5472, 3648))
    Image.merge("RGB", (ramp, ramp.transpose(0), ramp.transpose(1))).save(tmp_path / "large.jpg")
    script = (
        "import sys; sys.argv[0] = 'attire'; from attire.cli.app import app;"
        "app(standalone_mode=False);"
        # Not getrusage: what it gives includes the peak of the process that started this one.
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    words = [
        "predict",
        "large.jpg",
        "-o",
        "out",
        "--model",
        str(tiny_model),
        "--keep",
        "all",
        "--tta",
        "--device",
        "cpu",
    ]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1]) * 1024 < 1.5e9
    (first, *_) = json.loads((tmp_path / "out" / "predictions.json").read_text())
    assert first["segmentation"]["size"] == [3648, 5472]
    with Image.open(tmp_path / "out" / "large.png") as drawn:
        assert max(drawn.size) == 1600
