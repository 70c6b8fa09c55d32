"""Ink on cloth: placed prints, and motifs burnt out of velvet."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.dyes import choose_dye
from attire.render.color import lightness, mixed
from attire.render.panel import Panel
from attire.render.paths import canvas_library
from attire.render.person.body import leg_panel, torso_panel
from attire.render.wardrobe.finishes.graphics import GRAPHICS, leaf, star
from attire.render.wardrobe.finishes.places import drape, front_middle, legs, on_sheet, to_hem
from attire.render.wardrobe.garment import Garment

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
    panels = (
        (to_hem(garment) if legs(garment) else [drape(garment)])
        if garment.body in [*legs(garment), garment.skirt]
        else [garment.body]
    )
    for panel in panels:
        s, t, width = 0.0, 0.28, min(26.0, 0.72 * panel.width)
        if panel is garment.body and panels[0] is not garment.skirt and not legs(garment):
            width = min(27.0, 0.68 * panel.width)
            t = max(0.1, front_middle(garment) - 0.1 * width / panel.height)
        height = min(1.15 * width, (0.97 - t) * panel.height)
        place = panel.patch(s, t, width, height, rows=12, columns=12)
        garment.details.append(on_sheet(garment, panel, _ink(place, name, inks)))


def burnout(garment: Garment) -> None:
    """Velvet with sheer leaves and stars through which the body shimmers."""
    rng, shape = garment.rng, (leaf, star)[int(garment.rng.integers(2))]
    for panel in (garment.body, *garment.panels):
        pitch = 10.5
        path = canvas_library().Path()
        for row in range(round(panel.height / (0.8 * pitch)) + 1):
            for x in np.arange(-3, 4) * pitch + 0.5 * pitch * (row % 2):
                s, t = 2 * x / max(panel.width, 1), (row + 0.4) * 0.8 * pitch / max(panel.height, 1)
                if abs(s) < 1.25 and t < 1.1:
                    _stamp(path, panel, shape(), float(s), t, pitch * 0.43, float(rng.uniform(-0.5, 0.5)))
        garment.details.append(on_sheet(garment, panel, _sheer(garment, panel, path)))


def _ink(place: Panel, name: str, inks: list[str]):  # type: ignore[no-untyped-def]
    return lambda painter: painter.lit(place, lambda: GRAPHICS[name](painter, place, inks))


def _stamp(
    path: "skia.Path", panel: Panel, shape: "np.ndarray", s: float, t: float, radius: float, angle: float
) -> None:  # type: ignore[type-arg]
    cos, sin = np.cos(angle), np.sin(angle)
    turned = shape @ np.array([[cos, sin], [-sin, cos]]) * radius
    places = turned / (panel.width / 2, panel.height) + (s, t)
    points = panel.on(np.clip(places, (-1, 0), (1, 1)))
    path.addPoly([canvas_library().Point(x, y) for x, y in points.tolist()], True)


def _sheer(garment: Garment, panel: Panel, path: "skia.Path"):  # type: ignore[no-untyped-def]
    figure, color = garment.figure, garment.cloth.color
    bodies = [sheet.outline() for sheet in (leg_panel(figure, 0), leg_panel(figure, 1), torso_panel(figure))]
    veil = mixed(color, "#ffffff", 0.45) if lightness(color) < 0.55 else mixed(color, "#8a8078", 0.3)

    def draw(painter: "Painter") -> None:
        canvas = painter.canvas

        def motifs() -> None:
            painter.solid(path, mixed(veil, "#403a44", 0.25))
            canvas.save()
            canvas.clipPath(path, doAntiAlias=True)
            for body in bodies:
                painter.solid(body, mixed(figure.skin, veil, 0.3))
            canvas.restore()

        painter.lit(panel, motifs)
        canvas.drawPath(path, painter.pen(mixed(color, "#000000", 0.35), 0.6, 0.5))

    return draw
