"""The catalogue of cardigans."""

from dataclasses import replace

import numpy as np

from attire.render.layer import Piece
from attire.render.paths import polygon
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.fronts import cut_front, hang_back
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.outer.shell import FITS, SHORT, band, complete, shell
from attire.render.wardrobe.pockets import patch_pocket

__all__ = ["CARDIGANS"]

KNITTED = (
    "plain (pattern)", "stripe", "fair isle", "argyle", "dot", "chevron", "geometric", "leopard", "check",
)  # fmt: skip


def v_cardigan(figure: Figure, taste: Taste) -> list[Piece]:
    """Knitted, buttoned up to a pointed neckline, ribbed at the hem; open now and then."""
    garment = _knitted(figure, taste, SHORT, "knit")
    neck = 8.4
    gap = taste.between(3.5, 9.0) if taste.often(0.5) else 0.0
    cut_front(garment, neck=neck, meet=taste.between(42.0, 54.0), gap=gap)
    hang_back(garment, None, lift=1.0)
    close(garment, "single breasted", "zip-up", "toggled (opening)", "double breasted")
    body = garment.body
    band(garment, 1 - 5.0 / body.height, 1.0)
    _pockets(garment)
    return complete(garment)


def crew_cardigan(figure: Figure, taste: Taste) -> list[Piece]:
    """Small, buttoned or tied up to the neck."""
    garment = _knitted(figure, taste, SHORT[:2], "knit")
    neck, meet = 8.6, taste.between(33.0, 37.0)
    cut_front(garment, neck=neck, meet=meet, gap=taste.between(3.0, 7.0) if taste.often(0.3) else 0.0)
    hang_back(garment, None, lift=1.0)
    close(garment, *(["single breasted"] if garment.front else ["single breasted", "lace up", "wrapping"]))
    band(garment, 1 - 4.5 / garment.body.height, 1.0)
    if taste.often(0.3, "collar"):
        sew_collar(garment, "peter pan", neck, meet)
    return complete(garment)


def long_cardigan(figure: Figure, taste: Taste) -> list[Piece]:
    """Long and open, without anything to close it."""
    garment = _knitted(figure, taste, [*HEM][1:], "cable" if taste.often(0.4) else "knit")
    neck, meet = 8.4, taste.between(46.0, 56.0)
    long = max(garment.body.at(0, 1)[1] - 84.0, 0.0)
    cut_front(garment, neck=neck, meet=meet, gap=taste.between(6.0, 11.0) + 0.05 * long)
    hang_back(garment, None)
    close(garment, "no opening")
    _pockets(garment)
    if taste.often(0.4, "collar"):
        sew_collar(garment, "shawl", neck, meet)
    return complete(garment)


def draped_cardigan(figure: Figure, taste: Taste) -> list[Piece]:
    """Open, with fronts that hang in points much lower than the sides."""
    garment = _knitted(figure, taste, [*HEM][1:6], "knit")
    neck, body = 8.4, garment.body
    cut_front(garment, neck=neck, meet=50.0, gap=taste.between(6.0, 10.0))
    body = garment.body
    side = float(taste.rng.choice([-1.0, 1.0]))
    s = np.linspace(-1, 1, 31)
    rise = np.interp(side * s, [-1, -0.45, 0.1, 0.5, 1], [0.3, 0.02, 0.28, 0.12, 0.34])
    curve = body.on(np.stack([s, 1 - rise * min(1.0, 34.0 / body.height)], axis=1))
    low = float(body.points[..., 1].max()) + 9
    ends = [(curve[-1, 0] + 9, curve[-1, 1]), (curve[-1, 0] + 9, low), (curve[0, 0] - 9, low)]
    garment.cuts.append(polygon(np.concatenate([curve, ends, [(curve[0, 0] - 9, curve[0, 1])]])))
    garment.say("asymmetrical")
    close(garment, "no opening")
    sew_collar(garment, "shawl", neck, 50.0)
    return complete(garment)


CARDIGANS = (v_cardigan, crew_cardigan, long_cardigan, draped_cardigan)


def _knitted(figure: Figure, taste: Taste, lengths: "tuple[str, ...] | list[str]", weave: str) -> Garment:
    cloth = cloth_for(taste, weave, patterns=KNITTED)
    garment = shell(
        figure, taste, "cardigan", replace(cloth, gloss=0.0), lengths=lengths, fits=FITS, cuff=3.6,
        reach=1.9 if taste.often(0.8) else 1.4,
    )  # fmt: skip
    garment.say("no waistline")
    return garment


def _pockets(garment: Garment) -> None:
    body = garment.body
    if body.at(0, 1)[1] > 82 and garment.taste.often(0.5, "pocket"):
        t = body.t_for(69.0)
        for place in (-0.55, 0.55):
            patch_pocket(garment, body, place, t, 11.0, min(12.0, 0.85 * (1 - t) * body.height))
