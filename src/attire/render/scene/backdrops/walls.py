"""Walls close behind the wearer, with a pavement or floor before them."""

from attire.render.color import mixed
from attire.render.paths import canvas_library, line
from attire.render.scene.floor import Floor, lay_floor
from attire.render.scene.materials import material_paint
from attire.render.scene.props.buildings import draw_facade, draw_shop
from attire.render.scene.props.furniture import street_things
from attire.render.scene.props.plants import draw_hedge, draw_pot_plant
from attire.render.scene.stage import Box, Stage, tone

__all__ = [
    "bare_wall", "brick_wall", "facade", "graffiti_wall", "hedge_wall", "poster_wall", "shop_front",
    "shutter",    "stairs", "wooden_wall",
]  # fmt: skip

PAVEMENT = ("asphalt", "concrete", "slabs", "cobbles", "concrete")


def _wall(stage: Stage, *materials: str) -> float:
    """Put a wall behind the wearer and a pavement before it, and tell how far behind it is, centimetres."""
    behind = float(stage.rng.uniform(30, 240))
    with stage.plane(stage.view.upright(behind)):
        rect = canvas_library().Rect.MakeLTRB(-2000, -1200, 2000, 0)
        stage.canvas.drawRect(rect, material_paint(str(stage.rng.choice(materials)), stage.rng))
        _dirt(stage)
    return behind


def _dirt(stage: Stage) -> None:
    """Darken a wall's foot, and streak it."""
    stage.box((-2000, -60, 2000, 0), "#000000", alpha=0.08)
    stage.grain("stains", 0.4, 700, (-900, -700, 900, 0), stretch=1.6)
    if stage.chance(0.4):
        base = tone(stage.rng, 60, 190)
        stage.box((-2000, -float(stage.rng.uniform(14, 110)), 2000, 0), base, alpha=0.8)


def _pavement(stage: Stage, behind: float) -> Floor:
    kerb = stage.chance(0.25)
    at = float(stage.rng.uniform(60, 200))

    def marks(on: Stage) -> None:
        on.box((-2000, -behind, 2000, -behind + 10), "#000000", alpha=0.28)
        if kerb:
            on.box((-2000, at, 2000, at + 14), "#d6d2c8")
            on.box((-2000, at + 14, 2000, at + 900), "#4a4a4c", alpha=0.75)

    return lay_floor(stage, *PAVEMENT, end=behind, wall=True, marks=marks)


def bare_wall(stage: Stage) -> Floor:
    """Concrete or painted plaster, perhaps a pipe or a joint."""
    behind = _wall(stage, "concrete", "plaster", "plaster", "stone blocks")
    with stage.plane(stage.view.upright(behind)):
        if stage.chance(0.5):
            x = float(stage.rng.uniform(-160, 160))
            stage.box((x, -900, x + 9, 0), tone(stage.rng, 70, 220))
            stage.box((x + 9, -900, x + 15, 0), "#000000", alpha=0.25)
        if stage.chance(0.3):
            _notice(stage, float(stage.rng.uniform(-140, 140)))
    return _pavement(stage, behind)


def brick_wall(stage: Stage) -> Floor:
    """Bricks, perhaps painted."""
    behind = _wall(stage, "bricks")
    with stage.plane(stage.view.upright(behind)):
        if stage.chance(0.35):
            stage.box((-2000, -1200, 2000, 0), stage.dye(0.2), alpha=0.7)
    return _pavement(stage, behind)


def graffiti_wall(stage: Stage) -> Floor:
    """A wall under bright letters, tags and drips."""
    rng = stage.rng
    behind = _wall(stage, "concrete", "bricks", "plaster")
    skia = canvas_library()
    with stage.plane(stage.view.upright(behind)):
        for n in range(int(rng.integers(10, 26))):
            x, y, size = rng.uniform((-260, -290, 12), (260, -20, 70))
            curl = line((rng.uniform(-1, 1, (5, 2)) * (size, size * 0.7)) + (x, y))
            width = float(rng.uniform(0.05, 0.34)) * size
            pen = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
            for extra, color in ((6, "#15151a"), (0, stage.dye(0.0))) if n % 2 else ((0, stage.dye(0.1)),):
                pen.setColor(int("ff" + color[1:], 16))
                pen.setStrokeWidth(width + extra)
                stage.canvas.drawPath(curl, pen)
        drips = [
            (x, y, x + 2, y + rng.uniform(10, 60)) for x, y in rng.uniform((-260, -250), (260, -60), (20, 2))
        ]
        stage.boxes(drips, stage.dye(0.0), alpha=0.8)
    return _pavement(stage, behind)


def poster_wall(stage: Stage) -> Floor:
    """Posters and stickers, some torn, over one another."""
    rng = stage.rng
    behind = _wall(stage, "concrete", "plaster", "paint")
    with stage.plane(stage.view.upright(behind)):
        for _ in range(int(rng.integers(8, 22))):
            _notice(stage, float(rng.uniform(-260, 240)))
    return _pavement(stage, behind)


def _notice(stage: Stage, left: float) -> None:
    rng = stage.rng
    top, wide = -rng.uniform(60, 290), rng.uniform(25, 85)
    high = wide * rng.uniform(0.6, 1.5)
    stage.box((left, top, left + wide, top + high), stage.dye(0.1))
    ink = tone(rng, 10, 250)
    rows = [
        (left + wide * 0.1, top + high * y, left + wide * rng.uniform(0.3, 0.9), top + high * (y + 0.05))
        for y in (0.12, 0.6, 0.7, 0.8, 0.9)
    ]
    stage.boxes(rows, ink)
    stage.box((left + wide * 0.1, top + high * 0.22, left + wide * 0.9, top + high * 0.55), stage.dye(0.0))


def shutter(stage: Stage) -> Floor:
    """A roller shutter or corrugated metal: lines across or upright."""
    rng = stage.rng
    behind = _wall(stage, "concrete", "plaster", "bricks")
    color, step = stage.dye(0.35), float(rng.uniform(8, 18))
    left, right = (-400.0, 400.0) if stage.chance(0.5) else (-150.0, float(rng.uniform(120, 260)))
    with stage.plane(stage.view.upright(behind)):
        stage.box((left, -310, right, 0), color)
        across: list[Box] = [
            (left, -310 + n * step, right, -310 + (n + 0.45) * step) for n in range(int(310 / step))
        ]
        upright: list[Box] = [
            (left + n * step, -310.0, left + (n + 0.45) * step, 0.0)
            for n in range(int((right - left) / step))
        ]
        stage.boxes(across if stage.chance(0.6) else upright, mixed(color, "#000000", 0.3))
        stage.grain("stains", 0.5, 400, (left, -310, right, 0))
    return _pavement(stage, behind)


def wooden_wall(stage: Stage) -> Floor:
    """Upright boards, or a panelled door with its frame."""
    rng = stage.rng
    behind = _wall(stage, "plaster", "stone blocks")
    color = mixed(
        str(rng.choice(["#6e4a2c", "#a57b4c", "#3f5a4c", "#2f4a6f", "#8c3a2f", "#e4ded2"])), "#808080", 0.2
    )
    dark, light = mixed(color, "#000000", 0.45), mixed(color, "#ffffff", 0.12)
    with stage.plane(stage.view.upright(behind)):
        if stage.chance(0.5):
            stage.box((-900, -700, 900, 0), color)
            step = float(rng.uniform(9, 24))
            stage.boxes([(-600 + n * step, -700, -598 + n * step, 0) for n in range(int(1200 / step))], dark)
        else:
            x = float(rng.uniform(-150, -60))
            stage.box((x - 16, -290, x + 216, 0), light)
            stage.box((x, -275, x + 200, 0), color)
            panels: list[Box] = [
                (x + dx, y, x + dx + 70, y + 105) for dx in (18, 112) for y in (-255.0, -135.0)
            ]
            stage.boxes(panels, dark)
            stage.boxes([(a + 5, b + 5, c, d) for a, b, c, d in panels], light)
            stage.discs([(x + 96, -105)], [4], "#c9b46a")
        stage.grain("rough", 0.35, 120, (-900, -700, 900, 0), stretch=5)
    return _pavement(stage, behind)


def hedge_wall(stage: Stage) -> Floor:
    """A clipped hedge or ivy."""
    stage.cover("#dfe8ee", "#eef0ec")
    behind = float(stage.rng.uniform(60, 260))
    floor = lay_floor(stage, "gravel", "grass", "slabs", end=behind, wall=False)
    draw_hedge(stage, behind, float(stage.rng.uniform(150, 420)))
    return floor


def facade(stage: Stage) -> Floor:
    """A house across the pavement."""
    behind = float(stage.rng.uniform(120, 500))
    stage.cover("#cfd8df", "#e8ebee")
    with stage.plane(stage.view.upright(behind)):
        edge = float(stage.rng.uniform(-700, -200))
        draw_facade(stage, edge, edge + 900, 4)
        draw_facade(stage, edge + 900, edge + 1900, 5)
        draw_facade(stage, edge - 900, edge, 3)
    floor = _pavement(stage, behind)
    if stage.chance(0.4):
        draw_pot_plant(stage, float(stage.rng.uniform(-140, 140)), behind * 0.8)
    return floor


def shop_front(stage: Stage) -> Floor:
    """A shop window with things behind the glass."""
    behind = float(stage.rng.uniform(60, 260))
    lit = 0.8 if stage.light.color[2] < stage.light.color[0] else 0.2
    with stage.plane(stage.view.upright(behind)):
        stage.box((-2000, -1500, 2000, 0), stage.dye(0.4))
        left = float(stage.rng.uniform(-420, -200))
        for _ in range(3):
            wide = float(stage.rng.uniform(240, 420))
            draw_shop(stage, left, left + wide, lit)
            left += wide + float(stage.rng.uniform(0, 60))
    floor = _pavement(stage, behind)
    if stage.chance(0.3):
        street_things(stage, behind * 0.5, count=1)
    return floor


def stairs(stage: Stage) -> Floor:
    """Steps that rise behind the wearer."""
    rng, view = stage.rng, stage.view
    stage.cover(tone(rng, 130, 220), tone(rng, 100, 190))
    first, rise, depth = float(rng.uniform(40, 160)), float(rng.uniform(14, 18)), 32.0
    floor = lay_floor(stage, "slabs", "concrete", "stone blocks", end=first)
    rect = canvas_library().Rect.MakeLTRB(-2000, 0, 2000, rise)
    count = int(rng.integers(6, 22))
    for n in range(count):
        with stage.plane(view.plane((0, (n + 1) * rise, first + n * depth), (1, 0, 0), (0, -1, 0))):
            stage.canvas.drawRect(rect, floor.paint)
            stage.box((-2000, 0, 2000, rise), "#000000", "#000000", alpha=0.32)
        with stage.plane(view.plane((0, (n + 1) * rise, first + n * depth), (1, 0, 0), (0, 0, 1))):
            stage.canvas.drawRect(canvas_library().Rect.MakeLTRB(-2000, 0, 2000, depth), floor.paint)
    if stage.chance(0.6):
        side = 1 if stage.chance(0.5) else -1
        rail = [view.at(side * 150, 90 + n * rise, first + n * depth) for n in (-1, count)]
        stage.lines([rail], "#26282b", 5 * view.scale)
        posts = [
            [view.at(side * 150, n * rise + up, first + n * depth) for up in (0, 90)]
            for n in range(0, count, 3)
        ]
        stage.lines(posts, "#26282b", 3 * view.scale)
    return floor
