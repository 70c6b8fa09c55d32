"""One drawn look: the photo, and the visible pixels and attributes of everything worn."""

import io
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.instances import Instances
from attire.masks import RunLengths
from attire.ontology import Ontology
from attire.render.layer import Piece
from attire.render.paths import canvas_library
from attire.render.scene.camera import develop
from attire.render.scene.scene import Scene, draw_scene
from attire.render.taste import Taste
from attire.render.visible import visible_masks

__all__ = ["Look", "draw_look"]

SMALLEST_AREA_PX = 12
"""Visible pixels below which an item is not labelled."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """A drawn photo with its truth."""

    photo: Image.Image
    """RGB."""
    jpeg: bytes
    """The photo as it is stored; its compression is part of the look."""
    instances: Instances
    """What is worn, with exact masks and attributes."""


def draw_look(
    seed: int,
    index: int,
    size: tuple[int, int] = (768, 512),
    *,
    uniform: bool = False,
    product: bool = False,
    wanted: Collection[str] = (),
) -> Look:
    """Draw one look; the same arguments always give the same bytes.

    Args:
        seed: Seed of the whole set.
        index: Which look of the set.
        size: ``(height, width)`` in pixels.
        uniform: Choose rare garments and attributes as often as common ones.
        product: Draw one garment on white instead of a dressed person.
        wanted: Names of categories and attributes that are chosen wherever they are an option.

    Returns:
        The photo and its truth.

    Raises:
        MissingExtraError: If skia-python or a system library it needs is missing.
    """
    skia = canvas_library()
    rng = np.random.default_rng([seed, index])
    height, width = size
    surface = skia.Surface(width, height)
    taste = Taste(rng=rng, uniform=uniform, wanted=frozenset(wanted))
    scene = draw_scene(surface.getCanvas(), size, taste)
    jpeg = develop(surface.toarray(colorType=skia.kRGBA_8888_ColorType), rng)
    return Look(
        photo=Image.open(io.BytesIO(jpeg)).convert("RGB"),
        jpeg=jpeg,
        instances=_instances(scene, size, f"{index:06d}.jpg"),
    )


def _instances(scene: Scene, size: tuple[int, int], image_id: str) -> Instances:
    ontology = Ontology.imaterialist2019()
    pieces, masks = [], []
    for piece, mask in visible_masks(scene, size):
        if mask.sum() >= SMALLEST_AREA_PX:
            pieces.append(piece)
            masks.append(RunLengths.from_mask(mask))
    runs = RunLengths.concatenate(masks)
    attributes, known = _attributes(pieces, ontology)
    return Instances(
        ontology=ontology,
        image_id=image_id,
        size=size,
        category_ids=np.array([ontology.category(piece.category).id for piece in pieces], np.int64),
        boxes=runs.boxes,
        masks=runs,
        attributes=attributes,
        attributes_known=known,
    )


def _attributes(
    pieces: list[Piece], ontology: Ontology
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Sets and what is known: everything about a garment that names attributes, nothing about the rest."""
    held = np.zeros((len(pieces), len(ontology.attributes)), bool)
    for row, piece in enumerate(pieces):
        held[row, [ontology.attribute_index(name) for name in piece.attributes]] = True
    known = np.repeat(held.any(axis=1, keepdims=True), held.shape[1], axis=1)
    return held, known
