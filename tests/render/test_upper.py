"""Tops are what they say: every kind is drawn, parts lie on their garment, fits can be measured."""

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render.layer import Piece
from attire.render.light import Light
from attire.render.painter import Painter
from attire.render.paths import canvas_library
from attire.render.person import LEVEL, pose_figure
from attire.render.taste import Taste
from attire.render.wardrobe.bodice import ROOM, armhole, bodice
from attire.render.wardrobe.cut import shape_hem
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.necklines import NECKLINES, cut_neckline, neck_width
from attire.render.wardrobe.pockets import (
    kangaroo_pocket,
    patch_pocket,
    slant_pocket,
    welt_pocket,
    zip_pocket,
)
from attire.render.wardrobe.sleeve_kinds import SLEEVES, sew_sleeves
from attire.render.wardrobe.upper import UPPER, UPPER_SHOWS

SCALE = 4
SIZE = (170 * SCALE, 140 * SCALE)
KINDS = [(category, kind) for category, kinds in UPPER.items() for kind in dict.fromkeys(kinds)]
LIGHT = Light(direction=(0.3, -0.4, 0.87), ambient=0.45, warmth=0.0)


def taste_of(seed, *wanted):
    return Taste(rng=np.random.default_rng(seed), wanted=frozenset(wanted))


def covered(*paths):
    """Rasterise outlines in centimetres: bool mask, SCALE pixels to the centimetre, axis in the middle."""
    skia = canvas_library()
    surface = skia.Surface(SIZE[1], SIZE[0])
    canvas = surface.getCanvas()
    canvas.translate(SIZE[1] / 2, 0)
    canvas.scale(SCALE, SCALE)
    for path in paths:
        canvas.drawPath(path, skia.Paint(Color=skia.ColorWHITE))
    return surface.toarray()[..., 3] > 0


def mask_of(piece: Piece):
    return covered(*(layer.path for layer in piece.layers if not layer.behind), *piece.marks)


def plain_garment(seed, ease=2.2, hem=80.0, neck=8.0):
    taste = taste_of(seed)
    figure = pose_figure(taste.rng)
    body = bodice(figure, taste.rng, ease=ease, hem=hem, neck=neck)
    return Garment(
        category="top, t-shirt, sweatshirt", figure=figure, taste=taste, cloth=cloth_for(taste), body=body
    )


@pytest.mark.parametrize(("category", "kind"), KINDS, ids=[kind.__name__ for _, kind in KINDS])
def test_every_kind_is_drawn_and_says_one_of_each_choice(category, kind) -> None:
    ontology = Ontology.imaterialist2019()
    for seed in range(3):
        taste = taste_of(seed)
        whole, *parts = kind(pose_figure(taste.rng), taste)
        assert whole.category == category
        held = {ontology.attribute_index(name) for name in whole.attributes}
        for group in ontology.groups:
            if group.single_choice:
                assert len(held & set(group.indices)) <= 1
        assert len({"symmetrical", "asymmetrical"} & set(whole.attributes)) == 1
        assert len(set(ROOM) & set(whole.attributes)) == 1
        mask = mask_of(whole)
        assert mask.sum() > 600 * SCALE**2 / 4
        for part in parts:
            if part.category in ("sleeve", "neckline", "pocket", "epaulette"):
                lies_on = mask_of(part)
                assert lies_on.sum() > 8, f"{part.category} of {kind.__name__} cannot be seen"
                assert (lies_on & mask).sum() > 0.9 * lies_on.sum()
        skia = canvas_library()
        surface = skia.Surface(SIZE[1], SIZE[0])
        surface.getCanvas().translate(SIZE[1] / 2, 0)
        surface.getCanvas().scale(SCALE, SCALE)
        painter = Painter(surface.getCanvas(), SCALE, LIGHT, taste.rng)
        for layer in whole.layers:
            painter.paint(layer)
        alpha = surface.toarray()[..., 3]
        assert (alpha[mask] > 100).mean() > 0.9


def test_fits_leave_ever_more_room_at_bust_and_waist() -> None:
    fits = ("tight (fit)", "regular (fit)", "loose (fit)", "oversized")
    for seed in range(4):
        figure = pose_figure(np.random.default_rng(seed))
        widths = []
        for fit in fits:
            room = ROOM[fit]
            body = bodice(
                figure, np.random.default_rng(0), ease=room.chest, waist=room.waist, hip=room.hip, hem=84.0
            )
            mask = covered(body.outline())
            widths.append([mask[int(y * SCALE)].sum() for y in (54, LEVEL["waist"], 78)])
        assert (np.diff(widths, axis=0) > SCALE).all()


def test_a_curved_fit_is_nipped_at_the_waist() -> None:
    figure = pose_figure(np.random.default_rng(2))
    nip = {}
    for fit, room in ROOM.items():
        body = bodice(
            figure, np.random.default_rng(0), ease=room.chest, waist=room.waist, hip=room.hip, hem=84.0
        )
        mask = covered(body.outline())
        bust, waist, hip = (mask[int(y * SCALE)].sum() for y in (51, LEVEL["waist"], 80))
        nip[fit] = (bust + hip) / 2 / waist
    assert nip["curved (fit)"] == max(nip.values())
    assert nip["curved (fit)"] > 1.2 * nip["loose (fit)"]


@pytest.mark.parametrize("name", SLEEVES)
def test_sleeves_come_in_pairs_that_begin_at_the_armhole(name) -> None:
    for seed in range(3):
        garment = plain_garment(seed)
        sew_sleeves(garment, name, 2.2)
        assert len(garment.sleeves) == 2
        body = covered(garment.body.outline())
        for side, panel in enumerate(garment.sleeves):
            mask = covered(panel.outline())
            tip = np.array(armhole(garment.figure, side, 2.2)[0])
            assert np.linalg.norm(panel.points[0] - tip, axis=1).min() < 4.0
            assert (mask & body).any(), "a sleeve hangs on its bodice"
            assert (mask & ~body).sum() > 0.2 * mask.sum()
        assert sum(piece.category == "sleeve" for piece in garment.pieces()) == 2


def test_longer_sleeves_cover_more_of_the_arm() -> None:
    areas = []
    for name in ("cap", "short", "elbow", "three-quarter", "long"):
        garment = plain_garment(4)
        sew_sleeves(garment, name, 2.2)
        areas.append(covered(garment.sleeves[0].outline()).sum())
    assert (np.diff(areas) > 0).all()


def test_bells_widen_to_the_hand_and_bishops_do_not() -> None:
    ends = {}
    for name in ("long", "bell", "bishop"):
        garment = plain_garment(4)
        sew_sleeves(garment, name, 2.2)
        across = np.linalg.norm(garment.sleeves[0].points[:, -1] - garment.sleeves[0].points[:, 0], axis=1)
        ends[name] = (across[-1], across.max())
    assert ends["bell"][0] > 1.6 * ends["long"][0]
    assert ends["bishop"][0] < 0.7 * ends["bishop"][1]
    assert ends["bishop"][1] > 1.2 * ends["long"][1]


@pytest.mark.parametrize("name", NECKLINES)
def test_necklines_are_cut_out_and_their_edge_lies_on_what_is_left(name) -> None:
    for seed in range(3):
        neck = neck_width(taste_of(seed), name)
        garment = plain_garment(seed, neck=neck)
        before = covered(garment.outline())
        edge = cut_neckline(garment, name, neck)
        after = covered(garment.outline())
        assert (before & ~after).sum() > 10 * SCALE**2
        x, y = edge[len(edge) // 2]
        assert not after[int((y - 1) * SCALE), int(x * SCALE + SIZE[1] / 2)]
        band = [piece for piece in garment.parts if piece.category == "neckline"]
        assert len(band) == 1
        mask = mask_of(band[0])
        assert mask.sum() > 15 * SCALE**2
        assert (mask & after).sum() > 0.95 * mask.sum()


def test_necklines_differ_in_depth() -> None:
    depth = {}
    for name in ("boat", "crew", "scoop", "deep v"):
        neck = neck_width(taste_of(1), name)
        garment = plain_garment(1, neck=neck)
        depth[name] = cut_neckline(garment, name, neck)[:, 1].max()
    assert depth["crew"] + 3 < depth["scoop"] < depth["deep v"] - 3


def test_one_shoulder_is_bare_and_the_other_covered() -> None:
    for kind in UPPER_SHOWS["asymmetrical"][:1]:
        for seed in range(4):
            taste = taste_of(seed, "no special manufacturing technique")
            figure = pose_figure(taste.rng)
            whole = kind(figure, taste)[0]
            assert "asymmetrical" in whole.attributes
            mask = mask_of(whole)
            sides = []
            for out in (-1, 1):
                x, y = figure.at(out * 10.0, 33.0)
                sides.append(bool(mask[int(y * SCALE), int(x * SCALE + SIZE[1] / 2)]))
            assert sides.count(True) == 1


def test_an_uneven_hem_falls_further_on_one_side() -> None:
    for seed in range(4):
        garment = plain_garment(seed, hem=88.0)
        shape_hem(garment, np.linspace(0.0, 16.0, 21))
        mask = covered(garment.outline())
        columns = np.flatnonzero(mask[60 * SCALE])
        left, right = (np.flatnonzero(mask[:, columns[i]]).max() / SCALE for i in (10, -10))
        assert left > right + 6.0


@pytest.mark.parametrize("name", UPPER_SHOWS)
def test_what_is_wanted_is_said_by_the_garments_that_show_it(name) -> None:
    for kind in UPPER_SHOWS[name]:
        taste = taste_of(5, name)
        assert name in kind(pose_figure(taste.rng), taste)[0].attributes


def test_pockets_have_the_size_that_was_asked_for() -> None:
    garment = plain_garment(6)
    body = garment.body
    t = body.t_for(50.0)
    for piece, area in (
        (patch_pocket(garment, body, 0.0, t, 10.0, 12.0), 112.0),
        (welt_pocket(garment, body, 0.0, t, 11.0), 24.0),
        (zip_pocket(garment, body, 0.0, t, 12.0), 21.6),
        (kangaroo_pocket(garment, body, t, 26.0, 16.0), 26.0 * 16.0 * 0.88),
    ):
        assert mask_of(piece).sum() / SCALE**2 == pytest.approx(area, rel=0.25)
    assert mask_of(slant_pocket(garment, body, 0.4, 0.6, 5.0, 14.0)).any()
    assert sum(piece.category == "pocket" for piece in garment.pieces()) == 5
