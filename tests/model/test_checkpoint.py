"""A model in one file and back."""

import json

import pytest
import torch
from safetensors.torch import save_file

from attire.errors import WeightsError
from attire.model import CardScore, ModelCard, build_model, load_model, save_model
from attire.model import header as header_module
from attire.model.header import read_header
from attire.preprocess import InputSpec

CARD = ModelCard(name="tiny", data="made up", scores=(CardScore(name="AP50", value=0.5),), limits=("All.",))
SPEC = InputSpec(height=64, width=96, antialias=False)


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_a_loaded_model_gives_the_same_bits(model, tmp_path, layout):
    photo = torch.randint(0, 256, (3, 64, 96), dtype=torch.uint8)
    with torch.inference_mode():
        expected = model([photo])[0]
    path = tmp_path / "new folder" / "model.safetensors"
    save_model(path, model.to(memory_format=layout), card=CARD, input_spec=SPEC, recipe={"name": "quick"})
    loaded = load_model(path)
    assert not loaded.model.training
    with torch.inference_mode():
        found = loaded.model([photo])[0]
    assert len(found["scores"])
    assert all(torch.equal(found[name], expected[name]) for name in expected)
    assert loaded.card == CARD
    assert loaded.input_spec == SPEC
    assert loaded.config == model.config
    assert loaded.ontology.categories == model.ontology.categories
    assert loaded.ontology.attributes == model.ontology.attributes
    assert loaded.recipe == {"name": "quick"}
    assert [entry.name for entry in path.parent.iterdir()] == ["model.safetensors"]


def test_half_takes_half_the_room_and_keeps_the_outcome(model, tmp_path):
    full = save_model(tmp_path / "full.safetensors", model, card=CARD, input_spec=SPEC)
    half = save_model(tmp_path / "half.safetensors", model, card=CARD, input_spec=SPEC, half=True)
    assert half.stat().st_size < 0.51 * full.stat().st_size
    loaded = load_model(half)
    for name, value in loaded.model.state_dict().items():
        assert value.dtype == torch.float32, name
        torch.testing.assert_close(value, model.state_dict()[name], rtol=1e-3, atol=1e-6)
        if value.dim() < 2:
            assert torch.equal(value, model.state_dict()[name])


def test_the_built_in_ontology_is_recognised_again(small_config, ontology, tmp_path):
    path = save_model(
        tmp_path / "m.safetensors", build_model(small_config, ontology), card=CARD, input_spec=SPEC
    )
    assert read_header(path).ontology == ontology


def test_a_broken_network_is_not_saved(model, tmp_path):
    with torch.no_grad():
        model.roi_heads.box_predictor.cls_score.bias[0] = torch.nan
    with pytest.raises(WeightsError, match=r"cls_score\.bias is not finite"):
        save_model(tmp_path / "m.safetensors", model, card=CARD, input_spec=SPEC)
    assert not list(tmp_path.iterdir())


def test_the_suffix_is_asked_for(model, tmp_path):
    with pytest.raises(WeightsError, match=r"ends in \.safetensors"):
        save_model(tmp_path / "model.pt", model, card=CARD, input_spec=SPEC)


def rewritten(path, change):
    """The file at ``path`` with its metadata changed."""
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    change(header["__metadata__"])
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + content[8 + length :])
    return path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda m: m.update(format_version="99"), "Upgrade", id="newer format"),
        pytest.param(lambda m: m.update(format="pt"), "not a model of Attire", id="of another program"),
        pytest.param(lambda m: m.pop("config"), "header is damaged", id="no config"),
        pytest.param(lambda m: m.update(config='{"depth": 3}'), "unknown field 'depth'", id="odd config"),
        pytest.param(lambda m: m.update(ontology="{"), "header is damaged", id="ontology cut short"),
        pytest.param(
            lambda m: m.update(config=json.dumps({**json.loads(m["config"]), "fpn_channels": 16})),
            "do not fit its own config",
            id="config of another network",
        ),
    ],
)
def test_files_that_are_not_quite_right_are_refused(change, message, model, tmp_path):
    path = save_model(tmp_path / "m.safetensors", model, card=CARD, input_spec=SPEC)
    with pytest.raises(WeightsError, match=message):
        load_model(rewritten(path, change))


def test_files_that_are_no_model_are_refused(model, tmp_path):
    with pytest.raises(WeightsError, match="cannot be read"):
        load_model(tmp_path / "missing.safetensors")
    pickled = tmp_path / "pickled.pth"
    torch.save({"a": torch.zeros(1)}, pickled)
    with pytest.raises(WeightsError, match="not a safetensors file"):
        load_model(pickled)
    foreign = tmp_path / "foreign.safetensors"
    save_file({"a": torch.zeros(1)}, foreign)
    with pytest.raises(WeightsError, match="not a model of Attire"):
        load_model(foreign)
    whole = save_model(tmp_path / "m.safetensors", model, card=CARD, input_spec=SPEC)
    whole.write_bytes(whole.read_bytes()[:-1000])
    with pytest.raises(WeightsError, match="damaged"):
        load_model(whole)
    whole.write_bytes(whole.read_bytes()[:100])
    with pytest.raises(WeightsError, match="cut short"):
        load_model(whole)


def test_the_format_version_is_what_old_files_say():
    assert header_module.FORMAT_VERSION == 1
