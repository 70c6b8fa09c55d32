"""One drawn look: the photo, and the visible pixels and attributes of everything worn."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from attire.instances import Instances
from attire.masks import RunLengths
from attire.ontology import Ontology
from attire.render.backdrop import cast_shadow, draw_backdrop
from attire.render.cloth import Cloth, fill
from attire.render.figure import Figure, pose_figure
from attire.render.paths import canvas_library
from attire.render.wardrobe import Piece, dress_figure

if TYPE_CHECKING:
    import skia

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


def draw_look(seed: int, index: int, size: tuple[int, int] = (768, 512)) -> Look:
    """Draw one look; the same seed, index and size always give the same bytes.

    Args:
        seed: Seed of the whole set.
        index: Which look of the set.
        size: ``(height, width)`` in pixels.

    Returns:
        The photo and its truth.

    Raises:
        MissingExtraError: If skia-python or a system library it needs is missing.
    """
    skia = canvas_library()
    rng = np.random.default_rng([seed, index])
    height, width = size
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    figure = pose_figure(size, rng)
    sole = figure.at(0, 0.99)[1]
    draw_backdrop(canvas, size, sole - figure.px(float(rng.uniform(0.02, 0.16))), rng)
    cast_shadow(canvas, figure.center_x, sole, figure.px(0.11), figure.height)
    pieces = _draw_dressed(canvas, figure, rng)
    masks, kept = _visible(pieces, size)
    jpeg = _develop(surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3], rng)
    ontology = Ontology.imaterialist2019()
    attributes, known = _attributes(kept, ontology)
    return Look(
        photo=Image.open(io.BytesIO(jpeg)).convert("RGB"),
        jpeg=jpeg,
        instances=Instances(
            ontology=ontology,
            image_id=f"{index:06d}.jpg",
            size=size,
            category_ids=np.array([ontology.category(piece.category).id for piece in kept], np.int64),
            boxes=masks.boxes,
            masks=masks,
            attributes=attributes,
            attributes_known=known,
        ),
    )


def _draw_dressed(canvas: Any, figure: Figure, rng: np.random.Generator) -> list[Piece]:
    """Draw hair, skin, clothes and hands from back to front; skin and hair hide what is behind them."""
    skin = Cloth(figure.skin, figure.skin, "plain (pattern)")
    hair = Cloth(figure.hair, figure.hair, "plain (pattern)")
    pieces = dress_figure(figure, rng)
    hat_on = any(piece.category == "hat" for piece in pieces)
    fill(canvas, figure.hair_behind(), hair, figure.height, rng)
    for path in figure.skin_paths():
        fill(canvas, path, skin, figure.height, rng)
    worn: list[Piece] = []
    faces = [piece for piece in pieces if piece.category in ("glasses", "hat")]
    for piece in [piece for piece in pieces if piece not in faces]:
        fill(canvas, piece.path, piece.cloth, figure.height, rng)
        worn.append(piece)
    # Collars and scarves go around the neck: the head is drawn once more over what reaches up to it.
    over = [(figure.head(), skin), (figure.hands(), skin)]
    if not hat_on:
        over.append((figure.hair_before(), hair))
    for path, cloth in over:
        fill(canvas, path, cloth, figure.height, rng)
        worn.append(Piece(category="", path=path, cloth=cloth))
    figure.draw_face(canvas)
    for piece in faces:
        fill(canvas, piece.path, piece.cloth, figure.height, rng)
        worn.append(piece)
    return worn


def _visible(pieces: list[Piece], size: tuple[int, int]) -> tuple[RunLengths, list[Piece]]:
    """Visible pixels of every labelled piece; walking from the front keeps one mask dense at a time."""
    hidden = np.zeros(size, bool)
    masks, kept = [], []
    for piece in reversed(pieces):
        covered = _rasterise(piece.path, size)
        mask = covered & ~hidden
        if piece.category and mask.sum() >= SMALLEST_AREA_PX:
            masks.append(RunLengths.from_mask(mask))
            kept.append(piece)
        if not piece.on_garment:
            hidden |= covered
    return RunLengths.concatenate(masks[::-1]), kept[::-1]


def _rasterise(path: "skia.Path", size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    skia = canvas_library()
    surface = skia.Surface(size[1], size[0])
    surface.getCanvas().drawPath(path, skia.Paint(Color=skia.ColorWHITE, AntiAlias=False))
    covered: npt.NDArray[np.bool_] = surface.toarray()[..., 3] > 0
    return covered


def _attributes(
    pieces: list[Piece], ontology: Ontology
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Sets and what is known: everything about a garment that names attributes, nothing about the rest."""
    held = np.zeros((len(pieces), len(ontology.attributes)), bool)
    for row, piece in enumerate(pieces):
        held[row, [ontology.attribute_index(name) for name in piece.attributes]] = True
    known = np.repeat(held.any(axis=1, keepdims=True), held.shape[1], axis=1)
    return held, known


def _develop(pixels: npt.NDArray[np.uint8], rng: np.random.Generator) -> bytes:
    """Give the drawing a camera's light, softness, noise and compression."""
    image = Image.fromarray(pixels, "RGB").filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 0.9))))
    light = np.asarray(image, np.float32) * rng.uniform(0.86, 1.08) * rng.uniform(0.96, 1.04, 3)
    light += rng.normal(0, rng.uniform(1.5, 5), light.shape)
    stored = io.BytesIO()
    Image.fromarray(np.clip(light, 0, 255).astype(np.uint8), "RGB").save(
        stored, "JPEG", quality=int(rng.integers(82, 96))
    )
    return stored.getvalue()
