"""Every named recipe builds its network and takes one step, on photos smaller than it asks for."""

from dataclasses import replace

import pytest
import torch

from attire.model import build_model
from attire.preprocess import InputSpec
from attire.train import RECIPES, Resampling
from attire.train.freezing import freeze_all_but
from attire.train.loaders import Loaders
from attire.train.material import choose_material
from attire.train.optimizer import build_optimizer

LIGHT = ("quick", "looks", "box", "fast")
HEAVY = [name for name in RECIPES if name not in LIGHT]


@pytest.mark.parametrize("name", [*LIGHT, *(pytest.param(name, marks=pytest.mark.slow) for name in HEAVY)])
@pytest.mark.filterwarnings("ignore:.*photos were asked for:UserWarning")
def test_a_recipe_builds_and_takes_a_step(name, looks) -> None:
    recipe = replace(RECIPES[name], workers=0, photos=None, batch_size=2)
    recipe = replace(recipe, input=InputSpec(height=96, width=64, antialias=recipe.input.antialias))
    if recipe.resampling is not None and recipe.resampling.kind == "weak-categories":
        recipe = replace(recipe, resampling=Resampling(kind="repeat-factor"))
    torch.manual_seed(recipe.seed)
    model = build_model(recipe.model, looks.ontology)
    freeze_all_but(model, recipe.stages[0].layers)
    optimizer = build_optimizer(model, recipe)
    batch = next(iter(Loaders(recipe=recipe, material=choose_material(recipe, looks)).train(0)))
    before = model.roi_heads.box_predictor.cls_score.weight.detach().clone()
    total = recipe.loss_weights.total(model.losses(*batch))
    total.backward()
    optimizer.step()
    after = model.roi_heads.box_predictor.cls_score.weight
    assert torch.isfinite(after).all()
    assert not torch.equal(before, after)


def test_norms_and_biases_do_not_decay(ontology, tiny) -> None:
    model = build_model(tiny.model, ontology)
    decaying, still = build_optimizer(model, replace(tiny, weight_decay=0.5)).param_groups
    assert (decaying["weight_decay"], still["weight_decay"]) == (0.5, 0.0)
    assert {parameter.ndim for parameter in still["params"]} == {1}
    assert len(decaying["params"]) + len(still["params"]) == len(list(model.parameters()))
