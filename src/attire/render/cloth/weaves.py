"""The catalogue of weaves: the fine structure of a material, drawn over its pattern."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.noise import edged, ripples
from attire.render.color import lightness, mixed
from attire.render.paths import canvas_library, polygon, smooth

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["OPEN_WEAVES", "WEAVES"]

OPEN_WEAVES = frozenset({"lace", "mesh"})
"""Weaves with holes through which one sees what is beneath."""


def smooth_surface(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Nothing to see: skin, patent, plastic."""


def plain_weave(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Short faint slubs both ways and an uneven tone, as in cotton."""
    swatch.grain(7, 7, 0.018, rng)
    swatch.grain(0.25, 2.4, 0.022, rng)
    swatch.grain(2.4, 0.25, 0.022, rng)


def linen(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Coarse thick and thin threads both ways."""
    swatch.grain(6, 6, 0.025, rng)
    swatch.grain(0.3, 3.5, 0.055, rng)
    swatch.grain(3.5, 0.3, 0.055, rng)


def twill(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Fine diagonals and upright slubs, as in denim and gabardine."""
    swatch.grain(8, 12, 0.02, rng)
    swatch.grain(0.22, 3.0, 0.045, rng)
    swatch.ink(_diagonals(swatch, 0.7), "#ffffff", 0.10, 0.14)


def denim(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Twill whose dye has faded in patches and along its threads."""
    field = ripples(rng, 48, (2, 2), 1.5)
    swatch.wash(np.clip(field, 0, 2.5) * 0.03, "#e8eef6")
    swatch.wash(np.clip(-field, 0, 2.5) * 0.04, "#101828")
    swatch.grain(0.2, 2.6, 0.075, rng)
    swatch.ink(_diagonals(swatch, 0.62), "#ffffff", 0.14, 0.13)


def knit(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Columns of V stitches, as in a sweater."""
    step = swatch.steps(1.5)
    high = swatch.steps(1.15)
    stitch = polygon([(-0.5, -0.42), (-0.38, -0.42), (0, 0.2), (0.38, -0.42), (0.5, -0.42), (0, 0.55)])
    wide = canvas_library().Path()
    stitch.transform(canvas_library().Matrix.Scale(step, high), wide)
    spots = [(x, y, 0.0, 1.0) for x in np.arange(0, 32, step) for y in np.arange(0, 32, high)]
    swatch.ink(swatch.spread(wide, spots), "#000000", 0.4)
    swatch.ink(_uprights(swatch, step, step / 2), "#000000", 0.10, 0.28)
    swatch.ink(_uprights(swatch, step / 2, step / 4), "#ffffff", 0.07, 0.24)
    swatch.grain(5, 5, 0.02, rng)


def cable(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Thick twisted columns between ribs, as in an Aran sweater."""
    step = swatch.steps(7.0)
    high = swatch.steps(4.4)
    strand = smooth(
        [(-1.3, -2.2), (-0.4, -1.5), (0.9, 0.3), (1.35, 2.2), (0.3, 2.5), (-0.5, 1.0), (-1.5, -0.6)]
    )
    spots = [(x, y, 0.0, high / 4.4) for x in np.arange(0, 32, step) for y in np.arange(0, 32, high)]
    copies = swatch.spread(strand, spots)
    swatch.ink(_uprights(swatch, step, 0.0), "#000000", 0.22, 3.6)
    swatch.ink(copies, "#ffffff", 0.24)
    swatch.ink(copies, "#000000", 0.42, 0.34)
    ribs = [step * share for share in (0.32, 0.5, 0.68)]
    for place in ribs:
        swatch.ink(_uprights(swatch, step, place), "#000000", 0.3, 0.42)
        swatch.ink(_uprights(swatch, step, place + 0.5), "#ffffff", 0.16, 0.36)
    swatch.grain(0.5, 0.5, 0.04, rng)


def rib(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Upright ribs, as at cuffs and in roll-neck sweaters."""
    step = swatch.steps(1.2)
    swatch.ink(_uprights(swatch, step, 0.0), "#000000", 0.26, step * 0.32)
    swatch.ink(_uprights(swatch, step, step / 2), "#ffffff", 0.13, step * 0.3)
    swatch.grain(5, 5, 0.02, rng)


def corduroy(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Wide soft wales with dark furrows."""
    step = swatch.steps(1.05)
    swatch.ink(_uprights(swatch, step, 0.0), "#000000", 0.34, step * 0.3)
    swatch.ink(_uprights(swatch, step, step * 0.55), "#ffffff", 0.18, step * 0.28)
    swatch.grain(0.5, 1.6, 0.05, rng)
    swatch.grain(6, 6, 0.04, rng)


def pile(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Tufts of hair, as in fur and teddy."""
    skia = canvas_library()
    swatch.wash(np.clip(ripples(rng, 64, (9, 9), 4), 0, 3) * 0.05, "#000000")
    for color, alpha, count in (("#000000", 0.26, 420), ("#ffffff", 0.24, 420), (cloth.color, 0.5, 160)):
        hairs = skia.Path()
        for x, y, lean, fall in rng.uniform((0, 0, -0.7, 1.2), (32, 32, 0.7, 3.2), (count, 4)).tolist():
            hairs.moveTo(x, y)
            hairs.quadTo(x + lean * 0.2, y + fall / 2, x + lean, y + fall)
        swatch.ink(swatch.wrapped(hairs), color, alpha, 0.17)


def velvet(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Deep patches where the nap lies one way, bright ones where it lies the other."""
    field = ripples(rng, 48, (4, 4), 2)
    swatch.wash(np.clip(field - 0.3, 0, 2) * 0.06, mixed(cloth.color, "#ffffff", 0.6))
    swatch.wash(np.clip(-field, 0, 2) * 0.10, "#000000")
    swatch.grain(0.25, 0.5, 0.03, rng)


def satin(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Soft long gleams and nothing else: silk, satin, lamé's ground."""
    swatch.grain(2.2, 14, 0.022, rng)


def metallic(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Metal thread that glitters and gleams: lamé."""
    swatch.grain(3, 9, 0.06, rng)
    swatch.grain(0.35, 0.35, 0.16, rng)


def chiffon(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Thin cloth that is denser in soft upright folds."""
    swatch.wash(np.clip(ripples(rng, 64, (7, 1), 1.5), -1, 2) * 0.03 + 0.04, "#ffffff")
    swatch.grain(1.2, 16, 0.04, rng)


def leather(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Pebbled grain with a few wrinkles."""
    pixels = min(swatch.pixels, 160)
    pebbles = ripples(rng, pixels, (26, 26), 7)
    swatch.wash(edged(pebbles, 0.9, 1.2) * 0.13, "#ffffff")
    swatch.wash(edged(-pebbles, 0.9, 1.2) * 0.22, "#000000")
    swatch.grain(4, 4, 0.03, rng)


def suede(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Matt nap, brushed light and dark."""
    swatch.grain(3.5, 2.5, 0.022, rng)
    swatch.grain(0.3, 0.3, 0.04, rng)


def tweed(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Coarse yarn with flecks of other colours."""
    skia = canvas_library()
    swatch.grain(0.45, 0.45, 0.10, rng)
    flecks = (mixed(cloth.color, "#ffffff", 0.55), mixed(cloth.color, "#000000", 0.5), cloth.inks[-1])
    for color in flecks:
        path = skia.Path()
        for x, y, lean in rng.uniform((0, 0, -1), (32, 32, 1), (70, 3)).tolist():
            path.moveTo(x, y)
            path.lineTo(x + 0.6 * lean, y + 0.6 - 0.3 * abs(lean))
        swatch.ink(swatch.wrapped(path), color, 0.75, 0.34)


def lace(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """A net of holes with close-set solid flowers, framed by a thread."""
    skia = canvas_library()
    _holes(swatch, 1.35, 0.4)
    petals, hearts, leaves = skia.Path(), skia.Path(), skia.Path()
    for angle in np.arange(6) * np.pi / 3:
        petals.addCircle(1.5 * float(np.cos(angle)), 1.5 * float(np.sin(angle)), 1.0)
        hearts.addCircle(1.5 * float(np.cos(angle)), 1.5 * float(np.sin(angle)), 0.34)
    leaves.addPath(smooth([(2.2, 2.2), (2.6, 3.4), (4.0, 4.0), (3.4, 2.6)]))
    leaves.addPath(smooth([(-2.2, 2.2), (-2.6, 3.4), (-4.0, 4.0), (-3.4, 2.6)]))
    spots = swatch.spots(8.0, rng, turn=30, sizes=(0.95, 1.25))
    solid, thread = (
        cloth.color,
        mixed(cloth.color, "#000000" if lightness(cloth.color) > 0.4 else "#ffffff", 0.3),
    )
    for path in (leaves, petals):
        copies = swatch.spread(path, spots)
        swatch.ink(copies, solid)
        swatch.ink(copies, thread, 0.8, 0.2)
    swatch.ink(swatch.spread(hearts, spots), thread, 0.7)


def mesh(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Round holes in rows, as in sports jerseys and net."""
    _holes(swatch, 1.35, 0.42)


def _holes(swatch: "Swatch", step: float, radius: float) -> None:
    """Cut rows of holes through the cloth."""
    skia = canvas_library()
    step = swatch.steps(step, even=True)
    hole = skia.Path()
    hole.addCircle(0, 0, step * radius)
    spots = [(x, y, 0.0, 1.0) for x, y in swatch.places(step, np.random.default_rng(0))]
    cut = skia.Paint(AntiAlias=True, Color=0xE6000000, BlendMode=skia.BlendMode.kDstOut)
    swatch.canvas.drawPath(swatch.spread(hole, spots), cut)


def _uprights(swatch: "Swatch", step: float, first: float) -> "skia.Path":
    """Upright lines at every step."""
    path = canvas_library().Path()
    for place in np.arange(first - step, swatch.side + step, step).tolist():
        path.moveTo(place, 0)
        path.lineTo(place, swatch.side)
    return path


def _diagonals(swatch: "Swatch", step: float) -> "skia.Path":
    """Lines that rise to the right at every step across."""
    path = canvas_library().Path()
    for place in np.arange(0, 2 * swatch.side, swatch.steps(step)).tolist():
        path.moveTo(place, 0)
        path.lineTo(place - swatch.side, swatch.side)
    return path


WEAVES: "dict[str, Callable[[Swatch, Cloth, Rng], None]]" = {
    "smooth": smooth_surface,
    "plain": plain_weave,
    "linen": linen,
    "twill": twill,
    "denim": denim,
    "satin": satin,
    "lamé": metallic,
    "chiffon": chiffon,
    "knit": knit,
    "cable": cable,
    "rib": rib,
    "corduroy": corduroy,
    "velvet": velvet,
    "pile": pile,
    "tweed": tweed,
    "leather": leather,
    "suede": suede,
    "lace": lace,
    "mesh": mesh,
}
"""How each weave is drawn."""
