"""The catalogue of backdrops."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from attire.render.scene.backdrops import interiors, nature, streets, studio, walls
from attire.render.scene.floor import Floor
from attire.render.scene.stage import Stage
from attire.render.taste import Taste

__all__ = ["BACKDROPS", "Backdrop", "choose_backdrop"]

DAY = ("overcast", "soft sky", "hard sun", "low sun", "backlight")
SHADE = ("overcast", "soft sky", "hard sun", "low sun", "flash")
STUDIO = ("softbox", "beauty", "flash")
INDOORS = ("window", "lamp", "soft sky", "flash")


@dataclass(frozen=True, kw_only=True)
class Backdrop:
    """One entry of the catalogue."""

    draw: Callable[[Stage], Floor]
    """Draws everything behind the wearer, the farthest first."""
    lights: tuple[str, ...]
    """Lights that suit."""
    blur: tuple[float, float] = (0.0, 0.0)
    """How far out of focus the background may be: radius of blur in shares of the picture's height."""
    bokeh: bool = False
    """Whether lamps melt into discs of light."""
    often: float = 1.0
    """How often it is chosen relative to the others."""


WALL = (0.0, 0.003)
STREET = (0.003, 0.011)

BACKDROPS: dict[str, Backdrop] = {
    "white shop": Backdrop(draw=studio.white_shop, lights=STUDIO),
    "seamless paper": Backdrop(draw=studio.seamless_paper, lights=STUDIO),
    "canvas sheet": Backdrop(draw=studio.canvas_sheet, lights=STUDIO),
    "color block": Backdrop(draw=studio.color_block, lights=STUDIO, often=0.6),
    "runway": Backdrop(draw=studio.runway, lights=("spot",), blur=STREET, often=0.6),
    "bare wall": Backdrop(draw=walls.bare_wall, lights=SHADE, blur=WALL, often=1.5),
    "brick wall": Backdrop(draw=walls.brick_wall, lights=SHADE, blur=WALL),
    "graffiti wall": Backdrop(draw=walls.graffiti_wall, lights=SHADE, blur=WALL),
    "poster wall": Backdrop(draw=walls.poster_wall, lights=SHADE, blur=WALL),
    "shutter": Backdrop(draw=walls.shutter, lights=SHADE, blur=WALL),
    "wooden wall": Backdrop(draw=walls.wooden_wall, lights=SHADE, blur=WALL),
    "hedge wall": Backdrop(draw=walls.hedge_wall, lights=DAY, blur=(0.0, 0.006), often=0.6),
    "house front": Backdrop(draw=walls.facade, lights=SHADE, blur=(0.0, 0.006), often=2.0),
    "shop front": Backdrop(draw=walls.shop_front, lights=(*SHADE, "dusk"), blur=(0.0, 0.006), often=1.5),
    "stairs": Backdrop(draw=walls.stairs, lights=DAY, blur=(0.0, 0.005)),
    "street": Backdrop(draw=streets.street, lights=DAY, blur=STREET, often=3.0),
    "dusk street": Backdrop(draw=streets.dusk_street, lights=("dusk",), blur=STREET, bokeh=True, often=0.7),
    "crossing": Backdrop(draw=streets.crossing, lights=DAY, blur=STREET, often=2.0),
    "parked cars": Backdrop(draw=streets.parked_cars, lights=DAY, blur=STREET, often=2.5),
    "square": Backdrop(draw=streets.square, lights=DAY, blur=STREET, often=3.0),
    "park": Backdrop(draw=nature.park, lights=DAY, blur=STREET),
    "meadow": Backdrop(draw=nature.meadow, lights=DAY, blur=STREET, often=0.5),
    "autumn": Backdrop(draw=nature.autumn, lights=DAY, blur=STREET, often=0.6),
    "snow": Backdrop(draw=nature.snow, lights=("snow light", "overcast"), blur=STREET, often=0.6),
    "beach": Backdrop(draw=nature.beach, lights=("hard sun", "low sun", "soft sky"), blur=STREET, often=0.6),
    "room": Backdrop(draw=interiors.room, lights=INDOORS, blur=(0.0, 0.004)),
    "dressing room": Backdrop(draw=interiors.dressing_room, lights=INDOORS, blur=(0.0, 0.006)),
    "hall": Backdrop(draw=interiors.hall, lights=("window", "soft sky", "lamp"), blur=STREET),
    "café": Backdrop(draw=interiors.cafe, lights=INDOORS, blur=(0.001, 0.006)),
}
"""Every backdrop, by its name."""


def choose_backdrop(taste: Taste) -> Backdrop:
    """Pick a backdrop: a wanted one if there is, else streets and walls more often than others."""
    wanted = [name for name in BACKDROPS if name in taste.wanted]
    weights = np.array([1.0 if taste.uniform else BACKDROPS[name].often for name in BACKDROPS])
    if wanted:
        return BACKDROPS[str(taste.rng.choice(wanted))]
    return BACKDROPS[str(taste.rng.choice([*BACKDROPS], p=weights / weights.sum()))]
