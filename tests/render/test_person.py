"""Wearers: whole bodies within bounds, limbs of the right length, hands that are hidden stay hidden."""

from dataclasses import replace

import numpy as np
import pytest

from attire.render.layer import Piece
from attire.render.light import choose_light
from attire.render.painter import Painter
from attire.render.paths import canvas_library, polygon, union
from attire.render.person import LEVEL, Figure, pose_figure
from attire.render.person.body import body_layers, hand_layers, leg_panel, torso_panel
from attire.render.person.feet import foot_panel
from attire.render.person.hair import STYLES
from attire.render.person.head import hair_before, hair_behind, head_layers
from attire.render.person.stance import ARMS, FOREARM, STANCES, UPPER_ARM, pose_arm, pose_legs

SEEDS = range(200)


def wearer(seed: int) -> Figure:
    return pose_figure(np.random.default_rng(seed))


def with_gesture(figure: Figure, name: str) -> Figure:
    """The same body whose left arm does something else."""
    rng = np.random.default_rng(0)
    figure = replace(figure, gestures=(name, "hanging"), hands_shown=(name != "pocket", True))
    return replace(figure, arms=(pose_arm(figure, 0, rng), pose_arm(figure, 1, rng)))


def test_a_seed_gives_one_figure() -> None:
    assert wearer(4) == wearer(4)
    assert wearer(4) != wearer(5)


@pytest.mark.parametrize("seed", range(0, 200, 4))
def test_bodies_stay_inside_the_picture(seed) -> None:
    figure = wearer(seed)
    bounds = union([layer.path for layer in body_layers(figure)[:1] + head_layers(figure)]).getBounds()
    assert -52 < bounds.left() < 0 < bounds.right() < 52
    assert -3 < bounds.top() < 6, "the crown is at the top"
    assert 168 < bounds.bottom() < 175, "and the soles at the bottom"


def test_arms_and_legs_have_the_length_of_their_bones() -> None:
    for seed in SEEDS:
        figure = wearer(seed)
        for side in (0, 1):
            shoulder, elbow, wrist = (np.array(point) for point in figure.arms[side])
            seen = ARMS[figure.gestures[side]].seen
            assert np.linalg.norm(elbow - shoulder) == pytest.approx(UPPER_ARM * seen)
            assert np.linalg.norm(wrist - elbow) <= FOREARM + 1e-9
            assert np.linalg.norm(wrist - elbow) > 0.49 * FOREARM, "no arm is cut short"
            hip, knee, ankle = (np.array(point) for point in figure.legs[side])
            assert 30 < np.linalg.norm(knee - hip) < 42
            assert 30 < np.linalg.norm(ankle - knee) < 42


def test_all_gestures_stances_and_styles_occur() -> None:
    figures = [wearer(seed) for seed in range(400)]
    assert {name for figure in figures for name in figure.gestures} == set(ARMS)
    assert {figure.hair_style for figure in figures} == set(STYLES)
    assert len({figure.skin for figure in figures}) >= 10
    assert min(figure.breadth for figure in figures) < 0.9
    assert max(figure.breadth for figure in figures) > 1.2


@pytest.mark.parametrize("name", STANCES)
def test_every_stance_keeps_the_feet_on_the_floor(name) -> None:
    for seed in range(20):
        figure = wearer(seed)
        left, right = (np.array(leg) for leg in pose_legs(figure, name, np.random.default_rng(seed)))
        assert abs(left[2, 1] - LEVEL["ankle"]) < 6
        assert abs(right[2, 1] - LEVEL["ankle"]) < 6
        assert left[0, 0] < right[0, 0], "hips never swap sides"


def test_a_hand_in_a_pocket_is_not_drawn() -> None:
    shown, hidden = (with_gesture(wearer(2), name) for name in ("hanging", "pocket"))
    assert len(hand_layers(shown)) == 2
    assert len(hand_layers(hidden)) == 1
    assert hand_layers(hidden)[0].path.getBounds().centerX() > 0, "the right hand is left"


def test_bare_arms_lie_over_clothes_but_not_over_sleeves() -> None:
    figure = with_gesture(wearer(3), "front")
    elbow = figure.arms[0][1]
    bare, hand, *_ = hand_layers(figure, [])
    assert bare.path.contains(*elbow)
    assert not bare.path.contains(*figure.grip(0))
    assert hand.path.contains(*figure.grip(0))
    box = np.array([(-12, -12), (12, -12), (12, 12), (-12, 12)]) + np.array(elbow)
    sleeve = Piece(category="sleeve", layers=(), marks=(polygon(box),), on_garment=True)
    assert not hand_layers(figure, [sleeve])[0].path.contains(*elbow)


def test_sleeves_are_not_darkened_by_the_arms_in_them() -> None:
    figure = wearer(3)
    box = polygon([(-80, -10), (80, -10), (80, 52), (-80, 52)])
    sleeve = Piece(category="sleeve", layers=(), marks=(box,), on_garment=True)
    surface = canvas_library().Surface(170, 120)
    surface.getCanvas().clear(0xFFFFFFFF)
    surface.getCanvas().translate(85, 5)
    rng = np.random.default_rng(0)
    painter = Painter(surface.getCanvas(), 1.0, choose_light(rng), rng)
    figure = replace(figure, hands_shown=(False, False))
    for layer in hand_layers(figure, [sleeve]):
        painter.paint(layer)
    pixels = surface.toarray()[..., :3]
    assert (pixels[:54] == 255).all(), "above the cuffs nothing changes"
    assert (pixels[58:] < 255).any(), "below them the arms are drawn"
    everything = replace(sleeve, marks=(polygon([(-80, -80), (80, -80), (80, 180), (-80, 180)]),))
    assert hand_layers(figure, [everything]) == []


def test_legs_and_torso_stay_inside_a_narrow_skirt() -> None:
    """A pencil skirt's hem is 2.6 cm narrower than the hip on each side; legs must not stick out."""
    for seed in SEEDS:
        figure = wearer(seed)
        torso = torso_panel(figure).points
        half = figure.half_width("hip")
        box = figure.pose(np.array([(-half, LEVEL["hip"]), (half, LEVEL["hip"])]))
        at_hip = torso[np.abs(torso[..., 1].mean(axis=1) - LEVEL["hip"]).argmin()]
        assert at_hip[0, 0] >= box[0, 0] - 0.5
        assert at_hip[-1, 0] <= box[1, 0] + 0.5
        for side, out in enumerate((-1, 1)):
            edge = leg_panel(figure, side).points[:, -side]
            x = float(np.interp(104.0, edge[:, 1], edge[:, 0]))
            hem = figure.at(out * (half - 2.6), 104.0)[0]
            assert out * (x - hem) < 1.5


def test_head_places_follow_lean_and_turn() -> None:
    figure = replace(wearer(1), nod=0.0, turn=0.0, gaze=0.0, lean=(0.0, 0.0), tilt=(0.0, 0.0), head_size=1.0)
    assert figure.head_place(0, 1) == pytest.approx((0.0, 22.0))
    assert figure.head_place(0, -1) == pytest.approx((0.0, 0.0))
    assert figure.face_place(0.4, 0) == pytest.approx(figure.head_place(0.4, 0))
    assert replace(figure, turn=0.4).face_place(0, 0)[0] > 1
    assert replace(figure, nod=8.0).head_place(0, -1)[0] > 2


def test_feet_point_outwards_below_their_ankles() -> None:
    for seed in SEEDS:
        figure = replace(wearer(seed), turn=0.0)
        for side, foot in enumerate(figure.feet):
            assert foot.ankle == figure.legs[side][2]
            assert foot.side * (foot.toe[0] - foot.ankle[0]) > 0
            assert foot.ankle[1] < foot.heel[1] < foot.toe[1]
            assert foot_panel(figure.feet[side]).outline().contains(foot.ankle[0], foot.ankle[1] + 3)


@pytest.mark.parametrize("name", STYLES)
def test_every_style_draws_hair_of_its_colour(name) -> None:
    """Hair changes the picture unless the head is shaved, and leaves the eyes free."""
    figure = replace(
        wearer(6), hair_style=name, hair="#1eae3c", hair_length=40.0, nod=0.0, gaze=0.0, turn=0.0
    )
    skia = canvas_library()
    surface = skia.Surface(300, 400)
    canvas = surface.getCanvas()
    canvas.translate(150, 60)
    canvas.scale(5, 5)
    rng = np.random.default_rng(0)
    painter = Painter(canvas, 5.0, choose_light(rng), rng)
    for layer in (hair_behind(figure), *head_layers(figure), hair_before(figure)):
        painter.paint(layer)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)
    red, green, blue = np.moveaxis(pixels, -1, 0)
    green_px = (green > red + 12) & (green > blue + 12)
    assert green_px.sum() < 150 if name == "bald" else green_px.sum() > 1500
    eye_x, eye_y = figure.face_place(0.4, 0.06)
    assert not hair_before(figure).path.contains(eye_x, eye_y)
