"""The recipes by name: the founding project's ladder of 2019, one per row of its results, and our own.

What the founding project published: ResNet-50 from COCO weights, momentum 0.9, weight decay 1e-4, and per
row the layers, epochs, learning rates, loss weights, number of photos and of detections. What it did not,
and is therefore our choice in every ``-2019`` recipe: the input size (512×512, shape kept, resized without
smoothing, because smooth resizing stood among its next steps), two photos per step, frozen norms and
gradients clipped at 5 (Matterport's defaults), which augmentation, and that each row starts from COCO
weights. To continue from the row before instead, pass its model as ``--weights``.
"""

from dataclasses import replace
from pathlib import Path

from attire.dataset import AugmentConfig
from attire.errors import RecipeError
from attire.model import LossWeights, ModelConfig, cpu_config
from attire.preprocess import InputSpec
from attire.train.recipe import Recipe, Resampling, read_recipe
from attire.train.stage import Stage

__all__ = ["RECIPES", "find_recipe"]

_RESNET50 = ModelConfig(
    backbone="resnet50",
    norm="frozen",
    norm_eps=0.0,
)
_EQUAL = LossWeights.founding()
_IDENTIFY = LossWeights.founding(rpn_class=10, rpn_bbox=0.8, mrcnn_class=6, mrcnn_bbox=6, mrcnn_mask=6)
_SCORE = LossWeights.founding(rpn_class=1, rpn_bbox=0.8, mrcnn_class=6, mrcnn_bbox=6, mrcnn_mask=6)

_HEADS_2019 = Recipe(
    name="heads-2019",
    about="Heads only, 10 epochs at 1e-3 (reached 0.044). Photos not stated; we take the next row's 5,000.",
    model=_RESNET50,
    input=InputSpec(height=512, width=512, antialias=False),
    weights="coco",
    photos=5000,
    loss_weights=_EQUAL,
    stages=(Stage(epochs=10, lr=1e-3, layers="heads"),),
)
_ALL_2019 = replace(
    _HEADS_2019,
    name="all-2019",
    about="All layers, 10 epochs at 1e-3 then 20 at 1e-4, about 5,000 photos (reached 0.063).",
    stages=(Stage(epochs=10, lr=1e-3), Stage(epochs=20, lr=1e-4)),
)
_AUGMENTED_2019 = replace(
    _ALL_2019,
    name="augmented-2019",
    about="Augmentation and loss weights 10, 0.8, 6, 6, 6 (reached 0.078). Which augmentation is our choice.",
    stages=(Stage(epochs=10, lr=1e-4), Stage(epochs=20, lr=5e-5)),
    loss_weights=_IDENTIFY,
    augment=AugmentConfig(),
)
_PHOTOS15K_2019 = replace(
    _AUGMENTED_2019,
    name="photos15k-2019",
    about="15,000 photos, loss weights 1, 0.8, 6, 6, 6, at most 50 detections (reached 0.081).",
    stages=(Stage(epochs=10, lr=5e-5), Stage(epochs=20, lr=3e-5)),
    loss_weights=_SCORE,
    photos=15_000,
    model=replace(_RESNET50, detections_per_photo=50),
)
_RESAMPLED_2019 = replace(
    _PHOTOS15K_2019,
    name="resampled-2019",
    about="3,000 more photos of the five frequent categories that an evaluation report found hardest "
    "(reached 0.082). Wants --report; the first learning rate, 1e-4, is as we read it.",
    stages=(Stage(epochs=5, lr=1e-4), Stage(epochs=10, lr=5e-5)),
    resampling=Resampling(kind="weak-categories", categories=5, photos=3000),
)
_RESNET101_2019 = replace(
    _HEADS_2019,
    name="resnet101-2019",
    about="Where it began: ResNet-101, all loss weights 1. Stages and photos are not stated; we take "
    "heads-2019's. torchvision has no COCO weights for it, so the backbone starts from ImageNet.",
    model=replace(_RESNET50, backbone="resnet101", norm_eps=1e-5),
    weights="imagenet",
)
_IDENTIFY_2019 = replace(
    _PHOTOS15K_2019,
    name="identify-2019",
    about="Loss weights 10, 0.8, 6, 6, 6, found best for identification; the rest as photos15k-2019.",
    loss_weights=_IDENTIFY,
)
_FULL = replace(
    _PHOTOS15K_2019,
    name="full",
    about="All photos with the founding project's best parameters: the first of its next steps.",
    photos=None,
)
_QUICK = Recipe(
    name="quick",
    about="From scratch on a CPU: well under an hour for a few hundred photos on two cores.",
    model=replace(cpu_config(), norm="batch", norm_in_heads=True, semantic_channels=128),
    input=InputSpec(height=384, width=256),
    weights="none",
    stages=(Stage(epochs=12, lr=5e-4, schedule="cosine"),),
    optimizer="adamw",
    weight_decay=1e-2,
    warmup_steps=100,
    batch_size=4,
    gradient_clip=10.0,
    augment=AugmentConfig(),
    precision="bf16",
    min_steps=300,
)

_LOOKS = replace(
    _QUICK,
    name="looks",
    about="From scratch on drawn looks: what 'box' begins with.",
    stages=(Stage(epochs=1, lr=5e-4, schedule="cosine"),),
    warmup_steps=200,
    channels_last=True,
    # The attributes' focal loss is a mean over 92 answers, most of them easy: a hundredth of the others.
    loss_weights=LossWeights(attribute=10.0),
    augment=AugmentConfig(scale=(0.7, 1.4), hue=0.02),
)
_BOX = replace(
    _LOOKS,
    name="box",
    about="Photos, with drawn looks beside them for what photos do not label: the model in the box. Wants "
    "--weights of a 'looks' run, and looks as --also.",
    stages=(Stage(epochs=22, lr=5e-4, schedule="cosine"),),
    warmup_steps=100,
    also_share=0.1,
    validate_every=4,
    resampling=Resampling(kind="repeat-factor", threshold=0.05),
)
_FAST = replace(
    _BOX,
    name="fast",
    about="Half the multiply-adds of 'box': separable convolutions, a narrow mask head, fewer proposals and "
    "detections. Wants --weights of a 'box' run, and looks as --also.",
    model=replace(
        _BOX.model,
        fpn_depthwise=True,
        rpn_depthwise=True,
        mask_depthwise=True,
        mask_channels=64,
        rpn_post_nms_test=100,
        detections_per_photo=30,
    ),
    # It goes on from trained weights, so its steps are shorter.
    stages=(Stage(epochs=18, lr=3e-4, schedule="cosine"),),
)

RECIPES: dict[str, Recipe] = {
    "heads-2019": _HEADS_2019,
    "all-2019": _ALL_2019,
    "augmented-2019": _AUGMENTED_2019,
    "photos15k-2019": _PHOTOS15K_2019,
    "resampled-2019": _RESAMPLED_2019,
    "resnet101-2019": _RESNET101_2019,
    "identify-2019": _IDENTIFY_2019,
    "full": _FULL,
    "quick": _QUICK,
    "looks": _LOOKS,
    "box": _BOX,
    "fast": _FAST,
}
"""What ``attire train NAME`` knows, the ladder first."""


def find_recipe(name: str) -> Recipe:
    """Look a recipe up by name, or read one from a JSON file.

    Args:
        name: One of :data:`RECIPES`, or a path ending in ``.json``, such as the ``recipe.json`` of a run.

    Raises:
        RecipeError: If there is none of that name; the message lists those there are.

    Example:
        >>> find_recipe("all-2019").stages[1].lr
        0.0001
    """
    if name.endswith(".json"):
        return read_recipe(Path(name))
    if name not in RECIPES:
        raise RecipeError(
            f"There is no recipe {name!r}. There are: {', '.join(RECIPES)}; or give a recipe.json."
        )
    return RECIPES[name]
