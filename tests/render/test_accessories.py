"""Accessories lie where they are worn, are seen there, and hide what they lie over."""

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render.layer import Piece
from attire.render.paths import canvas_library
from attire.render.person import Figure, pose_figure
from attire.render.scene.scene import Scene, draw_layers, layers_in_order
from attire.render.taste import Taste
from attire.render.visible import visible_pieces
from attire.render.wardrobe.accessories import ACCESSORIES, FOOTWEAR, dress_feet, put_on

HEIGHT, WIDTH, SCALE = 480, 320, 2.2
MIDDLE, TOP = WIDTH / 2, 60.0

SMALLEST = {
    "glasses": 60, "hat": 400, "headband, head covering, hair accessory": 40, "tie": 100, "scarf": 300,
    "glove": 150, "watch": 20, "belt": 60, "leg warmer": 1000, "tights, stockings": 4000, "sock": 300,
    "shoe": 150, "bag, wallet": 150, "umbrella": 400,
}  # fmt: skip
"""Pixels of a figure 374 pixels tall that the smallest kind of an accessory covers."""


def figure_of(seed: int) -> Figure:
    return pose_figure(np.random.default_rng(seed))


def taste_of(seed: int, *wanted: str) -> Taste:
    return Taste(rng=np.random.default_rng(seed), uniform=True, wanted=frozenset(wanted))


def seen(figure: Figure, pieces: list[Piece]) -> list[tuple[str, np.ndarray]]:
    """Draw pieces on the figure and give category and mask of each, in drawing order."""
    from attire.render.light import choose_light
    from attire.render.painter import Painter

    skia = canvas_library()
    canvas = skia.Surface(WIDTH, HEIGHT).getCanvas()
    matrix = skia.Matrix.Translate(MIDDLE, TOP).preScale(SCALE, SCALE)
    canvas.concat(matrix)
    scene, rng = Scene(), np.random.default_rng(0)
    painter = Painter(canvas, SCALE, choose_light(rng), rng)
    draw_layers(painter, layers_in_order(figure, pieces), matrix, scene)
    return [(item.piece.category, item.runs.decode(0)) for item in visible_pieces(scene, (HEIGHT, WIDTH))]


def middle(mask: np.ndarray) -> np.ndarray:
    """Centre of a mask in the figure's centimetres."""
    rows, columns = np.nonzero(mask)
    return np.array([(columns.mean() - MIDDLE) / SCALE, (rows.mean() - TOP) / SCALE])


KINDS = [(category, kind) for category, kinds in ACCESSORIES.items() for kind in kinds]


@pytest.mark.parametrize(("category", "kind"), KINDS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_kind_is_seen_where_it_is_worn(category: str, kind) -> None:
    names = {entry.name for entry in Ontology.imaterialist2019().categories}
    figure = next(figure_of(seed) for seed in range(50) if all(figure_of(seed).hands_shown))
    drawn = seen(figure, kind(figure, taste_of(1)))
    own = [mask for name, mask in drawn if name == category]
    assert len(own) == (2 if category in ("glove", "leg warmer", "sock", "shoe") else 1)
    assert min(mask.sum() for mask in own) >= SMALLEST[category]
    assert {name for name, _ in drawn} <= names
    whole = np.any(own, axis=0)
    for name, mask in drawn:
        if name != category:
            assert (whole & mask).sum() >= 0.6 * mask.sum(), f"{name} lies off its {category}"


def test_a_category_can_be_asked_for_by_the_name_of_its_kind() -> None:
    figure = figure_of(2)
    pieces = put_on("bag, wallet", figure, taste_of(3, "backpack"))
    assert pieces[0].layers[0].behind


@pytest.mark.parametrize("seed", range(6))
def test_each_foot_has_its_shoe(seed: int) -> None:
    figure = figure_of(seed)
    shoes = [
        middle(mask) for name, mask in seen(figure, put_on("shoe", figure, taste_of(seed))) if name == "shoe"
    ]
    assert len(shoes) == 2
    for foot in figure.feet:
        assert min(abs(shoe[0] - foot.ankle[0]) for shoe in shoes) < 6


@pytest.mark.parametrize("seed", range(6))
def test_glasses_lie_over_the_eyes(seed: int) -> None:
    figure = figure_of(seed)
    ((_, mask),) = seen(figure, put_on("glasses", figure, taste_of(seed)))
    assert np.linalg.norm(middle(mask) - figure.face_place(0.0, 0.03)) < 3.5


@pytest.mark.parametrize("seed", range(6))
def test_a_hat_sits_on_the_upper_head(seed: int) -> None:
    figure = figure_of(seed)
    mask = next(mask for name, mask in seen(figure, put_on("hat", figure, taste_of(seed))) if name == "hat")
    x, y = middle(mask)
    assert y < figure.head.center[1] - 3
    assert abs(x - figure.head.center[0]) < 7


@pytest.mark.parametrize("seed", range(6))
def test_a_watch_is_at_a_wrist(seed: int) -> None:
    figure = figure_of(seed)
    ((_, mask),) = seen(figure, put_on("watch", figure, taste_of(seed)))
    assert min(np.linalg.norm(middle(mask) - arm[2]) for arm in figure.arms) < 5


@pytest.mark.parametrize("seed", range(12))
def test_a_bag_hangs_from_a_hand_or_a_shoulder(seed: int) -> None:
    figure = figure_of(seed)
    drawn = seen(figure, put_on("bag, wallet", figure, taste_of(seed)))
    rows, columns = np.nonzero(next(mask for name, mask in drawn if name == "bag, wallet"))
    places = np.stack([(columns - MIDDLE) / SCALE, (rows - TOP) / SCALE], axis=1)
    holds = [figure.grip(side) for side in (0, 1) if figure.hands_shown[side]]
    holds += [figure.at(x, 32.0) for x in (-9.0, 9.0)]
    assert min(np.linalg.norm(places - hold, axis=1).min() for hold in holds) < 6


def test_an_umbrella_is_open_over_the_head_where_a_hand_is_raised() -> None:
    figures = [figure_of(seed) for seed in range(200)]
    raised = next(figure for figure in figures if "raised" in figure.gestures)
    low = next(figure for figure in figures if figure.gestures == ("hanging", "hanging"))
    above = next(
        mask for name, mask in seen(raised, put_on("umbrella", raised, taste_of(0))) if name == "umbrella"
    )
    beside = next(
        mask for name, mask in seen(low, put_on("umbrella", low, taste_of(0))) if name == "umbrella"
    )
    assert middle(above)[1] < 5
    assert middle(beside)[1] > 95


def test_shoes_lie_over_tights() -> None:
    figure = figure_of(4)
    tights, shoes = (
        put_on("tights, stockings", figure, taste_of(1)),
        put_on("shoe", figure, taste_of(1, "ankle_boots")),
    )
    alone = dict(seen(figure, tights))["tights, stockings"]
    drawn = seen(figure, [*tights, *shoes])
    shod = dict(drawn)["tights, stockings"]
    boots = np.any([mask for name, mask in drawn if name == "shoe"], axis=0)
    assert not (shod & boots).any()
    assert (alone & boots).sum() > 300


def test_sandals_are_not_worn_over_socks_or_tights() -> None:
    open_shoes = {"sandals", "wedges"}
    for legwear, shoes in FOOTWEAR.items():
        assert bool(open_shoes & {shoe.__name__ for shoe in shoes}) == (legwear == "bare")


def test_long_hems_never_hide_tall_boots() -> None:
    figure = figure_of(5)
    for seed in range(12):
        _, shoes = dress_feet(figure, taste_of(seed, "knee_boots"), bare=False, covered=True)
        outlines = [layer.path for piece in shoes for layer in piece.layers]
        assert min(path.getBounds().top() for path in outlines) > 135
