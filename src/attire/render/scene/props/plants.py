"""Trees, hedges, flowers and pot plants."""

import numpy as np

from attire.render.color import mixed
from attire.render.scene.stage import Stage, tone

__all__ = ["AUTUMN", "GREEN", "draw_hedge", "draw_pot_plant", "draw_tree"]

GREEN = ("#3f5a2a", "#5d7d36", "#86a24e")
AUTUMN = ("#8a4a1e", "#c4762a", "#e0a83c")


def draw_tree(
    stage: Stage, right: float, behind: float, leaves: tuple[str, str, str] | None = GREEN, *,
    tall: float = 600,
) -> None:  # fmt: skip
    """Draw a tree with leaves of three tones, dark to light, or a bare one."""
    rng = stage.rng
    bark = mixed(tone(rng, 50, 110, 5), "#4a3a2a", 0.4)
    girth = tall * rng.uniform(0.025, 0.045)
    with stage.standing(right, behind):
        stage.lines([[(0, 0), (rng.normal(0, 8), -tall * 0.5), (0, -tall * 0.9)]], bark, girth)
        boughs = [
            [
                (0, -tall * low),
                (side * tall * wide * 0.5, -tall * (low + 0.2)),
                (side * tall * wide, -tall * high),
            ]
            for side in (-1, 1)
            for low, wide, high in rng.uniform((0.35, 0.1, 0.75), (0.6, 0.4, 1.05), (4 if leaves else 7, 3))
        ]
        stage.lines(boughs, bark, girth * 0.3)
        if leaves is None:
            twigs = [[bough[1], (bough[1][0] * 1.6, bough[1][1] - tall * 0.2)] for bough in boughs]
            stage.lines(twigs, bark, girth * 0.15)
            return
        for n, color in enumerate(leaves):
            spread = rng.normal(0, 1, (46, 2)).clip(-2, 2) * (tall * 0.17, tall * 0.12)
            centers = spread - np.array([n * tall * 0.02, tall * (0.78 + 0.03 * n)])
            stage.discs(centers, rng.uniform(0.02, 0.07, 46) * tall * (1 - 0.22 * n), color)


def draw_hedge(stage: Stage, behind: float, high: float, leaves: tuple[str, str, str] = GREEN) -> None:
    """Draw a hedge across the view."""
    rng = stage.rng
    wide = 1.3 * (stage.view.distance + behind)
    with stage.plane(stage.view.upright(behind)):
        stage.box((-wide, -high, wide, 0), leaves[0])
        for color in leaves:
            centers = rng.uniform((-wide, -high * 1.04), (wide, 0), (420, 2))
            stage.discs(centers, rng.uniform(3, 9, 420) * (0.5 + high / 400), color, alpha=0.7)
        stage.grain("fine", 0.6, high, (-wide, -high * 1.1, wide, 0))


def draw_pot_plant(stage: Stage, right: float, behind: float) -> None:
    """Draw a plant in a pot, as in a room or before a shop."""
    rng = stage.rng
    tall = rng.uniform(60, 170)
    with stage.standing(right, behind):
        fans = [
            [
                (0, -28),
                (np.sin(a) * tall * 0.3, -28 - np.cos(a) * tall * 0.7),
                (np.sin(a) * tall * 0.6, -tall * 0.8),
            ]
            for a in rng.uniform(-0.9, 0.9, 9).tolist()
        ]
        stage.lines(fans, GREEN[0], 3.5)
        stage.discs([fan[-1] for fan in fans], rng.uniform(6, 15, 9), GREEN[1])
        stage.discs([fan[1] for fan in fans], rng.uniform(5, 11, 9), GREEN[2], alpha=0.8)
        pot = stage.dye(0.3)
        stage.box((-19, -34, 19, 0), mixed(pot, "#ffffff", 0.1), mixed(pot, "#000000", 0.25))
