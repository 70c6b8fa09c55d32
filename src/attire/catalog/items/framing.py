"""How a photo is laid before the network: street photos as they are, products several times in one frame.

The network learnt from people in the street, and how large a thing is in the photo weighs much in how it
names it: what fills the frame is a dress, what is as small as a foot is a shoe. A product photo says nothing
of size. So its product is laid into one frame as large as a garment, as a bag, a pair of shorts, a shoe, a
pair of glasses and a watch usually are, each about where people wear it, and read once.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.items.foreground import find_foreground
from attire.catalog.items.ground import Ground, find_ground
from attire.catalog.items.look_hash import look_hash
from attire.errors import RecipeError
from attire.masks import Mask, RunLengths
from attire.photos import Draft, read_draft
from attire.predict.source import PhotoLike, find_source

__all__ = ["COPIES", "FRAME", "Copy", "FramedPhoto", "PhotoKind", "ProductFrame", "frame_photo"]

PhotoKind: TypeAlias = Literal["auto", "street", "product"]
"""``auto`` looks at the ground; ``street`` and ``product`` say what photos are."""

FRAME = (480, 320)
"""``(height, width)`` of a frame in pixels: what the network in the box reads."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the places in a frame where a product is laid."""

    like: str
    """What is about as large and there."""
    filled: float
    """Share of the frame's height or width that it takes, whichever is reached first."""
    y: float
    """Where its middle lies, as a share of the frame's height."""
    x: float
    """The same, of its width."""


COPIES = (
    Copy("garment", 0.36, 0.29, 0.5),
    Copy("bag", 0.18, 0.62, 0.16),
    Copy("shorts", 0.2, 0.7, 0.62),
    Copy("shoe", 0.11, 0.93, 0.4),
    Copy("glasses", 0.06, 0.05, 0.5),
    Copy("watch", 0.04, 0.5, 0.85),
)
"""The first one is what outlines are taken from. Chosen by ``benchmarks/products.py``."""

_READ_PX = 640
"""Pixels along the longer side at which products are looked at."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ProductFrame:
    """Where a product lies in its photo and in its frame."""

    outline: RunLengths
    """Of what stands before the ground; one mask of the photo's size."""
    copies: RunLengths
    """The same in every place of the frame: masks of the frame's size."""
    scale: float
    """Pixels of the frame per pixel of the photo, in the first copy."""
    left: float
    """Where the photo's left rim would lie in the frame, in its pixels."""
    top: float
    """Where its upper rim would lie."""

    def boxes_in_photo(self, boxes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Move boxes on the first copy to the photo and cut them off at its rims: xyxy, shape ``(N, 4)``."""
        height, width = self.outline.sizes[0].tolist()
        moved = (boxes - np.array([self.left, self.top] * 2, np.float32)) / np.float32(self.scale)
        inside: npt.NDArray[np.float32] = np.clip(moved, 0, np.array([width, height] * 2, np.float32))
        return inside

    def mask_in_photo(self, masks: RunLengths, i: int) -> Mask:
        """Move mask ``i``, which lies on the first copy, to the photo."""
        (height, width), (rows, columns) = self.outline.sizes[0].tolist(), self.copies.sizes[0].tolist()
        row, row_in = _places(height, self.scale, self.top, rows)
        column, column_in = _places(width, self.scale, self.left, columns)
        return masks.sample(i, row, column) & row_in[:, None] & column_in


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FramedPhoto:
    """A photo as the network is to see it."""

    readable: PhotoLike
    """What to give the predictor: read it with ``keep="all"``."""
    size: tuple[int, int]
    """``(height, width)`` of the photo in pixels, upright."""
    draft: Draft
    """The photo, perhaps decoded smaller, for its colours."""
    photo_look: str
    """What :func:`look_hash` gives of the photo."""
    product: ProductFrame | None = None
    """None for street photos, which are read as they are."""


def frame_photo(photo: PhotoLike, photos: PhotoKind = "auto") -> FramedPhoto:
    """Decide how a photo is to be read, and lay a product into its frame.

    Args:
        photo: A file, a Pillow image, or RGB pixels.
        photos: What photos are. A ``product`` on no plain ground is the whole photo.

    Raises:
        DataError: If the photo cannot be read.
        RecipeError: If there is no such kind.
    """
    if photos not in get_args(PhotoKind):
        raise RecipeError(f"Photos are {', '.join(get_args(PhotoKind))}; found {photos!r}.")
    draft = read_draft(photo, _needed) if isinstance(photo, Path | str) else find_source(photo).read(_needed)
    draft = _reduced(draft)
    picture_hash = look_hash(draft.image)
    whole = draft.size == (draft.image.height, draft.image.width)
    as_is = FramedPhoto(
        readable=draft.image if whole else photo, size=draft.size, draft=draft, photo_look=picture_hash
    )
    if photos == "street":
        return as_is
    ground = find_ground(draft.image)
    outline = None if ground is None else find_foreground(draft.image, ground)
    if ground is None or outline is None:
        if photos == "auto":
            return as_is
        ground = find_ground(draft.image, least=0.0) or Ground((255, 255, 255), 0.0)
        outline = RunLengths.from_mask(np.ones((draft.image.height, draft.image.width), bool))
    frame, product = _laid_out(draft, ground, outline)
    return FramedPhoto(readable=frame, size=draft.size, draft=draft, photo_look=picture_hash, product=product)


def _laid_out(draft: Draft, ground: Ground, outline: RunLengths) -> tuple[Image.Image, ProductFrame]:
    """Lay a product into a frame of its own ground, once per place."""
    x1, y1, x2, y2 = outline.boxes[0].astype(int).tolist()
    shown = draft.image.crop((x1, y1, x2, y2))
    cut = Image.fromarray(outline.sample(0, np.arange(y1, y2), np.arange(x1, x2)))
    frame = Image.new("RGB", FRAME[::-1], ground.colour)
    masks: list[Mask] = []
    corners: list[tuple[float, float, float]] = []
    for copy in COPIES:
        scale = copy.filled * min(FRAME[0] / (y2 - y1), FRAME[1] / (x2 - x1))
        size = max(1, round((x2 - x1) * scale)), max(1, round((y2 - y1) * scale))
        at = round(copy.x * FRAME[1] - size[0] / 2), round(copy.y * FRAME[0] - size[1] / 2)
        frame.paste(shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0), at)
        mask = Image.new("1", FRAME[::-1])
        mask.paste(cut.resize(size), at)
        masks.append(np.asarray(mask))
        corners.append((scale, *at))
    scale, left, top = corners[0]
    shrunk = draft.image.height / draft.size[0]
    return frame, ProductFrame(
        outline=outline.resized(draft.size),
        copies=RunLengths.from_masks(masks),
        scale=scale * shrunk,
        left=left - x1 * scale,
        top=top - y1 * scale,
    )


def _places(
    length: int, scale: float, start: float, limit: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Frame row of each photo row, or column of each column, and whether the frame holds it."""
    places = np.floor((np.arange(length) + 0.5) * scale + start).astype(np.int64)
    return np.clip(places, 0, limit - 1), (places >= 0) & (places < limit)


def _reduced(draft: Draft) -> Draft:
    """Shrink what came whole as a JPEG is decoded: to a half, a quarter or an eighth that is large enough.

    Files and pixels of one photo are so looked at alike, and large ones as fast.
    """
    image = draft.image
    needed = _needed((image.height, image.width))
    halvings = [f for f in (8, 4, 2) if image.height >= f * needed[0] and image.width >= f * needed[1]]
    if not halvings:
        return draft
    box = [side / halvings[0] for side in draft.box]
    return replace(draft, image=image.reduce(halvings[0]), box=(box[0], box[1], box[2], box[3]))


def _needed(size: tuple[int, int]) -> tuple[int, int]:
    share = min(1.0, _READ_PX / max(size))
    return round(size[0] * share), round(size[1] * share)
