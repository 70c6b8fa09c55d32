"""What stands on pavements and in rooms: lamps, railings, signs, benches, chairs, sofas and rails."""

from attire.render.color import mixed
from attire.render.paths import smooth
from attire.render.scene.stage import Stage, tone

__all__ = [
    "draw_bench",
    "draw_bollards",
    "draw_chair",
    "draw_lamp_post",
    "draw_rail",
    "draw_railing",
    "draw_sign",
    "draw_sofa",
    "street_things",
]


def draw_lamp_post(stage: Stage, right: float, behind: float, lit: bool = False) -> None:
    """Draw a lamp post, or a traffic light's."""
    color = tone(stage.rng, 25, 120, 4)
    with stage.standing(right, behind):
        stage.box((-7, -430, 7, 0), color)
        stage.box((-12, -60, 12, 0), mixed(color, "#000000", 0.2))
        if stage.chance(0.4):
            stage.box((-18, -320, 18, -225), "#17181a")
            lights = ("#c8312a", "#e0a52e", "#3aa35a")
            for n, light in enumerate(lights):
                stage.discs([(0, -303 + 28 * n)], [10], light, alpha=1.0 if stage.chance(0.4) else 0.3)
        else:
            stage.lines([[(0, -430), (40, -450), (80, -445)]], color, 8)
            stage.box((55, -448, 100, -438), "#fff1c9" if lit else "#c9c6bd")


def draw_bollards(stage: Stage, behind: float, step: float) -> None:
    """Draw a row of bollards across the view."""
    color = stage.dye(0.3) if stage.chance(0.4) else tone(stage.rng, 30, 90)
    first = stage.rng.uniform(0, step)
    with stage.plane(stage.view.upright(behind)):
        posts = [(first + n * step - 7, -95.0, first + n * step + 7, 0.0) for n in range(-6, 7)]
        stage.boxes(posts, color)
        stage.boxes([(a, b + 8, c, b + 18) for a, b, c, _ in posts], "#e9e4d8")


def draw_railing(stage: Stage, behind: float) -> None:
    """Draw a fence of thin uprights across the view."""
    color = tone(stage.rng, 25, 200, 4) if stage.chance(0.7) else stage.dye(0.1)
    high, step = stage.rng.uniform(90, 130), stage.rng.uniform(11, 20)
    wide = 0.7 * (stage.view.distance + behind)
    count = min(90, int(2 * wide / step))
    with stage.plane(stage.view.upright(behind)):
        stage.boxes([(-wide + n * step, -high, -wide + n * step + 2.6, 0) for n in range(count)], color)
        stage.boxes([(-wide, -high, wide, -high + 5), (-wide, -18, wide, -13)], color)


def draw_sign(stage: Stage, right: float, behind: float) -> None:
    """Draw a traffic sign, a board on the pavement or a bin."""
    rng, kind = stage.rng, int(stage.rng.integers(4))
    color = stage.dye(0.0)
    with stage.standing(right, behind):
        if kind == 0:
            stage.box((-4, -260, 4, 0), "#8b8e92")
            stage.discs([(0, -250)], [32], color)
            stage.box((-22, -256, 22, -244), "#f4f1ea")
        elif kind == 1:
            stage.fill(smooth([(-32, 0), (-28, -105), (28, -105), (32, 0)], 0.0), color)
            stage.boxes([(-20, -95 + 14 * n, rng.uniform(0, 20), -89 + 14 * n) for n in range(5)], "#f4f1ea")
        elif kind == 2:
            stage.box((-24, -88, 24, 0), tone(rng, 40, 110))
            stage.box((-26, -96, 26, -84), tone(rng, 30, 80))
        else:
            stage.box((-55, -150, 55, -40), color)
            stage.boxes([(-40, -130 + 22 * n, 40, -120 + 22 * n) for n in range(4)], "#17181c", alpha=0.8)
            stage.boxes([(-50, -40, -44, 0), (44, -40, 50, 0)], "#55585c")


def draw_bench(stage: Stage, right: float, behind: float) -> None:
    """Draw a bench."""
    wood = mixed("#8a5f3a", tone(stage.rng, 70, 160), 0.3)
    with stage.standing(right, behind):
        slats = [(-80.0, -45.0 - 13 * n, 80.0, -37.0 - 13 * n) for n in range(4)]
        stage.boxes([(-70, -82, -62, 0), (62, -82, 70, 0)], "#2a2c2e")
        stage.boxes(slats, wood)


def draw_chair(stage: Stage, right: float, behind: float) -> None:
    """Draw a chair, as before a café or in a room."""
    color = stage.dye(0.2) if stage.chance(0.6) else "#6e4a2c"
    with stage.standing(right, behind, turn=stage.chance(0.5)):
        stage.boxes([(-21, -88, -17, 0), (17, -46, 21, 0), (-10, -46, -7, -4), (8, -46, 11, -4)], color)
        stage.box((-22, -50, 24, -44), mixed(color, "#ffffff", 0.2))
        stage.boxes([(-22, -88, -15, -50), (-15, -84, 6, -76), (-15, -68, 6, -62)], color)


def draw_sofa(stage: Stage, right: float, behind: float) -> None:
    """Draw a sofa or an armchair with cushions."""
    color, half = stage.dye(0.2), float(stage.rng.choice([50, 95]))
    dark = mixed(color, "#000000", 0.3)
    with stage.standing(right, behind):
        stage.fill(smooth([(-half, -20), (-half, -84), (half, -84), (half, -20)], 0.25), dark)
        stage.box((-half, -46, half, -12), color, dark)
        for side in (-1, 1):
            stage.box((side * half - 12, -62, side * half + 12, -8), mixed(color, "#ffffff", 0.08), dark)
        stage.fill(smooth([(-30, -46), (-34, -78), (4, -80), (6, -46)], 0.4), stage.dye(0.1))
        stage.boxes([(-half, -8, -half + 6, 0), (half - 6, -8, half, 0)], "#3a2a1c")


def draw_rail(stage: Stage, right: float, behind: float) -> None:
    """Draw a rail of hanging clothes, too blurred and too narrow to tell them."""
    rng = stage.rng
    with stage.standing(right, behind):
        stage.boxes([(-85, -165, -81, 0), (81, -165, 85, 0), (-85, -167, 85, -162)], "#2b2b2e")
        x = -78.0
        while x < 70:
            wide = rng.uniform(5, 13)
            cloth = stage.dye(0.15)
            stage.box((x, -158, x + wide, -158 + rng.uniform(55, 120)), cloth, mixed(cloth, "#000000", 0.35))
            x += wide + rng.uniform(0, 4)


def street_things(stage: Stage, near: float, lit: bool = False, count: int = 4) -> None:
    """Put some furniture of the street beside and behind the wearer, the farthest first."""
    rng = stage.rng
    kinds = (draw_lamp_post, draw_sign, draw_bench, draw_chair, draw_sign)
    for behind in sorted(rng.uniform(near, near + 900, count).tolist(), reverse=True):
        half = 0.42 * (stage.view.distance + behind) * stage.view.size[1] / stage.view.size[0]
        right = float(rng.uniform(-half, half))
        draw = kinds[int(rng.integers(len(kinds)))]
        if draw is draw_lamp_post:
            draw_lamp_post(stage, right, behind, lit)
        else:
            draw(stage, right, behind)
    if stage.chance(0.2):
        draw_railing(stage, float(rng.uniform(near, near + 500)))
    if stage.chance(0.15):
        draw_bollards(stage, float(rng.uniform(near, near + 400)), float(rng.uniform(110, 220)))
