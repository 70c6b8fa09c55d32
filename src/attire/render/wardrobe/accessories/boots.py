"""Boots, one piece per foot."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.layer import Piece
from attire.render.panel import Panel
from attire.render.paths import circle, line, union
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import fitting, frame_buckle, leather, metal, sewn, strip
from attire.render.wardrobe.accessories.lasts import heel_layer, shaft, sole_layer
from attire.render.wardrobe.accessories.shoemaking import Shoe, laces, pair, strap

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["LOW_BOOTS", "TALL_BOOTS", "ankle_boots", "combat_boots", "knee_boots", "over_knee_boots"]


def ankle_boots(figure: Figure, taste: Taste) -> list[Piece]:
    """Boots to just above the ankle, heeled or flat, with elastic sides or a buckled strap."""
    cloth, fittings = leather(taste), metal(taste)
    top, heeled, kind = (
        taste.between(8, 13),
        taste.often(0.6),
        taste.pick("elastic", "buckle", "zipper", "rivet"),
    )

    def make(shoe: Shoe) -> None:
        tube = _boot(shoe, taste, shoe.foot.ankle[1] - top, 1.0, "block" if heeled else None)
        if kind == "elastic":
            shoe.details.append(partial(_elastic, tube=tube, out=shoe.foot.side))
        elif kind == "buckle":
            strap(shoe, 0.08, 0.8)
            shoe.parts.append(frame_buckle(shoe.form.at(0.7 * shoe.foot.side, 0.1), 2.0, 2.4, fittings))
        elif kind == "zipper":
            _side_zip(shoe, tube, fittings)
        else:
            studs = union(circle(tube.at(s, 0.12), 0.42) for s in np.linspace(-0.85, 0.85, 7))
            shoe.parts.append(fitting("rivet", studs, fittings))

    return pair(
        figure, taste, make, cloth, "almond" if heeled else "round", longer=1.4 if heeled else 0.2, ease=0.5
    )


def combat_boots(figure: Figure, taste: Taste) -> list[Piece]:
    """Laced boots with a thick sole that reach halfway up the calf."""
    cloth, top = leather(taste, "#17120f", "#17120f", "#6e4526", "#8c2f39", "#f4f1ea"), taste.between(12, 20)

    def make(shoe: Shoe) -> None:
        tube = _boot(shoe, taste, shoe.foot.ankle[1] - top, 1.1, None, sole=2.2)
        shoe.details += [
            partial(
                laces, shoe=shoe, color="#e8dfc8" if top > 16 else "#0e0c0b", count=3, until=0.5, tube=tube
            )
        ]

    return pair(figure, taste, make, cloth, "round", ease=0.5)


def knee_boots(figure: Figure, taste: Taste) -> list[Piece]:
    """Tall boots that end below the knee."""
    return _tall(figure, taste, LEVEL["knee"] + taste.between(3, 8), 1.5)


def over_knee_boots(figure: Figure, taste: Taste) -> list[Piece]:
    """Tall boots that end on the thigh."""
    return _tall(figure, taste, LEVEL["knee"] - taste.between(8, 16), 0.9)


LOW_BOOTS = (ankle_boots, combat_boots)
"""Boots that end above the ankle."""

TALL_BOOTS = (knee_boots, over_knee_boots)
"""Boots that end at the knee or above."""


def _tall(figure: Figure, taste: Taste, top: float, ease: float) -> list[Piece]:
    cloth, fittings = leather(taste), metal(taste)
    heeled, buckled, zipped = taste.often(0.55), taste.often(0.3, "buckle"), taste.often(0.3, "zipper")

    def make(shoe: Shoe) -> None:
        tube = _boot(shoe, taste, top, ease, "block" if heeled else None)
        shoe.details.append(
            lambda painter: painter.seam(tube.on([(s, 0.04) for s in np.linspace(-1, 1, 5)]), 0.35, 0.25)
        )
        if zipped:
            _side_zip(shoe, tube, fittings)
        if buckled:
            band = tube.part((-1, 1), (0.08, 0.14), rows=4)
            shoe.panels.append(band.raised(np.full_like(band.relief, 0.3)))
            shoe.parts.append(frame_buckle(tube.at(0.6 * shoe.foot.side, 0.11), 2.4, 3.0, fittings))

    return pair(figure, taste, make, cloth, "almond", longer=1.2 if heeled else 0.2, ease=0.5)


def _boot(shoe: Shoe, taste: Taste, top: float, ease: float, heel: str | None, sole: float = 0.9) -> Panel:
    """Add sole and heel, and give the leg."""
    if heel:
        shoe.before.append(heel_layer(shoe.foot, shoe.form, heel, shoe.cloth))
    shoe.before.append(sole_layer(shoe.form, sole, Cloth(color="#1e1916", weave="smooth")))
    tube = shoe.shaft = shaft(shoe.figure, shoe.side, top, taste.rng, ease=ease)
    shoe.details.append(
        lambda painter: painter.canvas.drawPath(line(tube.points[0]), painter.pen("#000000", 0.5, 0.9))
    )
    return tube


def _side_zip(shoe: Shoe, tube: Panel, cloth: Cloth) -> None:
    spine = tube.on([(-0.62 * shoe.foot.side, t) for t in (0.06, 0.35, 0.65, 0.96)])
    teeth = strip(spine, 0.4, rows=14, columns=4)
    shoe.parts.append(sewn("zipper", [teeth], cloth, on_garment=True, thickness=0.2))


def _elastic(painter: "Painter", tube: Panel, out: int) -> None:
    gore = tube.edge([(out * 0.45, 0.05), (out * 0.95, 0.05), (out * 0.9, 0.85), (out * 0.62, 0.9)], 0.3)
    painter.solid(gore, "#000000", 0.35)
    for s in (0.55, 0.65, 0.75, 0.85):
        painter.canvas.drawPath(
            line(tube.on([(out * s, 0.08), (out * s, 0.82)])), painter.pen("#ffffff", 0.18, 0.16)
        )
