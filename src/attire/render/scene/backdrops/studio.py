"""Studios: white as in a shop, rolls of paper, painted canvas, two colours, and a runway."""

import numpy as np

from attire.render.color import argb, mixed
from attire.render.paths import canvas_library
from attire.render.scene.floor import Floor, lay_floor
from attire.render.scene.props.people import draw_audience
from attire.render.scene.stage import Stage, tone

__all__ = ["canvas_sheet", "color_block", "runway", "seamless_paper", "white_shop"]

PAPER = (
    "#e9e4dc", "#d8cfc4", "#c9c9cc", "#9fa3a8", "#6f7378", "#3b3d42", "#d9b8a8", "#c98f7a", "#a8b8a0",
    "#8fa6b8",     "#e3cf9a", "#d99a6c", "#b56a5a", "#7a8f86", "#c7b7d2", "#e8c7cf", "#51616f", "#f0efec",
)  # fmt: skip


def white_shop(stage: Stage) -> Floor:
    """White or nearly so, a trace of grey towards the floor."""
    white = tone(stage.rng, 238, 256, 2)
    stage.cover(white, white, mixed(white, tone(stage.rng, 200, 235, 2), stage.rng.uniform(0.1, 0.9)))
    return Floor()


def seamless_paper(stage: Stage) -> Floor:
    """A roll of paper that sweeps from wall to floor, lit from one side."""
    paper = mixed(str(stage.rng.choice(PAPER)), tone(stage.rng, 120, 220), 0.2)
    bend = mixed(paper, "#000000", stage.rng.uniform(0.04, 0.16))
    stage.cover(mixed(paper, "#ffffff", 0.1), paper, bend, mixed(paper, "#ffffff", 0.14))
    _pool(stage, 0.28)
    if stage.chance(0.25):
        _edges(stage)
    return Floor()


def canvas_sheet(stage: Stage) -> Floor:
    """A mottled sheet, painted by hand, with the floor before it."""
    paper = mixed(str(stage.rng.choice(PAPER)), "#3b3530", stage.rng.uniform(0.1, 0.5))
    stage.cover(mixed(paper, "#ffffff", 0.08), paper, mixed(paper, "#000000", 0.2))
    height = stage.view.size[0]
    stage.grain("clouds", 0.5, height * 0.9, stage.view.frame())
    stage.grain("stains", 0.3, height * 0.5, stage.view.frame())
    _pool(stage, 0.35)
    if stage.chance(0.5):
        wall = float(stage.rng.uniform(60, 200))
        return lay_floor(stage, "boards", "concrete", "carpet", end=wall, wall=True)
    return Floor()


def color_block(stage: Stage) -> Floor:
    """Wall and floor in two plain colours, now and then with a disc or a stripe on the wall."""
    rng = stage.rng
    colors = [stage.dye(0.25) for _ in range(3)]
    stage.cover(mixed(colors[0], "#ffffff", 0.08), colors[0])
    wall = float(rng.uniform(40, 220))
    with stage.plane(stage.view.upright(wall)):
        if stage.chance(0.4):
            stage.discs([(rng.uniform(-120, 120), -rng.uniform(80, 220))], [rng.uniform(40, 110)], colors[2])
        elif stage.chance(0.5):
            left, wide = rng.uniform(-250, 150), rng.uniform(30, 180)
            stage.box((left, -500, left + wide, 0), colors[2])
    floor = lay_floor(stage, "paint", end=wall, wall=True)
    with stage.plane(stage.view.ground()):
        stage.box((-3000, -wall, 3000, stage.view.distance * 0.8), colors[1], alpha=0.85)
    return Floor(wall=floor.wall)


def runway(stage: Stage) -> Floor:
    """A pale runway between rows of people in the dark, lamps above."""
    rng, view = stage.rng, stage.view
    stage.cover("#0d0d12", tone(rng, 20, 60), "#17171c")
    half = float(rng.uniform(110, 150))
    floor = lay_floor(stage, "paint", "marble", "tiles", end=2400, half=half)
    for side in (-1, 1):
        draw_audience(stage, side)
    lamps = [view.at(x, 380, z) for x in (-170, 0, 170) for z in range(100, 2000, 260)]
    sizes = [5 * view.zoom(z) for _ in range(3) for z in range(100, 2000, 260)]
    stage.discs(lamps, sizes, "#fff6e0")
    stage.discs(lamps, np.array(sizes) * 3, "#fff6e0", alpha=0.18)
    return floor


def _pool(stage: Stage, depth: float) -> None:
    """Darken everything away from a pool of light behind the wearer."""
    skia = canvas_library()
    height, width = stage.view.size
    middle = skia.Point(width * stage.rng.uniform(0.25, 0.75), height * stage.rng.uniform(0.2, 0.55))
    reach = height * stage.rng.uniform(0.7, 1.0)
    dark = depth * stage.rng.uniform(0.4, 1)
    colors = [argb("#000000", dark * float(x) ** 2) for x in np.linspace(0, 1, 7)]
    shader = skia.GradientShader.MakeRadial(middle, reach, colors)
    stage.canvas.drawPaint(skia.Paint(Shader=shader))


def _edges(stage: Stage) -> None:
    """Let the studio show beside the roll: its edges, a lamp stand."""
    height, width = stage.view.size
    dark = tone(stage.rng, 60, 190)
    inset = width * stage.rng.uniform(0.02, 0.1)
    left, top, right, bottom = stage.view.frame()
    stage.boxes([(left, top, inset, bottom), (width - inset, top, right, bottom)], dark)
    if stage.chance(0.5):
        x = width - inset * 0.5
        stage.lines([[(x, height * 0.2), (x, height)]], "#17171a", width * 0.012)
        stage.box((x - width * 0.06, height * 0.12, x + width * 0.06, height * 0.24), "#fffdf4")
