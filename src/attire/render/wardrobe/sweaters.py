"""Sweaters."""

from attire.render.cloth import PATTERNS, Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bands import rib_band
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.cut import CROPPED, FITS, Top, cut_top, finished
from attire.render.wardrobe.drape import gathers
from attire.render.wardrobe.garment import cloth_for
from attire.render.wardrobe.necklines import cut_neckline, neck_width
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.sleeve_kinds import sew_sleeves

__all__ = ["SWEATERS"]

CATEGORY = "sweater"
KNITTED = (
    "plain (pattern)", "stripe", "fair isle", "argyle", "geometric", "chevron", "dot", "leopard", "zebra",
    "check",
)  # fmt: skip


def crew_sweater(figure: Figure, taste: Taste) -> list[Piece]:
    """Round neck, ribbed edges."""
    return _pulled_over(figure, taste, "crew", _yarn(taste, "knit"))


def v_sweater(figure: Figure, taste: Taste) -> list[Piece]:
    """Pointed neck, its edges now and then in another colour."""
    return _pulled_over(figure, taste, taste.pick("v", "v", "deep v"), _yarn(taste, "knit"), trim=0.3)


def boat_sweater(figure: Figure, taste: Taste) -> list[Piece]:
    """Wide shallow neck."""
    return _pulled_over(figure, taste, "boat", _yarn(taste, "knit"))


def cable_sweater(figure: Figure, taste: Taste) -> list[Piece]:
    """Aran knit with twisted columns."""
    cloth = cloth_for(taste, "cable", patterns=("plain (pattern)",))
    return _pulled_over(figure, taste, taste.pick("crew", "v"), cloth, fits=FITS[2:])


def turtleneck(figure: Figure, taste: Taste) -> list[Piece]:
    """Rolled collar; fine and close, or chunky and wide."""
    cloth = _yarn(taste, str(taste.rng.choice(["knit", "rib", "cable"])))
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY), cloth, 7.6)
    sew_sleeves(garment, "ribbed" if ease > 1.5 else "long", ease)
    edge = cut_neckline(garment, "crew", 7.6, labelled=False)
    rib_band(garment, garment.body, 5.0)
    sew_collar(garment, "roll", 7.6, float(edge[:, 1].max()))
    close(garment, "no opening")
    return finished(garment)


def balloon_sweater(figure: Figure, taste: Taste) -> list[Piece]:
    """Wide and short, drawn in at the hem, with balloon sleeves."""
    cloth = _yarn(taste, "knit")
    kind = Top(category=CATEGORY, fits=("loose (fit)", "oversized"), lengths=CROPPED, flare=-2.5)
    garment, ease = cut_top(figure, taste, kind, cloth, 8.2)
    body = garment.body.denser(40, 36)
    folds = gathers(body, taste.rng, bottom=0.8, count=5.0, reach=8.0)
    garment.replace_panel(garment.body, body.raised(folds))
    sew_sleeves(garment, "bishop", ease)
    cut_neckline(garment, "crew", 8.2, ribbed=True)
    rib_band(garment, garment.body, 6.0)
    close(garment, "no opening")
    return finished(garment, "balloon")


def knitted_tee(figure: Figure, taste: Taste) -> list[Piece]:
    """Fine knit with short sleeves."""
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY, fits=FITS[:3]), _yarn(taste, "rib"), 8.0)
    sew_sleeves(garment, taste.pick("short", "elbow", "puff"), ease)
    cut_neckline(garment, "crew", 8.0, ribbed=True)
    rib_band(garment, garment.body, 4.0)
    close(garment, "no opening")
    return finished(garment)


SWEATERS = (
    crew_sweater, v_sweater, boat_sweater, cable_sweater, turtleneck, balloon_sweater, knitted_tee,
)  # fmt: skip
"""Every kind of sweater."""


def _pulled_over(
    figure: Figure,
    taste: Taste,
    neckline: str,
    cloth: Cloth,
    *,
    fits: tuple[str, ...] = FITS,
    trim: float = 0.1,
) -> list[Piece]:
    """Ribbed at neck, cuffs and hem."""
    neck = neck_width(taste, neckline)
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY, fits=fits), cloth, neck)
    sew_sleeves(garment, taste.pick("ribbed", "ribbed", "raglan"), ease)
    color = choose_dye(taste.rng, against=cloth.color) if taste.often(trim) else ""
    cut_neckline(garment, neckline, neck, trim=color, ribbed=True)
    rib_band(garment, garment.body, taste.between(4.5, 7.5), color=color)
    close(garment, "no opening")
    return finished(garment)


def _yarn(taste: Taste, weave: str) -> Cloth:
    return cloth_for(taste, weave, patterns=tuple(name for name in KNITTED if name in PATTERNS))
