"""Values of post-processing: read from a file, and what a predictor makes of them."""

import json

import numpy as np
import pytest
from PIL import Image

from attire.errors import RecipeError
from attire.predict import AttributeRule, ChoiceValues, Predictor, read_choice_values
from attire.predict.runtime_torch import TorchRuntime
from attire.preprocess import InputSpec


def test_without_a_file_they_are_what_predict_does_anyway(tiny_network) -> None:
    usual = Predictor(TorchRuntime(tiny_network, InputSpec(min_side=64, max_side=96)))
    assert ChoiceValues().rule == usual.rule == AttributeRule()
    assert ChoiceValues().mask_threshold == usual.mask_threshold


def test_a_file_gives_its_values(tmp_path) -> None:
    path = tmp_path / "best.json"
    path.write_text(json.dumps({"values": {"least_score": 0.6, "rival_iou": 1}, "about": "anything"}))
    assert read_choice_values(path) == ChoiceValues(least_score=0.6, rival_iou=1)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (None, r"no such file\. attire tune select writes one"),
        ("{", "holds no values of post-processing"),
        ("[]", "holds no values of post-processing"),
        ('{"values": 3}', "holds no values of post-processing"),
        ('{"values": {"speed": 0.5}}', "speed is no such value; there are least_score, mask_threshold"),
        ('{"values": {"least_score": 2}}', "best.json: least_score: found 2, expected a number from 0 to 1"),
        ('{"values": {"others": "much"}}', "others: found 'much'"),
        ('{"values": {"others": true}}', "others: found True"),
    ],
)
def test_what_is_no_such_file_is_said(content, part, tmp_path) -> None:
    path = tmp_path / "best.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(RecipeError, match=part):
        read_choice_values(path)


def test_a_lower_mask_threshold_makes_larger_masks(tiny_network) -> None:
    runtime = TorchRuntime(tiny_network, InputSpec(min_side=64, max_side=96))
    photo = Image.fromarray(np.random.default_rng(0).integers(0, 255, (96, 64, 3), np.uint8))
    low, high = (
        Predictor(runtime, mask_threshold=t)(photo, keep="all").masks.areas.sum() for t in (0.4, 0.5)
    )
    assert low > high
