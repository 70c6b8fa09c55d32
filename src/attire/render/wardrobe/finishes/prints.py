"""Ink on cloth: placed prints, and motifs burnt out of velvet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Rng
from attire.render.cloth.dyes import choose_dye
from attire.render.color import lightness, mixed
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library
from attire.render.person import LEVEL
from attire.render.person.body import leg_panel, torso_panel
from attire.render.wardrobe.finishes.graphics import GRAPHICS, leaf, star
from attire.render.wardrobe.finishes.places import drape, front_middle, legs, on_sheet
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.threads import strands

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["burnout", "printed"]


def printed(garment: Garment) -> None:
    """A large picture on the chest or down the skirt or a leg."""
    rng = garment.rng
    name = str(rng.choice([*GRAPHICS]))
    ground = garment.cloth.color
    inks = [choose_dye(rng, against=ground) for _ in range(2)]
    inks += [
        "#f7f3e8" if lightness(ground) < 0.5 else "#15161a",
        str(rng.choice(["#e2583e", "#f2b632", "#2f8f9d", "#d94f8a"])),
    ]
    hung = float(garment.body.points[0, :, 1].mean()) < LEVEL["armpit"]
    for panel in [garment.body] if hung else legs(garment) or [drape(garment)]:
        width = min(28.0, 0.72 * panel.width)
        s, t = 0.0, max(0.1, front_middle(garment) - 0.1 * width / panel.height) if hung else 0.28
        height = min(1.15 * width, (0.97 - t) * panel.height)
        place = panel.patch(s, t, width, height, rows=12, columns=12)
        garment.details.append(on_sheet(garment, panel, _ink(place, name, inks)))


def burnout(garment: Garment) -> None:
    """Velvet with sheer leaves or stars through which the body shimmers."""
    shape = (leaf, star)[int(garment.rng.integers(2))]()
    for panel in (garment.body, *garment.panels):
        path = _scattered(panel, shape, 10.5, garment.rng)
        garment.details.append(on_sheet(garment, panel, _sheer(garment, panel, path)))


def _ink(place: Panel, name: str, inks: list[str]) -> "Callable[[Painter], None]":
    return lambda painter: painter.lit(place, lambda: GRAPHICS[name](painter, place, inks))


def _scattered(panel: Panel, shape: Floats, pitch: float, rng: Rng) -> "skia.Path":
    """Repeat a motif over a sheet, each turned a little; ``pitch`` centimetres apart."""
    row, column = np.meshgrid(np.arange(round(panel.height / (0.8 * pitch)) + 1), np.arange(-4, 5))
    x, y = (column + 0.5 * (row % 2)) * pitch, (row + 0.4) * 0.8 * pitch
    centers = np.stack([x, y], axis=-1).reshape(-1, 2)
    centers = centers[np.abs(centers[:, 0]) < 0.62 * panel.width]
    angle = rng.uniform(-0.6, 0.6, len(centers))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    motifs = centers[:, None] + 0.43 * pitch * np.einsum("pk,kjn->npj", shape, turn)
    places = np.clip(motifs.reshape(-1, 2) / (panel.width / 2, panel.height), (-1, 0), (1, 1))
    path, skia = canvas_library().Path(), canvas_library()
    for points in panel.on(places).reshape(motifs.shape):
        path.addPoly([skia.Point(x, y) for x, y in points.tolist()], True)
    return path


def _net(panel: Panel) -> "skia.Path":
    """The threads that are left where the pile is gone: slanting lines both ways over a sheet."""
    low, high = panel.points.min(axis=(0, 1)), panel.points.max(axis=(0, 1))
    fall = float(high[1] - low[1])
    x = np.arange(low[0] - fall, high[0] + fall, 1.3)
    upper, lower = np.full_like(x, low[1]), np.full_like(x, high[1])
    net = strands(np.stack([x, upper], axis=1), np.stack([x + fall, lower], axis=1))
    net.addPath(strands(np.stack([x, upper], axis=1), np.stack([x - fall, lower], axis=1)))
    return net


def _sheer(garment: Garment, panel: Panel, path: "skia.Path") -> "Callable[[Painter], None]":
    figure, color = garment.figure, garment.cloth.color
    on_arm = any(panel is sleeve for sleeve in garment.sleeves)
    bodies = (
        [panel.outline()]
        if on_arm
        else [sheet.outline() for sheet in (leg_panel(figure, 0), leg_panel(figure, 1), torso_panel(figure))]
    )
    veil = mixed(color, "#ffffff", 0.45) if lightness(color) < 0.55 else mixed(color, "#8a8078", 0.3)
    net = _net(panel)

    def draw(painter: "Painter") -> None:
        canvas = painter.canvas

        def motifs() -> None:
            painter.solid(path, mixed(veil, "#403a44", 0.25))
            canvas.save()
            canvas.clipPath(path, doAntiAlias=True)
            for body in bodies:
                painter.solid(body, mixed(figure.skin, veil, 0.3))
            canvas.drawPath(net, painter.pen(color, 0.6, 0.22))
            canvas.restore()

        painter.lit(panel, motifs)
        canvas.drawPath(path, painter.pen(mixed(color, "#000000", 0.35), 0.6, 0.5))

    return draw
