"""How a pair of shoes is made: form, sole, straps and laces."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import DYES, choose_dye
from attire.render.layer import Detail, Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import canvas_library, line, subtract, union
from attire.render.person import Figure, Foot
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import sewn, strip
from attire.render.wardrobe.accessories.lasts import across, far_first, joined, last, sole_layer

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["Shoe", "ankle", "ankle_strap", "dressy", "footbed", "laces", "pair", "sole_cloth", "strap"]

SOLES = ("#f4f1ea", "#2a2320", "#c8a878", "#6b4a30", "#17181c")


@dataclass(kw_only=True, eq=False)
class Shoe:
    """One shoe while it is made."""

    figure: Figure
    foot: Foot
    side: int
    form: Panel
    cloth: Cloth
    shaft: Panel | None = None
    """The leg of a boot."""
    before: list[Layer] = field(default_factory=list)
    """Soles and heels."""
    panels: list[Panel] = field(default_factory=list)
    """What lies on its form: straps."""
    cuts: "list[skia.Path]" = field(default_factory=list)
    """Where the foot shows."""
    details: list[Detail] = field(default_factory=list)
    parts: list[Piece] = field(default_factory=list)
    upper: bool = True
    """False where only straps hold the foot."""

    def pieces(self) -> list[Piece]:
        """Finish it."""
        form = self.form if self.shaft is None else joined(self.shaft, self.form)
        path = form.outline()
        before = self.before
        cuts = self.cuts if self.upper else [self.form.part((-0.93, 0.93), (0.0, 0.985), rows=12).outline()]
        if cuts:
            hole = union(cuts)
            path = subtract(path, hole)
            before = [replace(layer, path=subtract(layer.path, hole)) for layer in before]
        sheets = [form, *self.panels] if self.upper else self.panels
        outlines = [path] if self.upper else []
        whole = union([*outlines, *(panel.outline() for panel in self.panels)])
        shoe = sewn(
            "shoe", sheets, self.cloth, path=whole, before=before, details=self.details, thickness=0.7
        )
        return [shoe, *self.parts]


Make: TypeAlias = Callable[[Shoe], None]
"""Turns a bare form into one kind of shoe."""


def pair(
    figure: Figure,
    taste: Taste,
    make: Make,
    cloth: Cloth,
    toes: str,
    *,
    top: float = 0.0,
    longer: float = 0.0,
    ease: float = 0.0,
) -> list[Piece]:
    """Make both shoes alike, each on its foot."""
    pieces: list[Piece] = []
    for side in far_first(figure):
        foot = figure.feet[side]
        form = last(foot, toes, top=top, longer=longer, ease=ease)
        shoe = Shoe(figure=figure, foot=foot, side=side, form=form, cloth=cloth)
        make(shoe)
        pieces += shoe.pieces()
    return pieces


def sole_cloth(taste: Taste) -> Cloth:
    """Rubber, leather or wood for a sole."""
    return Cloth(color=str(taste.rng.choice(SOLES)), weave="smooth")


def dressy(taste: Taste) -> Cloth:
    """Leather, patent or satin in black or any colour."""
    gloss = float(taste.rng.choice([0.1, 0.4, 0.85]))
    if taste.often(0.45):
        return Cloth(color="#17120f", weave="smooth", gloss=gloss)
    return Cloth(color=choose_dye(taste.rng, DYES), weave="smooth", gloss=gloss)


def strap(shoe: Shoe, t: float, half: float) -> None:
    """A band over the foot at place ``t`` of its form, ``half`` its width in centimetres."""
    spine = shoe.form.on(across(shoe.form, t, 1.0, 0.05))
    shoe.panels.append(strip(spine, half, rows=10, columns=5, thickness=0.4).raised(np.full((10, 5), 0.4)))


def ankle(shoe: Shoe, s: float) -> tuple[float, float]:
    """Find a place around the front of the ankle, s from -1 to 1, centimetres."""
    x, y = shoe.foot.ankle
    return x + s * 3.5, y - 0.9 + 0.9 * (1 - s * s)


def ankle_strap(shoe: Shoe, half: float) -> None:
    """Lead a strap around the ankle, ``half`` its width in centimetres."""
    spine = [ankle(shoe, s) for s in np.linspace(-1.03, 1.03, 7).tolist()]
    shoe.panels.append(strip(spine, half, rows=10, columns=5, thickness=0.4))


def footbed(shoe: Shoe) -> Layer:
    """The rim of an open shoe's sole, seen around the bare foot."""
    return sole_layer(shoe.form, 0.9, Cloth(color="#6e4f35", weave="smooth"), start=0.3)


def laces(
    painter: "Painter", shoe: Shoe, color: str, count: int, until: float, tube: Panel | None = None
) -> None:
    """Crossed laces over a tongue, with a bow on top."""
    form = shoe.form
    rungs: list[tuple[Panel, float]] = [(form, t) for t in np.linspace(0.1, until, count).tolist()]
    if tube is not None:
        steps = max(4, int(tube.height / 2.4))
        rungs = [*((tube, t) for t in np.linspace(0.06, 0.94, steps).tolist()), *rungs]
    edges = [[panel.at(out * (0.3 if panel is tube else 0.34), t) for panel, t in rungs] for out in (-1, 1)]
    for edge in edges:
        painter.seam(edge, 0.5, 0.35)
    web = canvas_library().Path()
    for i in range(len(rungs) - 1):
        for a, b in ((0, 1), (1, 0)):
            web.moveTo(*edges[a][i])
            web.lineTo(*edges[b][i + 1])
    x, y = (edges[0][0][0] + edges[1][0][0]) / 2, edges[0][0][1]
    for out in (-1, 1):
        web.addPath(
            line(
                [(x, y), (x + out * 1.7, y + 0.2), (x + out * 2.2, y + 1.3), (x + out * 0.7, y + 0.9), (x, y)]
            )
        )
    painter.canvas.drawPath(web, painter.pen("#000000", 0.35, 0.85))
    painter.canvas.drawPath(web, painter.pen(color, 1.0, 0.5))
