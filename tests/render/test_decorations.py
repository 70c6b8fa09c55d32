"""Decorations are sewn on: each is labelled, seen, and lies at its garment."""

import inspect
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render.cloth import Cloth
from attire.render.layer import Piece
from attire.render.light import Light
from attire.render.painter import Painter
from attire.render.paths import canvas_library
from attire.render.person import pose_figure
from attire.render.taste import Taste
from attire.render.wardrobe.decorations import DECORATIONS, decorate
from attire.render.wardrobe.decorations.blossoms import flower
from attire.render.wardrobe.decorations.bows import bow
from attire.render.wardrobe.decorations.frills import frill, ribbon_band
from attire.render.wardrobe.decorations.hanging import fringe, tassel
from attire.render.wardrobe.decorations.studded import studs
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.sheets import bodice, leg, skirt

SCALE, SIZE = 2.2, (400, 300)


def top(seed: int) -> Garment:
    rng = np.random.default_rng([9, seed])
    figure, taste = pose_figure(rng), Taste(rng=rng)
    body = bodice(figure, rng, ease=2.2, hem=84.0)
    cloth = Cloth(color="#4c6444")
    return Garment(category="top, t-shirt, sweatshirt", figure=figure, taste=taste, cloth=cloth, body=body)


def trousers(seed: int) -> Garment:
    rng = np.random.default_rng([9, seed])
    figure, taste = pose_figure(rng), Taste(rng=rng)
    widths = [(90.0, 10.0), (124.0, 8.2), (163.0, 7.8)]
    left, right = (leg(figure, rng, side, top=67, hem=163, widths=widths) for side in (0, 1))
    cloth = Cloth(color="#46618a", weave="twill")
    return Garment(category="pants", figure=figure, taste=taste, cloth=cloth, body=left, panels=[right])


def a_skirt(seed: int) -> Garment:
    rng = np.random.default_rng([9, seed])
    figure, taste = pose_figure(rng), Taste(rng=rng)
    body = skirt(figure, rng, [(64.0, 12.5), (84.0, 19.0), (132.0, 27.0)])
    cloth = Cloth(color="#a33c5d")
    return Garment(category="skirt", figure=figure, taste=taste, cloth=cloth, body=body, skirt=body)


GARMENTS: tuple[Callable[[int], Garment], ...] = (top, trousers, a_skirt)
CASES = [(m, name) for m in GARMENTS for name in DECORATIONS if m(0).category in DECORATIONS[name].categories]


def posed_canvas():  # type: ignore[no-untyped-def]
    skia = canvas_library()
    surface = skia.Surface(SIZE[1], SIZE[0])
    surface.getCanvas().translate(SIZE[1] / 2, 0)
    surface.getCanvas().scale(SCALE, SCALE)
    return surface


def drawn(pieces: list[Piece]) -> np.ndarray:
    """Paint pieces alone, without a wearer: RGBA, shape (400, 300, 4)."""
    surface = posed_canvas()
    light = Light(direction=(-0.4, -0.5, 0.77), ambient=0.5, warmth=0.0)
    painter = Painter(surface.getCanvas(), SCALE, light, np.random.default_rng(0))
    for layer in (layer for piece in pieces for layer in piece.layers):
        painter.paint(layer)
    return np.asarray(surface.toarray()).astype(int)


def covered(*paths: object) -> np.ndarray:
    """Which pixels outlines cover, shape (400, 300)."""
    surface = posed_canvas()
    for path in paths:
        surface.getCanvas().drawPath(path, canvas_library().Paint(AntiAlias=False))
    return np.asarray(surface.toarray()[..., 3] > 0)


def test_the_catalogue_holds_every_decoration_of_the_ontology_and_each_suits_a_garment() -> None:
    ontology = Ontology.imaterialist2019()
    assert {*DECORATIONS} == {c.name for c in ontology.categories if c.supercategory == "decorations"}
    assert {name for _, name in CASES} == {*DECORATIONS}


@pytest.mark.parametrize(("make", "name"), CASES, ids=lambda case: getattr(case, "__name__", case))
def test_a_wanted_decoration_is_sewn_on_and_seen_at_its_garment(
    make: Callable[[int], Garment], name: str
) -> None:
    for seed in range(3):
        plain, garment = make(seed), make(seed)
        garment.taste = replace(garment.taste, wanted=frozenset({name}))
        decorate(garment)
        assert {part.category for part in garment.parts} == {name}
        assert all(part.on_garment for part in garment.parts)
        own = covered(*(layer.path for part in garment.parts for layer in part.layers))
        assert own.sum() >= 60
        near = covered(plain.outline()) | covered(garment.outline())
        assert (own & near).sum() > (0.5 if name in ("bow", "flower") else 0.8) * own.sum()
        assert (covered(plain.outline()) & own).any()
        differ = np.abs(drawn(plain.pieces()) - drawn(garment.pieces())).max(axis=-1) > 12
        assert differ[own].mean() > 0.4


def test_fringes_and_frills_at_the_hem_reach_below_it() -> None:
    for name in ("fringe", "ruffle"):
        for seed in range(4):
            garment = a_skirt(seed)
            before = np.flatnonzero(covered(garment.outline()).any(axis=1)).max()
            DECORATIONS[name].sew(garment)
            assert np.flatnonzero(covered(garment.outline()).any(axis=1)).max() > before + 3


def test_beads_and_rivets_of_a_garment_are_one_piece() -> None:
    for name in ("bead", "rivet"):
        garment = a_skirt(1)
        DECORATIONS[name].sew(garment)
        assert len(garment.parts) == 1


def test_few_garments_are_decorated() -> None:
    garments = [a_skirt(seed) for seed in range(60)]
    for garment in garments:
        decorate(garment)
    assert 1 <= sum(bool(garment.parts) for garment in garments) < 25


def test_builders_sew_on_anything_anywhere() -> None:
    """Accessories carry them too: a bow on a shoe, a tassel on a bag, a flower in the hair."""
    rng, cloth = np.random.default_rng(1), Cloth(color="#8c2f39")
    line = np.array([(-10.0, 60.0), (0.0, 61.0), (10.0, 60.0)])
    pieces = [
        bow((0.0, 60.0), 6.0, cloth, angle=20.0, tails=False),
        flower((0.0, 60.0), 4.0, "#e7b4bd", rng),
        tassel((0.0, 55.0), 8.0, "#23304f"),
        fringe(line, 6.0, "#5b3a29", rng),
        frill(line, 5.0, cloth, rng),
        ribbon_band(line, 3.0, "#17181c", tails=9.0),
        studs("rivet", line, 1.0, "#b8bcc2", metal=True),
    ]
    for piece in pieces:
        area = covered(*(layer.path for layer in piece.layers))
        assert area.sum() > 20
        rows = np.flatnonzero(area.any(axis=1)) / SCALE
        assert 45 < rows.min() <= rows.max() < 80


def test_every_builder_and_decoration_is_explained() -> None:
    for one in (
        *(d.sew for d in DECORATIONS.values()),
        bow,
        flower,
        tassel,
        fringe,
        frill,
        ribbon_band,
        studs,
    ):
        assert inspect.getdoc(one)
