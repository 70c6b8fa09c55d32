"""Openings are drawn large enough to tell, parts lie on their garment, open fronts show what is beneath."""

from itertools import pairwise

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render.cloth import Cloth
from attire.render.light import choose_light
from attire.render.painter import Painter
from attire.render.paths import union
from attire.render.person import LEVEL, pose_figure
from attire.render.taste import Taste
from attire.render.wardrobe.bodice import bodice
from attire.render.wardrobe.collars import COLLARS, sew_collar
from attire.render.wardrobe.fronts import cut_front
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.hoods import HOODS, sew_hood
from attire.render.wardrobe.lapels import LAPELS, sew_lapels
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import OPENINGS, close
from attire.render.wardrobe.outer import OUTER

skia = pytest.importorskip("skia", exc_type=ImportError)

SIZE = (768, 512)
SCALE = 4.0
SEWN = ("collar", "lapel", "hood", "sleeve", "pocket", "zipper", "buckle", "epaulette")
GARMENTS = [(category, make) for category, makes in OUTER.items() for make in makes]


def coat(gap: float = 0.0) -> Garment:
    """A plain coat, its front cut."""
    return coat_and_edges(gap)[0]


def coat_and_edges(gap: float = 0.0) -> tuple[Garment, tuple[np.ndarray, np.ndarray]]:
    """A plain coat, and the edges along which its lapels fold."""
    rng = np.random.default_rng(3)
    figure, taste = pose_figure(rng), Taste(rng=rng)
    body = bodice(figure, rng, ease=3.0, hem=104.0, neck=8.2)
    garment = Garment(category="coat", figure=figure, taste=taste, cloth=Cloth(color="#7d8794"), body=body)
    return garment, cut_front(garment, neck=8.2, meet=46.0, gap=gap)


def pixels(garment: Garment) -> np.ndarray:
    """The garment's own layers as drawn, RGBA."""
    surface = skia.Surface(SIZE[1], SIZE[0])
    canvas = surface.getCanvas()
    canvas.translate(SIZE[1] / 2, 40)
    canvas.scale(SCALE, SCALE)
    painter = Painter(canvas, SCALE, choose_light(np.random.default_rng(1)), np.random.default_rng(2))
    for layer in garment.pieces()[0].layers:
        painter.paint(layer)
    return surface.toarray().astype(int)


def covered(path: object) -> np.ndarray:
    """Pixels of an outline."""
    surface = skia.Surface(SIZE[1], SIZE[0])
    canvas = surface.getCanvas()
    canvas.translate(SIZE[1] / 2, 40)
    canvas.scale(SCALE, SCALE)
    canvas.drawPath(path, skia.Paint(AntiAlias=False))
    return surface.toarray()[..., 3] > 0


@pytest.mark.parametrize("gap", [0.0, 8.0], ids=["closed", "open"])
@pytest.mark.parametrize("name", [name for name in OPENINGS if name != "no opening"])
def test_an_opening_is_said_and_changes_a_patch_that_can_be_seen(name: str, gap: float) -> None:
    if gap and name in ("buckled (opening)", "lace up", "wrapping"):
        pytest.skip("closes a front by its nature")
    bare, closed = coat(gap=gap), coat(gap=gap)
    assert close(closed, name) == name
    assert name in closed.said
    changed = np.abs(pixels(closed) - pixels(bare))[..., :3].max(axis=2) > 30
    rows, columns = np.nonzero(changed)
    assert changed.sum() > 150
    assert np.ptp(rows) >= 60
    assert np.ptp(columns) >= 8


@pytest.mark.parametrize(("name", "part"), [("zip-up", "zipper"), ("buckled (opening)", "buckle")])
def test_zippers_and_buckles_are_labelled(name: str, part: str) -> None:
    garment = coat()
    close(garment, name)
    parts = [piece for piece in garment.pieces() if piece.category == part]
    assert parts
    assert all(covered(mark).sum() > 60 for piece in parts for mark in piece.marks)


@pytest.mark.parametrize("name", COLLARS)
def test_a_collar_of_every_kind_lies_around_the_neck(name: str) -> None:
    garment = coat()
    sew_collar(garment, name, 8.2, 33.0)
    (collar,) = [piece for piece in garment.pieces() if piece.category == "collar"]
    bounds = union([layer.path for layer in collar.layers]).getBounds()
    assert collar.on_garment
    assert bounds.top() < LEVEL["neck"] + 1
    assert bounds.left() < garment.figure.at(0, 30)[0] < bounds.right()


@pytest.mark.parametrize("name", LAPELS)
def test_lapels_come_in_pairs_under_a_collar(name: str) -> None:
    garment, edges = coat_and_edges()
    sew_lapels(garment, name, 8.2, edges)
    assert [piece.category for piece in garment.pieces()[1:]] == ["lapel", "lapel", "collar"]


@pytest.mark.parametrize("name", HOODS)
def test_a_hood_is_large(name: str) -> None:
    garment = coat()
    sew_hood(garment, name, 8.2, 33.0)
    (hood,) = [piece for piece in garment.pieces() if piece.category == "hood"]
    assert covered(union([layer.path for layer in hood.layers])).sum() > 2000


@pytest.mark.parametrize(("category", "make"), GARMENTS, ids=[make.__name__ for _, make in GARMENTS])
def test_everything_worn_over_is_labelled_and_its_parts_lie_on_it(category: str, make) -> None:
    ontology = Ontology.imaterialist2019()
    for seed in range(3):
        rng = np.random.default_rng(seed)
        whole, *parts = make(pose_figure(rng), Taste(rng=rng, uniform=True))
        assert whole.category == category
        for name in whole.attributes:
            ontology.attribute_index(name)
        cloth = covered(union([layer.path for layer in whole.layers]))
        for part in parts:
            ontology.category(part.category)
            if part.category in SEWN:
                part_mask = covered(union([*(layer.path for layer in part.layers), *part.marks]))
                assert part_mask.sum() == 0 or (part_mask & cloth).sum() >= 0.9 * part_mask.sum()


def test_an_open_front_shows_what_is_worn_beneath_and_a_closed_one_hides_it() -> None:
    for gap, seen in ((8.0, True), (0.0, False)):
        garment = coat(gap=gap)
        place = garment.body.at(0.0, 0.8)
        assert (not garment.outline().contains(*place)) == seen


def test_a_lining_is_said_where_the_front_is_open_and_bright_inside() -> None:
    blazer = OUTER["jacket"][0]
    rng = np.random.default_rng(4)
    whole = blazer(pose_figure(rng), Taste(rng=rng, wanted=frozenset(["lining"])))[0]
    assert "lining" in whole.attributes
    assert any(layer.behind and layer.cloth.color != whole.layers[-1].cloth.color for layer in whole.layers)


@pytest.mark.parametrize("length", HEM)
def test_every_length_occurs_among_coats_jackets_or_capes(length: str) -> None:
    bottoms = []
    for category in ("coat", "jacket", "cape"):
        for make in OUTER[category]:
            rng = np.random.default_rng(8)
            figure = pose_figure(rng)
            whole = make(figure, Taste(rng=rng, wanted=frozenset([length])))[0]
            if length in whole.attributes:
                torso = covered(whole.layers[-1].path)[:, SIZE[1] // 2 - 50 : SIZE[1] // 2 + 50]
                bottoms.append((np.nonzero(torso.any(axis=1))[0].max() - 40) / SCALE)
    assert bottoms
    assert abs(np.median(bottoms) - HEM[length]) < 9


def test_lengths_differ_by_more_than_a_hand() -> None:
    assert all(longer - shorter > 7 for shorter, longer in pairwise(HEM.values()))


@pytest.mark.parametrize("name", OPENINGS)
def test_every_opening_is_worn_by_somebody(name: str) -> None:
    said = set()
    for _, make in GARMENTS:
        rng = np.random.default_rng(2)
        said |= set(make(pose_figure(rng), Taste(rng=rng, wanted=frozenset([name])))[0].attributes)
    assert name in said
