"""Streets and squares, out of focus behind the wearer."""

import numpy as np

from attire.render.color import mixed
from attire.render.scene.floor import Floor, lay_floor
from attire.render.scene.props.buildings import draw_facade, draw_skyline
from attire.render.scene.props.furniture import draw_railing, street_things
from attire.render.scene.props.people import draw_passers_by
from attire.render.scene.props.plants import AUTUMN, GREEN, draw_hedge, draw_tree
from attire.render.scene.props.vehicles import draw_bicycle, draw_car
from attire.render.scene.stage import Stage, tone

__all__ = ["crossing", "dusk_street", "parked_cars", "square", "street"]

NEAREST = 280.0
"""Things in focus would be labelled: nothing stands nearer behind the wearer, centimetres."""


def _sky(stage: Stage) -> None:
    if stage.light.color[2] > 1.1 * stage.light.color[0]:
        stage.cover("#26304f", "#5f5a7a", "#c98f78")
    elif stage.light.cast > 0.45:
        stage.cover("#7fa6d0", "#c3d8ea")
    else:
        stage.cover(tone(stage.rng, 200, 250, 4), tone(stage.rng, 205, 240, 4))


def street(stage: Stage) -> Floor:
    """A street that runs away between two rows of houses, cars parked on one side."""
    return _canyon(stage, lit=0.0)


def dusk_street(stage: Stage) -> Floor:
    """The same in the evening, windows and lamps lit."""
    return _canyon(stage, lit=0.6)


def _canyon(stage: Stage, lit: float) -> Floor:
    rng, view = stage.rng, stage.view
    _sky(stage)
    draw_skyline(stage, float(rng.uniform(2600, 5000)), lit)
    left, right = -float(rng.uniform(130, 600)), float(rng.uniform(130, 600))
    kerb = right - float(rng.uniform(60, 160)) if right > 350 else None

    def marks(on: Stage) -> None:
        if kerb is not None:
            on.box((kerb, -9000, right, view.distance * 0.8), "#3d3e42", alpha=0.75)
            on.box((kerb - 12, -9000, kerb, view.distance * 0.8), "#d6d2c8")

    floor = lay_floor(stage, "slabs", "asphalt", "concrete", "cobbles", "bricks", marks=marks)
    for side, x in ((-1, left), (1, right)):
        with stage.plane(view.plane((x, 0, 0), (0, 0, 1), (0, -1, 0))):
            z = -0.82 * view.distance
            while z < 2600:
                wide = float(rng.uniform(500, 1000))
                draw_facade(stage, z, z + wide, int(rng.integers(2, 6)), lit=lit)
                z += wide
            stage.box(
                (-400, -3000, 4000, 0), "#000000", alpha=0.22 if side * stage.light.direction[0] > 0 else 0.0
            )
    if stage.chance(0.6):
        for behind in (1500, 1050, NEAREST + 330):
            draw_car(stage, right - 90 if kerb else left + 120, behind)
    if stage.chance(0.4):
        for behind in (1800, 1100, 600):
            draw_tree(stage, left + 70, behind, GREEN if stage.chance(0.8) else None)
    _crowd(stage, lit)
    return Floor(paint=floor.paint, left=left, right=right, marks=marks)


def _crowd(stage: Stage, lit: float = 0.0) -> None:
    rng = stage.rng
    street_things(stage, NEAREST, lit > 0, int(rng.integers(1, 5)))
    if stage.chance(0.3):
        draw_bicycle(stage, float(rng.uniform(-200, 200)), NEAREST + float(rng.uniform(0, 300)))
    draw_passers_by(stage, 1100, int(rng.integers(0, 7)))


def crossing(stage: Stage) -> Floor:
    """A road with a zebra crossing or lane marks, cars, houses beyond."""
    rng = stage.rng
    _sky(stage)
    draw_skyline(stage, float(rng.uniform(1400, 3000)))
    zebra, first, paint = stage.chance(0.6), float(rng.uniform(-120, 60)), tone(rng, 195, 245)
    upright = stage.chance(0.5)

    def marks(on: Stage) -> None:
        if zebra and upright:
            on.boxes(
                [(-600 + n * 95, first - 330, -550 + n * 95, first + 60) for n in range(13)], paint, 0.85
            )
        elif zebra:
            on.boxes([(-900, first - n * 95, 900, first - n * 95 + 48) for n in range(-3, 5)], paint, 0.85)
        else:
            on.boxes([(first, -4000, first + 12, 400), (first + 20, -4000, first + 32, 400)], "#e0b23a", 0.8)

    floor = lay_floor(stage, "asphalt", marks=marks)
    for behind in sorted(rng.uniform(NEAREST + 100, 1300, 4).tolist(), reverse=True):
        draw_car(stage, float(rng.uniform(-0.6, 0.6) * behind), behind)
    _crowd(stage)
    return floor


def parked_cars(stage: Stage) -> Floor:
    """A pavement, cars along the kerb, houses and trees on the far side."""
    rng = stage.rng
    _sky(stage)
    draw_skyline(stage, float(rng.uniform(1200, 2200)))
    kerb = float(rng.uniform(90, 220))

    def marks(on: Stage) -> None:
        on.box((-5000, -3000, 5000, -kerb), "#3d3e42", alpha=0.7)
        on.box((-5000, -kerb - 13, 5000, -kerb), "#dad6cc")

    floor = lay_floor(stage, *("slabs", "concrete", "asphalt", "cobbles", "bricks"), marks=marks)
    for x in np.arange(-1500, 1500, 530):
        if stage.chance(0.7):
            draw_tree(stage, float(x), 900, GREEN if stage.chance(0.7) else AUTUMN)
    start = float(rng.uniform(-1100, -700))
    for n in range(5):
        draw_car(stage, start + n * 520, max(NEAREST, kerb + 120))
    if stage.chance(0.5):
        draw_passers_by(stage, 1000, 4)
    return floor


def square(stage: Stage) -> Floor:
    """A wide paved square with far houses, trees, people and a barrier."""
    rng = stage.rng
    _sky(stage)
    draw_skyline(stage, float(rng.uniform(1800, 4200)))
    floor = lay_floor(stage, "cobbles", "cobbles", "slabs", "gravel", "bricks", "concrete")
    if stage.chance(0.5):
        draw_hedge(stage, float(rng.uniform(1000, 1600)), float(rng.uniform(60, 200)))
    leaves = (GREEN, GREEN, AUTUMN, None)[int(rng.integers(4))]
    for x in rng.uniform(-1100, 1100, int(rng.integers(0, 6))).tolist():
        draw_tree(stage, x, float(rng.uniform(900, 1500)), leaves, tall=float(rng.uniform(450, 900)))
    if stage.chance(0.4):
        draw_railing(stage, float(rng.uniform(NEAREST, 700)))
    if stage.chance(0.2):
        wall, high = float(rng.uniform(300, 700)), float(rng.uniform(40, 110))
        with stage.plane(stage.view.upright(wall)):
            stage.box((-3000, -high, 3000, 0), mixed(tone(rng, 120, 210), "#c8b48c", 0.2))
    street_things(stage, NEAREST, count=int(rng.integers(1, 5)))
    draw_passers_by(stage, 1000, int(rng.integers(2, 12)))
    return floor
