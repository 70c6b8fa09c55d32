"""What is worn on the feet. Shoes come as one piece per foot."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.color import mixed
from attire.render.layer import Piece
from attire.render.paths import line
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.boots import LOW_BOOTS, TALL_BOOTS
from attire.render.wardrobe.accessories.forms import frame_buckle, leather, metal, sewn, strip
from attire.render.wardrobe.accessories.lasts import across, heel_layer, opening, shaft, sole_layer
from attire.render.wardrobe.accessories.shoemaking import (
    Shoe,
    ankle,
    ankle_strap,
    dressy,
    footbed,
    laces,
    pair,
    sole_cloth,
    strap,
)  # fmt: skip

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = [
    "LOW_SHOES", "OPEN_SHOES", "SHOES", "ballet_flats", "loafers", "mary_janes", "oxfords", "platforms",
    "pumps", "sandals", "sneakers", "wedges",
]  # fmt: skip


def sneakers(figure: Figure, taste: Taste) -> list[Piece]:
    """Trainers with a thick pale sole, laces and stripes at the side."""
    cloth = Cloth(color=choose_dye(taste.rng), weave="plain" if taste.often(0.5) else "smooth", gloss=0.1)
    trim = choose_dye(taste.rng, against=cloth.color)
    sole = Cloth(color="#f2efe8" if taste.often(0.75) else cloth.color, weave="smooth")
    high = taste.between(6, 9) if taste.often(0.3) else 0.8
    lace = "#f7f5ef" if taste.often(0.6) else trim

    def make(shoe: Shoe) -> None:
        shoe.before.append(sole_layer(shoe.form, 1.9, sole, start=0.3))
        if high > 2:
            shoe.shaft = shaft(figure, shoe.side, shoe.foot.ankle[1] - high, taste.rng, ease=0.8)
        shoe.details += [
            partial(_trainer, shoe=shoe, trim=trim),
            partial(laces, shoe=shoe, color=lace, count=5, until=0.62),
        ]

    return pair(figure, taste, make, cloth, "round", ease=0.5, top=-0.6)


def oxfords(figure: Figure, taste: Taste) -> list[Piece]:
    """Laced leather shoes with a toe cap."""
    cloth, sole = leather(taste), sole_cloth(taste)

    def make(shoe: Shoe) -> None:
        shoe.before.append(sole_layer(shoe.form, 1.0, sole))
        shoe.details += [
            partial(_cap, shoe=shoe, t=0.76),
            partial(laces, shoe=shoe, color="#15110e", count=4, until=0.5),
        ]

    return pair(figure, taste, make, cloth, "almond" if taste.often(0.6) else "round", ease=0.3, top=-0.2)


def loafers(figure: Figure, taste: Taste) -> list[Piece]:
    """Slip-on shoes with an apron seam and a strap, now and then tassels."""
    cloth, sole = leather(taste), sole_cloth(taste)
    tasselled = taste.often(0.35, "tassel")

    def make(shoe: Shoe) -> None:
        shoe.before.append(sole_layer(shoe.form, 0.9, sole))
        shoe.cuts.append(opening(shoe.form, 0.3, 0.8))
        saddle = shoe.form.part((-0.9, 0.9), (0.42, 0.56), rows=5)
        shoe.panels.append(saddle.raised(np.full_like(saddle.relief, 0.3)))
        shoe.details.append(partial(_apron, shoe=shoe))
        if tasselled:
            x, y = shoe.form.at(0, 0.5)
            for lean in (-1.1, 1.1):
                tassel = strip(
                    [(x, y), (x + lean * 0.6, y + 1.4), (x + lean, y + 3.2)],
                    [0.3, 0.7, 1.1],
                    thickness=0.9,
                    rows=6,
                )
                shoe.parts.append(sewn("tassel", [tassel], cloth, on_garment=True, thickness=0.4))

    return pair(figure, taste, make, cloth, "round", ease=0.2, top=0.6)


def pumps(figure: Figure, taste: Taste) -> list[Piece]:
    """Low-cut shoes on high heels, pointed or almond-shaped, in leather, suede or patent."""
    cloth = dressy(taste)
    heel = "stiletto" if taste.often(0.6) else "block"

    def make(shoe: Shoe) -> None:
        shoe.before.append(heel_layer(shoe.foot, shoe.form, heel, cloth))
        shoe.before.append(sole_layer(shoe.form, 0.4, Cloth(color="#2a2320", weave="smooth"), start=0.6))
        shoe.cuts.append(opening(shoe.form, taste.between(0.55, 0.62), 0.78))

    return pair(
        figure,
        taste,
        make,
        cloth,
        "pointed" if taste.often(0.6) else "almond",
        longer=2.4,
        top=1.0,
        ease=0.15,
    )


def mary_janes(figure: Figure, taste: Taste) -> list[Piece]:
    """Low-cut round shoes with a buckled strap over the instep."""
    cloth, fittings = dressy(taste), metal(taste)
    heeled = taste.often(0.5)

    def make(shoe: Shoe) -> None:
        if heeled:
            shoe.before.append(heel_layer(shoe.foot, shoe.form, "block", cloth))
        shoe.before.append(sole_layer(shoe.form, 0.9, Cloth(color="#241d1a", weave="smooth")))
        shoe.cuts.append(opening(shoe.form, 0.58, 0.8))
        strap(shoe, 0.3, 0.75)
        shoe.parts.append(frame_buckle(shoe.form.at(0.72 * shoe.foot.side, 0.32), 1.7, 2.2, fittings))

    return pair(figure, taste, make, cloth, "round", longer=1.0 if heeled else 0.0, top=1.0)


def ballet_flats(figure: Figure, taste: Taste) -> list[Piece]:
    """Thin-soled round shoes, cut low, with a little bow."""
    cloth = dressy(taste)
    bow = taste.often(0.7, "bow")

    def make(shoe: Shoe) -> None:
        shoe.before.append(sole_layer(shoe.form, 0.35, Cloth(color="#3b2a20", weave="smooth")))
        shoe.cuts.append(opening(shoe.form, 0.66, 0.82))
        if bow:
            x, y = shoe.form.at(0, 0.74)
            loops = [
                strip(
                    [(x, y), (x + out * 1.0, y - 0.3), (x + out * 1.9, y)],
                    [0.35, 0.8, 0.9],
                    thickness=0.8,
                    rows=6,
                )
                for out in (-1, 1)
            ]
            shoe.parts.append(sewn("bow", loops, cloth, on_garment=True, thickness=0.4))

    return pair(figure, taste, make, cloth, "round", top=1.4)


def sandals(figure: Figure, taste: Taste) -> list[Piece]:
    """Straps over the toes, the instep and around the ankle, flat or heeled."""
    cloth, fittings = leather(taste), metal(taste)
    heeled, places = taste.often(0.45), [0.78, *([0.58] if taste.often(0.6) else []), 0.3]
    half = taste.between(0.6, 1.2)

    def make(shoe: Shoe) -> None:
        shoe.upper = False
        if heeled:
            shoe.before.append(heel_layer(shoe.foot, shoe.form, "block", cloth))
        shoe.before.append(footbed(shoe))
        for place in places:
            strap(shoe, place, half)
        ankle_strap(shoe, half * 0.8)
        shoe.parts.append(frame_buckle(ankle(shoe, 0.8 * shoe.foot.side), 1.6, 2.0, fittings))

    return pair(figure, taste, make, cloth, "bare", longer=0.9 if heeled else 0.3, ease=0.3)


def wedges(figure: Figure, taste: Taste) -> list[Piece]:
    """Broad straps on a thick sole of cork or rope."""
    return _raised(figure, taste, Cloth(color="#c2a070", weave="rib"), taste.between(3.0, 4.6))


def platforms(figure: Figure, taste: Taste) -> list[Piece]:
    """Shoes on a thick sole and a block heel."""
    cloth = dressy(taste)

    def make(shoe: Shoe) -> None:
        shoe.before.append(heel_layer(shoe.foot, shoe.form, "block", cloth))
        shoe.before.append(
            sole_layer(
                shoe.form, 3.0, Cloth(color=mixed(cloth.color, "#000000", 0.25), weave="smooth", gloss=0.4)
            )
        )
        shoe.cuts.append(opening(shoe.form, 0.5, 0.8))
        ankle_strap(shoe, 0.7)

    return pair(figure, taste, make, cloth, "round", longer=0.3, top=1.0)


LOW_SHOES = (sneakers, oxfords, loafers, ballet_flats, pumps, mary_janes, platforms)
"""Shoes that end below the ankle."""

OPEN_SHOES = (sandals, wedges)
"""Shoes that show the toes."""

SHOES = (*LOW_SHOES, *OPEN_SHOES, *LOW_BOOTS, *TALL_BOOTS)
"""Every kind of shoe."""


def _raised(figure: Figure, taste: Taste, sole: Cloth, thickness: float) -> list[Piece]:
    cloth = dressy(taste)

    def make(shoe: Shoe) -> None:
        shoe.upper = False
        shoe.before += [sole_layer(shoe.form, thickness, sole, start=0.35), footbed(shoe)]
        strap(shoe, 0.74, 1.9)
        ankle_strap(shoe, 0.8)

    return pair(figure, taste, make, cloth, "bare", ease=0.3)


def _trainer(painter: "Painter", shoe: Shoe, trim: str) -> None:
    form = shoe.form
    painter.seam(form.on(across(form, 0.72, 0.9, 0.06)), 0.4, 0.3)
    for out in (-1, 1):
        for t in (0.38, 0.5):
            path = line(form.on([(out * 0.5, t - 0.08), (out * 0.98, t + 0.1)]))
            painter.canvas.drawPath(path, painter.pen(trim, 0.95, 0.75))


def _cap(painter: "Painter", shoe: Shoe, t: float) -> None:
    form = shoe.form
    painter.seam(form.on(across(form, t, 0.96, 0.03)), 0.5, 0.3)
    painter.seam(form.on([(-0.95, 0.5), (-0.5, 0.55), (0, 0.58), (0.5, 0.55), (0.95, 0.5)]), 0.35, 0.25)


def _apron(painter: "Painter", shoe: Shoe) -> None:
    places = [
        (-0.68, 0.45),
        (-0.6, 0.72),
        (-0.3, 0.83),
        (0, 0.86),
        (0.3, 0.83),
        (0.6, 0.72),
        (0.68, 0.45),
    ]
    painter.seam(shoe.form.on(places), 0.5, 0.35)
    painter.canvas.drawPath(line(shoe.form.on([(-0.22, 0.5), (0.22, 0.5)])), painter.pen("#000000", 0.6, 0.4))
