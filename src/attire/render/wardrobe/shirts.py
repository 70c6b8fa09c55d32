"""Shirts and blouses."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import DENIM
from attire.render.layer import Piece
from attire.render.panel import along
from attire.render.paths import Floats
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bands import stitch_hem
from attire.render.wardrobe.bare import bare_shoulders
from attire.render.wardrobe.collars import sew_collar, sew_part
from attire.render.wardrobe.cut import CROPPED, Top, cut_top, finished, shape_hem, soft_cloth
from attire.render.wardrobe.epaulettes import sew_epaulettes
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.necklines import cut_neckline, neck_width
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.openings.front import draw_on_front
from attire.render.wardrobe.pockets import pair_of, patch_pocket
from attire.render.wardrobe.sleeve_kinds import sew_sleeves

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["SHIRTS"]

CATEGORY = "shirt, blouse"
NECK = 7.8


def classic_shirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Collar, button placket, cuffs and a curved tail."""
    kind = Top(category=CATEGORY, lengths=("hip (length)", "hip (length)", "micro (length)"))
    garment, ease = cut_top(figure, taste, kind, _shirting(taste), NECK)
    sew_sleeves(garment, taste.pick("cuffed", "cuffed", "rolled", "short"), ease)
    _collared(garment)
    _tail(garment)
    _chest_pockets(garment, 0.4)
    return finished(garment)


def work_shirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Denim or twill with flapped chest pockets, a yoke, and straps on the shoulders now and then."""
    denim = taste.often(0.6)
    cloth = cloth_for(taste, "twill", DENIM, ("plain (pattern)",)) if denim else cloth_for(taste, "twill")
    fits = ("regular (fit)", "loose (fit)", "oversized")
    kind = Top(category=CATEGORY, fits=fits, lengths=("hip (length)",))
    garment, ease = cut_top(figure, taste, kind, cloth, NECK)
    sew_sleeves(garment, taste.pick("cuffed", "rolled"), ease)
    _collared(garment, deep=1.5)
    _tail(garment)
    for s, t in pair_of((0.46, garment.body.t_for(45.0))):
        patch_pocket(garment, garment.body, s, t, 10.5, 12.0, flap=True)
    if taste.often(0.35, "epaulette"):
        sew_epaulettes(garment, neck=NECK, ease=ease, button="#b8bcc2")
    return finished(garment)


def tied_shirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Short, its fronts knotted at the waist."""
    fits = ("tight (fit)", "curved (fit)", "regular (fit)")
    kind = Top(category=CATEGORY, fits=fits, lengths=CROPPED)
    garment, ease = cut_top(figure, taste, kind, _shirting(taste), NECK)
    sew_sleeves(garment, taste.pick("rolled", "short", "cuffed"), ease)
    _collared(garment, deep=3.0)
    _knot(garment)
    return finished(garment)


def bow_blouse(figure: Figure, taste: Taste) -> list[Piece]:
    """Soft, with a large bow at the neck and full sleeves."""
    kind = Top(category=CATEGORY, fits=("regular (fit)", "loose (fit)"), lengths=("hip (length)",))
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "satin", "chiffon", "plain"), 7.4)
    sew_sleeves(garment, taste.pick("bishop", "puff", "cuffed"), ease)
    edge = cut_neckline(garment, "crew", 7.4, ribbed=False)
    close(garment, "single breasted", "no opening")
    _pussy_bow(garment, edge)
    return finished(garment)


def wrap_blouse(figure: Figure, taste: Taste) -> list[Piece]:
    """One front laps over the other, tied at the waist."""
    kind = Top(
        category=CATEGORY, fits=("tight (fit)", "curved (fit)", "regular (fit)"), lengths=("hip (length)",)
    )
    neck = neck_width(taste, "deep v")
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "satin", "plain", "chiffon"), neck)
    sew_sleeves(garment, taste.pick("short", "three-quarter", "bell", "long", "flutter", "bishop"), ease)
    cut_neckline(garment, "deep v", neck)
    close(garment, "wrapping")
    return finished(garment, "normal waist")


def lace_up_blouse(figure: Figure, taste: Taste) -> list[Piece]:
    """Peasant blouse, laced at the breast."""
    kind = Top(category=CATEGORY, fits=("regular (fit)", "loose (fit)"))
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "linen", "plain", "chiffon"), 8.6)
    sew_sleeves(garment, taste.pick("bishop", "puff", "bell"), ease)
    cut_neckline(garment, "crew", 8.6)
    close(garment, "lace up")
    stitch_hem(garment, garment.body)
    return finished(garment)


def peasant_blouse(figure: Figure, taste: Taste) -> list[Piece]:
    """Gathered into a wide neckline, with gathered sleeves."""
    neckline = taste.pick("scoop", "boat")
    neck = neck_width(taste, neckline)
    kind = Top(category=CATEGORY, fits=("loose (fit)",))
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "linen", "plain", "chiffon"), neck)
    sew_sleeves(garment, taste.pick("bishop", "puff", "bell", "flounce"), ease)
    edge = cut_neckline(garment, neckline, neck)
    _gathered_neck(garment, edge)
    close(garment, "no opening")
    return finished(garment, "gathering")


def collared_blouse(figure: Figure, taste: Taste) -> list[Piece]:
    """Buttoned, with a round or standing collar and pretty sleeves."""
    kind = Top(category=CATEGORY, lengths=("above-the-hip (length)", "hip (length)"))
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "plain", "satin", "chiffon"), 7.6)
    sew_sleeves(garment, taste.pick("puff", "bishop", "bell", "flounce", "flutter", "short"), ease)
    edge = cut_neckline(garment, "crew", 7.6, labelled=False)
    close(garment, "single breasted")
    sew_collar(garment, taste.pick("peter pan", "stand", "sailor"), 7.6, float(edge[:, 1].max()))
    return finished(garment)


def off_shoulder_blouse(figure: Figure, taste: Taste) -> list[Piece]:
    """Buttoned down the front, below bare shoulders held by straps."""
    kind = Top(category=CATEGORY, fits=("tight (fit)", "curved (fit)", "regular (fit)"))
    garment, _ = cut_top(figure, taste, kind, soft_cloth(taste, "plain", "linen", "satin"), 7.0)
    bare_shoulders(garment, taste.pick("camisole", "bustier"))
    close(garment, "single breasted")
    stitch_hem(garment, garment.body)
    return finished(garment)


SHIRTS = (
    classic_shirt, classic_shirt, work_shirt, tied_shirt, bow_blouse, wrap_blouse, lace_up_blouse,
    peasant_blouse, collared_blouse, off_shoulder_blouse,
)  # fmt: skip
"""Every kind of shirt and blouse."""


def _shirting(taste: Taste) -> Cloth:
    return soft_cloth(taste, "plain", "plain", "linen", "twill", "satin")


def _collared(garment: Garment, *, deep: float = 0.0) -> None:
    """Cut the neck, button the front and sew a shirt's collar on; some buttons on top stay open."""
    taste = garment.taste
    opened = taste.often(0.45) or deep > 0
    edge = cut_neckline(garment, "v" if opened else "crew", NECK, labelled=False)
    close(garment, "single breasted")
    sew_collar(garment, "shirt", NECK, float(edge[:, 1].max()) if not opened else 36.0 + deep)


def _tail(garment: Garment) -> None:
    """Curve the hem up at the sides."""
    s = np.linspace(-1, 1, 31)
    rise = garment.taste.between(3.0, 6.0)
    shape_hem(garment, rise * np.clip((np.abs(s) - 0.35) / 0.65, 0, 1) ** 1.6)


def _chest_pockets(garment: Garment, share: float) -> None:
    if garment.taste.often(share, "pocket"):
        places = pair_of((0.46, garment.body.t_for(45.0)))
        for s, t in places if garment.taste.often(0.4) else places[1:]:
            patch_pocket(garment, garment.body, s, t, 10.0, 11.5)


def _knot(garment: Garment) -> None:
    """Tie the lower corners of the fronts; the cloth is pulled towards the knot."""
    body = garment.body
    x, y = body.at(0.0, 0.97)
    tails = [
        along([(x, y - 1), (x + side * 2.6, y + 4.5), (x + side * 4.2, y + 10.0)], [1.6, 2.4, 0.7], rows=10)
        for side in (-1, 1)
    ]
    knot = along([(x - 2.2, y - 0.4), (x, y), (x + 2.2, y + 0.4)], [1.5, 2.3, 1.5], rows=8)
    garment.panels += [*tails, knot]
    starts = [(0.9, 0.9), (0.75, 0.86), (0.5, 0.82)]
    pulls = [body.on([(side * s, t), (0.02 * side, 0.96)]) for side in (-1, 1) for s, t in starts]

    def draw(painter: "Painter") -> None:
        for pull in pulls:
            painter.seam(pull, 0.3, 0.6)

    draw_on_front(garment, draw)


def _pussy_bow(garment: Garment, edge: Floats) -> None:
    """A band around the neck tied into a bow whose ends hang down the breast; labelled as a bow."""
    taste = garment.taste
    x, y = edge[len(edge) // 2].tolist()
    wide = taste.between(6.5, 10.0)
    panels = []
    for side in (-1, 1):
        out, fall = side * taste.between(1.5, 4.0), taste.between(17.0, 26.0)
        panels.append(along([(x, y), (x + out, y + 9), (x + out, y + fall)], [1.0, 2.4, 3.0], rows=12))
    for side in (-1, 1):
        loop = [(x, y + 0.2), (x + side * wide * 0.55, y - 0.6), (x + side * wide, y + 2.2)]
        panel = along(loop, [0.9, 3.2, 2.0], rows=12)
        s, t = panel.grid()
        panels.append(panel.raised(0.6 * np.cos(6 * s) * (1 - t)))
    panels.append(along([(x, y - 1.8), (x, y + 0.2), (x, y + 2.2)], [1.2, 1.7, 1.2], rows=7))
    sew_part(garment, "bow", panels, garment.cloth)


def _gathered_neck(garment: Garment, edge: Floats) -> None:
    """Folds that fan out from a drawn neckline."""
    inner = edge[2:-2]
    middle = np.array([inner[:, 0].mean(), LEVEL["neck"] - 6])
    away = inner - middle
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    reach = garment.rng.uniform(5.0, 11.0, len(inner))[:, None]

    def draw(painter: "Painter") -> None:
        for start, end in zip(inner + 1.5 * away, inner + reach * away, strict=True):
            painter.seam(np.stack([start, end]), 0.28, 0.45)

    draw_on_front(garment, draw)
