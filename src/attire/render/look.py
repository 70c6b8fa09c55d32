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
from attire.render.paths import canvas_library
from attire.render.scene.camera import develop
from attire.render.scene.product import draw_product
from attire.render.scene.scene import draw_scene
from attire.render.taste import Taste
from attire.render.visible import Visible, visible_pieces

__all__ = ["RENDER_VERSION", "Look", "draw_look"]

RENDER_VERSION = 4
"""Grows whenever the same seed begins to give other pictures."""

SMALLEST_AREA_PX = 12
"""Visible pixels below which an item is not labelled."""

SMALLEST_SHARE = 0.12
"""Visible share of a garment below which nothing is said about it."""

TELLING_SHARE = 0.5
"""Visible share of a garment below which only its pattern is said."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """A drawn photo with its truth."""

    photo: Image.Image
    """RGB."""
    jpeg: bytes
    """The photo as it is stored; its compression is part of the look."""
    instances: Instances
    """What is worn, with exact masks and attributes."""
    owners: npt.NDArray[np.int64]
    """Row of the garment that each part belongs to, shape ``(N,)``; -1 for garments, and for parts of what
    cannot be seen."""


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
        wanted: Names of categories and attributes that are chosen wherever they are an option; also
            ``two people``.

    Returns:
        The photo and its truth.

    Raises:
        MissingExtraError: If skia-python or a system library it needs is missing.
    """
    skia = canvas_library()
    rng = np.random.default_rng([seed, index])
    height, width = size
    surface = skia.Surface(width, height)
    taste = Taste(rng=rng, uniform=uniform, wanted=_wanted(rng, uniform, wanted))
    scene = (draw_product if product else draw_scene)(surface.getCanvas(), size, taste)
    jpeg = develop(surface.toarray(colorType=skia.kRGBA_8888_ColorType), rng, studio=product)
    seen = [item for item in visible_pieces(scene, size) if item.area >= SMALLEST_AREA_PX]
    return Look(
        photo=Image.open(io.BytesIO(jpeg)),
        jpeg=jpeg,
        instances=_instances(seen, size, f"{index:06d}.jpg"),
        owners=_owners(seen),
    )


def _wanted(rng: np.random.Generator, uniform: bool, wanted: Collection[str]) -> frozenset[str]:
    """Names to take wherever they are an option; uniform looks want one attribute and one category each.

    Garments offer attributes unequally: only evening gowns have a basque waist. Wanting each in turn is what
    brings the rare ones up.
    """
    if wanted or not uniform:
        return frozenset(wanted)
    ontology = Ontology.imaterialist2019()
    attribute = ontology.attributes[int(rng.integers(len(ontology.attributes)))].name
    return frozenset({attribute, ontology.categories[int(rng.integers(len(ontology.categories)))].name})


def _owners(seen: list[Visible]) -> npt.NDArray[np.int64]:
    rows = {id(item.piece): row for row, item in enumerate(seen)}
    return np.array([rows.get(id(item.piece.owner), -1) for item in seen], np.int64)


def _instances(seen: list[Visible], size: tuple[int, int], image_id: str) -> Instances:
    ontology = Ontology.imaterialist2019()
    runs = RunLengths.concatenate([item.runs for item in seen])
    attributes, known = _attributes(seen, ontology)
    return Instances(
        ontology=ontology,
        image_id=image_id,
        size=size,
        category_ids=np.array([ontology.category(item.piece.category).id for item in seen], np.int64),
        boxes=runs.boxes,
        masks=runs,
        attributes=attributes,
        attributes_known=known,
    )


def _attributes(
    seen: list[Visible], ontology: Ontology
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Sets and what is known: everything about a garment that names attributes, nothing about the rest.

    What the picture does not show is not said: the length of a garment that its edge cuts off, the waistline
    under an untucked shirt, anything but the pattern of what is half hidden. A group of which nothing is said
    is unknown.
    """
    held = np.zeros((len(seen), len(ontology.attributes)), bool)
    for row, item in enumerate(seen):
        if item.share < SMALLEST_SHARE:
            continue
        places = [ontology.attribute_index(name) for name in item.piece.attributes]
        held[row, [i for i in places if _shown(item, ontology.attributes[i].group)]] = True
    known = np.zeros_like(held)
    for group in ontology.groups:
        columns = list(group.indices)
        known[:, columns] = held[:, columns].any(axis=1, keepdims=True)
    return held, known


def _shown(item: Visible, group: str) -> bool:
    """Whether the picture shows what is said of a group of attributes."""
    if item.share < TELLING_SHARE:
        return group == "pattern"
    return group not in item.hidden and (item.whole or group != "length")
