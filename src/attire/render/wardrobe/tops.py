"""Garments of the upper body."""

from attire.render.cloth import choose_cloth
from attire.render.figure import LEVEL, Figure
from attire.render.paths import smooth, union
from attire.render.wardrobe.parts import collar, lapels, neckline, pocket
from attire.render.wardrobe.pieces import (
    EASE,
    LENGTHS,
    Piece,
    Rng,
    pick,
    sleeve_paths,
    torso_path,
    with_sleeves,
)

__all__ = ["coat", "jacket", "shirt", "sweater", "t_shirt"]


def t_shirt(figure: Figure, rng: Rng) -> list[Piece]:
    """A top with short, long or no sleeves and a round neckline."""
    length, fit = pick(rng, "above-the-hip (length)", "hip (length)"), pick(rng, *EASE)
    cloth, ease, hem = choose_cloth(rng, plain=0.5), EASE[fit], LENGTHS[length]
    neck = (0.034, float(rng.uniform(0.02, 0.06)))
    torso = torso_path(figure, ease, hem, figure.half_width("hip", ease) - 0.006, neck)
    sleeves = sleeve_paths(figure, ease, float(rng.choice([0.55, 0.75, 1.9])))
    finish = "no special manufacturing technique" if cloth.pattern.startswith("plain") else "printed"
    said = (length, "no opening", "symmetrical", fit, finish, cloth.pattern)
    return [
        *with_sleeves("top, t-shirt, sweatshirt", torso, sleeves, cloth, said),
        neckline(figure, cloth, neck),
    ]


def shirt(figure: Figure, rng: Rng) -> list[Piece]:
    """A buttoned shirt with a collar and perhaps a breast pocket."""
    length, fit = pick(rng, "above-the-hip (length)", "hip (length)"), pick(rng, *EASE)
    cloth, ease, hem = choose_cloth(rng, plain=0.45), EASE[fit], LENGTHS[length]
    torso = torso_path(figure, ease, hem, figure.half_width("hip", ease) - 0.004, (0.03, 0.03))
    said = (
        length,
        "single breasted",
        "symmetrical",
        fit,
        "no special manufacturing technique",
        cloth.pattern,
    )
    pieces = with_sleeves(
        "shirt, blouse", torso, sleeve_paths(figure, ease, float(rng.choice([0.7, 1.95]))), cloth, said
    )
    pieces.append(collar(figure, cloth))
    if rng.random() < 0.5:
        pieces.append(pocket(figure, cloth, 0.045, 0.25))
    return pieces


def sweater(figure: Figure, rng: Rng) -> list[Piece]:
    """A knitted pullover with long sleeves."""
    length, fit = (
        pick(rng, "above-the-hip (length)", "hip (length)"),
        pick(rng, "regular (fit)", "loose (fit)", "oversized"),
    )
    cloth, ease = choose_cloth(rng, plain=0.7), EASE[fit] + 0.006
    neck = (0.036, float(rng.uniform(0.012, 0.05)))
    torso = torso_path(figure, ease, LENGTHS[length], figure.half_width("hip", ease * 0.4) - 0.008, neck)
    said = (length, "no opening", "symmetrical", fit, "no special manufacturing technique", cloth.pattern)
    return [
        *with_sleeves("sweater", torso, sleeve_paths(figure, ease, 1.97), cloth, said),
        neckline(figure, cloth, neck),
    ]


def _open_front(figure: Figure, rng: Rng, category: str, lengths: tuple[str, ...]) -> list[Piece]:
    """Two panels and two sleeves over what is worn beneath."""
    length, fit = pick(rng, *lengths), pick(rng, "regular (fit)", "loose (fit)", "oversized")
    cloth, ease, hem = choose_cloth(rng, plain=0.8), EASE[fit] + 0.012, LENGTHS[length]
    gap = float(rng.uniform(0.008, 0.04))
    panels = []
    for side in (-1, 1):
        half = [
            (0.036, LEVEL["neck"] + 0.002),
            (figure.half_width("shoulder", ease * 0.5), LEVEL["shoulder"] - 0.004),
            (figure.half_width("armpit", ease), LEVEL["armpit"]),
            (figure.half_width("waist", ease), LEVEL["waist"]),
            (figure.half_width("hip", ease), max(LEVEL["hip"], hem)),
            (gap * 1.6, max(LEVEL["hip"], hem)),
            (gap, LEVEL["waist"]),
            (gap * 0.9, LEVEL["armpit"]),
        ]
        panels.append(smooth([figure.at(side * x, min(y, hem)) for x, y in half], roundness=0.35))
    said = (
        length,
        pick(rng, "single breasted", "zip-up"),
        "symmetrical",
        fit,
        "no special manufacturing technique",
        cloth.pattern,
        "no waistline",
    )
    pieces = with_sleeves(category, union(panels), sleeve_paths(figure, ease, 1.97), cloth, said)
    pieces.append(lapels(figure, cloth, gap) if "single breasted" in said else collar(figure, cloth))
    pieces += [pocket(figure, cloth, side * 0.062, min(0.42, hem - 0.08), 0.022) for side in (-1, 1)]
    return pieces


def jacket(figure: Figure, rng: Rng) -> list[Piece]:
    """An open jacket with lapels or a collar, and pockets."""
    return _open_front(figure, rng, "jacket", ("above-the-hip (length)", "hip (length)"))


def coat(figure: Figure, rng: Rng) -> list[Piece]:
    """An open coat that ends between the thigh and the calf."""
    return _open_front(
        figure, rng, "coat", ("mini (length)", "above-the-knee (length)", "knee (length)", "midi")
    )
