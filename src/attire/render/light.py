"""Where the light comes from, and what it makes of a fold."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.render.cloth.cloth import Rng
from attire.render.panel import Panel
from attire.render.paths import Floats

__all__ = ["LIGHTS", "Light", "choose_light"]


@dataclass(frozen=True, kw_only=True)
class Light:
    """One key light and what comes from everywhere."""

    direction: tuple[float, float, float]
    """Towards the light: right, down, towards the viewer; unit length."""
    ambient: float
    """Share of light that comes from everywhere, 0 … 1."""
    warmth: float
    """Colour of the key light against its shadows, -1 (cold) … 1 (warm)."""
    color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Colour of all light: red, green and blue relative to white."""
    rim: float = 0.0
    """Light from behind that brightens edges, 0 … 1."""
    cast: float = 0.4
    """How dark a shadow on the ground is, 0 … 1."""
    softness: float = 5.0
    """How far the edge of a cast shadow spreads, centimetres at the height of a hip."""

    def shade(self, panel: Panel) -> npt.NDArray[np.int64]:
        """Give the colour (0xAARRGGBB, opaque) by which light multiplies cloth, shape (R, C)."""
        normal = _normals(panel)
        facing = np.clip(normal @ np.asarray(self.direction), 0, 1)
        level = np.clip(self.ambient + (1.02 - self.ambient) * facing / max(self.direction[2], 0.35), 0, 1.08)
        hollow = panel.relief - _blurred(panel.relief)
        level *= np.clip(1 + 0.10 * np.clip(hollow / 0.8, -1.6, 0.5), 0.7, 1.05)
        if self.rim:
            level += self.rim * (1 - normal[..., 2]) ** 3
        tint = (level - 0.8) * 0.12 * self.warmth
        channels = np.stack([level * (1 + tint), level, level * (1 - tint)], axis=-1) * self.color
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


def _light(
    rng: Rng,
    side: float,
    height: tuple[float, float],
    front: tuple[float, float],
    ambient: tuple[float, float],
    warmth: tuple[float, float],
    cast: tuple[float, float],
    softness: tuple[float, float],
    color: tuple[float, float, float] = (1.0, 1.0, 1.0),
    rim: float = 0.0,
) -> Light:
    """Draw a light's numbers from ranges; ``side`` is how far it may stand to the left or right."""
    direction = np.array([rng.uniform(-side, side), -rng.uniform(*height), rng.uniform(*front)])
    x, y, z = (direction / np.linalg.norm(direction)).tolist()
    return Light(
        direction=(x, y, z), ambient=float(rng.uniform(*ambient)), warmth=float(rng.uniform(*warmth)),
        color=color, rim=rim, cast=float(rng.uniform(*cast)), softness=float(rng.uniform(*softness)),
    )  # fmt: skip


def overcast(rng: Rng) -> Light:
    """A white sky: light from everywhere, hardly a shadow."""
    return _light(rng, 0.5, (0.5, 0.9), (0.6, 1.1), (0.48, 0.66), (-0.6, 0.2), (0.16, 0.32), (9, 16))


def soft_sky(rng: Rng) -> Light:
    """Open shade under a bright sky."""
    return _light(rng, 0.8, (0.3, 0.8), (0.5, 1.1), (0.36, 0.56), (-0.3, 0.5), (0.28, 0.45), (6, 11))


def hard_sun(rng: Rng) -> Light:
    """A high sun in a blue sky: dark shadows with sharp edges."""
    return _light(
        rng, 0.85, (0.6, 1.1), (0.45, 0.9), (0.26, 0.4), (0.4, 1.0), (0.5, 0.68), (0.6, 2.5),
        (1.06, 1.04, 1.0),
    )  # fmt: skip


def low_sun(rng: Rng) -> Light:
    """Morning or evening sun: long warm shadows, bright edges."""
    return _light(
        rng, 1.0, (0.25, 0.45), (0.45, 0.8), (0.26, 0.4), (0.7, 1.0), (0.4, 0.6), (1.5, 4),
        (1.08, 1.01, 0.9), 0.25,
    )  # fmt: skip


def backlight(rng: Rng) -> Light:
    """The sun behind the wearer: soft from the front, glowing edges."""
    return _light(
        rng, 0.5, (0.3, 0.7), (0.6, 1.0), (0.44, 0.58), (0.0, 0.6), (0.2, 0.35), (6, 10),
        (1.0, 0.98, 0.95), 0.6,
    )  # fmt: skip


def dusk(rng: Rng) -> Light:
    """Little blue light of the sky, a lamp from one side."""
    return _light(
        rng, 1.0, (0.3, 0.8), (0.5, 0.9), (0.3, 0.44), (0.2, 0.9), (0.3, 0.45), (5, 9), (0.78, 0.8, 0.94), 0.2
    )  # fmt: skip


def snow_light(rng: Rng) -> Light:
    """A cold sky, and snow that lights from below."""
    return _light(
        rng, 0.6, (0.3, 0.6), (0.7, 1.1), (0.52, 0.66), (-0.8, -0.2), (0.14, 0.3), (6, 12), (0.97, 1.0, 1.05)
    )  # fmt: skip


def window(rng: Rng) -> Light:
    """A window to one side of a room."""
    return _light(rng, 1.3, (0.2, 0.5), (0.5, 0.8), (0.26, 0.44), (-0.3, 0.5), (0.3, 0.5), (6, 11))


def lamp(rng: Rng) -> Light:
    """Warm lamps of a room or a shop."""
    return _light(
        rng, 0.6, (0.6, 1.0), (0.5, 0.9), (0.36, 0.52), (0.3, 1.0), (0.3, 0.45), (5, 9), (1.03, 0.97, 0.87)
    )  # fmt: skip


def softbox(rng: Rng) -> Light:
    """A large lamp of a studio, near and to one side."""
    return _light(rng, 0.9, (0.3, 0.7), (0.6, 1.1), (0.34, 0.54), (-0.2, 0.3), (0.22, 0.4), (7, 13), rim=0.1)


def beauty(rng: Rng) -> Light:
    """Light from all sides, as for a shop's catalogue."""
    return _light(rng, 0.35, (0.3, 0.6), (0.8, 1.2), (0.5, 0.62), (-0.2, 0.2), (0.14, 0.28), (6, 11))


def flash(rng: Rng) -> Light:
    """A flash on the camera: flat, with a sharp shadow close behind."""
    return _light(rng, 0.25, (0.12, 0.3), (1.0, 1.3), (0.3, 0.45), (-0.2, 0.2), (0.45, 0.65), (0.5, 1.5))


def spot(rng: Rng) -> Light:
    """Spotlights over a runway."""
    return _light(rng, 0.5, (0.7, 1.1), (0.6, 0.9), (0.28, 0.42), (-0.2, 0.4), (0.4, 0.6), (2, 5), rim=0.35)


LIGHTS: dict[str, Callable[[Rng], Light]] = {
    "overcast": overcast,
    "soft sky": soft_sky,
    "hard sun": hard_sun,
    "low sun": low_sun,
    "backlight": backlight,
    "dusk": dusk,
    "snow light": snow_light,
    "window": window,
    "lamp": lamp,
    "softbox": softbox,
    "beauty": beauty,
    "flash": flash,
    "spot": spot,
}
"""Every light, by its name."""


def choose_light(rng: Rng, *names: str) -> Light:
    """Pick one of the named lights, or of all."""
    return LIGHTS[str(rng.choice(names or [*LIGHTS]))](rng)


def _normals(panel: Panel) -> Floats:
    """Unit normals towards the viewer, shape (R, C, 3)."""
    x, y, z = panel.points[..., 0], panel.points[..., 1], panel.relief
    (x_down, x_across), (y_down, y_across), (z_down, z_across) = (_slopes(part) for part in (x, y, z))
    normal = np.stack(
        [
            y_across * z_down - z_across * y_down,
            z_across * x_down - x_across * z_down,
            x_across * y_down - y_across * x_down,
        ],
        axis=-1,
    )
    length = np.sqrt(np.einsum("ijk,ijk->ij", normal, normal)) + 1e-9
    return np.asarray(normal / np.where(normal[..., 2] < 0, -length, length)[..., None])


def _slopes(part: Floats) -> tuple[Floats, Floats]:
    """How a coordinate changes from row to row and from column to column (as numpy.gradient, but faster)."""
    down, across = np.empty_like(part), np.empty_like(part)
    down[1:-1], across[:, 1:-1] = (part[2:] - part[:-2]) / 2, (part[:, 2:] - part[:, :-2]) / 2
    down[0], down[-1] = part[1] - part[0], part[-1] - part[-2]
    across[:, 0], across[:, -1] = part[:, 1] - part[:, 0], part[:, -1] - part[:, -2]
    return down, across


def _blurred(relief: Floats) -> Floats:
    """Mean over five rows and five columns around every point."""
    wide = np.pad(relief, 2, mode="edge")
    rows, columns = relief.shape
    tall = wide[:rows] + wide[1 : rows + 1] + wide[2 : rows + 2] + wide[3 : rows + 3] + wide[4:]
    return np.asarray(sum(tall[:, j : j + columns] for j in range(5)) / 25)
