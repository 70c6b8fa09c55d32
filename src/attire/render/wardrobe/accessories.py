"""What is worn or carried besides garments."""

from attire.render.cloth import Cloth, choose_cloth
from attire.render.figure import LEVEL, Figure
from attire.render.paths import mirrored, smooth, tube, union
from attire.render.wardrobe.pieces import LEATHER, Piece, Rng

__all__ = ["bag", "belt", "glasses", "hat", "scarf", "shoes"]


def shoes(figure: Figure, rng: Rng) -> list[Piece]:
    """A pair of shoes or boots, one piece each."""
    cloth, boot = choose_cloth(rng, LEATHER, plain=1.0), rng.random() < 0.3
    pieces = []
    for side, (_, knee, ankle) in zip((-1, 1), figure.legs, strict=True):
        (x, y), step = ankle, figure.px(1)
        sole = figure.at(0, 0.992)[1]
        toe_right, toe_left = (0.024 + 0.012 * outward for outward in (side > 0, side < 0))
        points = [
            (x - 0.017 * step, y),
            (x + 0.017 * step, y),
            (x + toe_right * step, sole - 0.008 * step),
            (x + 0.012 * side * step, sole + 0.006 * step),
            (x - toe_left * step, sole - 0.008 * step),
        ]
        path = smooth(points, roundness=0.7)
        if boot:
            shin = (x + (knee[0] - x) * 0.35, y + (knee[1] - y) * 0.35)
            path = union([path, tube([(x, y + 0.01 * step), shin], [0.022 * step, 0.03 * step])])
        pieces.append(Piece(category="shoe", path=path, cloth=cloth))
    return pieces


def bag(figure: Figure, rng: Rng) -> list[Piece]:
    """A handbag hanging from one hand."""
    wrist = figure.arms[int(rng.integers(2))][2]
    wide, tall = figure.px(float(rng.uniform(0.05, 0.085))), figure.px(float(rng.uniform(0.08, 0.13)))
    x, y = wrist[0], wrist[1] + figure.px(0.075)
    body = smooth(
        [(x - wide, y), (x + wide, y), (x + wide * 1.1, y + tall), (x - wide * 1.1, y + tall)], roundness=0.25
    )
    strap = tube(
        [(x - wide * 0.6, y + 4), (x, wrist[1] + figure.px(0.03)), (x + wide * 0.6, y + 4)],
        [figure.px(0.006)] * 3,
    )
    return [
        Piece(category="bag, wallet", path=union([body, strap]), cloth=choose_cloth(rng, LEATHER, plain=0.9))
    ]


def belt(figure: Figure, rng: Rng) -> list[Piece]:
    """A belt with a buckle."""
    y, wide = LEVEL["waist"] + 0.022, figure.half_width("waist", 0.01)
    path = smooth(
        [figure.at(-wide, y), figure.at(wide, y), figure.at(wide, y + 0.018), figure.at(-wide, y + 0.018)],
        roundness=0.1,
    )
    buckle = smooth(
        [
            figure.at(x, y + d)
            for x, d in ((-0.014, -0.001), (0.014, -0.001), (0.014, 0.019), (-0.014, 0.019))
        ],
        roundness=0.2,
    )
    metal = Cloth("#c9b46a", "#3c3d40", "plain (pattern)")
    return [
        Piece(category="belt", path=path, cloth=choose_cloth(rng, LEATHER, plain=1.0)),
        Piece(category="buckle", path=buckle, cloth=metal, on_garment=True),
    ]


def glasses(figure: Figure, rng: Rng) -> list[Piece]:
    """A pair of dark glasses."""
    rim = ((-0.016, -0.009), (0.016, -0.009), (0.013, 0.011), (-0.013, 0.011))
    lenses = [
        smooth([figure.at(side * 0.021 + x, 0.07 + y) for x, y in rim], roundness=0.7) for side in (-1, 1)
    ]
    bridge = tube([figure.at(-0.045, 0.063), figure.at(0.045, 0.063)], [figure.px(0.0028)] * 2)
    return [
        Piece(
            category="glasses",
            path=union([*lenses, bridge]),
            cloth=Cloth("#15161a", "#3c3d40", "plain (pattern)"),
        )
    ]


def hat(figure: Figure, rng: Rng) -> list[Piece]:
    """A brimmed hat or a beanie."""
    brim = 0.095 if rng.random() < 0.6 else 0.056
    points = [(0.0, -0.045), (0.04, -0.035), (0.05, 0.018), (brim, 0.036), (0.0, 0.05)]
    path = smooth(mirrored([figure.at(x, y) for x, y in points], figure.center_x)[:-1], roundness=0.6)
    return [Piece(category="hat", path=path, cloth=choose_cloth(rng, plain=0.9))]


def scarf(figure: Figure, rng: Rng) -> list[Piece]:
    """A scarf around the neck with one hanging end."""
    cloth = choose_cloth(rng, plain=0.3)
    ring = smooth(
        [
            figure.at(x, y)
            for x, y in (
                (-0.052, 0.135),
                (0, 0.128),
                (0.052, 0.135),
                (0.058, 0.175),
                (0, 0.2),
                (-0.058, 0.175),
            )
        ]
    )
    end = tube(
        [figure.at(0.02, 0.17), figure.at(0.035, 0.27), figure.at(0.03, 0.36)],
        [figure.px(0.02), figure.px(0.022), figure.px(0.024)],
    )
    return [Piece(category="scarf", path=union([ring, end]), cloth=cloth)]
