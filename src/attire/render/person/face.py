"""A face as a fashion illustrator hints at it: eyes, brows, nose, lips, a blush. Nobody in particular."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.color import mixed
from attire.render.panel import Panel
from attire.render.paths import Floats, Point, circle, line, smooth
from attire.render.person.figure import Figure
from attire.render.person.skin import skin_blush, skin_shade

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["draw_face"]

IRIS = ("#2b1a12", "#3d2617", "#5a3d22", "#6b5a33", "#4d6a53", "#5b7c96", "#3f5a78")


def draw_face(painter: "Painter", face: Panel, figure: Figure) -> None:
    """Draw the features on the sheet of a head."""
    rng = np.random.default_rng([figure.face_seed, 1])
    _shading(painter, face, figure)
    if figure.build < -0.15 and rng.random() < 0.55:
        _beard(painter, face, figure, rng.random() < 0.5)
    _eyes(painter, figure, rng)
    _brows(painter, figure, rng)
    _nose(painter, figure)
    _mouth(painter, figure, rng)


def _shading(painter: "Painter", face: Panel, figure: Figure) -> None:
    """Soft shadows beside the nose, in the eye sockets and under the lips, and blood in the cheeks."""
    s, t = face.grid()
    y = 2 * t - 1

    def spot(x: float, at: float, wide: float, high: float) -> Floats:
        return np.asarray(np.exp(-(((s - x) / wide) ** 2) - ((y - at) / high) ** 2))

    far = 1.0 if painter.light.direction[0] < 0 else -1.0
    shade = 0.3 * (spot(0.34, -0.06, 0.2, 0.09) + spot(-0.34, -0.06, 0.2, 0.09))
    shade += 0.3 * spot(0, 0.43, 0.14, 0.05) + 0.16 * spot(0, 0.76, 0.18, 0.05)
    shade += 0.2 * spot(0.13 * far, 0.2, 0.07, 0.2) + 0.2 * (
        spot(0.66, 0.5, 0.13, 0.22) + spot(-0.66, 0.5, 0.13, 0.22)
    )
    painter.glaze(face, skin_shade(figure, 0.45), shade)
    blush = 0.3 * (spot(0.5, 0.28, 0.2, 0.14) + spot(-0.5, 0.28, 0.2, 0.14)) + 0.14 * spot(0, 0.3, 0.12, 0.08)
    painter.glaze(face, skin_blush(figure, 0.6), blush)


def _on(figure: Figure, points: list[Point]) -> Floats:
    return figure.head.on_face(np.asarray(points, float))


def _eyes(painter: "Painter", figure: Figure, rng: np.random.Generator) -> None:
    lash, shade = mixed(skin_shade(figure, 0.85), "#000000", 0.5), skin_shade(figure, 0.6)
    iris = str(IRIS[int(rng.integers(3 if figure.skin < "#b" else len(IRIS)))])
    long, high = 0.2 + rng.normal(0, 0.008), 0.052 + rng.normal(0, 0.005)
    slant, glance = rng.uniform(-0.005, 0.03), rng.uniform(-0.03, 0.03)
    feminine = figure.build > -0.1
    for out in (-1, 1):
        x = 0.4 * out

        def eye(points: list[Point], out: int = out, x: float = x) -> Floats:
            return _on(
                figure, [(x + out * a * long, 0.0 - slant * (a + 1) / 2 + b * high) for a, b in points]
            )

        upper = eye([(-1.0, 0.35), (-0.45, -0.75), (0.1, -1.0), (0.62, -0.6), (1.0, 0.05)])
        lower = eye([(1.0, 0.05), (0.45, 0.72), (-0.2, 0.85), (-1.0, 0.35)])
        opening = smooth(np.concatenate([upper, lower[1:-1]]), 0.7)
        painter.solid(opening, mixed("#f4efe9", figure.skin, 0.24))
        painter.canvas.save()
        painter.canvas.clipPath(opening, doAntiAlias=True)
        middle = _on(figure, [(x + glance + 0.12 * figure.gaze, -0.006)])[0].tolist()
        radius = 0.6 * figure.head_size
        painter.solid(_disc(middle, radius), mixed(iris, "#000000", 0.25))
        painter.solid(_disc(middle, radius * 0.78), mixed(iris, "#ffffff", 0.08))
        painter.solid(_disc(middle, radius * 0.42), "#0a0706")
        painter.canvas.drawPath(line(upper), painter.pen("#1a0e0a", 0.45, 0.42))
        painter.canvas.restore()
        painter.solid(
            _disc([middle[0] + 0.2 * painter.light.direction[0] + 0.05, middle[1] - 0.2], 0.15),
            "#ffffff",
            0.9,
        )
        painter.canvas.drawPath(line(upper), painter.pen(lash, 0.95, 0.36 if feminine else 0.24))
        painter.canvas.drawPath(line(lower), painter.pen(lash, 0.3, 0.14))
        crease = eye([(-0.85, -0.75), (0.0, -1.95), (0.95, -1.0)])
        painter.canvas.drawPath(line(crease), painter.pen(shade, 0.5, 0.2))
        if feminine:
            wing = eye([(0.55, -0.7), (1.0, -0.15), (1.28, -0.75)])
            painter.canvas.drawPath(line(wing), painter.pen(lash, 0.85, 0.24))


def _brows(painter: "Painter", figure: Figure, rng: np.random.Generator) -> None:
    thick = 0.034 - 0.012 * figure.build + rng.normal(0, 0.003)
    arch, lift = 0.03 + 0.014 * figure.build, -0.165 + rng.normal(0, 0.008)
    color = mixed(mixed(figure.hair, "#1c1210", 0.45), figure.skin, 0.1)
    for out in (-1, 1):
        top = [
            (0.17, lift + 0.01 - thick / 2),
            (0.38, lift - arch * 0.7 - thick / 2),
            (0.53, lift - arch - thick / 3),
            (0.7, lift + 0.012),
        ]
        under = [
            (0.55, lift - arch + thick * 0.55),
            (0.38, lift - arch * 0.5 + thick / 2),
            (0.17, lift + 0.02 + thick / 2),
        ]
        painter.solid(smooth(_on(figure, [(out * x, y) for x, y in (*top, *under)]), 0.7), color, 0.82)


def _nose(painter: "Painter", figure: Figure) -> None:
    wide = 0.125 - 0.012 * figure.build
    dark, soft = skin_shade(figure, 0.8), skin_shade(figure, 0.55)
    for out in (-1, 1):
        nostril = [(out * 0.035, 0.37), (out * 0.075, 0.352), (out * 0.1, 0.372), (out * 0.06, 0.38)]
        painter.solid(smooth(_on(figure, nostril)), dark, 0.6)
        wing = [(out * (wide - 0.015), 0.29), (out * (wide + 0.012), 0.335), (out * (wide - 0.02), 0.375)]
        painter.canvas.drawPath(line(_on(figure, wing)), painter.pen(soft, 0.55, 0.18))
    far = 1 if figure.head.turn < 0 else -1
    bridge = [(far * 0.13, -0.1), (far * 0.075, 0.05), (far * 0.07, 0.2), (far * 0.1, 0.29)]
    painter.canvas.drawPath(line(_on(figure, bridge)), painter.pen(soft, 0.3, 0.24))


def _mouth(painter: "Painter", figure: Figure, rng: np.random.Generator) -> None:
    feminine = figure.build > -0.1
    wide, full = 0.27 + rng.normal(0, 0.015), (1.0 if feminine else 0.72) * rng.uniform(0.9, 1.25)
    smile = rng.uniform(0.0, 0.03)
    painted = feminine and rng.random() < 0.5
    red = str(rng.choice(["#b3223a", "#a0384a", "#c2545c", "#7d1f35", "#cf6a62"]))
    color = mixed(skin_blush(figure, 0.45), red, 0.72 if painted else 0.12)
    corner = 0.592 - smile
    bow = [(-wide, corner), (-0.13, 0.585 - 0.04 * full), (-0.045, 0.58 - 0.052 * full)]
    upper = [*_mirrored(bow, 0.58 - 0.038 * full), (0.1, 0.602), (-0.1, 0.602)]
    swell = [(wide * 0.97, corner + 0.004), (0.15, 0.6 + 0.066 * full)]
    lower = [(-0.1, 0.6), (0.1, 0.6), *_mirrored(swell, 0.603 + 0.082 * full)]
    painter.solid(_closed(figure, upper), mixed(color, "#2a0508", 0.22), 0.9)
    painter.solid(_closed(figure, lower), color, 0.9)
    gloss = [(-0.09, 0.635), (0, 0.628), (0.09, 0.635), (0, 0.65)]
    painter.solid(_closed(figure, gloss), "#ffffff", 0.3 if painted else 0.14)
    parting = [(-wide, corner), (-0.1, 0.604), (0, 0.598), (0.1, 0.604), (wide, corner)]
    painter.canvas.drawPath(line(_on(figure, parting)), painter.pen(skin_shade(figure, 0.85), 0.75, 0.17))


def _mirrored(half: list[Point], middle: float) -> list[Point]:
    """Lead one half of a lip's edge over its middle to the other corner."""
    return [*half, (0.0, middle), *((-x, y) for x, y in reversed(half))]


def _beard(painter: "Painter", face: Panel, figure: Figure, full: bool) -> None:
    """Stubble or a trimmed beard on jaw, chin and upper lip."""
    s, t = face.grid()
    y = 2 * t - 1
    jaw = 1 / (1 + np.exp(-(y - (0.62 - 0.55 * np.abs(s) ** 2.2)) / 0.05))
    lip = np.exp(-((s / 0.26) ** 4) - ((y - 0.485) / 0.045) ** 2)
    mouth = np.exp(-((s / 0.26) ** 4) - ((y - 0.6) / 0.06) ** 2)
    cover = np.clip(np.maximum(jaw, lip) - mouth, 0, 1)
    color = mixed(mixed(figure.hair, "#2a1a12", 0.3), figure.skin, 0.1 if full else 0.35)
    painter.glaze(face, color, cover * (0.85 if full else 0.38))


def _closed(figure: Figure, points: list[Point]) -> "skia.Path":
    return smooth(_on(figure, points), 0.8)


def _disc(center: list[float], radius: float) -> "skia.Path":
    return circle((center[0], center[1]), radius)
