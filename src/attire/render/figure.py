"""A posed, proportioned figure seen from the front: landmarks in pixels, and the skin to draw."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from attire.render.paths import Point, canvas_library, mirrored, smooth, tube, union

if TYPE_CHECKING:
    import skia

__all__ = ["Figure", "pose_figure"]

SKIN = ("#f6d7c3", "#eec1a2", "#dfa985", "#c68a63", "#a86f4a", "#82502f", "#5f3922", "#452a1b")
HAIR = ("#17120f", "#2e2018", "#4b3221", "#7a4e2b", "#a9743d", "#d2ab6b", "#8d2f1d", "#8e8a86")

# Half-widths in figure heights from the crown (0) to the soles (1), after the eight-heads canon.
TORSO = {"neck": 0.027, "shoulder": 0.112, "armpit": 0.086, "bust": 0.083, "waist": 0.064, "hip": 0.092}
LEVEL = {
    "chin": 0.13, "neck": 0.15, "shoulder": 0.188, "armpit": 0.25, "bust": 0.275, "waist": 0.385,
    "hip": 0.49, "crotch": 0.535, "knee": 0.735, "ankle": 0.945,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Where a body stands in the photo and how it holds itself."""

    center_x: float
    """The body's axis, pixels."""
    top: float
    """The crown, pixels."""
    height: float
    """Crown to soles, pixels."""
    breadth: float
    """Widths relative to the canon, about 0.85 … 1.25."""
    arms: tuple[tuple[Point, Point, Point], tuple[Point, Point, Point]]
    """Shoulder, elbow and wrist, image-left arm first, pixels."""
    legs: tuple[tuple[Point, Point, Point], tuple[Point, Point, Point]]
    """Hip, knee and ankle, image-left leg first, pixels."""
    skin: str
    """Hex colour."""
    hair: str
    """Hex colour."""
    hair_length: float
    """How far it falls below the crown, figure heights."""

    def at(self, x: float, y: float) -> Point:
        """Place a point given in figure heights: x from the axis, y from the crown."""
        return self.center_x + x * self.height, self.top + y * self.height

    def px(self, length: float) -> float:
        """Turn a length in figure heights into pixels."""
        return length * self.height

    def half_width(self, name: str, ease: float = 0.0) -> float:
        """Half the torso's width at a landmark plus the garment's ease, in figure heights."""
        return TORSO[name] * self.breadth + ease

    def skin_paths(self) -> list["skia.Path"]:
        """Outlines of legs, arms, torso, neck and head, back to front."""
        parts = [self._leg(side) for side in (0, 1)]
        half = [
            self.at(self.half_width(name) - (0.02 if name == "shoulder" else 0), LEVEL[name])
            for name in ("neck", "shoulder", "armpit", "bust", "waist", "hip")
        ]
        torso = smooth(mirrored([*half, self.at(0.045, LEVEL["crotch"] + 0.015)], self.center_x))
        neck = tube([self.at(0, 0.11), self.at(0, 0.18)], [self.px(0.027), self.px(0.031)])
        return [*parts, torso, *(self._arm(side) for side in (0, 1)), neck, self.head()]

    def head(self) -> "skia.Path":
        """Outline of the face."""
        half = [(0.022, 0.014), (0.046, 0.04), (0.047, 0.075), (0.036, 0.108), (0.014, 0.13)]
        return smooth(mirrored([self.at(x, y) for x, y in half], self.center_x))

    def hands(self) -> "skia.Path":
        """Outline of both hands, which lie over what they carry."""
        return union([self._hand(side) for side in (0, 1)])

    def _arm(self, side: int) -> "skia.Path":
        widths = [self.px(w) * self.breadth for w in (0.028, 0.022, 0.015)]
        return union([tube(self.arms[side], widths), self._hand(side)])

    def _hand(self, side: int) -> "skia.Path":
        _, elbow, wrist = (np.asarray(point) for point in self.arms[side])
        along = (wrist - elbow) / np.linalg.norm(wrist - elbow)
        spine = [tuple(wrist + along * self.px(step)) for step in (-0.005, 0.02, 0.05)]
        return tube(spine, [self.px(w) for w in (0.014, 0.019, 0.008)])

    def _leg(self, side: int) -> "skia.Path":
        hip, knee, ankle = self.legs[side]
        calf = (knee[0] * 0.6 + ankle[0] * 0.4, knee[1] * 0.6 + ankle[1] * 0.4)
        widths = [self.px(w) * self.breadth for w in (0.05, 0.033, 0.033, 0.018)]
        return tube([hip, knee, calf, ankle], widths)

    def draw_face(self, canvas: Any) -> None:
        """Draw eyes, brows, nose and mouth, lightly: nobody in particular."""
        skia = canvas_library()
        dark = skia.Paint(Color=skia.ColorSetARGB(150, 40, 26, 20), AntiAlias=True)
        line = skia.Paint(
            Color=skia.ColorSetARGB(110, 60, 35, 28), AntiAlias=True, Style=skia.Paint.kStroke_Style,
            StrokeWidth=max(0.7, self.px(0.0028)), StrokeCap=skia.Paint.kRound_Cap,
        )  # fmt: skip
        for side in (-1, 1):
            canvas.drawOval(self._around(side * 0.02, 0.07, 0.0068, 0.0038), dark)
            x1, y1 = self.at(side * 0.011, 0.058)
            x2, y2 = self.at(side * 0.03, 0.0575)
            canvas.drawLine(x1, y1, x2, y2, line)
        lips = skia.Paint(Color=skia.ColorSetARGB(130, 165, 60, 62), AntiAlias=True)
        canvas.drawOval(self._around(0, 0.107, 0.0125, 0.0042), lips)
        canvas.drawLine(*self.at(0.002, 0.078), *self.at(0.005, 0.09), line)

    def _around(self, x: float, y: float, half_width: float, half_height: float) -> Any:
        left, top = self.at(x - half_width, y - half_height)
        return canvas_library().Rect.MakeXYWH(left, top, self.px(2 * half_width), self.px(2 * half_height))

    def hair_behind(self) -> "skia.Path":
        """Outline of the hair that falls behind head and shoulders."""
        fall = self.hair_length
        half = [(0.02, 0.0), (0.052, 0.03), (0.057, 0.08), (0.055, max(0.1, fall * 0.8)), (0.03, fall)]
        return smooth(mirrored([self.at(x, y) for x, y in half], self.center_x))

    def hair_before(self) -> "skia.Path":
        """Outline of the hair that frames the forehead."""
        points = [
            (0, -0.004), (0.036, 0.008), (0.053, 0.045), (0.05, 0.085), (0.043, 0.06), (0.02, 0.036),
            (-0.008, 0.033), (-0.042, 0.058), (-0.05, 0.085), (-0.053, 0.045), (-0.036, 0.008),
        ]  # fmt: skip
        return smooth([self.at(x, y) for x, y in points])


def pose_figure(size: tuple[int, int], rng: np.random.Generator) -> Figure:
    """Choose a body, a distance and a pose.

    Args:
        size: ``(height, width)`` of the photo in pixels.
        rng: Where every choice comes from.

    Returns:
        The figure, feet inside the photo.
    """
    rows, columns = size
    height = rows * rng.uniform(0.78, 0.93)
    top = (rows - height) * rng.uniform(0.3, 0.75)
    center_x = columns * rng.uniform(0.42, 0.58)
    height = min(height, columns * 1.75)
    breadth = rng.uniform(0.88, 1.2)

    def place(x: float, y: float) -> Point:
        return center_x + x * height, top + y * height

    arms, legs = [], []
    for side in (-1, 1):
        lift, bend = rng.uniform(0.06, 0.5), rng.uniform(-0.55, 0.35)
        shoulder = np.array([side * (TORSO["shoulder"] * breadth - 0.026), LEVEL["shoulder"] + 0.016])
        elbow = shoulder + 0.16 * np.array([side * np.sin(lift), np.cos(lift)])
        wrist = elbow + 0.145 * np.array([side * np.sin(lift + bend), np.cos(lift + bend)])
        arms.append((place(*shoulder), place(*elbow), place(*wrist)))
        stance, shift = rng.uniform(-0.004, 0.05), rng.uniform(-0.01, 0.015)
        hip = (side * 0.046 * breadth, LEVEL["hip"] + 0.02)
        knee = (side * (0.046 * breadth + stance * 0.5 + shift), LEVEL["knee"])
        ankle = (side * (0.042 * breadth + stance), LEVEL["ankle"] - rng.uniform(0, 0.01))
        legs.append((place(*hip), place(*knee), place(*ankle)))
    return Figure(
        center_x=center_x, top=top, height=height, breadth=breadth,
        arms=(arms[0], arms[1]), legs=(legs[0], legs[1]),
        skin=str(rng.choice(SKIN)), hair=str(rng.choice(HAIR)),
        hair_length=float(rng.choice([0.09, 0.13, 0.2, 0.27])),
    )  # fmt: skip
