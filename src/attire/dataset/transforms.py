"""Augmentations at the size of the input, on photo and masks together.

Every one takes its chance from a generator that is handed in, never from a global one, so that a sample
does not depend on what was made before it or in which process.
"""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torchvision.transforms.v2 import InterpolationMode
from torchvision.transforms.v2 import functional as v2

from attire.dataset.augment import AugmentConfig
from attire.dataset.scene import Scene, pixel_counts
from attire.preprocess import PADDING

__all__ = ["erase", "paste", "recolor", "rotate"]

_PART_SHARE = 0.5
"""An instance of which more than this lies within what is pasted belongs to it: sleeves go with jackets."""


def recolor(image: Tensor, augment: AugmentConfig, rng: np.random.Generator) -> Tensor:
    """Change brightness, contrast, saturation and hue, in this order.

    Args:
        image: RGB, uint8, shape ``(3, height, width)``.
        augment: How far.
        rng: Where chance comes from; always asked for four numbers.

    Returns:
        Image of the same kind.
    """
    brightness, contrast, saturation, hue = rng.uniform(-1, 1, 4)
    if augment.brightness:
        image = v2.adjust_brightness(image, 1 + augment.brightness * brightness)
    if augment.contrast:
        image = v2.adjust_contrast(image, 1 + augment.contrast * contrast)
    if augment.saturation:
        image = v2.adjust_saturation(image, 1 + augment.saturation * saturation)
    if augment.hue:
        image = v2.adjust_hue(image, augment.hue * hue)
    return image


def rotate(
    scene: Scene, content_size: tuple[int, int], augment: AugmentConfig, rng: np.random.Generator
) -> Scene:
    """Turn the content and its masks about its centre; its corners become padding.

    They pass through Pillow, which turns masks as torch does but ten times as fast.

    Args:
        scene: Photo in the top left corner, padding beyond.
        content_size: ``(height, width)`` of the photo in input pixels.
        augment: How far.
        rng: Where chance comes from.
    """
    angle = float(rng.uniform(-augment.rotation_degrees, augment.rotation_degrees))
    height, width = content_size
    image, masks = scene.image.clone(), scene.masks.clone()
    content = image[:, :height, :width]
    photo = v2.rotate(v2.to_pil_image(content), angle, InterpolationMode.BILINEAR, fill=list(PADDING))
    content.copy_(v2.pil_to_tensor(photo))
    for mask in masks[:, :height, :width]:
        mask.copy_(v2.pil_to_tensor(v2.rotate(v2.to_pil_image(mask), angle, InterpolationMode.NEAREST))[0])
    return replace(scene, image=image, masks=masks)


def erase(scene: Scene, augment: AugmentConfig, rng: np.random.Generator) -> Scene:
    """Fill a random rectangle with noise and take it out of the masks, as something held in front would."""
    height, width = scene.image.shape[1:]
    area = rng.uniform(*augment.erase_area) * height * width
    ratio = float(np.exp(rng.uniform(-1, 1)))
    tall = min(max(round((area * ratio) ** 0.5), 1), height)
    wide = min(max(round((area / ratio) ** 0.5), 1), width)
    top, left = int(rng.integers(height - tall + 1)), int(rng.integers(width - wide + 1))
    noise = torch.from_numpy(rng.integers(0, 256, (3, tall, wide), dtype=np.uint8))
    masks = scene.masks.clone()
    masks[:, top : top + tall, left : left + wide] = 0
    return replace(scene, image=v2.erase(scene.image, top, left, tall, wide, noise), masks=masks)


def paste(scene: Scene, donor: Scene, rng: np.random.Generator) -> Scene:
    """Lay some garments of another photo over this one.

    Each of the donor's instances is chosen with probability one half, at least one of them; whatever lies
    mostly within the chosen ones comes along, so that no sleeve is left without its label.

    Args:
        scene: What is pasted on.
        donor: Where the garments come from; nothing is pasted when it shows none.
        rng: Where chance comes from.

    Returns:
        The scene with the donor's pixels and instances; masks beneath have lost the pixels covered, and only
        categories labelled in both photos are labelled in it.
    """
    n = len(donor.masks)
    if not n:
        return scene
    chosen = rng.random(n) < 0.5
    chosen[rng.integers(n)] = True
    height, width = (min(a, b) for a, b in zip(scene.image.shape[1:], donor.image.shape[1:], strict=True))
    donated = _fitted(donor.masks, scene.image.shape[1:])
    cover = donated[torch.from_numpy(chosen)].amax(dim=0)
    chosen |= pixel_counts(donated & cover) > _PART_SHARE * np.maximum(pixel_counts(donated), 1)
    donated = donated[torch.from_numpy(chosen)]
    cover = donated.amax(dim=0)
    image = scene.image.clone()
    corner = cover[:height, :width].bool()
    image[:, :height, :width][:, corner] = donor.image[:, :height, :width][:, corner]
    return Scene(
        image=image,
        masks=torch.cat([scene.masks * (1 - cover), donated]),
        full_areas=np.concatenate([scene.full_areas, donor.full_areas[chosen]]),
        category_ids=np.concatenate([scene.category_ids, donor.category_ids[chosen]]),
        attributes=np.concatenate([scene.attributes, donor.attributes[chosen]]),
        attributes_known=np.concatenate([scene.attributes_known, donor.attributes_known[chosen]]),
        labelled=scene.labelled & donor.labelled,
    )


def _fitted(masks: Tensor, size: torch.Size | tuple[int, int]) -> Tensor:
    """Cut or pad masks at the right and the bottom to another size."""
    if tuple(masks.shape[1:]) == tuple(size):
        return masks
    out = masks.new_zeros((len(masks), *size))
    height, width = (min(a, b) for a, b in zip(size, masks.shape[1:], strict=True))
    out[:, :height, :width] = masks[:, :height, :width]
    return out
