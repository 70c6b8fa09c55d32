"""What is pulled over legs and feet under shoes: socks, tights, stockings and leg warmers."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import PATTERNS, Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library, line, stroke, union
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import sewn, widened
from attire.render.wardrobe.accessories.lasts import far_first, joined, last, leg_tube
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = [
    "LEG_WARMERS", "SOCKS", "TIGHTS", "ankle_socks", "crew_socks", "fishnets", "knee_socks", "leg_warmers",
    "opaque_tights", "patterned_tights", "sheer_tights", "thigh_highs",
]  # fmt: skip

NUDE = ("#c9986f", "#a9744f", "#8a5a3c", "#dcb491")


def sheer_tights(figure: Figure, taste: Taste) -> list[Piece]:
    """Thin nylon that darkens or warms the skin."""
    black = taste.often(0.65)
    color = "#17151a" if black else str(taste.rng.choice(NUDE))
    cloth = Cloth(color=color, weave="smooth", gloss=0.35, opacity=taste.between(0.55, 0.8) if black else 0.7)
    return [sewn("tights, stockings", _legs(figure), cloth, thickness=0.0)]


def opaque_tights(figure: Figure, taste: Taste) -> list[Piece]:
    """Thick tights in black or a colour, now and then ribbed."""
    color = "#17151a" if taste.often(0.45) else choose_dye(taste.rng)
    weave = "rib" if taste.often(0.3) else "smooth"
    return [
        sewn("tights, stockings", _legs(figure), Cloth(color=color, weave=weave, gloss=0.15), thickness=0.2)
    ]


def patterned_tights(figure: Figure, taste: Taste) -> list[Piece]:
    """Tights in a pattern."""
    names = tuple(name for name in PATTERNS if name != "plain (pattern)")
    cloth = replace(cloth_for(taste, "smooth", patterns=names), motif=0.7)
    return [sewn("tights, stockings", _legs(figure), cloth, thickness=0.2)]


def fishnets(figure: Figure, taste: Taste) -> list[Piece]:
    """A net of black, white or red thread over the skin."""
    color = str(taste.rng.choice(["#141216", "#141216", "#f1ede6", "#8c2f39"]))
    legs, mesh = _legs(figure), taste.between(1.8, 3.2)
    veil = Layer(
        path=union(leg.outline() for leg in legs), panels=tuple(legs), thickness=0.0,
        cloth=Cloth(color=color, weave="smooth", opacity=0.16),
    )  # fmt: skip
    mesh_path = canvas_library().Path()
    for leg in legs:
        mesh_path.addPath(stroke(_net(leg, mesh), 0.26))
    threads = Layer(path=mesh_path, cloth=Cloth(color=color, weave="smooth"), thickness=0.0)
    return [Piece(category="tights, stockings", layers=(veil, threads))]


def thigh_highs(figure: Figure, taste: Taste) -> list[Piece]:
    """Stockings that end on the thigh in a broad band."""
    color = "#17151a" if taste.often(0.5) else choose_dye(taste.rng)
    cloth = Cloth(color=color, weave="smooth", gloss=0.2, opacity=1.0 if taste.often(0.6) else 0.75)
    top = LEVEL["crotch"] + taste.between(14, 24)
    legs = _legs(figure, top)
    bands = [leg.part((-1, 1), (0.0, 0.065), rows=5) for leg in legs]
    welts = [widened(band, 0.35).raised(np.full_like(band.relief, 0.4)) for band in bands]
    welt = Layer(
        path=union(band.outline() for band in welts), cloth=replace(cloth, opacity=1.0, weave="rib"),
        panels=tuple(welts), thickness=0.3,
    )  # fmt: skip
    return [sewn("tights, stockings", legs, cloth, after=[welt], thickness=0.2)]


def ankle_socks(figure: Figure, taste: Taste) -> list[Piece]:
    """Socks that just clear the shoe."""
    return _socks(figure, taste, LEVEL["ankle"] - taste.between(4, 7))


def crew_socks(figure: Figure, taste: Taste) -> list[Piece]:
    """Socks to the lower calf, often with stripes at the top."""
    return _socks(figure, taste, LEVEL["ankle"] - taste.between(11, 18))


def knee_socks(figure: Figure, taste: Taste) -> list[Piece]:
    """Socks to below the knee."""
    return _socks(figure, taste, LEVEL["knee"] + taste.between(3, 8))


def leg_warmers(figure: Figure, taste: Taste) -> list[Piece]:
    """Knitted tubes that slouch from the calf over the ankle."""
    cloth = cloth_for(taste, "knit" if taste.often(0.5) else "rib", patterns=("plain (pattern)", "stripe"))
    top, bottom = LEVEL["knee"] + taste.between(4, 14), LEVEL["ankle"] + taste.between(1.0, 3.5)
    pieces = []
    for side in far_first(figure):
        tube = leg_tube(figure, side, top, bottom, rows=30)
        slouch = np.cos(taste.between(16, 24) * tube.t + taste.between(0, 6))
        tube = widened(tube, 1.2 + 1.0 * tube.t + 0.4 * slouch)
        s, t = tube.grid()
        folds = 0.6 * np.cos(26 * t + 2.2 * s + taste.between(0, 6)) * np.clip(t * 1.6, 0.2, 1)
        pieces.append(sewn("leg warmer", [tube.raised(folds)], cloth, thickness=0.8))
    return pieces


SOCKS = (ankle_socks, crew_socks, knee_socks)
TIGHTS = (sheer_tights, opaque_tights, patterned_tights, fishnets, thigh_highs)
LEG_WARMERS = (leg_warmers,)


def _leg(figure: Figure, side: int, top: float, ease: float) -> Panel:
    foot = figure.feet[side]
    upper = leg_tube(figure, side, top, foot.ankle[1], ease=ease, rows=max(6, int((foot.ankle[1] - top) / 3)))
    return joined(upper, last(foot, "bare", longer=0.6, ease=ease + 0.2, rows=10))


def _legs(figure: Figure, top: float = LEVEL["hip"] + 2, ease: float = 0.15) -> list[Panel]:
    return [_leg(figure, side, top, ease) for side in far_first(figure)]


def _socks(figure: Figure, taste: Taste, top: float) -> list[Piece]:
    cloth = cloth_for(taste, "rib" if taste.often(0.6) else "plain")
    cloth = replace(cloth, motif=0.6)
    trimmed, trim = (
        cloth.pattern == "plain (pattern)" and taste.often(0.4),
        choose_dye(taste.rng, against=cloth.color),
    )
    pieces = []
    for leg in _legs(figure, top, 0.35):
        leg = leg.raised(rumple(leg, taste.rng, 0.25, waves=6))
        cuff = min(0.3, 2.4 / leg.height)
        bands = [line(leg.on([(s, cuff * k) for s in np.linspace(-1, 1, 5)])) for k in (0.45, 0.85)]
        edge = leg.on([(s, cuff) for s in np.linspace(-1, 1, 5)])

        def marks(painter: "Painter", bands: "list[skia.Path]" = bands, edge: Floats = edge) -> None:
            if trimmed:
                for band in bands:
                    painter.canvas.drawPath(band, painter.pen(trim, 1.0, 0.6))
            painter.seam(edge, 0.25, 0.2)

        pieces.append(sewn("sock", [leg], cloth, details=[marks], thickness=0.4))
    return pieces


def _net(leg: Panel, mesh: float) -> "skia.Path":
    """Threads both ways around a leg, ``mesh`` centimetres apart."""
    path = canvas_library().Path()
    long, around = leg.height, np.pi * leg.width / 2
    steps = np.linspace(0, 1, max(8, int(long / 4)))
    for lean in (-1, 1):
        for start in np.arange(-long, around, mesh * 1.4):
            place = start + steps * long
            angle = (place / around - 0.5) * np.pi
            inside = np.abs(angle) <= np.pi / 2
            if inside.sum() < 2:
                continue
            s = lean * np.sin(angle[inside])
            path.addPath(line(leg.on(np.stack([s, steps[inside]], axis=1))))
    return path
