"""Any other network as an encoder: garments cut out, handed over as pictures, vectors back."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.colours import inner_pixels
from attire.errors import RecipeError
from attire.masks import nearest
from attire.predict import Look

__all__ = ["CropEncoder", "cut_out"]

_SIDE_PX = 224
"""Side of the pictures, in pixels; networks scale them as they like."""
_WHITE = (255, 255, 255)
_Floats = npt.NDArray[np.float32]


class CropEncoder:
    """An :class:`~attire.catalog.encoder.Encoder` around a function from pictures to vectors.

    Its vectors are one part, ``whole``; with ``colours`` a part of their own stands beside it, so that both
    can be weighed.
    """

    wants_maps = False

    def __init__(
        self,
        see: Callable[[Sequence[Image.Image]], npt.ArrayLike],
        *,
        version: str,
        dimensions: int,
        colours: Callable[[npt.NDArray[np.uint8]], _Floats] | None = None,
        ground: bool = False,
    ) -> None:
        """Wrap a function.

        Args:
            see: Gives one vector per picture, shape ``(N, dimensions)``; pictures are RGB and square.
            version: Names network and weights, such as ``openclip ViT-B-16-SigLIP webli``.
            dimensions: Length of its vectors.
            colours: Such as :func:`attire.catalog.colours.colour_shares`: a vector of a garment's pixels.
            ground: Whether pictures show what is around a garment; white if not.
        """
        self.see, self.version, self.colours, self.ground = see, version, colours, ground
        self._whole = dimensions

    @property
    def parts(self) -> Mapping[str, slice]:
        """``whole``, and ``colour`` where colours are wanted."""
        parts = {"whole": slice(0, self._whole)}
        if self.colours is not None:
            length = len(self.colours(np.zeros((1, 3), np.uint8)))
            parts["colour"] = slice(self._whole, self._whole + length)
        return parts

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return max(int(part.stop) for part in self.parts.values())

    def encode(self, look: Look) -> _Floats:
        """Give the vectors of a look's instances, each of length 1, shape ``(N, D)``.

        Raises:
            RecipeError: If the function gives vectors of another shape.
        """
        if not len(look) or look.masks is None:
            return np.zeros((0, self.dimensions), np.float32)
        photo = look.photo
        pictures = [cut_out(photo, look, i, ground=self.ground) for i in range(len(look))]
        vectors = np.asarray(self.see(pictures), np.float32)
        if vectors.shape != (len(look), self._whole):
            raise RecipeError(
                f"{self.version}: gave vectors of shape {vectors.shape} for {len(look)} pictures, expected "
                f"{(len(look), self._whole)}."
            )
        made = [_unit(vectors)]
        if self.colours is not None:
            colours = [self.colours(pixels) for pixels in inner_pixels(photo, look.masks)]
            made.append(_unit(np.stack(colours).astype(np.float32)))
        return _unit(np.concatenate(made, axis=1))


def cut_out(
    photo: Image.Image, look: Look, i: int, *, side_px: int = _SIDE_PX, ground: bool = False
) -> Image.Image:
    """Cut a garment out of its photo, in the middle of a white square.

    Args:
        photo: RGB, of the look's size.
        look: With masks.
        i: Which instance.
        side_px: Side of the square in pixels.
        ground: Whether to leave in what is around it.

    Returns:
        RGB, ``side_px`` either way.
    """
    x1, y1, x2, y2 = (int(side) for side in look.boxes[i])
    x2, y2 = max(x2, x1 + 1), max(y2, y1 + 1)
    shown = photo.crop((x1, y1, x2, y2))
    if look.masks is not None and not ground:
        rows, columns = nearest(y2 - y1, y2 - y1) + y1, nearest(x2 - x1, x2 - x1) + x1
        mask = Image.fromarray(look.masks.sample(i, rows, columns))
        shown = Image.composite(shown, Image.new("RGB", shown.size, _WHITE), mask)
    scale = side_px / max(shown.size)
    size = max(1, round(shown.width * scale)), max(1, round(shown.height * scale))
    square = Image.new("RGB", (side_px, side_px), _WHITE)
    corner = (side_px - size[0]) // 2, (side_px - size[1]) // 2
    square.paste(shown.resize(size, Image.Resampling.BICUBIC), corner)
    return square


def _unit(rows: _Floats) -> _Floats:
    unit: _Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return unit
