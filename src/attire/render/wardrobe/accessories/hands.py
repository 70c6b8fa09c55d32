"""What is worn on hands and wrists: gloves, one piece per hand, and watches."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, along
from attire.render.paths import Floats, circle, line, polygon, stroke, subtract, union
from attire.render.person import Figure
from attire.render.person.hands import hand_layer
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import leather, metal

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = [
    "GLOVES",
    "WATCHES",
    "bracelet_watch",
    "fingerless_gloves",
    "opera_gloves",
    "short_gloves",
    "strap_watch",
]


def short_gloves(figure: Figure, taste: Taste) -> list[Piece]:
    """Leather or knitted gloves to just above the wrist."""
    cloth = leather(taste) if taste.often(0.6) else Cloth(color=choose_dye(taste.rng), weave="knit")
    return _gloves(figure, taste, cloth, taste.between(3.5, 7.0))


def opera_gloves(figure: Figure, taste: Taste) -> list[Piece]:
    """Satin or soft leather to above the elbow."""
    color = str(taste.rng.choice(["#f4f1ea", "#17181c", "#8c2f39", choose_dye(taste.rng)]))
    return _gloves(figure, taste, Cloth(color=color, weave="smooth", gloss=0.4), taste.between(27.0, 36.0))


def fingerless_gloves(figure: Figure, taste: Taste) -> list[Piece]:
    """Leather driving or knitted wrist gloves that leave the fingers bare."""
    cloth = leather(taste, "#17120f", "#3b2417", "#6e4526", "#8c2f39")
    if taste.often(0.4):
        cloth = Cloth(color=choose_dye(taste.rng), weave="rib")
    return _gloves(figure, taste, cloth, taste.between(2.5, 8.0), fingers=False)


def strap_watch(figure: Figure, taste: Taste) -> list[Piece]:
    """A dial on a leather strap."""
    return _watch(figure, taste, leather(taste))


def bracelet_watch(figure: Figure, taste: Taste) -> list[Piece]:
    """A dial on a metal bracelet."""
    return _watch(figure, taste, metal(taste), links=True)


GLOVES = (short_gloves, opera_gloves, fingerless_gloves)
WATCHES = (strap_watch, bracelet_watch)


def _gloves(figure: Figure, taste: Taste, cloth: Cloth, above: float, *, fingers: bool = True) -> list[Piece]:
    pieces = []
    for side in (0, 1):
        if not figure.hands_shown[side]:
            continue
        hand = hand_layer(figure, side)
        cuff = _forearm(figure, side, above, 0.45)
        cuff = cuff.raised(rumple(cuff, taste.rng, 0.25, waves=3 + int(above / 4)))
        path = union([hand.path, stroke(hand.path, 0.5)])
        if not fingers:
            path = subtract(path, _beyond(figure, side, 8.2))
        details = (partial(_points, figure=figure, side=side), partial(_edge, cuff=cuff))
        layer = Layer(
            path=union([path, cuff.outline()]), cloth=cloth, panels=(cuff, *hand.panels), details=details,
            thickness=0.5,
        )  # fmt: skip
        pieces.append(Piece(category="glove", layers=(layer,), worn="hand"))
    return pieces


def _watch(figure: Figure, taste: Taste, strap: Cloth, *, links: bool = False) -> list[Piece]:
    shown = [side for side in (0, 1) if figure.hands_shown[side]] or [0]
    side = int(taste.rng.choice(shown))
    case, dial = metal(taste), "#f6f3ea" if taste.often(0.6) else "#14161b"
    band = _forearm(figure, side, 3.1, 0.35).part((-1, 1), (0.0, 0.62), rows=8)
    radius = taste.between(1.5, 2.2)
    place = band.at(taste.between(-0.25, 0.25), 0.5)
    face = circle(place, radius)
    layer = Layer(
        path=union([band.outline(), face]), cloth=strap, panels=(band,), thickness=0.5,
        details=(partial(_links, band=band),) if links else (partial(_holes, band=band),),
    )  # fmt: skip
    plate = Layer(
        path=face,
        cloth=case,
        details=(partial(_dial, place=place, radius=radius, color=dial),),
        thickness=0.4,
    )
    return [Piece(category="watch", layers=(layer, plate), worn="hand")]


def _arm(figure: Figure, side: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Shoulder, elbow and wrist of an arm, and the unit vector from elbow to wrist."""
    shoulder, elbow, wrist = (np.asarray(point) for point in figure.arms[side])
    return shoulder, elbow, wrist, (wrist - elbow) / np.linalg.norm(wrist - elbow)


def _forearm(figure: Figure, side: int, above: float, ease: float) -> Panel:
    """Cloth around an arm from ``above`` centimetres above the wrist to just below it."""
    shoulder, elbow, wrist, ahead = _arm(figure, side)
    fore = float(np.linalg.norm(wrist - elbow))
    wide = 0.5 + 0.5 * figure.breadth
    knots, widths = [wrist + ahead * 0.8, wrist - ahead * 0.5], [2.4, 2.3]
    for back, half in ((7.0, 3.0), (fore * 0.72, 3.7), (fore, 3.6)):
        if back < above - 1.0:
            knots.append(wrist - ahead * back)
            widths.append(half)
    if above > fore:
        up = (shoulder - elbow) / np.linalg.norm(shoulder - elbow)
        knots.append(elbow + up * (above - fore))
        widths.append(4.2)
    else:
        knots.append(wrist - ahead * above)
        widths.append(float(np.interp(above, [0, 7, 18, 25], [2.4, 3.0, 3.6, 3.6])))
    half_widths = np.array(widths[::-1]) * wide + ease
    return along(np.array(knots[::-1]), half_widths, rows=max(7, int(above * 0.8)), columns=12)


def _beyond(figure: Figure, side: int, reach: float) -> "skia.Path":
    """Everything further from the wrist than the knuckles."""
    wrist, ahead = np.asarray(figure.arms[side][2]), figure.hand_direction(side)
    aside = np.array([-ahead[1], ahead[0]])
    near, far = wrist + ahead * reach, wrist + ahead * 30
    return polygon(np.array([near - aside * 15, near + aside * 15, far + aside * 15, far - aside * 15]))


def _points(painter: "Painter", figure: Figure, side: int) -> None:
    """Three seams on the back of the hand."""
    wrist, ahead = np.asarray(figure.arms[side][2]), figure.hand_direction(side)
    aside = np.array([-ahead[1], ahead[0]])
    for out in (-1.1, 0.0, 1.1):
        finger = [wrist + ahead * 3.5 + aside * out, wrist + ahead * 7.5 + aside * out * 1.2]
        painter.seam(np.array(finger), 0.4, 0.25)


def _edge(painter: "Painter", cuff: Panel) -> None:
    painter.seam(cuff.on([(s, min(0.3, 0.8 / cuff.height)) for s in (-1, -0.5, 0, 0.5, 1)]), 0.45, 0.25)


def _links(painter: "Painter", band: Panel) -> None:
    for s in np.linspace(-0.9, 0.9, 9):
        painter.seam(band.on([(s, 0), (s, 0.5), (s, 1)]), 0.5, 0.2)


def _holes(painter: "Painter", band: Panel) -> None:
    for t in (0.14, 0.86):
        painter.stitches(band.on([(-1, t), (0, t), (1, t)]), "#efe4cc", 0.14)


def _dial(painter: "Painter", place: tuple[float, float], radius: float, color: str) -> None:
    x, y = place
    ink = "#1a1a1e" if color.startswith("#f") else "#f2efe6"
    painter.solid(circle(place, radius * 0.76), color)
    painter.canvas.drawPath(
        line([(x - radius * 0.3, y - radius * 0.35), (x, y), (x + radius * 0.05, y - radius * 0.6)]),
        painter.pen(ink, 0.9, 0.2),
    )
    painter.canvas.drawCircle(x, y, radius * 0.95, painter.pen("#000000", 0.5, 0.15))
