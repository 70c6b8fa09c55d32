"""The catalogue of capes: cloaks, capelets and ponchos that fall over the arms."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from attire.render.cloth import Cloth
from attire.render.folds import hanging_folds
from attire.render.layer import Piece
from attire.render.panel import Panel, between, profile
from attire.render.paths import polygon
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bodice import ROOM
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.fronts import choose_lining, cut_front, hang_back, turn_back
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.hanging import seen_from_above
from attire.render.wardrobe.hoods import sew_hood
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.outer.jackets import wool_for
from attire.render.wardrobe.outer.shell import complete

__all__ = ["CAPES"]

FITS = ("regular (fit)", "loose (fit)", "oversized")
FOLK = (
    "plain (pattern)", "stripe", "check", "geometric", "chevron", "fair isle", "floral", "paisley", "zebra",
    "leopard", "plant", "toile de jouy", "peacock",
)  # fmt: skip


def cape(figure: Figure, taste: Taste) -> list[Piece]:
    """Closed with buttons, toggles, a buckle, laces or a zipper, with a collar or a hood."""
    garment = _hung(figure, taste, wool_for(taste), FITS, tuple(HEM))
    neck, meet = 8.4, taste.between(32.0, 35.0)
    cut_front(garment, neck=neck, meet=meet)
    hang_back(garment, None)
    close(
        garment, "single breasted", "double breasted", "toggled (opening)", "buckled (opening)", "zip-up",
        "lace up",
    )  # fmt: skip
    _finish_neck(garment, neck, meet)
    return _over_hands(complete(garment))


def cloak(figure: Figure, taste: Taste) -> list[Piece]:
    """Clasped at the throat and open below, so that its lining and what is worn beneath are seen."""
    garment = _hung(figure, taste, wool_for(taste), FITS, tuple(HEM))
    neck, meet = 8.4, 34.0
    lining = choose_lining(garment, 0.5)
    long = garment.body.at(0, 1)[1] - 60.0
    cut_front(garment, neck=neck, meet=meet, gap=taste.between(6.0, 9.0) + 0.09 * long)
    hang_back(garment, lining)
    close(garment, "no opening", "single breasted")
    if lining is not None:
        turn_back(garment, lining)
    _finish_neck(garment, neck, meet)
    return _over_hands(complete(garment))


def poncho(figure: Figure, taste: Taste) -> list[Piece]:
    """A blanket with a hole for the head: no opening, level or with a point in front or aside."""
    cloth = cloth_for(taste, "knit" if taste.often(0.5) else "tweed", patterns=FOLK)
    garment = _hung(figure, taste, cloth, FITS[1:], tuple(HEM)[:7])
    rolled = taste.often(0.3, "collar")
    cut_front(garment, neck=8.4, meet=30.6 if rolled else taste.between(33.0, 42.0))
    hang_back(garment, None)
    aslant = taste.often(0.35, "asymmetrical")
    body, s = garment.body, np.linspace(-1, 1, 31)
    point = taste.between(0.35, 0.7) * float(taste.rng.choice([-1.0, 1.0])) if aslant else 0.0
    if aslant or taste.often(0.4):
        rise = np.abs(s - point) * taste.between(13.0, 20.0) / body.height
        curve = body.on(np.stack([s, 1 - rise], axis=1))
        low = float(body.points[..., 1].max()) + 12
        ends = [(curve[-1, 0] + 9, curve[-1, 1]), (curve[-1, 0] + 9, low), (curve[0, 0] - 9, low)]
        garment.cuts.append(polygon(np.concatenate([curve, ends, [(curve[0, 0] - 9, curve[0, 1])]])))
    if aslant:
        garment.say("asymmetrical")
    close(garment, "no opening")
    if rolled:
        sew_collar(garment, "roll", 8.4, 31.0)
    return _over_hands(complete(garment))


CAPES = (cape, cloak, poncho)


def _hung(
    figure: Figure, taste: Taste, cloth: Cloth, fits: tuple[str, ...], lengths: Sequence[str]
) -> Garment:
    """Hang cloth from the shoulders, and say length, fit, shape and pattern."""
    length, fit, shape = taste.pick(*lengths), taste.pick(*fits), taste.pick("tent", "a-line")
    flare = taste.between(0.4, 0.55) if shape == "tent" else taste.between(0.14, 0.22)
    body = _sheet(figure, taste, HEM[length], flare, ROOM[fit].chest - 2.0)
    garment = Garment(category="cape", figure=figure, taste=taste, cloth=cloth, body=body)
    garment.say(length, fit, shape, "no waistline", cloth.pattern)
    return garment


def _sheet(figure: Figure, taste: Taste, hem: float, flare: float, ease: float) -> Panel:
    """Cut a cape: ``flare`` is how much half its width grows per centimetre down, ``ease`` its room."""
    shoulder = figure.half_width("shoulder", 3.0)
    knots = [
        (LEVEL["neck"] + 0.6, 8.4), (LEVEL["shoulder"] + 0.4, shoulder - 1.5), (37.5, shoulder + 2.6),
        (50.0, shoulder + 4.5 + ease), (max(hem, 56.0), shoulder + 5.0 + ease + flare * max(hem - 50.0, 6.0)),
    ]  # fmt: skip
    y = np.concatenate([np.linspace(knots[0][0], 38.0, 9), np.linspace(38.0, hem, 26)[1:]])
    half = np.minimum(profile(knots, y), 58.0)
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    sag = np.clip((y - LEVEL["bust"]) / 100, 0, 0.8) * half * 0.3
    sheet = between(left, right, bulge=13.0, sag=sag, turn=figure.turn, flare=0.8, columns=36)
    _, t = sheet.grid()
    folds = hanging_folds(sheet, taste.rng, 5.5, 2.0) * np.clip((t - 0.1) * 1.3, 0, 1)
    return seen_from_above(sheet, folds)


def _over_hands(pieces: list[Piece]) -> list[Piece]:
    """Let it fall over the hands."""
    return [replace(piece, worn="hand") for piece in pieces]


def _finish_neck(garment: Garment, neck: float, meet: float) -> None:
    """A collar or a hood."""
    kind = garment.taste.pick("hood", "collar", "plain")
    if kind == "hood":
        sew_hood(garment, "hood down", neck, meet)
    elif kind == "collar":
        sew_collar(garment, str(garment.rng.choice(["stand", "fur", "peter pan", "shirt"])), neck, meet)
