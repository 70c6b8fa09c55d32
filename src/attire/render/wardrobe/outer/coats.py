"""The catalogue of coats, from above the hip to the floor."""

from dataclasses import replace

from attire.render.cloth.dyes import LEATHER, choose_dye
from attire.render.folds import rumple
from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.epaulettes import sew_epaulettes
from attire.render.wardrobe.fronts import turn_back
from attire.render.wardrobe.garment import cloth_for
from attire.render.wardrobe.hoods import sew_hood, worn_up
from attire.render.wardrobe.lapels import sew_lapels
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.outer.jackets import open_or_closed, pockets_at_hip, puff, wool_for
from attire.render.wardrobe.outer.shell import FITS, complete, mark_waist, shell, slant_hem
from attire.render.wardrobe.pockets import patch_pocket

__all__ = ["COATS"]

LENGTHS = tuple(HEM)
LONG = LENGTHS[3:]
SHAPES = ("straight", "a-line", "tent")
TRENCH = ("#b9a88b", "#c8b48e", "#e4d7c3", "#17181c", "#23304f", "#4c6444", "#5b3a29")


def overcoat(figure: Figure, taste: Taste) -> list[Piece]:
    """Wool with lapels, buttoned in one row or two, or worn open."""
    garment = shell(figure, taste, "coat", wool_for(taste), lengths=LENGTHS, shapes=SHAPES)
    mark_waist(garment)
    opening = taste.pick("single breasted", "double breasted", "no opening")
    neck, meet = 8.4, taste.between(46.0, 58.0)
    rolls, lining = open_or_closed(garment, neck, meet, share=1.0 if opening == "no opening" else 0.4)
    close(garment, opening)
    if lining is not None:
        turn_back(garment, lining)
    pockets_at_hip(garment)
    sew_lapels(
        garment,
        str(taste.rng.choice(["notched", "peaked", "shawl"])),
        neck,
        rolls,
        wide=taste.between(6.5, 9.0),
    )
    if taste.often(0.06, "asymmetrical"):
        slant_hem(garment)
    return complete(garment)


def trench_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """Gabardine with epaulettes and two rows of buttons, or belted over."""
    cloth = cloth_for(taste, "twill", TRENCH, ("plain (pattern)", "check"))
    garment = shell(figure, taste, "coat", cloth, lengths=LONG, fits=FITS[1:4], shapes=SHAPES[:2])
    mark_waist(garment, ("normal waist",))
    neck, meet = 8.4, taste.between(44.0, 52.0)
    opening = taste.pick("double breasted", "buckled (opening)", "wrapping")
    rolls, lining = open_or_closed(garment, neck, meet, share=0.35 if opening == "double breasted" else 0.0)
    close(garment, opening)
    if lining is not None:
        turn_back(garment, lining)
    pockets_at_hip(garment)
    sew_epaulettes(garment, neck=neck)
    sew_lapels(garment, "notched", neck, rolls, wide=taste.between(7.5, 9.5))
    return complete(garment)


def duffle_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """Thick wool with toggles, a hood and patch pockets."""
    cloth = cloth_for(taste, "tweed" if taste.often(0.4) else "twill", patterns=("plain (pattern)", "check"))
    garment = shell(figure, taste, "coat", cloth, lengths=LENGTHS[2:8], fits=FITS[2:], shapes=SHAPES)
    garment.say("no waistline")
    neck, meet = 8.4, 33.0
    _, lining = open_or_closed(garment, neck, meet, share=0.3)
    close(garment, "toggled (opening)")
    if lining is not None:
        turn_back(garment, lining)
    body = garment.body
    for place in (-0.58, 0.58):
        patch_pocket(
            garment, body, place, body.t_for(76.0), 13.0, min(14.0, body.at(0, 1)[1] - 79.0), flap=True
        )
    up = taste.often(0.2)
    sew_hood(garment, "hood up" if up else "hood down", neck, meet)
    return worn_up(complete(garment)) if up else complete(garment)


def wrap_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """Laps over and is tied with its own belt under a broad shawl collar."""
    garment = shell(
        figure, taste, "coat", wool_for(taste), lengths=LENGTHS[1:], fits=FITS[1:], shapes=SHAPES[:2]
    )
    garment.say("normal waist")
    neck, meet = 8.4, taste.between(50.0, 58.0)
    rolls, _ = open_or_closed(garment, neck, meet, share=0.0)
    close(garment, "wrapping")
    sew_lapels(garment, "shawl" if taste.often(0.6) else "notched", neck, rolls, wide=taste.between(7.0, 9.5))
    return complete(garment)


def puffer_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """A long jacket quilted in channels."""
    cloth = replace(cloth_for(taste, "smooth", patterns=("plain (pattern)",)), gloss=0.35)
    garment = shell(figure, taste, "coat", cloth, lengths=LENGTHS[2:9], fits=FITS[2:], cuff=4.4)
    garment.say("no waistline")
    return puff(garment)


def fur_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """Long pile all over, with a thick collar; hooked shut or open."""
    dyes = ("#5b3a29", "#8a7a66", "#17181c", "#e4d7c3", "#7d8794", "#d8a7a7")
    cloth = cloth_for(taste, "pile", dyes, ("plain (pattern)", "leopard", "zebra", "cheetah"))
    garment = shell(figure, taste, "coat", cloth, lengths=LENGTHS[:8], fits=FITS[2:], shapes=SHAPES)
    garment.say("no waistline")
    for panel in [garment.body, *garment.sleeves]:
        garment.replace_panel(panel, panel.raised(rumple(panel, taste.rng, 0.8, waves=16)))
    neck, meet = 8.4, 44.0
    open_or_closed(garment, neck, meet, share=0.6)
    close(garment, "no opening", "buckled (opening)") if garment.front is None else close(
        garment, "no opening"
    )
    sew_collar(garment, "fur", neck, meet)
    return complete(garment)


def princess_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """Narrow above, swinging below, buttoned to a small collar."""
    garment = shell(
        figure, taste, "coat", wool_for(taste), lengths=LENGTHS[2:], fits=FITS[:2], shapes=("a-line",)
    )
    mark_waist(garment, ("normal waist",))
    neck, meet = 8.0, taste.between(32.0, 36.0)
    open_or_closed(garment, neck, meet, share=0.0)
    close(garment, "single breasted", "double breasted", "lace up", "zip-up")
    sew_collar(garment, str(taste.rng.choice(["peter pan", "shirt", "fur", "stand"])), neck, meet)
    pockets_at_hip(garment)
    return complete(garment)


def leather_coat(figure: Figure, taste: Taste) -> list[Piece]:
    """Leather, straight and long, buttoned, zipped or strapped."""
    cloth = cloth_for(taste, "leather", LEATHER, ("plain (pattern)", "snakeskin (pattern)"))
    cloth = replace(cloth, gloss=0.4, color=choose_dye(taste.rng, LEATHER))
    garment = shell(figure, taste, "coat", cloth, lengths=LONG, fits=FITS[:4], shapes=SHAPES[:2])
    mark_waist(garment)
    neck, meet = 8.4, 45.0
    opening = taste.pick("single breasted", "zip-up", "buckled (opening)")
    share = 0.0 if opening == "buckled (opening)" else 0.35
    rolls, lining = open_or_closed(garment, neck, meet, share=share)
    close(garment, opening)
    if lining is not None:
        turn_back(garment, lining)
    pockets_at_hip(garment)
    sew_lapels(garment, "peaked", neck, rolls, wide=taste.between(8.0, 10.0))
    return complete(garment)


COATS = (
    overcoat, trench_coat, duffle_coat, wrap_coat, puffer_coat, fur_coat, princess_coat, leather_coat,
)  # fmt: skip
