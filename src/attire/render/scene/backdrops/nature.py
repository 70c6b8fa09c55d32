"""Parks, autumn, snow and the beach."""

import numpy as np

from attire.render.paths import smooth
from attire.render.scene.floor import Floor, lay_floor
from attire.render.scene.props.furniture import draw_bench, draw_lamp_post
from attire.render.scene.props.people import draw_passers_by
from attire.render.scene.props.plants import AUTUMN, GREEN, draw_hedge, draw_tree
from attire.render.scene.stage import Stage, tone

__all__ = ["autumn", "beach", "meadow", "park", "snow"]


def _grove(stage: Stage, leaves: tuple[str, str, str] | None, count: int) -> None:
    """Plant trees, the farthest first."""
    rng = stage.rng
    for behind in sorted(rng.uniform(500, 2600, count).tolist(), reverse=True):
        draw_tree(
            stage,
            float(rng.uniform(-0.75, 0.75) * behind),
            behind,
            leaves,
            tall=float(rng.uniform(500, 1000)),
        )


def park(stage: Stage) -> Floor:
    """A path through lawns, hedges and trees."""
    rng = stage.rng
    stage.cover("#b9d0e4", "#e6edf0")
    grassy = stage.chance(0.3)
    floor = lay_floor(stage, *(("grass",) if grassy else ("gravel", "asphalt", "slabs", "concrete")))
    if not grassy:
        edge = float(rng.uniform(60, 260))
        with stage.plane(stage.view.ground()):
            stage.boxes([(-9000, -9000, -edge * 2, -250), (edge * 2, -9000, 9000, -250)], "#64803a")
    draw_hedge(stage, float(rng.uniform(1800, 3000)), float(rng.uniform(250, 700)))
    _grove(stage, GREEN, int(rng.integers(4, 9)))
    if stage.chance(0.5):
        draw_hedge(stage, float(rng.uniform(600, 1200)), float(rng.uniform(50, 120)))
    if stage.chance(0.4):
        draw_bench(stage, float(rng.uniform(-250, 250)), float(rng.uniform(300, 700)))
    if stage.chance(0.3):
        draw_lamp_post(stage, float(rng.uniform(-250, 250)), float(rng.uniform(400, 900)))
    draw_passers_by(stage, 1100, int(rng.integers(0, 5)))
    return floor


def meadow(stage: Stage) -> Floor:
    """High grass and a line of trees."""
    stage.cover("#8fb6dc", "#dfe9ee")
    floor = lay_floor(stage, "grass")
    draw_hedge(stage, 2600, float(stage.rng.uniform(200, 600)))
    left, _, right, bottom = stage.view.frame()
    stage.grain("rough", 0.4, stage.view.size[0] * 0.3, (left, stage.view.horizon, right, bottom))
    return floor


def autumn(stage: Stage) -> Floor:
    """Yellow trees over fallen leaves."""
    stage.cover("#c9d3d8", "#e9e3d6")
    floor = lay_floor(stage, "leaves", "leaves", "asphalt", "gravel")
    draw_hedge(stage, 2400, float(stage.rng.uniform(300, 700)), AUTUMN)
    _grove(stage, AUTUMN, int(stage.rng.integers(4, 9)))
    draw_passers_by(stage, 1200, int(stage.rng.integers(0, 3)))
    return floor


def snow(stage: Stage) -> Floor:
    """Snow on the ground, bare trees, a pale sky."""
    stage.cover("#c4ccd6", "#e6eaef")
    floor = lay_floor(stage, "snow")
    if stage.chance(0.5):
        draw_hedge(stage, 2400, 400, ("#5a6a64", "#8a9690", "#e2e7ec"))
    _grove(stage, None, int(stage.rng.integers(3, 9)))
    if stage.chance(0.5):
        height, width = stage.view.size
        flakes = stage.rng.uniform((0, 0), (width, height), (140, 2))
        stage.discs(flakes, stage.rng.uniform(0.001, 0.005, 140) * height, "#ffffff", alpha=0.8)
    return floor


def beach(stage: Stage) -> Floor:
    """Sand, sea and sky."""
    rng, view = stage.rng, stage.view
    stage.cover("#5f97cf", "#a9cbe6", "#e6eef0")
    width = view.size[1]
    for _ in range(int(rng.integers(0, 4))):
        x, y, wide = rng.uniform((0, 0, 0.2), (width, max(view.horizon, 1), 0.6))
        cloud = [
            (np.cos(a) * wide * width * 0.5 + x, np.sin(a) * wide * width * 0.1 + y)
            for a in np.arange(0, 6.2, 0.9)
        ]
        stage.fill(smooth(cloud), "#ffffff", alpha=0.5)
    floor = lay_floor(stage, "sand")
    shore = float(rng.uniform(300, 1500))
    with stage.plane(view.ground()):
        stage.box((-60000, -90000, 60000, -shore), "#2f6f8f", tone(rng, 90, 150))
        waves = [(-9000, -shore - n * n * 160, 9000, -shore - n * n * 160 + 40 + n * 30) for n in range(5)]
        stage.boxes(waves, "#f4f7f5", alpha=0.7)
    draw_passers_by(stage, 1200, int(rng.integers(0, 4)))
    return floor
