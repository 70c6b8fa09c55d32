"""Garments of the whole body: dresses; jumpsuits have a file of their own."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.cloth import Cloth
from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe import jumpsuits
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.cut import soft_cloth
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.dresses import WAISTS, Dress, sew_dress
from attire.render.wardrobe.finishes import FINISHES, finish
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.pockets import pair_of, patch_pocket

__all__ = ["WHOLE", "WHOLE_SHOWS"]

Garments: TypeAlias = tuple[Callable[[Figure, Taste], list[Piece]], ...]

SHORT = ("micro (length)", "mini (length)", "above-the-knee (length)", "knee (length)")
MIDDLE = ("above-the-knee (length)", "knee (length)", "below the knee (length)", "midi")
LONG = ("midi", "maxi (length)", "floor (length)")
STRAPPY = ("camisole", "sleeveless", "tube", "bustier", "off shoulder")


def finished(garment: Garment, *openings: str) -> list[Piece]:
    """Choose opening, finish and decorations, and hand the dress over."""
    close(garment, *(openings or ("no opening",)))
    finish(garment)
    decorate(garment)
    return garment.pieces()


def dressy(taste: Taste) -> Cloth:
    """Cloth for dresses: woven, gleaming or sheer."""
    return soft_cloth(taste, "plain", "plain", "linen", "satin", "chiffon")


def finish_as(garment: Garment, name: str) -> None:
    """Give a garment the finish that makes it what it is."""
    FINISHES[name].apply(garment)
    garment.say(name)


def sheath(figure: Figure, taste: Taste) -> list[Piece]:
    """Close to the body down to a narrow hem."""
    kind = Dress(
        shapes=("pencil", "straight"),
        lengths=("mini (length)", *MIDDLE),
        fits=("tight (fit)", "curved (fit)"),
        waists=("no waistline", "normal waist", "high waist"),
        tops=("sleeves", "sleeveless"),
        sleeves=("cap", "three-quarter", "long"),
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)), "no opening", "zip-up", "double breasted")


def shift(figure: Figure, taste: Taste) -> list[Piece]:
    """Falls straight from the shoulders, and does not touch the waist."""
    kind = Dress(
        shapes=("straight", "a-line"),
        lengths=SHORT,
        fits=("regular (fit)", "loose (fit)"),
        waists=("no waistline",),
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)), "no opening", "zip-up", "single breasted")


def trapeze(figure: Figure, taste: Taste) -> list[Piece]:
    """A tent that spreads from the shoulders."""
    kind = Dress(
        shapes=("tent",), lengths=(*SHORT, "midi", "maxi (length)"), fits=("loose (fit)", "regular (fit)"),
        waists=("no waistline",), tops=("sleeves", "sleeves", "camisole", "halter"),
    )  # fmt: skip
    return finished(sew_dress(figure, taste, kind, dressy(taste)))


def shirt_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """Buttoned all the way, with pockets on the chest."""
    kind = Dress(
        shapes=("straight", "a-line", "flare"),
        lengths=(*SHORT, *MIDDLE),
        fits=("regular (fit)", "loose (fit)"),
        waists=("normal waist", "no waistline", "high waist"),
        sleeves=("cuffed", "rolled", "short"),
        necklines=("v",),
        collar="shirt",
        band=3.5,
    )
    garment = sew_dress(figure, taste, kind, soft_cloth(taste, "plain", "linen", "twill", "denim"))
    close(garment, "single breasted", "zip-up")
    sew_collar(garment, "shirt", 7.8, 36.0)
    if taste.often(0.5, "pocket"):
        for s, t in pair_of((0.5, garment.body.t_for(46.0))):
            patch_pocket(garment, garment.body, s, t, 9.0, 10.0, flap=taste.often(0.4))
    finish(garment)
    decorate(garment)
    return garment.pieces()


def fit_and_flare_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """A fitted bodice and a swinging skirt."""
    kind = Dress(
        shapes=("fit and flare", "flare", "circle", "a-line", "bell"),
        lengths=(*SHORT, *MIDDLE),
        waists=WAISTS,
        fits=("curved (fit)", "regular (fit)", "tight (fit)"),
        tops=("sleeves", "sleeves", *STRAPPY),
        band=2.8 if taste.often(0.3) else 0.0,
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)), "no opening", "lace up", "single breasted")


def wrap_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """Lapped aslant and tied at the waist."""
    kind = Dress(
        shapes=("a-line", "flare", "straight"),
        lengths=(*MIDDLE, "maxi (length)"),
        necklines=("v",),
        uneven=0.75,
        sleeves=("short", "elbow", "bell", "three-quarter", "bishop", "flounce", "long"),
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)), "wrapping")


def slip_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """Satin on thin straps."""
    kind = Dress(
        shapes=("straight", "pencil", "a-line"), lengths=("mini (length)", *MIDDLE, "maxi (length)"),
        fits=("regular (fit)", "curved (fit)"), waists=("no waistline",), tops=("camisole",), uneven=0.15,
    )  # fmt: skip
    satin = soft_cloth(taste, "satin")
    return finished(sew_dress(figure, taste, kind, satin))


def sundress(figure: Figure, taste: Taste) -> list[Piece]:
    """Light, on straps, gathered at the waist."""
    kind = Dress(
        shapes=("a-line", "flare", "high low"), lengths=(*SHORT, "midi"), tops=STRAPPY, gather=0.8,
        waists=("normal waist", "empire waistline", "high waist", "dropped waistline"), uneven=0.12,
    )  # fmt: skip
    return finished(sew_dress(figure, taste, kind, dressy(taste)), "no opening", "single breasted", "lace up")


def babydoll(figure: Figure, taste: Taste) -> list[Piece]:
    """Short, gathered right under the bust."""
    kind = Dress(
        shapes=("flare", "tent", "bell", "balloon"),
        lengths=("micro (length)", "mini (length)", "above-the-knee (length)"),
        fits=("loose (fit)", "regular (fit)"),
        waists=("empire waistline",),
        tops=("sleeves", "camisole", "sleeveless"),
        gather=0.9,
        sleeves=("puff", "flutter", "bishop", "cap"),
        band=1.6,
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)))


def tiered_maxi(figure: Figure, taste: Taste) -> list[Piece]:
    """Long, of gathered tiers."""
    kind = Dress(
        shapes=("a-line", "flare"), lengths=LONG, fits=("regular (fit)", "loose (fit)"), gather=0.8,
        waists=("normal waist", "empire waistline", "high waist"), tops=("sleeves", *STRAPPY),
    )  # fmt: skip
    garment = sew_dress(figure, taste, kind, dressy(taste))
    finish_as(garment, "tiered")
    return finished(garment)


def flapper(figure: Figure, taste: Taste) -> list[Piece]:
    """A straight bodice, and a skirt that begins at the hip."""
    kind = Dress(
        shapes=("flare", "a-line", "circle"), lengths=SHORT[1:], fits=("regular (fit)",),
        waists=("dropped waistline", "low waist"),
        tops=("sleeves", "sleeveless", "camisole"), sleeves=("short",),
        band=4.0 if taste.often(0.5) else 0.0,
    )  # fmt: skip
    garment = sew_dress(figure, taste, kind, dressy(taste))
    if taste.often(0.3, "pleat"):
        finish_as(garment, "pleat")
    return finished(garment)


def evening_gown(figure: Figure, taste: Taste) -> list[Piece]:
    """Long and close to the body, opening towards the floor."""
    kind = Dress(
        shapes=("mermaid", "trumpet", "fit and flare", "a-line"),
        lengths=LONG,
        fits=("curved (fit)", "tight (fit)"),
        waists=("no waistline", "normal waist", "high waist", "basque (wasitline)"),
        tops=(*STRAPPY, "halter", "one shoulder", "sleeves"),
    )
    return finished(sew_dress(figure, taste, kind, soft_cloth(taste, "satin", "velvet")))


def ball_gown(figure: Figure, taste: Taste) -> list[Piece]:
    """A fitted bodice and the widest of skirts."""
    kind = Dress(
        shapes=("circle", "bell", "flare"),
        lengths=LONG,
        fits=("curved (fit)", "tight (fit)"),
        gather=0.8,
        waists=("basque (wasitline)", "normal waist", "high waist"),
        tops=("bustier", "tube", "sleeveless", "one shoulder"),
    )
    cloth = soft_cloth(taste, "satin", "velvet")
    return finished(sew_dress(figure, taste, kind, cloth), "no opening", "lace up")


def high_low_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """Short in front, long behind."""
    kind = Dress(
        shapes=("high low",),
        lengths=("below the knee (length)", *LONG),
        fits=("curved (fit)", "regular (fit)"),
        waists=("normal waist", "empire waistline", "high waist"),
        tops=("sleeves", *STRAPPY),
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)))


def peplum_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """Narrow, with a flounce at the waist."""
    kind = Dress(
        shapes=("peplum",),
        lengths=MIDDLE,
        fits=("tight (fit)", "curved (fit)"),
        sleeves=(
            "short",
            "long",
        ),
    )
    return finished(sew_dress(figure, taste, kind, dressy(taste)))


def sweater_dress(figure: Figure, taste: Taste) -> list[Piece]:
    """Knitted, long-sleeved, without a waist."""
    kind = Dress(
        shapes=("straight", "pencil", "baggy"),
        lengths=("mini (length)", "above-the-knee (length)", "knee (length)", "midi"),
        fits=("regular (fit)", "loose (fit)", "oversized", "tight (fit)"),
        waists=("no waistline",),
        sleeves=("long",),
    )
    return finished(sew_dress(figure, taste, kind, cloth_for(taste, taste.pick("knit", "rib"))))


def cocoon(figure: Figure, taste: Taste) -> list[Piece]:
    """Rounds out and closes in at the hem."""
    kind = Dress(
        shapes=("balloon", "peg", "baggy"), lengths=SHORT[1:], fits=("loose (fit)", "oversized"),
        waists=("no waistline", "dropped waistline"),
    )  # fmt: skip
    return finished(sew_dress(figure, taste, kind, dressy(taste)))


WHOLE: dict[str, Garments] = {
    "dress": (
        sheath, shift, trapeze, shirt_dress, fit_and_flare_dress, wrap_dress, slip_dress, sundress, babydoll,
        tiered_maxi, flapper, evening_gown, ball_gown, high_low_dress, peplum_dress, sweater_dress, cocoon,
    ),
    "jumpsuit": jumpsuits.JUMPSUITS,
}  # fmt: skip
"""The kinds of each category, by its full name."""

WHOLE_SHOWS: dict[str, Garments] = {
    "peplum": (peplum_dress,),
    "high low": (high_low_dress, sundress),
    "tent": (trapeze,),
    "mermaid": (evening_gown,),
    "trumpet": (evening_gown,),
    "fit and flare": (fit_and_flare_dress, evening_gown),
    "circle": (fit_and_flare_dress, ball_gown, flapper),
    "bell": (fit_and_flare_dress, ball_gown, babydoll),
    "balloon": (cocoon, jumpsuits.playsuit, jumpsuits.casual_jumpsuit),
    "peg": (cocoon, jumpsuits.casual_jumpsuit),
    "baggy": (sweater_dress, cocoon, jumpsuits.boiler_suit),
    "pencil": (sheath, slip_dress, sweater_dress),
    "bell bottom": (jumpsuits.evening_jumpsuit,),
    "bootcut": (jumpsuits.dungarees,),
    "wide leg": (jumpsuits.evening_jumpsuit, jumpsuits.boiler_suit, jumpsuits.playsuit),
    "asymmetrical": (wrap_dress, evening_gown, ball_gown, jumpsuits.evening_jumpsuit),
    "oversized": (sweater_dress, cocoon, jumpsuits.boiler_suit, jumpsuits.dungarees),
    "empire waistline": (babydoll, sundress, high_low_dress, tiered_maxi, jumpsuits.casual_jumpsuit),
    "dropped waistline": (flapper, fit_and_flare_dress, sundress),
    "basque (wasitline)": (ball_gown, fit_and_flare_dress, evening_gown),
    "low waist": (flapper, fit_and_flare_dress, jumpsuits.boiler_suit),
    "lace up": (ball_gown, fit_and_flare_dress),
    "no waistline": (shift, trapeze, slip_dress, sweater_dress, sheath),
    "wrapping": (wrap_dress, jumpsuits.playsuit),
    "single breasted": (shirt_dress, sundress, jumpsuits.boiler_suit),
    "double breasted": (sheath,),
    "zip-up": (shirt_dress, shift, sheath, jumpsuits.boiler_suit),
    "buckled (opening)": (jumpsuits.dungarees,),
    "floor (length)": (ball_gown, evening_gown, tiered_maxi, jumpsuits.evening_jumpsuit),
}
"""Garments that alone show an attribute, by its full name: those to take where it is wanted."""
