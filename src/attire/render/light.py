"""Where the light comes from, and what it makes of a fold."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.render.panel import Panel
from attire.render.paths import Floats

__all__ = ["Light", "choose_light"]


@dataclass(frozen=True, kw_only=True)
class Light:
    """One key light and what comes from everywhere."""

    direction: tuple[float, float, float]
    """Towards the light: right, down, towards the viewer; unit length."""
    ambient: float
    """Share of light that comes from everywhere, 0 … 1."""
    warmth: float
    """Colour of the key light against its shadows, -1 (cold) … 1 (warm)."""

    def shade(self, panel: Panel) -> npt.NDArray[np.int64]:
        """Give the colour (0xAARRGGBB, opaque) by which light multiplies cloth, shape (R, C)."""
        facing = self._facing(panel)
        level = np.clip(self.ambient + (1.02 - self.ambient) * facing / max(self.direction[2], 0.35), 0, 1.08)
        hollow = panel.relief - _blurred(panel.relief)
        level *= np.clip(1 + 0.10 * np.clip(hollow / 0.8, -1.6, 0.5), 0.7, 1.05)
        tint = (level - 0.8) * 0.12 * self.warmth
        channels = np.stack([level * (1 + tint), level, level * (1 - tint)], axis=-1)
        red, green, blue = np.moveaxis(np.clip(channels * 255, 0, 255).astype(np.int64), -1, 0)
        return np.asarray((255 << 24) | (red << 16) | (green << 8) | blue)

    def sheen(self, panel: Panel, gloss: float) -> npt.NDArray[np.int64]:
        """Give the white (alpha in the first byte) that a glossy cloth mirrors, shape (R, C)."""
        normal = _normals(panel)
        halfway = np.asarray(self.direction) + np.array([0.0, 0.0, 1.0])
        halfway /= np.linalg.norm(halfway)
        glint = np.clip(normal @ halfway, 0, 1) ** (12 + 50 * gloss)
        alpha = np.clip(glint * 210 * gloss, 0, 255).astype(np.int64)
        return np.asarray((alpha << 24) | 0xFFFFFF)

    def _facing(self, panel: Panel) -> Floats:
        return np.asarray(np.clip(_normals(panel) @ np.asarray(self.direction), 0, 1))


def choose_light(rng: np.random.Generator) -> Light:
    """Pick a light from the front, from a side or from above, soft or hard."""
    side, height = rng.uniform(-0.75, 0.75), rng.uniform(-0.8, -0.15)
    direction = np.array([side, height, rng.uniform(0.55, 1.1)])
    x, y, z = (direction / np.linalg.norm(direction)).tolist()
    return Light(
        direction=(x, y, z), ambient=float(rng.uniform(0.3, 0.62)), warmth=float(rng.uniform(-0.6, 1.0))
    )


def _normals(panel: Panel) -> Floats:
    """Unit normals towards the viewer, shape (R, C, 3)."""
    surface = np.concatenate([panel.points, panel.relief[..., None]], axis=-1)
    down, across = np.gradient(surface, axis=0), np.gradient(surface, axis=1)
    normal = np.cross(across, down)
    normal *= np.where(normal[..., 2:] < 0, -1.0, 1.0)
    return np.asarray(normal / (np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9))


def _blurred(relief: Floats) -> Floats:
    wide = np.pad(relief, 2, mode="edge")
    rows, columns = relief.shape
    near = [wide[i : i + rows, j : j + columns] for i in range(5) for j in range(5)]
    return np.asarray(np.mean(near, axis=0))
