"""The catalogue of finishes: what was done to the cloth of a garment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from attire.render.color import lightness
from attire.render.layer import Layer
from attire.render.wardrobe.finishes.cuts import cutout, perforated, slit
from attire.render.wardrobe.finishes.folded import gathering, pleat, ruched, smocking
from attire.render.wardrobe.finishes.lining import lining
from attire.render.wardrobe.finishes.padded import embossed, quilted
from attire.render.wardrobe.finishes.prints import burnout, printed
from attire.render.wardrobe.finishes.tiers import tiered
from attire.render.wardrobe.finishes.wear import distressed, frayed, washed
from attire.render.wardrobe.garment import Garment

__all__ = ["FINISHES", "Finish", "finish"]

PLAIN = "plain (pattern)"
FAINT = 0.6
"""How often a pattern gives way to relief and small holes, which a busy one swallows."""
NONE = "no special manufacturing technique"

TOPS = frozenset({"shirt, blouse", "top, t-shirt, sweatshirt"})
KNITS = frozenset({"sweater", "cardigan"})
OUTER = frozenset({"jacket", "coat", "vest", "cape"})
TROUSERS = frozenset({"pants", "shorts"})
SKIRTED = frozenset({"skirt", "dress"})
ALL = TOPS | KNITS | OUTER | TROUSERS | SKIRTED | {"jumpsuit"}


@dataclass(frozen=True, kw_only=True)
class Finish:
    """A finish and what it suits."""

    apply: Callable[[Garment], None]
    """Changes the garment's sheets, outline and drawings."""
    categories: frozenset[str] = ALL
    """Full names of the garments that it suits."""
    suits: Callable[[Garment], bool] = lambda garment: True
    """What else must hold."""
    plain: float = 0.0
    """How often a pattern that nobody asked for gives way to it; 1 where plain cloth alone can show it."""


def _denim(garment: Garment) -> bool:
    return garment.cloth.weave in ("twill", "denim")


def _cloth(garment: Garment) -> bool:
    return not _denim(garment)


def _closed(garment: Garment) -> bool:
    return garment.front is None


def _fadeable(garment: Garment) -> bool:
    return _denim(garment) or (garment.category in TOPS and lightness(garment.cloth.color) < 0.7)


FINISHES: dict[str, Finish] = {
    "burnout": Finish(apply=burnout, categories=TOPS | SKIRTED, suits=_cloth, plain=1),
    "distressed": Finish(
        apply=distressed, categories=TROUSERS | {"skirt", "jacket", "jumpsuit"}, suits=_denim, plain=1
    ),
    "washed": Finish(apply=washed, suits=_fadeable, plain=1),
    "embossed": Finish(apply=embossed, categories=OUTER | SKIRTED | TROUSERS | TOPS, suits=_cloth, plain=1),
    "frayed": Finish(apply=frayed, categories=TROUSERS | SKIRTED | TOPS | {"jacket", "vest"}),
    "printed": Finish(apply=printed, categories=ALL - {"coat", "cape", "cardigan"}, suits=_closed, plain=1),
    "ruched": Finish(apply=ruched, categories=TOPS | SKIRTED, plain=FAINT),
    "quilted": Finish(
        apply=quilted, categories=OUTER | {"skirt", "dress", "top, t-shirt, sweatshirt"}, plain=FAINT
    ),
    "pleat": Finish(apply=pleat, categories=SKIRTED | TROUSERS | TOPS | {"jumpsuit"}),
    "gathering": Finish(apply=gathering, categories=SKIRTED | TOPS | {"pants", "jumpsuit"}, plain=FAINT),
    "smocking": Finish(apply=smocking, categories=SKIRTED | TOPS | {"jumpsuit"}, plain=FAINT),
    "tiered": Finish(apply=tiered, categories=SKIRTED | TOPS, plain=FAINT),
    "cutout": Finish(apply=cutout, categories=SKIRTED | TOPS | {"jumpsuit"}),
    "slit": Finish(apply=slit, categories=SKIRTED | {"coat", "top, t-shirt, sweatshirt"}),
    "perforated": Finish(apply=perforated, categories=SKIRTED | TOPS | OUTER | {"shorts"}, plain=FAINT),
    "lining": Finish(apply=lining, categories=OUTER | TROUSERS | {"shirt, blouse"}),
}
"""Every finish by the attribute's full name."""


def suiting(garment: Garment) -> list[str]:
    """Name the finishes that suit a garment."""
    pattern = garment.cloth.pattern
    fixed = pattern != PLAIN and pattern in garment.taste.wanted
    return [
        name
        for name, one in FINISHES.items()
        if garment.category in one.categories and one.suits(garment) and not (one.plain == 1 and fixed)
    ]


def finish(garment: Garment) -> str:
    """Choose a finish that suits a garment, apply it and say it.

    A garment that was made with one already (a coat with its lining showing) keeps that.

    Returns:
        The attribute's full name.
    """
    had = [name for name in garment.said if name in FINISHES or name == NONE]
    if had:
        return had[0]
    name = garment.taste.pick(NONE, *suiting(garment))
    if name != NONE:
        if garment.cloth.pattern not in garment.taste.wanted and garment.taste.often(FINISHES[name].plain):
            _lose_pattern(garment)
        FINISHES[name].apply(garment)
    garment.say(name)
    return name


def _lose_pattern(garment: Garment) -> None:
    """Make a garment and what is sewn on it of the same cloth without its pattern."""
    before, after = garment.cloth, replace(garment.cloth, pattern=PLAIN)

    def recut(layers: Iterable[Layer]) -> list[Layer]:
        return [replace(layer, cloth=after) if layer.cloth == before else layer for layer in layers]

    garment.cloth, garment.behind = after, recut(garment.behind)
    garment.parts = [replace(part, layers=(*recut(part.layers),)) for part in garment.parts]
    garment.said = [PLAIN if name == before.pattern else name for name in garment.said]
