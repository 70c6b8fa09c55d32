"""What the picture does not show is not said."""

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render import draw_look
from attire.render.light import choose_light
from attire.render.painter import Painter
from attire.render.person import pose_figure
from attire.render.scene.scene import Scene, draw_layers, layers_in_order
from attire.render.taste import Taste
from attire.render.visible import visible_pieces
from attire.render.wardrobe.accessories import put_on
from attire.render.wardrobe.lower import jeans
from attire.render.wardrobe.tops import t_shirt, tunic

skia = pytest.importorskip("skia", exc_type=ImportError)

SIZE = (384, 256)


def hidden_of_jeans(*over, seed: int = 4, belt: bool = False) -> frozenset[str]:
    """Groups of attributes that cannot be seen of jeans under other garments."""
    rng = np.random.default_rng(seed)
    figure, taste = pose_figure(rng), Taste(rng=rng, wanted=frozenset({"hip (length)", "normal waist"}))
    pieces = [*jeans(figure, taste)]
    if belt:
        pieces += put_on("belt", figure, taste)
    for make in over:
        pieces += make(figure, taste)
    surface, scene = skia.Surface(SIZE[1], SIZE[0]), Scene()
    scale = 2.0
    matrix = skia.Matrix.Translate(SIZE[1] / 2, 20).preScale(scale, scale)
    canvas = surface.getCanvas()
    canvas.concat(matrix)
    painter = Painter(canvas, scale, choose_light(rng), rng)
    draw_layers(painter, layers_in_order(figure, pieces), matrix, scene)
    return next(item.hidden for item in visible_pieces(scene, SIZE) if item.piece.category == "pants")


def test_a_waistband_shows_by_itself() -> None:
    assert hidden_of_jeans() == frozenset()


@pytest.mark.parametrize("make", [t_shirt, tunic], ids=["hip-long t-shirt", "tunic"])
def test_a_long_top_hides_the_waistline(make) -> None:
    assert "waistline" in hidden_of_jeans(make)


def test_a_belt_hides_no_waistline() -> None:
    assert "waistline" not in hidden_of_jeans(belt=True)


def test_groups_of_which_nothing_is_said_are_unknown() -> None:
    ontology = Ontology.imaterialist2019()
    for index in range(8):
        instances = draw_look(12, index, SIZE).instances
        for group in ontology.groups:
            columns = list(group.indices)
            said = instances.attributes[:, columns].any(axis=1)
            assert (instances.attributes_known[:, columns] == said[:, None]).all()
