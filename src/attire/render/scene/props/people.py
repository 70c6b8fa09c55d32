"""Passers-by far away: a head, two colours of clothes and legs, to be blurred."""

import numpy as np

from attire.render.color import mixed
from attire.render.paths import smooth
from attire.render.person.pose import SKIN
from attire.render.scene.stage import Stage

__all__ = ["draw_audience", "draw_passers_by"]


def draw_passers_by(stage: Stage, nearest: float, count: int) -> None:
    """Strew small people over the background, none nearer than a distance, centimetres."""
    rng = stage.rng
    for behind in sorted((nearest * (1 + rng.exponential(0.8, count))).tolist(), reverse=True):
        half = 0.5 * (stage.view.distance + behind) * stage.view.size[1] / stage.view.size[0]
        with stage.standing(float(rng.uniform(-half, half)), behind, turn=stage.chance(0.5)):
            stage.canvas.scale(*([float(rng.uniform(0.9, 1.08))] * 2))
            _person(stage)


def _person(stage: Stage) -> None:
    top, below, skin = stage.dye(0.3), stage.dye(0.45), str(stage.rng.choice(SKIN))
    stride = stage.rng.uniform(4, 24)
    leg = 15.0 if stage.chance(0.3) else 9.0
    stage.lines([[(0, -88), (-stride, -4)], [(0, -88), (stride, -4)]], below, leg * 1.6)
    if stage.chance(0.3):
        stage.fill(smooth([(-15, -100), (15, -100), (24, -52), (-24, -52)], 0.2), top)
    coat = [(-19, -143), (19, -143), (20, -110), (17, -78), (-17, -78), (-20, -110)]
    stage.fill(smooth(coat, 0.5), top)
    stage.lines([[(18, -138), (24, -95)], [(-18, -138), (-23, -92)]], mixed(top, "#000000", 0.15), 9.0)
    stage.discs([(0, -157)], [10.5], skin)
    stage.discs([(0, -161)], [10.5], mixed("#2e2018", "#a9743d", float(stage.rng.random())))


def draw_audience(stage: Stage, side: int) -> None:
    """Seat people along one side of a runway: dark shapes with faces."""
    rng = stage.rng
    places = np.arange(-120, 1500, 62.0) + rng.uniform(-8, 8, 27)
    for behind in places[::-1].tolist():
        for row in (1, 0):
            right = side * (165 + 70 * row + float(rng.uniform(-10, 10)))
            with stage.standing(right, behind + 20 * row):
                color = mixed(stage.dye(0.4), "#101014", 0.55)
                high = 28 * row
                stage.fill(
                    smooth([(-24, -high), (-22, -88 - high), (22, -88 - high), (24, -high)], 0.5), color
                )
                stage.discs([(0, -102 - high)], [11.5], mixed(str(rng.choice(SKIN)), "#17141a", 0.35))
                stage.discs([(0, -107 - high)], [11], "#17120f", alpha=0.8)
