"""Rooms, shops and halls."""

from attire.render.color import mixed
from attire.render.paths import canvas_library, smooth
from attire.render.scene.floor import Floor, lay_floor
from attire.render.scene.materials import material_paint
from attire.render.scene.props.furniture import draw_chair, draw_rail, draw_sofa
from attire.render.scene.props.people import draw_passers_by
from attire.render.scene.props.plants import draw_pot_plant
from attire.render.scene.stage import Stage, tone

__all__ = ["cafe", "dressing_room", "hall", "room"]


def _room(stage: Stage, *materials: str) -> float:
    """Build a back wall and perhaps a side wall, and tell how far behind the back wall is, centimetres."""
    rng, behind = stage.rng, float(stage.rng.uniform(70, 320))
    paint = material_paint(str(rng.choice(materials)), rng)
    stage.cover(tone(rng, 200, 245), tone(rng, 180, 225))
    with stage.plane(stage.view.upright(behind)):
        stage.canvas.drawRect(canvas_library().Rect.MakeLTRB(-900, -420, 900, 0), paint)
        if stage.chance(0.6):
            skirting = tone(rng, 190, 250) if stage.chance(0.7) else "#5a4030"
            stage.box((-900, -float(rng.uniform(8, 16)), 900, 0), skirting)
        if stage.chance(0.3):
            stage.box((-900, -100, 900, -94), tone(rng, 150, 240))
            stage.boxes([(-800 + n * 70, -86, -746 + n * 70, -22) for n in range(24)], "#000000", alpha=0.08)
    return behind


def _picture(stage: Stage) -> None:
    rng = stage.rng
    left, top, wide, high = rng.uniform((-190, -260, 30, 30), (130, -170, 90, 90))
    stage.box((left, top, left + wide, top + high), stage.dye(0.4))
    stage.box((left + 4, top + 4, left + wide - 4, top + high - 4), "#f2eee6")
    stage.box((left + 12, top + 12, left + wide - 12, top + high - 12), stage.dye(0.1), stage.dye(0.1))
    stage.discs([(left + wide * 0.5, top + high * 0.5)], [min(wide, high) * 0.2], stage.dye(0.1))


def _window(stage: Stage, left: float) -> None:
    rng = stage.rng
    wide, curtain = float(rng.uniform(90, 170)), mixed(stage.dye(0.4), "#ffffff", 0.4)
    stage.box((left - 8, -258, left + wide + 8, -72), "#f4f2ee")
    stage.box((left, -250, left + wide, -80), "#dbeaf6", "#fdfdf8")
    if stage.chance(0.5):
        stage.discs(
            rng.uniform((left, -150), (left + wide, -85), (24, 2)), rng.uniform(4, 14, 24), "#9cb58a", 0.7
        )
    stage.boxes(
        [(left + wide / 2 - 3, -250, left + wide / 2 + 3, -80), (left, -170, left + wide, -164)], "#f4f2ee"
    )
    for start in (left - 20, left + wide - 12):
        folds = [(start + 10 * n, -275, start + 10 * n + 10, -10) for n in range(4)]
        for n, fold in enumerate(folds):
            stage.box(fold, mixed(curtain, "#000000", 0.04 + 0.1 * (n % 2)), alpha=0.95)


def room(stage: Stage) -> Floor:
    """A living room: window, curtain, picture, sofa, plant, parquet."""
    rng = stage.rng
    behind = _room(stage, "paint", "paint", "plaster")
    with stage.plane(stage.view.upright(behind)):
        if stage.chance(0.6):
            _window(stage, float(rng.uniform(-230, 90)))
        for _ in range(int(rng.integers(0, 4))):
            _picture(stage)
    floor = lay_floor(stage, "boards", "boards", "carpet", "tiles", end=behind, wall=True, marks=_rug(stage))
    if stage.chance(0.6):
        draw_sofa(stage, float(rng.uniform(-180, 180)), behind * 0.75)
    if stage.chance(0.5):
        draw_pot_plant(stage, float(rng.uniform(-150, 150)), behind * 0.8)
    if stage.chance(0.3):
        draw_chair(stage, float(rng.uniform(-130, 130)), behind * 0.6)
    return floor


def _rug(stage: Stage):  # type: ignore[no-untyped-def]
    """Perhaps a rug under the wearer."""
    if not stage.chance(0.35):
        return None
    colors, half = (stage.dye(0.2), stage.dye(0.2)), float(stage.rng.uniform(90, 190))

    def marks(on: Stage) -> None:
        on.box((-half, -70, half, 90), colors[0])
        on.box((-half + 10, -62, half - 10, 82), colors[1])
        on.box((-half + 18, -56, half - 18, 76), colors[0])

    return marks


def dressing_room(stage: Stage) -> Floor:
    """A shop or dressing room: rails of clothes, a mirror, a lamp."""
    rng = stage.rng
    behind = _room(stage, "paint", "plaster", "bricks", "boards")
    with stage.plane(stage.view.upright(behind)):
        if stage.chance(0.5):
            left = float(rng.uniform(-200, 120))
            stage.box((left, -215, left + 85, -12), mixed(stage.dye(0.5), "#000000", 0.2))
            stage.box((left + 6, -209, left + 79, -18), "#c9d0d4", "#9ca3a8")
            stage.fill(
                smooth([(left + 20, -209), (left + 45, -209), (left + 25, -18), (left + 8, -18)], 0),
                "#ffffff",
                0.2,
            )
        shelves = [(-300, -230 + 48 * n, -140, -226 + 48 * n) for n in range(4)]
        stage.boxes(shelves, "#6e4a2c")
        piles = [
            (x, y - 26, x + 30, y)
            for _, y, _, _ in shelves
            for x in (-290.0, -250.0, -205.0)
            if stage.chance(0.7)
        ]
        for pile in piles:
            stage.box(pile, stage.dye(0.2))
    floor = lay_floor(stage, "boards", "concrete", "carpet", "marble", end=behind, wall=True)
    for _ in range(int(rng.integers(1, 3))):
        draw_rail(stage, float(rng.uniform(-200, 200)), behind * float(rng.uniform(0.7, 0.95)))
    return floor


def hall(stage: Stage) -> Floor:
    """A hall of columns with a polished floor, people far away."""
    rng, view = stage.rng, stage.view
    stage.cover(tone(rng, 190, 240), tone(rng, 140, 200))
    floor = lay_floor(stage, "marble", "tiles", "slabs", end=3200)
    with stage.plane(view.upright(3200)):
        stage.box((-3000, -900, 3000, 0), tone(rng, 120, 220))
        stage.boxes([(-1500 + n * 330, -600, -1360 + n * 330, 0) for n in range(10)], tone(rng, 60, 250))
    wide, color = float(rng.uniform(190, 420)), tone(rng, 150, 225)
    for behind in (2400, 1800, 1300, 900, 600, 350):
        for side in (-1, 1):
            with stage.standing(side * wide, behind):
                stage.box((-42, -900, 42, 0), color)
                stage.boxes([(-42, -900, -18, 0)], "#000000", alpha=0.14)
                stage.boxes([(-50, -24, 50, 0)], mixed(color, "#000000", 0.15))
    draw_passers_by(stage, 1200, int(rng.integers(0, 6)))
    return floor


def cafe(stage: Stage) -> Floor:
    """Before or in a café: chairs, small tables, plants, warm lamps."""
    rng = stage.rng
    behind = _room(stage, "bricks", "plaster", "boards", "tiles")
    with stage.plane(stage.view.upright(behind)):
        _picture(stage)
        lamps = [(x, -250.0) for x in (-190, -60, 70, 200)]
        stage.lines([[(x, -420), (x, y)] for x, y in lamps], "#1a1a1c", 2)
        stage.discs(lamps, [12] * 4, "#ffe9b8")
        stage.discs(lamps, [40] * 4, "#ffe0a0", alpha=0.2)
    floor = lay_floor(stage, "tiles", "boards", "slabs", end=behind, wall=True)
    for right in rng.uniform(-220, 220, int(rng.integers(2, 5))).tolist():
        place = behind * float(rng.uniform(0.6, 0.9))
        with stage.standing(right, place):
            stage.boxes([(-3, -72, 3, 0), (-18, -3, 18, 0)], "#1c1c1e")
            stage.box((-34, -76, 34, -71), tone(rng, 120, 230))
        draw_chair(stage, right + 48, place)
    if stage.chance(0.5):
        draw_pot_plant(stage, float(rng.uniform(-180, 180)), behind * 0.8)
    return floor
