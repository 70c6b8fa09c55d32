"""Finishes are seen: they change the cloth, its outline, or what shows through it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render.cloth import Cloth
from attire.render.layer import Piece
from attire.render.light import Light
from attire.render.painter import Painter
from attire.render.paths import canvas_library, subtract
from attire.render.person import Figure, pose_figure
from attire.render.taste import Taste
from attire.render.wardrobe.finishes import FINISHES, finish, suiting
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.sheets import bodice, leg, skirt, sleeve

SCALE, SIZE = 2.2, (400, 300)
NONE = "no special manufacturing technique"


def figure_of(seed: int) -> tuple[Figure, Taste]:
    rng = np.random.default_rng([9, seed])
    return pose_figure(rng), Taste(rng=rng)


def top(seed: int, category: str = "top, t-shirt, sweatshirt", hem: float = 84.0) -> Garment:
    figure, taste = figure_of(seed)
    sleeves = [sleeve(figure, taste.rng, side, reach=1.9, ease=2.0) for side in (0, 1)]
    body = bodice(figure, taste.rng, ease=2.2, hem=hem)
    cloth = Cloth(color="#4c6444")
    return Garment(
        category=category,
        figure=figure,
        taste=taste,
        cloth=cloth,
        body=body,
        panels=[*sleeves],
        sleeves=sleeves,
    )


def coat(seed: int) -> Garment:
    return top(seed, "coat", 120.0)


def trousers(seed: int) -> Garment:
    figure, taste = figure_of(seed)
    widths = [(90.0, 10.0), (124.0, 8.2), (163.0, 7.8)]
    left, right = (leg(figure, taste.rng, side, top=67, hem=163, widths=widths) for side in (0, 1))
    cloth = Cloth(color="#46618a", weave="twill")
    return Garment(category="pants", figure=figure, taste=taste, cloth=cloth, body=left, panels=[right])


def a_skirt(seed: int) -> Garment:
    figure, taste = figure_of(seed)
    body = skirt(figure, taste.rng, [(64.0, 12.5), (84.0, 19.0), (132.0, 27.0)])
    cloth = Cloth(color="#a33c5d")
    return Garment(category="skirt", figure=figure, taste=taste, cloth=cloth, body=body, skirt=body)


GARMENTS: tuple[Callable[[int], Garment], ...] = (top, coat, trousers, a_skirt)


def drawn(pieces: list[Piece]) -> np.ndarray:
    """Paint pieces alone, without a wearer: RGBA, shape (400, 300, 4)."""
    skia = canvas_library()
    surface = skia.Surface(SIZE[1], SIZE[0])
    canvas = surface.getCanvas()
    canvas.translate(SIZE[1] / 2, 0)
    canvas.scale(SCALE, SCALE)
    light = Light(direction=(-0.4, -0.5, 0.77), ambient=0.5, warmth=0.0)
    painter = Painter(canvas, SCALE, light, np.random.default_rng(0))
    for layer in (layer for piece in pieces for layer in piece.layers):
        painter.paint(layer)
    return np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType)).astype(int)


def covered(path: object) -> int:
    """Count the pixels that an outline covers."""
    skia = canvas_library()
    surface = skia.Surface(SIZE[1], SIZE[0])
    canvas = surface.getCanvas()
    canvas.translate(SIZE[1] / 2, 0)
    canvas.scale(SCALE, SCALE)
    canvas.drawPath(path, skia.Paint(AntiAlias=False))
    return int((surface.toarray()[..., 3] > 0).sum())


CASES = [(make, name) for make in GARMENTS for name in FINISHES if name in suiting(make(0))]


def test_the_catalogue_holds_every_finish_of_the_ontology_and_each_suits_a_garment() -> None:
    ontology = Ontology.imaterialist2019()
    named = {a.name for a in ontology.attributes if a.group == "finishing"}
    assert {*FINISHES, NONE} == named
    assert {name for _, name in CASES} == {*FINISHES}


@pytest.mark.parametrize(("make", "name"), CASES, ids=lambda case: getattr(case, "__name__", case))
def test_a_wanted_finish_is_chosen_said_and_changes_what_is_drawn(
    make: Callable[[int], Garment], name: str
) -> None:
    for seed in range(3):
        plain, finished = make(seed), make(seed)
        finished.taste = replace(finished.taste, wanted=frozenset({name}))
        assert finish(finished) == name
        assert finished.said == [name]
        before, after = drawn(plain.pieces()), drawn(finished.pieces())
        differ = np.abs(before - after).max(axis=-1) > 12
        assert differ.sum() > 0.012 * (before[..., 3] > 0).sum()


@pytest.mark.parametrize("name", ["slit", "cutout"])
def test_slits_and_cutouts_take_pixels_away(name: str) -> None:
    for make in (top, coat, a_skirt):
        for seed in range(4):
            garment = make(seed)
            if name in suiting(garment):
                whole = covered(garment.outline())
                FINISHES[name].apply(garment)
                assert covered(garment.outline()) < whole - 20


@pytest.mark.parametrize("name", ["frayed", "tiered"])
def test_threads_and_tiers_reach_beyond_the_outline(name: str) -> None:
    for make in (top, a_skirt):
        garment = make(1)
        before = garment.outline()
        FINISHES[name].apply(garment)
        assert covered(subtract(garment.outline(), before)) > 20


def test_a_finish_that_was_said_before_stays_the_only_one() -> None:
    garment = coat(2)
    garment.say("lining")
    assert finish(garment) == "lining"
    assert garment.said == ["lining"]
    assert not garment.details


def test_most_garments_are_plain() -> None:
    names = [finish(a_skirt(seed)) for seed in range(60)]
    assert names.count(NONE) > 20


def test_a_finish_keeps_sheets_where_they_were_kept() -> None:
    """Skirt, legs and sleeves are still among the garment's sheets, so that later parts find them."""
    for make in GARMENTS:
        for name in suiting(make(0)):
            garment = make(0)
            FINISHES[name].apply(garment)
            sheets = [garment.body, *garment.panels]
            kept = [*garment.sleeves, *garment.legs, *([garment.skirt] if garment.skirt else [])]
            assert all(any(sheet is one for one in sheets) for sheet in kept)


def test_a_finish_that_needs_plain_cloth_takes_the_pattern_away_unless_it_was_asked_for() -> None:
    for asked in (False, True):
        garment = a_skirt(3)
        garment.cloth = replace(garment.cloth, pattern="stripe")
        garment.say("stripe")
        wanted = {"embossed", "stripe"} if asked else {"embossed"}
        garment.taste = replace(garment.taste, wanted=frozenset(wanted))
        name = finish(garment)
        assert (name == "embossed") != asked
        assert garment.cloth.pattern == garment.said[0] == ("stripe" if asked else "plain (pattern)")
