"""From a photo to the network's input and back: one way for validation, command line, service and batch."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.errors import DataError, RecipeError
from attire.masks import RunLengths
from attire.masks.sampling import nearest
from attire.photos import Draft

__all__ = ["PADDING", "Geometry", "InputSpec", "preprocess", "resize"]

PADDING = (124, 116, 104)
"""RGB of the padding, 0 … 255: the mean of ImageNet, which normalisation turns into zeros."""


@dataclass(frozen=True, kw_only=True)
class InputSpec:
    """What the network is fed: either a canvas of fixed size, or sides that follow the photo's shape.

    Example:
        >>> InputSpec(height=480, width=320).geometry((600, 300)).content_size
        (480, 240)
        >>> InputSpec(height=480, width=320, mode="plain").geometry((600, 300)).content_size
        (480, 320)
        >>> InputSpec(min_side=256, max_side=384).geometry((600, 300)).network_size
        (384, 192)
    """

    height: int | None = None
    """Canvas height in pixels, a multiple of ``pad_multiple``."""
    width: int | None = None
    """Canvas width in pixels, a multiple of ``pad_multiple``."""
    min_side: int | None = None
    """Instead of a canvas: length in pixels that the shorter side gets …"""
    max_side: int | None = None
    """… unless the longer side would then exceed this many pixels."""
    mode: Literal["plain", "letterbox"] = "letterbox"
    """``plain`` stretches the photo over the canvas; ``letterbox`` keeps its shape and pads the rest."""
    antialias: bool = True
    """Smooth resizing: average over all pixels that shrink into one, instead of the nearest four."""
    pad_multiple: int = 32
    """Sides of the input are multiples of this many pixels; 32 is the deepest stride of the backbones."""

    def __post_init__(self) -> None:
        """Refuse sizes that contradict each other."""
        canvas = (self.height, self.width)
        sides = (self.min_side, self.max_side)
        given = [value for value in (*canvas, *sides) if value is not None]
        if any(value < 1 for value in given) or self.pad_multiple < 1:
            raise RecipeError(f"Input sizes are positive numbers of pixels; found {self}.")
        if (None in canvas) == (None in sides) or len(given) != 2:
            raise RecipeError(
                f"An input has either height and width or min_side and max_side; found height={self.height}, "
                f"width={self.width}, min_side={self.min_side}, max_side={self.max_side}."
            )
        if self.mode not in ("plain", "letterbox"):
            raise RecipeError(f"Input mode {self.mode!r} is unknown; use 'plain' or 'letterbox'.")
        if self.height is not None and self.width is not None:
            if self.height % self.pad_multiple or self.width % self.pad_multiple:
                raise RecipeError(
                    f"An input of {self.height}x{self.width} does not divide by {self.pad_multiple}; "
                    f"use {_up(self.height, self.pad_multiple)}x{_up(self.width, self.pad_multiple)}."
                )
        elif self.mode == "plain":
            raise RecipeError("Mode 'plain' stretches to an exact height and width; give these.")
        elif (self.min_side or 0) > (self.max_side or 0):
            raise RecipeError(f"min_side {self.min_side} is above max_side {self.max_side}; swap them.")

    def scaled(self, factor: float) -> "InputSpec":
        """Give the same for an input that is ``factor`` times as large, to the nearest size that fits.

        Raises:
            RecipeError: If the factor is not positive.

        Example:
            >>> larger = InputSpec(height=480, width=320).scaled(1.2)
            >>> larger.height, larger.width
            (576, 384)
        """
        if not factor > 0:
            raise RecipeError(f"An input is scaled by a positive factor; found {factor}.")
        step = 1 if self.height is None else self.pad_multiple

        def times(side: int | None) -> int | None:
            return None if side is None else max(round(side * factor / step), 1) * step

        return replace(
            self,
            height=times(self.height),
            width=times(self.width),
            min_side=times(self.min_side),
            max_side=times(self.max_side),
        )

    def least_size(self, photo_size: tuple[int, int]) -> tuple[int, int]:
        """Say how large a draft of a photo has to be for this input, ``(height, width)`` in pixels.

        Twice the input's size: a decoder that halves averages as smooth resizing does, and what it does
        otherwise is then not seen (at most 6 of 255 in large photos; 28 at the input's own size). Without
        antialiasing it is all of the photo, as averaging is just what is not wanted then.

        Example:
            >>> InputSpec(height=480, width=320).least_size((4000, 3000))
            (854, 640)
        """
        if not self.antialias:
            return photo_size
        height, width = self.geometry(photo_size).content_size
        return 2 * height, 2 * width

    def geometry(self, photo_size: tuple[int, int]) -> "Geometry":
        """Work out where a photo of ``(height, width)`` pixels goes.

        Raises:
            DataError: If the photo has no pixels.
        """
        height, width = photo_size
        if height < 1 or width < 1:
            raise DataError(f"A photo of {height}x{width} pixels has nothing to read.")
        if self.height is not None and self.width is not None:
            network = (self.height, self.width)
            if self.mode == "plain":
                return Geometry(photo_size=photo_size, network_size=network, content_size=network)
            content = _scaled(photo_size, min(self.height / height, self.width / width), network)
        else:
            shorter, longer = self.min_side or 1, self.max_side or 1
            scale = min(shorter / min(photo_size), longer / max(photo_size))
            content = _scaled(photo_size, scale, (longer, longer))
            network = (_up(content[0], self.pad_multiple), _up(content[1], self.pad_multiple))
        return Geometry(photo_size=photo_size, network_size=network, content_size=content)


@dataclass(frozen=True, kw_only=True)
class Geometry:
    """How one photo lies in the network's input: scaled into its top left corner, padding beyond."""

    photo_size: tuple[int, int]
    """``(height, width)`` of the photo in pixels."""
    network_size: tuple[int, int]
    """``(height, width)`` of the input in pixels, padding included."""
    content_size: tuple[int, int]
    """``(height, width)`` in pixels of the part of the input that shows the photo."""

    @property
    def scale_y(self) -> float:
        """Input pixels per photo pixel, downwards."""
        return self.content_size[0] / self.photo_size[0]

    @property
    def scale_x(self) -> float:
        """Input pixels per photo pixel, to the right."""
        return self.content_size[1] / self.photo_size[1]

    def to_network(self, boxes: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
        """Move boxes from photo to input pixels: xyxy, shape ``(N, 4)``, either way.

        Example:
            >>> geometry = InputSpec(height=64, width=64).geometry((128, 64))
            >>> geometry.to_network(np.array([[0, 0, 64, 128]])).tolist()
            [[0.0, 0.0, 32.0, 64.0]]
        """
        scaled: npt.NDArray[np.float32] = np.asarray(boxes, np.float32).reshape(-1, 4) * self._factors()
        return scaled

    def to_photo(self, boxes: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
        """Move boxes from input to photo pixels and cut them off at the photo's edges; shape ``(N, 4)``.

        Example:
            >>> geometry = InputSpec(height=64, width=64).geometry((128, 64))
            >>> geometry.to_photo(np.array([[0, 0, 60, 64]])).tolist()
            [[0.0, 0.0, 64.0, 128.0]]
        """
        height, width = self.photo_size
        edges = np.array([width, height, width, height], np.float32)
        scaled: npt.NDArray[np.float32] = np.asarray(boxes, np.float32).reshape(-1, 4) / self._factors()
        return np.minimum(np.maximum(scaled, 0), edges)

    def source_grid(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Photo row of each content row and photo column of each content column, for ``RunLengths.sample``.

        Example:
            >>> rows, columns = InputSpec(height=32, width=32).geometry((64, 64)).source_grid()
            >>> rows[:3].tolist(), len(columns)
            ([1, 3, 5], 32)
        """
        return (
            nearest(self.photo_size[0], self.content_size[0]),
            nearest(self.photo_size[1], self.content_size[1]),
        )

    def decode_masks(self, masks: RunLengths) -> npt.NDArray[np.uint8]:
        """Decode a photo's masks once, at the size of the input: 0 or 1, shape ``(N, height, width)``."""
        out = np.zeros((len(masks), *self.network_size), np.uint8)
        rows, columns = self.source_grid()
        for i in range(len(masks)):
            out[i, : len(rows), : len(columns)] = masks.sample(i, rows, columns)
        return out

    def _factors(self) -> npt.NDArray[np.float32]:
        return np.array([self.scale_x, self.scale_y, self.scale_x, self.scale_y], np.float32)


def preprocess(photo: Image.Image | Draft, spec: InputSpec) -> tuple[npt.NDArray[np.uint8], Geometry]:
    """Turn a photo into the network's input; the model itself subtracts the mean.

    Args:
        photo: RGB, already turned upright (:func:`attire.photos.read_photo` gives this); or a draft of it,
            which :meth:`InputSpec.least_size` says how large to read.
        spec: What the network wants.

    Returns:
        RGB, 0 … 255, shape ``(3, height, width)``, and where the photo, at its full size, lies in it.

    Raises:
        DataError: If the photo is not RGB.

    Example:
        >>> array, geometry = preprocess(Image.new("RGB", (40, 80)), InputSpec(height=64, width=64))
        >>> array.shape, geometry.content_size
        ((3, 64, 64), (64, 32))
    """
    draft = photo if isinstance(photo, Draft) else Draft.whole(photo)
    if draft.image.mode != "RGB":
        raise DataError(
            f"The network reads RGB photos, found mode {draft.image.mode!r}. Use read_photo, or convert."
        )
    geometry = spec.geometry(draft.size)
    content = resize(draft.image, geometry.content_size, antialias=spec.antialias, box=draft.box)
    height, width = geometry.content_size
    canvas = np.empty((3, *geometry.network_size), np.uint8)
    canvas[:] = np.array(PADDING, np.uint8)[:, None, None]
    canvas[:, :height, :width] = np.asarray(content).transpose(2, 0, 1)
    return canvas, geometry


def resize(
    photo: Image.Image,
    size: tuple[int, int],
    *,
    antialias: bool,
    box: tuple[float, float, float, float] | None = None,
) -> Image.Image:
    """Resize a photo bilinearly to ``(height, width)``, pixel centres aligned.

    Args:
        photo: Any mode that Pillow interpolates.
        size: New ``(height, width)`` in pixels.
        antialias: Whether a pixel averages all that shrinks into it, or only the nearest four.
        box: Part to take, xyxy in pixels of the photo, which may cut pixels; all of it if None.

    Returns:
        The photo at its new size.
    """
    height, width = size
    left, top, right, bottom = box or (0, 0, photo.width, photo.height)
    if (left, top, right, bottom) == (0, 0, width, height) == (0, 0, *photo.size):
        return photo
    if antialias:
        return photo.resize((width, height), Image.Resampling.BILINEAR, box=(left, top, right, bottom))
    # Pillow's resize always averages; an affine transform reads four neighbours, whatever the scale.
    step_x, step_y = (right - left) / width, (bottom - top) / height
    return photo.transform(
        (width, height), Image.Transform.AFFINE, (step_x, 0, left, 0, step_y, top), Image.Resampling.BILINEAR
    )


def _scaled(photo_size: tuple[int, int], scale: float, limit: tuple[int, int]) -> tuple[int, int]:
    height, width = (
        min(max(round(side * scale), 1), most) for side, most in zip(photo_size, limit, strict=True)
    )
    return height, width


def _up(side: int, multiple: int) -> int:
    return -(-side // multiple) * multiple
