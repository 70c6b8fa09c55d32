"""The catalogue of jackets."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import DENIM, LEATHER, choose_dye
from attire.render.folds import channels
from attire.render.layer import Piece
from attire.render.paths import Floats
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.epaulettes import sew_epaulettes
from attire.render.wardrobe.fronts import choose_lining, cut_front, hang_back, turn_back
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.hoods import sew_hood, worn_up
from attire.render.wardrobe.lapels import sew_lapels
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.openings.front import draw_on_front, front_of, shifted
from attire.render.wardrobe.outer.shell import FITS, SHORT, band, complete, mark_waist, shell, slant_hem
from attire.render.wardrobe.pockets import flap_pocket, patch_pocket, welt_pocket, zip_pocket

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["JACKETS", "open_or_closed", "pockets_at_hip", "puff", "wool_for"]

PLAIN = ("plain (pattern)",)
SUITING = (
    "plain (pattern)", "check", "stripe", "houndstooth (pattern)", "herringbone (pattern)", "floral",
    "paisley", "dot", "leopard", "geometric",
)  # fmt: skip


def blazer(figure: Figure, taste: Taste) -> list[Piece]:
    """Lapels, flap pockets, one or two rows of buttons; buttoned or open."""
    cloth = wool_for(taste)
    garment = shell(
        figure,
        taste,
        "jacket",
        cloth,
        lengths=(*SHORT, "mini (length)"),
        shapes=("straight", "peplum", "a-line"),
    )
    opening = taste.pick("single breasted", "double breasted", "no opening")
    mark_waist(garment, ("normal waist",) if "peplum" in garment.said else ("no waistline", "normal waist"))
    neck, meet = 8.2, taste.between(50.0, 61.0)
    rolls, lining = open_or_closed(garment, neck, meet, share=1.0 if opening == "no opening" else 0.45)
    close(garment, opening)
    if lining is not None:
        turn_back(garment, lining)
    pockets_at_hip(garment)
    satin = taste.often(0.08) and garment.cloth.pattern == "plain (pattern)"
    faced = Cloth(color="#17181c", weave="smooth", gloss=0.7) if satin else None
    kind = str(taste.rng.choice(["notched", "peaked", "shawl"], p=[0.55, 0.3, 0.15]))
    sew_lapels(garment, kind, neck, rolls, cloth=faced)
    if taste.often(0.08, "asymmetrical"):
        slant_hem(garment)
    return complete(garment)


def denim_jacket(figure: Figure, taste: Taste) -> list[Piece]:
    """Denim with a yoke, chest pockets, seams in thread and metal buttons."""
    cloth = Cloth(color=str(taste.rng.choice(DENIM)), weave="denim")
    garment = shell(figure, taste, "jacket", cloth, lengths=SHORT[:2], shapes=("straight",), reach=1.9)
    garment.say("no waistline")
    neck, meet = 8.0, taste.between(31.5, 36.0)
    _, lining = open_or_closed(garment, neck, meet, share=0.5)
    close(garment, "single breasted")
    _yoke(garment)
    if lining is not None:
        turn_back(garment, lining)
    body = garment.body
    for side in (-0.55, 0.55):
        patch_pocket(garment, body, side, body.t_for(45.0), 9.5, 10.5, flap=True)
    if taste.often(0.15, "epaulette"):
        sew_epaulettes(garment, neck=neck)
    sew_collar(garment, "fur" if taste.often(0.12) else "shirt", neck, meet)
    return complete(garment)


def biker_jacket(figure: Figure, taste: Taste) -> list[Piece]:
    """Leather with a slanting zipper, broad lapels, zipped pockets and a belt's buckle."""
    cloth = Cloth(color=choose_dye(taste.rng, LEATHER), weave="leather", gloss=0.45)
    garment = shell(
        figure, taste, "jacket", cloth, lengths=SHORT[:2], fits=FITS[:3], shapes=("straight",), cuff=4.6
    )
    neck, meet = 8.2, 47.0
    mark_waist(garment)
    opening = taste.pick("zip-up", "buckled (opening)")
    aslant = opening == "zip-up" and taste.often(0.65, "asymmetrical")
    rolls, lining = open_or_closed(garment, neck, meet, share=0.0 if aslant or opening != "zip-up" else 0.5)
    if aslant:
        side, body = float(taste.rng.choice([-1.0, 1.0])), garment.body
        start = body.t_for(meet - 3)
        k = np.linspace(0, 1, 14)
        slant = body.on(np.stack([side * (0.34 - 0.2 * k), start + (1.01 - start) * k], axis=1))
        garment.front = (slant, slant)
        garment.say("asymmetrical")
    close(garment, opening)
    if lining is not None:
        turn_back(garment, lining)
    body = garment.body
    for place in (-0.55, 0.55):
        zip_pocket(garment, body, place, body.t_for(63.0), 10.0, lean=3.0 if place < 0 else -3.0)
    if taste.often(0.5, "epaulette"):
        sew_epaulettes(garment, neck=neck, button="#b8bcc2")
    sew_lapels(
        garment, "peaked" if taste.often(0.5) else "notched", neck, rolls, wide=taste.between(7.5, 9.0)
    )
    return complete(garment)


def bomber_jacket(figure: Figure, taste: Taste) -> list[Piece]:
    """Short and loose, zipped, ribbed at neck, cuffs and waist."""
    cloth = replace(cloth_for(taste, "satin" if taste.often(0.5) else "twill"), gloss=0.35)
    garment = shell(figure, taste, "jacket", cloth, lengths=SHORT[:2], fits=FITS[2:], reach=1.95, cuff=3.4)
    garment.say("no waistline")
    neck, meet = 8.0, 31.5
    _, lining = open_or_closed(garment, neck, meet, share=0.5)
    close(garment, "zip-up")
    if lining is not None:
        turn_back(garment, lining)
    body = garment.body
    band(garment, 1 - 5.5 / body.height, 1.0)
    if taste.often(0.6, "pocket"):
        for place in (-0.55, 0.55):
            welt_pocket(garment, body, place, body.t_for(62.0), 11.0, lean=5.0 if place < 0 else -5.0)
    sew_collar(garment, "stand", neck, meet)
    return complete(garment)


def parka(figure: Figure, taste: Taste) -> list[Piece]:
    """A hood edged with fur, a drawn-in waist, big pockets; zipped, buttoned or with toggles."""
    cloth = cloth_for(taste, "twill", patterns=(*PLAIN, "camouflage", "check"))
    lengths = ("hip (length)", "micro (length)", "mini (length)", "above-the-knee (length)")
    garment = shell(
        figure, taste, "jacket", cloth, lengths=lengths, fits=FITS[2:], shapes=("straight", "a-line")
    )
    mark_waist(garment)
    up = taste.often(0.25)
    neck, meet = 8.4, 33.0
    _, lining = open_or_closed(garment, neck, meet, share=0.4)
    close(garment, "zip-up", "single breasted", "toggled (opening)")
    if lining is not None:
        turn_back(garment, lining)
    body = garment.body
    for place in (-0.55, 0.55):
        patch_pocket(garment, body, place, body.t_for(70.0), 12.0, 11.0, flap=True)
    trim = Cloth(color=choose_dye(taste.rng, ("#8a7a66", "#5b3a29", "#e4d7c3", "#17181c")), weave="pile")
    sew_hood(garment, "hood up" if up else "hood down", neck, meet, trim if taste.often(0.5) else None)
    return worn_up(complete(garment)) if up else complete(garment)


def puffer_jacket(figure: Figure, taste: Taste) -> list[Piece]:
    """Quilted in wide channels, zipped, with a stand-up collar or a hood."""
    cloth = replace(cloth_for(taste, "smooth", patterns=PLAIN), gloss=0.4)
    garment = shell(figure, taste, "jacket", cloth, lengths=SHORT, fits=FITS[2:], cuff=4.4)
    garment.say("no waistline")
    return puff(garment)


def peplum_jacket(figure: Figure, taste: Taste) -> list[Piece]:
    """Nipped at the waist, flaring below, laced or buttoned to a round or standing collar."""
    cloth = wool_for(taste)
    garment = shell(figure, taste, "jacket", cloth, lengths=SHORT[1:], fits=FITS[:2], shapes=("peplum",))
    mark_waist(garment, ("normal waist",))
    neck, meet = 8.0, taste.between(32.0, 40.0)
    open_or_closed(garment, neck, meet, share=0.0)
    close(garment, "single breasted", "lace up", "zip-up", "wrapping", "double breasted")
    sew_collar(garment, str(taste.rng.choice(["peter pan", "stand", "shawl", "fur"])), neck, meet)
    return complete(garment)


JACKETS = (blazer, denim_jacket, biker_jacket, bomber_jacket, parka, puffer_jacket, peplum_jacket)


def wool_for(taste: Taste) -> Cloth:
    """Wool, tweed, velvet or cotton for tailored things."""
    weave = str(
        taste.rng.choice(["twill", "plain", "tweed", "velvet", "corduroy"], p=[0.4, 0.25, 0.2, 0.08, 0.07])
    )
    return cloth_for(taste, weave, patterns=SUITING)


def open_or_closed(
    garment: Garment, neck: float, meet: float, *, share: float
) -> tuple[tuple[Floats, Floats], Cloth | None]:
    """Cut the front, open in a share of cases and then now and then lined in a bright cloth.

    Returns:
        The edges along which lapels fold, and the lining.
    """
    taste = garment.taste
    apart = taste.often(share, *(["lining"] if share > 0 else []))
    lining = choose_lining(garment) if apart else None
    gap = taste.between(5.0, 10.0) + 0.05 * max(garment.body.at(0, 1)[1] - 84.0, 0.0) if apart else 0.0
    rolls = cut_front(garment, neck=neck, meet=meet, gap=gap)
    hang_back(garment, lining)
    return rolls, lining


def pockets_at_hip(garment: Garment) -> None:
    """Flap, welt or patch pockets beside the hips, where they show."""
    taste, body = garment.taste, garment.body
    if body.at(0, 1)[1] < 80 or not taste.often(0.7, "pocket"):
        return
    kind, t = int(taste.rng.integers(3)), body.t_for(74.0)
    for place in (-0.58, 0.58):
        if kind == 0:
            flap_pocket(garment, body, place, t, 11.5)
        elif kind == 1:
            welt_pocket(garment, body, place, t, 11.0)
        else:
            patch_pocket(garment, body, place, t - 2 / body.height, 12.0, min(13.0, (1 - t) * body.height))


def puff(garment: Garment) -> list[Piece]:
    """Quilt it in channels, zip it up, and give it a collar or a hood."""
    taste = garment.taste
    pitch = taste.between(6.0, 9.0)
    for panel in [garment.body, *garment.sleeves]:
        finer = panel.denser(max(30, int(panel.height / 1.3)), 16)
        garment.replace_panel(panel, finer.raised(channels(finer, pitch, 2.4)))
    up = garment.category != "vest" and taste.often(0.12)
    neck, meet = 8.4, 31.5
    garment.say("quilted")
    gap = taste.between(5.0, 10.0) if taste.often(0.35) else 0.0
    cut_front(garment, neck=neck, meet=meet, gap=gap)
    hang_back(garment, None)
    close(garment, "zip-up")
    if up or taste.often(0.3, "hood"):
        sew_hood(garment, "hood up" if up else "hood down", neck, meet)
    else:
        sew_collar(garment, "stand", neck, meet)
    return worn_up(complete(garment)) if up else complete(garment)


def _yoke(garment: Garment) -> None:
    """Thread along yoke, front and waistband of a denim jacket."""
    body, front = garment.body, front_of(garment)
    thread = "#c98b3d" if garment.cloth.color in DENIM[:2] else "#e4d7c3"
    yoke, foot = body.t_for(44.0), 1 - 4.5 / body.height

    def draw(painter: "Painter") -> None:
        places = np.linspace(-1, 1, 13)
        for t in (yoke, foot):
            painter.seam(body.on([(s, t) for s in places]), 0.5, 0.4)
            painter.stitches(body.on([(s, t + 0.9 / body.height) for s in places]), thread)
        for side in (-1, 1):
            seam = [(side * (0.62 - 0.25 * k), yoke + (foot - yoke) * k) for k in (0.0, 0.5, 1.0)]
            painter.stitches(body.on(seam), thread)
        painter.stitches(shifted(front.left, -3.0), thread)

    draw_on_front(garment, draw)
