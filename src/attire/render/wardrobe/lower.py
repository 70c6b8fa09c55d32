"""Garments of the lower body, and dresses, which share their skirts."""

from typing import TYPE_CHECKING

from attire.render.cloth import DENIM, choose_cloth
from attire.render.figure import LEVEL, Figure
from attire.render.paths import mirrored, smooth, union
from attire.render.wardrobe.parts import neckline, pocket
from attire.render.wardrobe.pieces import (
    LENGTHS,
    Piece,
    Rng,
    leg_path,
    pick,
    sleeve_paths,
    torso_path,
    with_sleeves,
)

if TYPE_CHECKING:
    import skia

__all__ = ["dress", "pants", "shorts", "skirt"]

SHAPES = ("pencil", "straight", "a-line", "flare", "circle")


def _skirt_path(figure: Figure, top: float, hem: float, shape: str) -> "skia.Path":
    flare = {"pencil": -0.004, "straight": 0.004, "a-line": 0.035, "flare": 0.075, "circle": 0.11}[shape]
    spread = flare * (hem - LEVEL["waist"]) / 0.3
    half = [
        (0.0, top), (figure.half_width("waist", 0.006), top),
        (figure.half_width("hip", 0.01 + spread * 0.3), LEVEL["hip"]),
        (figure.half_width("hip", 0.004 + spread), hem), (0.0, hem + 0.008),
    ]  # fmt: skip
    return smooth(mirrored([figure.at(x, y) for x, y in half], figure.center_x)[:-1], roundness=0.4)


def skirt(figure: Figure, rng: Rng) -> list[Piece]:
    """A skirt of any length and five shapes."""
    length, shape = pick(rng, *[*LENGTHS][3:9]), pick(rng, *SHAPES)
    cloth = choose_cloth(rng, plain=0.5)
    path = _skirt_path(figure, LEVEL["waist"] - 0.005, LENGTHS[length], shape)
    fit = "tight (fit)" if shape == "pencil" else "regular (fit)"
    said = (
        length,
        "no opening",
        "symmetrical",
        shape,
        fit,
        "no special manufacturing technique",
        cloth.pattern,
        "high waist",
    )
    return [Piece(category="skirt", path=path, cloth=cloth, attributes=said)]


def dress(figure: Figure, rng: Rng) -> list[Piece]:
    """A dress: bodice and skirt of one cloth, with or without sleeves."""
    length, shape = pick(rng, *[*LENGTHS][3:]), pick(rng, *SHAPES)
    cloth, neck = choose_cloth(rng, plain=0.4), (0.045, float(rng.uniform(0.03, 0.09)))
    bodice = torso_path(
        figure, 0.006, LEVEL["waist"] + 0.02, figure.half_width("waist", 0.008), neck, waist=0.006
    )
    whole = union([bodice, _skirt_path(figure, LEVEL["waist"] - 0.005, LENGTHS[length], shape)])
    sleeves = sleeve_paths(figure, 0.006, float(rng.choice([0.35, 0.7, 1.95]))) if rng.random() < 0.6 else []
    said = (
        length,
        "no opening",
        "symmetrical",
        shape,
        "regular (fit)",
        "no special manufacturing technique",
        cloth.pattern,
        "normal waist",
    )
    return [*with_sleeves("dress", whole, sleeves, cloth, said), neckline(figure, cloth, neck)]


def pants(figure: Figure, rng: Rng) -> list[Piece]:
    """Trousers in denim or cloth, from tight to wide."""
    shape = pick(rng, "straight", "peg", "wide leg", "bell bottom")
    knee, ankle = {
        "straight": (0.04, 0.033),
        "peg": (0.037, 0.022),
        "wide leg": (0.056, 0.06),
        "bell bottom": (0.037, 0.055),
    }[shape]
    denim = rng.random() < 0.5
    cloth = choose_cloth(rng, DENIM, plain=1.0) if denim else choose_cloth(rng, plain=0.85)
    path = leg_path(figure, 0.95, (0.055, knee, ankle))
    fit = {"peg": "tight (fit)", "wide leg": "loose (fit)"}.get(shape, "regular (fit)")
    finish = "washed" if denim else "no special manufacturing technique"
    said = (
        "maxi (length)",
        "fly (opening)",
        "symmetrical",
        shape,
        fit,
        finish,
        cloth.pattern,
        "normal waist",
    )
    pockets = [pocket(figure, cloth, side * 0.055, 0.43, 0.018) for side in (-1, 1)]
    return [Piece(category="pants", path=path, cloth=cloth, attributes=said), *pockets]


def shorts(figure: Figure, rng: Rng) -> list[Piece]:
    """Shorts that end above the knee."""
    length = pick(rng, "micro (length)", "mini (length)", "above-the-knee (length)")
    cloth = choose_cloth(rng, DENIM if rng.random() < 0.4 else ("#b9a88b", "#17181c", "#f4f1ea"), plain=0.9)
    path = leg_path(figure, LENGTHS[length], (0.058, 0.052, 0.05))
    said = (
        length,
        "fly (opening)",
        "symmetrical",
        "straight",
        "regular (fit)",
        "no special manufacturing technique",
        cloth.pattern,
        "normal waist",
    )
    return [Piece(category="shorts", path=path, cloth=cloth, attributes=said)]
