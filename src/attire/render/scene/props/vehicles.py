"""Parked cars, bicycles and scooters, seen from the side."""

from attire.render.color import mixed
from attire.render.paths import smooth
from attire.render.scene.stage import Stage, tone

__all__ = ["draw_bicycle", "draw_car"]


def draw_car(stage: Stage, right: float, behind: float) -> None:
    """Draw a car or a van, its nose to the left or to the right."""
    rng = stage.rng
    color = tone(rng, 20, 235, 4) if stage.chance(0.6) else stage.dye(0.1)
    van = stage.chance(0.25)
    roof = -200.0 if van else -145.0
    with stage.standing(right, behind, turn=stage.chance(0.5)):
        stage.box((-215, -22, 215, 0), "#0c0c0e", alpha=0.55)
        cabin = [(-120, -85), (-85, roof + 6), (-50, roof), (90, roof), (140, roof + 14), (185, -88)]
        stage.fill(smooth(cabin, 0.4), mixed(color, "#000000", 0.15))
        glass = [(-105, -88), (-76, roof + 14), (82, roof + 12), (125, roof + 22), (160, -88)]
        stage.fill(smooth(glass, 0.25), mixed(tone(rng, 35, 80), "#8fa5b5", 0.3))
        stage.boxes([(-5, roof + 5, 6, -85), (95, roof + 8, 104, -85)], color)
        body = [(-222, -30), (-218, -72), (-130, -92), (190, -92), (222, -72), (222, -30)]
        stage.fill(smooth(body, 0.5), color)
        stage.box((-205, -62, 210, -56), mixed(color, "#ffffff", 0.4), alpha=0.6)
        stage.discs([(-135, -32), (135, -32)], [34, 34], "#141416")
        stage.discs([(-135, -32), (135, -32)], [19, 19], tone(rng, 110, 200))
        stage.box((-222, -70, -200, -58), "#f5eed8")
        stage.box((206, -72, 222, -56), "#b3261e")


def draw_bicycle(stage: Stage, right: float, behind: float) -> None:
    """Draw a bicycle that leans somewhere."""
    color = stage.dye(0.1)
    wheels = [(-52.0, -34.0), (52.0, -34.0)]
    with stage.standing(right, behind, turn=stage.chance(0.5)):
        for radius, shade, width in ((33, "#17171a", 4.0), (29, "#8a8d92", 1.0)):
            circle = [[(x + radius * c, y + radius * s) for c, s in _ROUND] for x, y in wheels]
            stage.lines(circle, shade, width)
        frame = [[(-52, -34), (-20, -78), (34, -78), (0, -36), (-20, -78)], [(52, -34), (34, -78), (30, -96)],
                 [(-52, -34), (0, -36)]]  # fmt: skip
        stage.lines(frame, color, 3.6)
        stage.lines([[(-34, -92), (-10, -92)], [(22, -100), (40, -97)]], "#1c1a18", 5.0)


_ROUND = [
    (1.0, 0.0), (0.87, 0.5), (0.5, 0.87), (0.0, 1.0), (-0.5, 0.87), (-0.87, 0.5), (-1.0, 0.0), (-0.87, -0.5),
    (-0.5, -0.87), (0.0, -1.0), (0.5, -0.87), (0.87, -0.5), (1.0, 0.0),
]  # fmt: skip
