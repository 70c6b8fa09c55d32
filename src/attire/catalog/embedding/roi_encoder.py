"""The encoder in the box: the network's own features under the mask, and the colours there."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from attire.bundled import bundled_embedding
from attire.catalog.colours import colour_shares, example_of, inner_pixels
from attire.catalog.embedding.pooling import pool
from attire.catalog.embedding.projection import Projection, identify
from attire.errors import RecipeError, WeightsError
from attire.masks import RunLengths
from attire.model.header import ModelHeader
from attire.predict import Look
from attire.predict.source import picture_size

__all__ = ["COLOUR", "RoiEncoder"]

COLOUR = "colour"
"""Name of the part that is made of pixels."""
_PHOTO_PX = 512
"""Longest side, in pixels, at which photos are decoded for their colours and edges."""
_Floats = npt.NDArray[np.float32]


class RoiEncoder:
    """An :class:`~attire.catalog.encoder.Encoder` of three parts: ``shape``, ``pattern`` and ``colour``.

    Example:
        ``encoder = RoiEncoder.load()``, then ``encoder.encode(predictor("photo.jpg", maps=True))``.
    """

    wants_maps = True

    def __init__(self, projection: Projection) -> None:
        """Take what was learned; :meth:`load` is the usual way."""
        self.projection = projection

    @classmethod
    def load(cls, path: Path | str | None = None, *, model: ModelHeader | None = None) -> Self:
        """Load an embedding.

        Args:
            path: File that ``tools/embedding.py`` wrote; the one in the box if None.
            model: What the network says of itself whose maps will be read; not looked at if None.

        Raises:
            WeightsError: If it cannot be read, or was made for another network.
        """
        path = bundled_embedding() if path is None else path
        projection = Projection.load(path)
        if model is not None and identify(model) != projection.model:
            raise WeightsError(
                f"{path}: goes with network {projection.model}, and {model.card.name} is {identify(model)}. "
                "Make one for it: tools/embedding.py, or give another encoder (docs/embedding.md)."
            )
        return cls(projection)

    @property
    def version(self) -> str:
        """Names the projection and its weights."""
        return self.projection.version

    @cached_property
    def parts(self) -> Mapping[str, slice]:
        """Which numbers belong to which part."""
        sizes = {name: layer.matrix.shape[1] for name, layer in self.projection.layers.items()}
        sizes[COLOUR] = self.projection.colour.shape[1]
        ends = np.cumsum(list(sizes.values())).tolist()
        return {name: slice(end - sizes[name], end) for name, end in zip(sizes, ends, strict=True)}

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return max(int(part.stop) for part in self.parts.values())

    def encode(self, look: Look) -> _Floats:
        """Give the vectors of a look's instances.

        Args:
            look: Read with ``maps=True``, with masks.

        Returns:
            Rows of length 1 whose parts all have the same length, shape ``(N, D)``.

        Raises:
            RecipeError: If the look was read without maps.
            DataError: If the photo's file is gone, or another than it was.
        """
        if look.maps is None:
            raise RecipeError(
                f"{look.image_id}: was read without maps. Read it with them: predictor(photo, maps=True)."
            )
        if not len(look):
            return np.zeros((0, self.dimensions), np.float32)
        masks = RunLengths.empty() if look.masks is None else look.masks
        photo = look.picture or look.source.read(lambda size: picture_size(size, _PHOTO_PX)).image
        pooled = pool(look.maps, masks, photo)
        made = {name: layer(pooled) for name, layer in self.projection.layers.items()}
        made[COLOUR] = np.stack([self._colour(pixels) for pixels in inner_pixels(photo, masks)])
        whole = np.concatenate([made[name] for name in self.parts], axis=1)
        unit: _Floats = whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-6)
        return unit.astype(np.float32)

    def colour_vector(self, name: str) -> _Floats:
        """Give the colour part of a garment that has one colour.

        Args:
            name: One of :data:`attire.catalog.colours.COLOUR_NAMES`.

        Returns:
            Of length 1, shape ``(d,)``, d the length of the part.

        Raises:
            RecipeError: If there is no such name.
        """
        return self._colour(example_of(name))

    def _colour(self, pixels: npt.NDArray[np.uint8]) -> _Floats:
        made = colour_shares(pixels) @ self.projection.colour
        unit: _Floats = (made / max(float(np.linalg.norm(made)), 1e-6)).astype(np.float32)
        return unit
