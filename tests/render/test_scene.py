"""Scenes: every backdrop draws, people stand on the ground and hide each other, products stand alone."""

import numpy as np
import pytest

from attire.render import draw_look
from attire.render.light import LIGHTS
from attire.render.paths import canvas_library
from attire.render.scene.backdrop import draw_backdrop
from attire.render.scene.backdrops import BACKDROPS
from attire.render.scene.framing import frame_companion, frame_wearer
from attire.render.scene.materials import MATERIALS, material_paint
from attire.render.scene.shadow import cast_shadow
from attire.render.scene.stage import Stage
from attire.render.scene.view import View

SIZE = (192, 128)
PARTS = {
    "hood", "collar", "lapel", "epaulette", "sleeve", "pocket", "neckline", "buckle", "zipper", "applique",
    "bead", "bow", "flower", "fringe", "ribbon", "rivet", "ruffle", "sequin", "tassel", "belt",
}  # fmt: skip


def stage_for(name: str, seed: int = 0, tilt: float = 0.0):
    skia, rng = canvas_library(), np.random.default_rng(seed)
    surface = skia.Surface(SIZE[1], SIZE[0])
    view = View(size=SIZE, foot=(64.0, 182.0), scale=1.0, eye=110, distance=420, tilt=tilt)
    light = LIGHTS[BACKDROPS[name].lights[0]](rng)
    surface.getCanvas().concat(view.level())
    return surface, Stage(canvas=surface.getCanvas(), view=view, light=light, rng=rng)


def pixels_of(surface) -> np.ndarray:
    return surface.toarray(colorType=canvas_library().kRGBA_8888_ColorType)


@pytest.mark.parametrize("name", BACKDROPS)
def test_every_backdrop_fills_the_picture_even_when_the_camera_leans(name) -> None:
    surface, stage = stage_for(name, tilt=4.0)
    draw_backdrop(stage, BACKDROPS[name])
    assert (pixels_of(surface)[..., 3] == 255).all()


@pytest.mark.parametrize("name", BACKDROPS)
def test_a_backdrop_differs_from_seed_to_seed_and_repeats_with_its_seed(name) -> None:
    drawn = []
    for seed in (1, 1, 2):
        surface, stage = stage_for(name, seed)
        draw_backdrop(stage, BACKDROPS[name])
        drawn.append(pixels_of(surface))
    assert (drawn[0] == drawn[1]).all()
    assert (drawn[0] != drawn[2]).any()


def test_every_light_of_a_backdrop_exists() -> None:
    assert {light for backdrop in BACKDROPS.values() for light in backdrop.lights} <= set(LIGHTS)


@pytest.mark.parametrize("name", LIGHTS)
def test_a_light_comes_from_above_and_from_the_front(name) -> None:
    light = LIGHTS[name](np.random.default_rng(1))
    assert np.linalg.norm(light.direction) == pytest.approx(1)
    assert light.direction[1] < 0 < light.direction[2]


@pytest.mark.parametrize("name", MATERIALS)
def test_a_material_covers_what_it_is_laid_on(name) -> None:
    surface = canvas_library().Surface(64, 64)
    surface.getCanvas().drawPaint(material_paint(name, np.random.default_rng(0)))
    assert (pixels_of(surface)[..., 3] == 255).all()


def test_what_stands_further_away_is_smaller_and_higher_up() -> None:
    view = View(size=SIZE, foot=(64.0, 182.0), scale=1.0, eye=110, distance=400)
    assert view.at(0, 0, 0) == (64.0, 182.0)
    assert view.at(0, 0, 400)[1] < 182
    assert view.zoom(400) == pytest.approx(0.5)
    assert view.at(0, 110, 777)[1] == pytest.approx(view.horizon), "the eye looks level at its own height"


@pytest.mark.parametrize("place", [(0, 0, 0), (55, 0, 130), (-20, 0, -60)])
def test_the_ground_is_the_plane_that_places_lie_on(place) -> None:
    view = View(size=SIZE, foot=(50.0, 180.0), scale=1.1, eye=120, distance=300)
    right, _, behind = place
    there = view.ground().mapXY(right, -behind)
    assert (there.x(), there.y()) == pytest.approx(view.at(*place), abs=0.01)


def test_shadows_darken_the_ground_at_the_feet_and_nothing_above_the_horizon() -> None:
    surface, stage = stage_for("seamless paper")
    canvas = surface.getCanvas()
    canvas.clear(0xFFFFFFFF)
    skia = canvas_library()
    figure = skia.Surface(SIZE[1], SIZE[0])
    figure.getCanvas().drawRect(skia.Rect.MakeLTRB(54, 30, 74, 182), skia.Paint(Color=0xFF000000))
    floor = draw_backdrop(stage_for("seamless paper")[1], BACKDROPS["seamless paper"])
    cast_shadow(stage, figure.makeImageSnapshot(), (64.0, 182.0), floor)
    grey = pixels_of(surface)[..., :3].mean(axis=-1)
    assert grey[180:184, 54:74].mean() < 215
    assert grey[: int(stage.view.horizon) - 2].min() == 255


@pytest.mark.parametrize("seed", range(20))
def test_a_companion_stands_beside_and_behind(seed) -> None:
    rng = np.random.default_rng(seed)
    view = frame_wearer((768, 512), rng)
    (x, y), scale = frame_companion(view, rng)
    assert y < view.foot[1]
    assert abs(x - view.foot[0]) > 10 * scale
    assert abs(view.tilt) <= 4


def test_figures_mostly_fill_the_picture() -> None:
    rng = np.random.default_rng(0)
    shares = [frame_wearer((768, 512), rng).scale * 170 / 768 for _ in range(300)]
    assert np.mean([0.68 < share < 0.97 for share in shares]) > 0.7
    assert max(shares) > 1.2, "some are seen from the knees or the waist up"


def test_two_people_are_dressed_and_their_garments_do_not_overlap() -> None:
    crowded = 0
    for index in range(40):
        instances = draw_look(21, index, SIZE).instances
        names = [instances.category_name(i) for i in range(len(instances))]
        garments = [i for i, name in enumerate(names) if name not in PARTS]
        covered = sum((instances.masks.decode(i).astype(int) for i in garments), np.zeros(SIZE, int))
        assert covered.max() <= 1
        crowded += any(
            names.count(name) > 1 for name in ("pants", "skirt", "top, t-shirt, sweatshirt", "dress")
        )
    assert crowded, "none of 40 looks showed two people"


@pytest.mark.parametrize("index", range(6))
def test_a_product_is_one_garment_on_white(index) -> None:
    look = draw_look(5, index, SIZE, product=True)
    pixels = np.asarray(look.photo)
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert corners.min() > 195
    assert np.ptp(corners.astype(int), axis=1).max() < 24, "white is white"
    instances = look.instances
    names = [instances.category_name(i) for i in range(len(instances))]
    assert len({name for name in names if name not in PARTS} or {"belt"}) == 1
    boxes = instances.boxes[:1]
    assert boxes[:, :2].min() > 0
    assert (boxes[:, 2:].max(axis=0) < (SIZE[1], SIZE[0])).all()


def test_gloves_are_drawn_though_the_figure_had_both_hands_in_its_pockets() -> None:
    look = draw_look(41, 677, (320, 320), product=True)
    names = [look.instances.category_name(i) for i in range(len(look.instances))]
    assert names == ["glove", "glove"]
    assert look.jpeg == draw_look(41, 677, (320, 320), product=True).jpeg


def test_a_wanted_product_and_a_wanted_backdrop_are_drawn() -> None:
    look = draw_look(5, 0, SIZE, product=True, wanted=["skirt"])
    assert "skirt" in {look.instances.category_name(i) for i in range(len(look.instances))}
    white = [np.asarray(draw_look(5, i, SIZE, wanted=["white shop"]).photo)[0, 0].min() for i in range(4)]
    assert np.median(white) > 190
