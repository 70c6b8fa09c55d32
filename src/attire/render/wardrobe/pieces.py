"""What garments are built of: outlines of bodices, sleeves and trouser legs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.cloth import Cloth
from attire.render.figure import LEVEL, Figure
from attire.render.paths import Point, mirrored, smooth, tube, union

if TYPE_CHECKING:
    import skia

__all__ = [
    "EASE",
    "LEATHER",
    "LENGTHS",
    "Piece",
    "Rng",
    "leg_path",
    "pick",
    "sleeve_paths",
    "torso_path",
    "with_sleeves",
]

Rng: TypeAlias = np.random.Generator


LENGTHS = {
    "above-the-hip (length)": 0.43, "hip (length)": 0.5, "micro (length)": 0.56, "mini (length)": 0.62,
    "above-the-knee (length)": 0.69, "knee (length)": 0.74, "below the knee (length)": 0.79, "midi": 0.84,
    "maxi (length)": 0.915, "floor (length)": 0.965,
}  # fmt: skip
"""Where a hem of each length falls, in figure heights below the crown."""


EASE = {"tight (fit)": 0.002, "regular (fit)": 0.012, "loose (fit)": 0.026, "oversized": 0.042}
"""Half-width that a fit adds to the body, in figure heights."""


LEATHER = ("#17120f", "#3b2417", "#6e4526", "#8c2f39", "#e4d7c3", "#23304f", "#f4f1ea")


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """One thing to draw and label."""

    category: str
    """Full category name; empty for what only hides others."""
    path: "skia.Path"
    """Its outline in pixels."""
    cloth: Cloth
    """What it is made of."""
    attributes: tuple[str, ...] = ()
    """Full names of the attributes that hold."""
    on_garment: bool = False
    """Whether it is a part that lies on a garment, and so hides nothing of it."""


def pick(rng: Rng, *names: str) -> str:
    """Choose one of several names."""
    return str(rng.choice(names))


def torso_path(
    figure: Figure,
    ease: float,
    hem: float,
    hem_width: float,
    neck: tuple[float, float],
    waist: float | None = None,
) -> "skia.Path":
    """Outline of a bodice from the neckline to a hem above the crotch or beyond."""
    neck_width, neck_depth = neck
    waist = figure.half_width("waist", ease if waist is None else waist)
    half: list[Point] = [
        (0.0, LEVEL["neck"] + neck_depth),
        (neck_width * 0.75, LEVEL["neck"] + neck_depth * 0.45),
        (neck_width, LEVEL["neck"] + 0.008),
        (figure.half_width("shoulder", ease * 0.4), LEVEL["shoulder"] - 0.002),
        (figure.half_width("armpit", ease), LEVEL["armpit"]),
        (waist, min(LEVEL["waist"], hem - 0.02)),
    ]
    if hem > LEVEL["hip"] + 0.01:
        half.append((figure.half_width("hip", ease), LEVEL["hip"]))
    half.append((hem_width, hem))
    points = [figure.at(x, y) for x, y in half]
    return smooth(mirrored(points, figure.center_x)[:-1], roundness=0.55)


def sleeve_paths(figure: Figure, ease: float, reach: float) -> list["skia.Path"]:
    """Outlines of two sleeves covering ``reach`` (0 … 2 arm segments) of each arm."""
    paths = []
    for shoulder, elbow, wrist in figure.arms:
        ends = np.array([shoulder, elbow, wrist])
        knots = [0.0, *([1.0] if reach > 1.02 else []), reach]
        spine = [tuple(np.array([np.interp(k, [0, 1, 2], ends[:, a]) for a in (0, 1)])) for k in knots]
        inward = np.sign(figure.center_x - shoulder[0]) * figure.px(0.012)
        spine[0] = (spine[0][0] + inward, spine[0][1] - figure.px(0.004))
        widths = [figure.px(float(np.interp(k, [0, 1, 2], [0.03, 0.026, 0.02])) + ease * 0.35) for k in knots]
        paths.append(tube(spine, widths))
    return paths


def with_sleeves(
    category: str, torso: "skia.Path", sleeves: list["skia.Path"], cloth: Cloth, attributes: tuple[str, ...]
) -> list[Piece]:
    """Join a bodice and its sleeves to one garment, and label the sleeves as parts of it."""
    garment = Piece(category=category, path=union([torso, *sleeves]), cloth=cloth, attributes=attributes)
    parts = [Piece(category="sleeve", path=path, cloth=cloth, on_garment=True) for path in sleeves]
    return [garment, *parts]


def leg_path(figure: Figure, hem: float, widths: tuple[float, float, float]) -> "skia.Path":
    """Outline of two trouser legs and the seat, down to a hem."""
    paths = []
    for hip, knee, ankle in figure.legs:
        y = [hip[1], knee[1], ankle[1]]
        end = figure.at(0, hem)[1]
        knots = [hip[1], *([knee[1]] if end > knee[1] + 4 else []), min(end, ankle[1] + figure.px(0.01))]
        spine = [(float(np.interp(k, y, [hip[0], knee[0], ankle[0]])), k) for k in knots]
        paths.append(tube(spine, [figure.px(float(np.interp(k, y, widths))) for k in knots]))
    seat = [
        (0.0, LEVEL["waist"] + 0.02),
        (figure.half_width("waist", 0.008), LEVEL["waist"] + 0.02),
        (figure.half_width("hip", 0.008), LEVEL["hip"]),
        (0.07, LEVEL["crotch"]),
        (0.0, LEVEL["crotch"] + 0.012),
    ]
    path = smooth(mirrored([figure.at(x, y) for x, y in seat], figure.center_x)[:-1], roundness=0.4)
    return union([path, *paths])
