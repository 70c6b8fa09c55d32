"""Façades, drawn flat in centimetres: x to the right, y 0 at the ground and negative above."""

from attire.render.color import mixed
from attire.render.paths import canvas_library
from attire.render.scene.materials import material_paint
from attire.render.scene.stage import Box, Stage, tone

__all__ = ["draw_facade", "draw_shop", "draw_skyline"]

STOREY = 330.0


def draw_facade(stage: Stage, left: float, right: float, storeys: int, *, lit: float = 0.0) -> None:
    """Draw a house: wall, rows of windows, shops or doors on the ground floor.

    Args:
        stage: Its canvas counts centimetres of the façade.
        left: Left edge, centimetres.
        right: Right edge.
        storeys: How many.
        lit: Share of windows with the light on.
    """
    rng = stage.rng
    wall = str(rng.choice(["bricks", "stone blocks", "plaster", "plaster", "concrete"]))
    top = -storeys * STOREY - 60
    rect = canvas_library().Rect.MakeLTRB(left, top, right, 0)
    stage.canvas.drawRect(rect, material_paint(wall, rng))
    if stage.chance(0.5):
        stage.box((left, top, right, 0), stage.dye(0.3), alpha=0.35)
    trim = tone(rng, 150, 235, 6) if stage.chance(0.7) else tone(rng, 40, 90)
    stage.boxes([(left, -y - 14, right, -y) for y in (STOREY, storeys * STOREY)], trim)
    _windows(stage, left, right, storeys, trim, lit)
    x = left + rng.uniform(0, 60)
    while x < right - 120:
        wide = min(rng.uniform(150, 420), right - x - 10)
        if stage.chance(0.6):
            draw_shop(stage, x, x + wide, lit)
        else:
            _door(stage, x + wide * 0.3, lit)
        x += wide + rng.uniform(20, 120)


def _windows(stage: Stage, left: float, right: float, storeys: int, trim: str, lit: float) -> None:
    rng = stage.rng
    wide, high, step = rng.uniform(80, 150), rng.uniform(130, 220), rng.uniform(190, 300)
    glass = mixed(tone(rng, 40, 110), "#5b7690", 0.35)
    panes: list[Box] = []
    for floor in range(1, storeys):
        y = -floor * STOREY - 90
        count = max(1, int((right - left - 60) / step))
        panes += [
            (x - wide / 2, y - high, x + wide / 2, y)
            for x in (left + (right - left) * (n + 0.5) / count for n in range(count))
        ]
    frame = rng.uniform(6, 14)
    stage.boxes([(a - frame, b - frame, c + frame, d + frame) for a, b, c, d in panes], trim)
    stage.boxes(panes, glass)
    glow = [pane for pane in panes if stage.chance(lit)]
    stage.boxes(glow, "#ffd58a", alpha=0.9)
    stage.boxes([(a, b, c, (b + d) / 2) for a, b, c, d in panes if stage.chance(0.4)], "#e8f0f6", alpha=0.3)
    stage.boxes([((a + c) / 2 - 3, b, (a + c) / 2 + 3, d) for a, b, c, d in panes], trim)


def draw_shop(stage: Stage, left: float, right: float, lit: float = 0.0) -> None:
    """Draw a shop front: frame, glass with things behind, a sign, now and then an awning."""
    rng = stage.rng
    frame = stage.dye(0.2)
    top = -rng.uniform(255, 300)
    stage.box((left, top, right, 0), frame)
    panes: list[Box] = []
    count = max(1, round((right - left) / 150))
    wide = (right - left - 12) / count
    for n in range(count):
        x = left + 6 + n * wide
        low = -10.0 if stage.chance(0.3) else -55.0
        panes.append((x + 5, top + 62, x + wide - 5, low))
    bright = stage.chance(0.3 + 0.6 * lit)
    stage.boxes(panes, "#f3cf8c" if bright else mixed(tone(rng, 30, 90), "#506070", 0.3))
    for a, _, c, d in panes:
        for _ in range(3):
            x, high = rng.uniform(a, c - 20), rng.uniform(30, 120)
            stage.box((x, d - high, x + rng.uniform(15, 40), d), stage.dye(0.3), alpha=0.75)
    slant = [((a + 8, d), (min(a + 70, c), b)) for a, b, c, d in panes]
    stage.lines(slant, "#ffffff", 12, alpha=0.16)
    sign = tone(rng, 200, 250) if stage.chance(0.5) else tone(rng, 20, 70)
    letters = [(x, top + 20, x + 12, top + 42) for x in _steps(left + 40, right - 40, 20)]
    stage.boxes([letter for letter in letters if stage.chance(0.8)], sign)
    if stage.chance(0.35):
        stage.box((left - 5, top + 45, right + 5, top + 95), stage.dye(0.1))
        stage.boxes([(x, top + 45, x + 15, top + 95) for x in _steps(left, right, 30)], "#f2eee6", alpha=0.8)


def _door(stage: Stage, left: float, lit: float) -> None:
    frame, color = tone(stage.rng, 60, 220), stage.dye(0.15)
    stage.box((left - 10, -250, left + 110, 0), frame)
    stage.box((left, -240, left + 100, 0), color)
    panels: list[Box] = [(left + x, y, left + x + 34, y + 70) for x in (12, 54) for y in (-210, -120)]
    stage.boxes(panels, mixed(color, "#000000", 0.3))
    stage.box((left, -240, left + 100, -215), "#ffd58a" if stage.chance(lit) else "#4b5560")


def draw_skyline(stage: Stage, behind: float, lit: float = 0.0) -> None:
    """Draw a row of distant houses across the view."""
    rng = stage.rng
    with stage.plane(stage.view.upright(behind)):
        x = -behind * 0.9
        while x < behind * 0.9:
            wide = float(rng.uniform(500, 1100))
            draw_facade(stage, x, x + wide, int(rng.integers(2, 7)), lit=lit)
            x += wide + (rng.uniform(100, 500) if stage.chance(0.25) else 0)


def _steps(start: float, stop: float, step: float) -> list[float]:
    return [start + n * step for n in range(max(0, int((stop - start) / step)))]
