"""A view of a photo in the network's input: which part of it, how large, and whether mirrored."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.dataset.augment import AugmentConfig
from attire.masks import RunLengths
from attire.masks.sampling import nearest
from attire.preprocess import Geometry, resize

__all__ = ["View"]

Sides = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class View:
    """A window of the photo, scaled into the top left corner of the input.

    Photo and masks go through the same window, so a mask costs the input's pixels, never the photo's.
    """

    network_size: Sides
    """``(height, width)`` of the input in pixels."""
    top: int
    """First photo row of the window."""
    left: int
    """First photo column of the window."""
    window_size: Sides
    """``(height, width)`` of the window in photo pixels."""
    content_size: Sides
    """``(height, width)`` in input pixels that the window fills; the rest is padding."""
    mirrored: bool = False
    """Whether left and right change places within the content."""

    @classmethod
    def whole(cls, geometry: Geometry) -> "View":
        """See all of the photo, as validation and prediction do."""
        return cls(
            network_size=geometry.network_size,
            top=0,
            left=0,
            window_size=geometry.photo_size,
            content_size=geometry.content_size,
        )

    @classmethod
    def random(cls, geometry: Geometry, augment: AugmentConfig, rng: np.random.Generator) -> "View":
        """Draw a scale, a crop and a side, all uniformly.

        Args:
            geometry: How the photo lies in the input without augmentation.
            augment: Range of the factor, probability of mirroring.
            rng: Where chance comes from; always asked for four numbers.
        """
        least, most = augment.scale
        chance = rng.random(4)
        factor = least + (most - least) * chance[0]
        starts, windows, contents = [], [], []
        for axis in (0, 1):
            photo, network = geometry.photo_size[axis], geometry.network_size[axis]
            scaled = max(geometry.content_size[axis] * factor, 1.0)
            window = max(round(photo * min(1.0, network / scaled)), 1)
            windows.append(window)
            contents.append(min(max(round(scaled * window / photo), 1), network))
            starts.append(int(chance[1 + axis] * (photo - window + 1)))
        return cls(
            network_size=geometry.network_size,
            top=starts[0],
            left=starts[1],
            window_size=(windows[0], windows[1]),
            content_size=(contents[0], contents[1]),
            mirrored=bool(chance[3] < augment.flip),
        )

    @property
    def scales(self) -> tuple[float, float]:
        """Input pixels per photo pixel, downwards and to the right."""
        return self.content_size[0] / self.window_size[0], self.content_size[1] / self.window_size[1]

    def draw(self, photo: Image.Image, photo_size: Sides, *, antialias: bool) -> npt.NDArray[np.uint8]:
        """Cut the content out of a photo.

        Args:
            photo: RGB; possibly decoded at a fraction of its size.
            photo_size: Its full ``(height, width)`` in pixels.
            antialias: As in :func:`attire.preprocess.resize`.

        Returns:
            RGB, 0 … 255, shape ``(3, *content_size)``.
        """
        (top, bottom), (left, right) = (
            (round(start * shown / full), max(round((start + window) * shown / full), 1))
            for start, window, shown, full in zip(
                (self.top, self.left), self.window_size, (photo.height, photo.width), photo_size, strict=True
            )
        )
        window = photo.crop((min(left, right - 1), min(top, bottom - 1), right, bottom))
        pixels = np.asarray(resize(window, self.content_size, antialias=antialias)).transpose(2, 0, 1)
        return np.ascontiguousarray(pixels[:, :, ::-1] if self.mirrored else pixels)

    def decode(self, masks: RunLengths) -> npt.NDArray[np.uint8]:
        """Decode a photo's masks once, at the size of the input.

        Each is decoded inside its own box only.

        Args:
            masks: N masks of the photo's size.

        Returns:
            0 or 1, shape ``(N, *network_size)``.
        """
        out = np.zeros((len(masks), *self.network_size), np.uint8)
        height, width = self.content_size
        rows = self.top + nearest(self.window_size[0], height)
        columns = self.left + nearest(self.window_size[1], width)
        lefts, tops, rights, bottoms = masks.boxes.T
        row_span = np.searchsorted(rows, tops), np.searchsorted(rows, bottoms)
        column_span = np.searchsorted(columns, lefts), np.searchsorted(columns, rights)
        content = out[:, :height, :width]
        if self.mirrored:
            content = content[:, :, ::-1]
        for i in range(len(masks)):
            own_rows = slice(row_span[0][i], row_span[1][i])
            own_columns = slice(column_span[0][i], column_span[1][i])
            if own_rows.start < own_rows.stop and own_columns.start < own_columns.stop:
                content[i, own_rows, own_columns] = masks.sample(i, rows[own_rows], columns[own_columns])
        return out
