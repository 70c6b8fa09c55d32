"""Garments of the lower body: trousers and shorts, and the catalogue that skirts are in as well."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.cloth import PATTERNS, Cloth
from attire.render.cloth.dyes import DENIM
from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe import skirts
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.finishes import finish
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.pockets import patch_pocket, slant_pocket
from attire.render.wardrobe.trousers import Trousers, cuff, sew_trousers

__all__ = ["LOWER", "LOWER_SHOWS"]

Garments: TypeAlias = tuple[Callable[[Figure, Taste], list[Piece]], ...]

SHORT = ("micro (length)", "mini (length)", "above-the-knee (length)", "knee (length)")


def denim(taste: Taste) -> Cloth:
    """Blue, black or pale twill, now and then in a pattern."""
    patterns = (*PATTERNS,) if taste.often(0.04, *PATTERNS) else ("plain (pattern)",)
    return cloth_for(taste, "twill", DENIM, patterns)


def side_pockets(garment: Garment) -> None:
    """Cut slanted pockets into the hips."""
    for s in (-0.45, 0.45):
        slant_pocket(garment, garment.body, s, 4.5 / garment.body.height, 5.0, 11.0)


def finished(garment: Garment) -> list[Piece]:
    """Choose a finish and decorations, and hand the garment over."""
    finish(garment)
    decorate(garment)
    return garment.pieces()


def jeans(figure: Figure, taste: Taste) -> list[Piece]:
    """Denim with topstitching, rivets and five pockets."""
    kind = Trousers(
        shapes=("straight", "pencil", "bootcut", "bell bottom", "flare", "wide leg", "baggy", "peg"),
        lengths=("maxi (length)", "floor (length)"),
        fits=("regular (fit)", "tight (fit)", "loose (fit)", "curved (fit)"),
        band="jeans",
        slack=0.5,
    )
    garment = sew_trousers(figure, taste, kind, denim(taste))
    side_pockets(garment)
    return finished(garment)


def chinos(figure: Figure, taste: Taste) -> list[Piece]:
    """Cotton trousers with slanted pockets."""
    kind = Trousers(
        shapes=("straight", "peg"), lengths=("midi", "maxi (length)", "floor (length)"),
        fits=("regular (fit)", "loose (fit)", "tight (fit)"), band="tailored",
    )  # fmt: skip
    garment = sew_trousers(figure, taste, kind, cloth_for(taste, "twill"))
    side_pockets(garment)
    return finished(garment)


def tailored(figure: Figure, taste: Taste) -> list[Piece]:
    """Pressed to a sharp crease."""
    kind = Trousers(
        shapes=("straight", "peg", "wide leg", "flare"),
        lengths=("maxi (length)", "floor (length)"),
        band="tailored",
        fits=("regular (fit)", "loose (fit)", "curved (fit)"),
        crease=True,
        slack=0.22,
    )
    garment = sew_trousers(figure, taste, kind, cloth_for(taste))
    side_pockets(garment)
    return finished(garment)


def leggings(figure: Figure, taste: Taste) -> list[Piece]:
    """Cling to the leg."""
    kind = Trousers(
        shapes=("pencil",),
        lengths=("below the knee (length)", "midi", "maxi (length)"),
        fits=("tight (fit)",),
        band="elastic",
        openings=("no opening",),
        slack=0.16,
    )
    return finished(sew_trousers(figure, taste, kind, cloth_for(taste, "smooth")))


def cargo_pants(figure: Figure, taste: Taste) -> list[Piece]:
    """Loose, with big flapped pockets on the thighs."""
    kind = Trousers(
        shapes=("straight", "baggy", "wide leg"), lengths=("maxi (length)", "floor (length)"), band="jeans",
        fits=("loose (fit)", "oversized", "regular (fit)"), slack=0.6,
    )  # fmt: skip
    garment = sew_trousers(figure, taste, kind, cloth_for(taste, "twill"))
    side_pockets(garment)
    for side, sheet in enumerate(garment.legs):
        patch_pocket(garment, sheet, (-0.42, 0.42)[side], sheet.t_for(105.0), 12.0, 14.0, flap=True)
    return finished(garment)


def joggers(figure: Figure, taste: Taste) -> list[Piece]:
    """Jersey gathered at waist and ankle."""
    kind = Trousers(
        shapes=("peg", "balloon", "baggy"), lengths=("midi", "maxi (length)"), band="drawstring", slack=0.7,
        fits=("loose (fit)", "regular (fit)", "oversized"), openings=("no opening",), drop=4.0,
    )  # fmt: skip
    garment = sew_trousers(figure, taste, kind, cloth_for(taste, "knit" if taste.often(0.4) else "plain"))
    for sheet in garment.legs:
        cuff(garment, sheet)
    return finished(garment)


def palazzos(figure: Figure, taste: Taste) -> list[Piece]:
    """Flowing legs as wide as a skirt."""
    kind = Trousers(
        shapes=("wide leg", "bell bottom", "flare"),
        lengths=("midi", "maxi (length)", "floor (length)"),
        band="elastic",
        fits=("loose (fit)", "oversized"),
        openings=("no opening", "lace up"),
        slack=0.5,
    )
    return finished(sew_trousers(figure, taste, kind, cloth_for(taste)))


def harem_pants(figure: Figure, taste: Taste) -> list[Piece]:
    """Full from hip to calf with a low crotch, gathered at the ankle."""
    kind = Trousers(
        shapes=("balloon", "baggy"),
        lengths=("below the knee (length)", "midi", "maxi (length)"),
        band="drawstring",
        fits=("loose (fit)", "oversized"),
        openings=("no opening",),
        slack=0.9,
        drop=11.0,
    )
    return finished(sew_trousers(figure, taste, kind, cloth_for(taste)))


def denim_shorts(figure: Figure, taste: Taste) -> list[Piece]:
    """Cut-off jeans with rivets and pockets."""
    kind = Trousers(
        category="shorts",
        shapes=("straight", "a-line"),
        lengths=SHORT,
        fits=("regular (fit)", "tight (fit)", "loose (fit)"),
        band="jeans",
    )
    garment = sew_trousers(figure, taste, kind, denim(taste))
    side_pockets(garment)
    return finished(garment)


def tailored_shorts(figure: Figure, taste: Taste) -> list[Piece]:
    """Pressed shorts with a waistband."""
    kind = Trousers(
        category="shorts", shapes=("straight", "a-line", "wide leg"), lengths=SHORT, band="tailored",
        fits=("regular (fit)", "loose (fit)"), crease=True, slack=0.25,
    )  # fmt: skip
    garment = sew_trousers(figure, taste, kind, cloth_for(taste))
    side_pockets(garment)
    return finished(garment)


def track_shorts(figure: Figure, taste: Taste) -> list[Piece]:
    """Jersey on an elastic with a cord."""
    kind = Trousers(
        category="shorts", shapes=("straight", "baggy", "wide leg"), lengths=SHORT, band="drawstring",
        fits=("loose (fit)", "regular (fit)", "oversized"), openings=("no opening", "lace up"), slack=0.6,
    )  # fmt: skip
    return finished(sew_trousers(figure, taste, kind, cloth_for(taste)))


def cycling_shorts(figure: Figure, taste: Taste) -> list[Piece]:
    """Cling to the thigh."""
    kind = Trousers(
        category="shorts", shapes=("pencil",), lengths=SHORT, fits=("tight (fit)",), band="elastic",
        openings=("no opening",), slack=0.14,
    )  # fmt: skip
    return finished(sew_trousers(figure, taste, kind, cloth_for(taste, "smooth")))


def cargo_shorts(figure: Figure, taste: Taste) -> list[Piece]:
    """Wide, with big flapped pockets."""
    kind = Trousers(
        category="shorts",
        shapes=("straight", "baggy"),
        lengths=("above-the-knee (length)", "knee (length)"),
        band="jeans",
        fits=("loose (fit)", "oversized"),
        slack=0.6,
    )
    garment = sew_trousers(figure, taste, kind, cloth_for(taste, "twill"))
    side_pockets(garment)
    for side, sheet in enumerate(garment.legs):
        patch_pocket(garment, sheet, (-0.4, 0.4)[side], sheet.t_for(97.0), 12.0, 12.0, flap=True)
    return finished(garment)


def puff_shorts(figure: Figure, taste: Taste) -> list[Piece]:
    """Bloomers: puffed, and gathered in at the hem."""
    kind = Trousers(
        category="shorts",
        shapes=("balloon",),
        lengths=("micro (length)", "mini (length)", "above-the-knee (length)"),
        fits=("loose (fit)", "regular (fit)"),
        band="elastic",
        openings=("no opening",),
        slack=0.8,
    )
    garment = sew_trousers(figure, taste, kind, cloth_for(taste))
    for sheet in garment.legs:
        cuff(garment, sheet, 2.2)
    return finished(garment)


LOWER: dict[str, Garments] = {
    "pants": (jeans, chinos, tailored, leggings, cargo_pants, joggers, palazzos, harem_pants),
    "shorts": (denim_shorts, tailored_shorts, track_shorts, cycling_shorts, cargo_shorts, puff_shorts),
    "skirt": skirts.SKIRT_GARMENTS,
}
"""The kinds of each category, by its full name."""

LOWER_SHOWS: dict[str, Garments] = {
    "mermaid": (skirts.train_skirt,),
    "trumpet": (skirts.train_skirt,),
    "peplum": (skirts.peplum_skirt,),
    "high low": (skirts.full_skirt,),
    "tent": (skirts.full_skirt,),
    "fit and flare": (skirts.full_skirt,),
    "circle": (skirts.full_skirt, skirts.gathered_skirt),
    "bell": (skirts.full_skirt, skirts.gathered_skirt),
    "flare": (skirts.full_skirt, palazzos, tailored),
    "asymmetrical": (skirts.wrap_skirt,),
    "balloon": (skirts.balloon_skirt, harem_pants, joggers, puff_shorts),
    "bell bottom": (jeans, palazzos),
    "bootcut": (jeans,),
    "peg": (chinos, tailored, joggers, skirts.pencil_skirt),
    "pencil": (skirts.pencil_skirt, leggings, cycling_shorts),
    "wide leg": (palazzos, tailored, tailored_shorts, track_shorts),
    "baggy": (harem_pants, cargo_pants, joggers, track_shorts, cargo_shorts),
    "curved (fit)": (skirts.train_skirt, tailored, jeans),
    "wrapping": (skirts.wrap_skirt,),
    "tight (fit)": (leggings, jeans, cycling_shorts, denim_shorts, skirts.pencil_skirt),
    "oversized": (cargo_pants, joggers, palazzos, harem_pants, track_shorts, cargo_shorts),
    "fly (opening)": (
        jeans,
        chinos,
        tailored,
        cargo_pants,
        denim_shorts,
        tailored_shorts,
        skirts.denim_skirt,
    ),
    "buckled (opening)": (skirts.mini_skirt, skirts.cargo_skirt),
    "double breasted": (skirts.pencil_skirt,),
    "single breasted": (skirts.denim_skirt, skirts.full_skirt),
    "zip-up": (skirts.pencil_skirt, skirts.mini_skirt),
    "lace up": (palazzos, track_shorts, skirts.mini_skirt),
    "below the knee (length)": (leggings, harem_pants),
}
"""Garments that alone show an attribute, by its full name: those to take where it is wanted."""
