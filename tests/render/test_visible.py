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
from attire.render.wardrobe.outer.capes import poncho
from attire.render.wardrobe.skirts import mini_skirt
from attire.render.wardrobe.tops import t_shirt, tunic

skia = pytest.importorskip("skia", exc_type=ImportError)

SIZE = (384, 256)


def hidden_of_jeans(*over, seed: int = 4, belt: bool = False) -> frozenset[str]:
    """Groups of attributes that cannot be seen of jeans under other garments."""
    return hidden_of(jeans, *over, seed=seed, belt=belt, wanted=("hip (length)", "normal waist"))


def hidden_of(
    first, *over, seed: int = 4, belt: bool = False, wanted=(), scale: float = 2.0
) -> frozenset[str]:
    """Groups of attributes that cannot be seen of a garment under others, at so many pixels a centimetre."""
    rng = np.random.default_rng(seed)
    figure, taste = pose_figure(rng), Taste(rng=rng, wanted=frozenset(wanted))
    pieces = [*first(figure, taste)]
    category = pieces[0].category
    assert set(wanted) & set(pieces[0].attributes)
    if belt:
        pieces += put_on("belt", figure, taste)
    for make in over:
        pieces += make(figure, taste)
    surface, scene = skia.Surface(SIZE[1], SIZE[0]), Scene()
    matrix = skia.Matrix.Translate(SIZE[1] / 2, 20).preScale(scale, scale)
    canvas = surface.getCanvas()
    canvas.concat(matrix)
    painter = Painter(canvas, scale, choose_light(rng), rng)
    draw_layers(painter, layers_in_order(figure, pieces), matrix, scene)
    return next(item.hidden for item in visible_pieces(scene, SIZE) if item.piece.category == category)


def test_a_waistband_shows_by_itself() -> None:
    assert hidden_of_jeans() == frozenset()


@pytest.mark.parametrize("make", [t_shirt, tunic], ids=["hip-long t-shirt", "tunic"])
def test_a_long_top_hides_the_waistline(make) -> None:
    assert "waistline" in hidden_of_jeans(make)


def test_a_belt_hides_no_waistline() -> None:
    assert "waistline" not in hidden_of_jeans(belt=True)


@pytest.mark.parametrize("opening", ["lace up", "buckled (opening)", "zip-up"])
def test_an_opening_is_seen_by_itself_and_not_under_a_long_top(opening) -> None:
    assert "opening" not in hidden_of(mini_skirt, wanted=(opening,))
    assert "opening" in hidden_of(mini_skirt, tunic, wanted=(opening,))


def test_a_cutout_is_seen_by_itself_and_not_under_a_poncho() -> None:
    assert "finishing" not in hidden_of(t_shirt, wanted=("cutout",))
    assert "finishing" in hidden_of(t_shirt, poncho, wanted=("cutout",))


def test_what_is_a_few_pixels_large_is_not_seen() -> None:
    assert "opening" in hidden_of(mini_skirt, wanted=("lace up",), scale=0.1)


def test_groups_of_which_nothing_is_said_are_unknown() -> None:
    ontology = Ontology.imaterialist2019()
    for index in range(8):
        instances = draw_look(12, index, SIZE).instances
        for group in ontology.groups:
            columns = list(group.indices)
            said = instances.attributes[:, columns].any(axis=1)
            assert (instances.attributes_known[:, columns] == said[:, None]).all()
