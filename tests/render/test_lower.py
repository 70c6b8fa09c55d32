"""Hems fall where their length says, silhouettes differ, waistlines lie in order, and legs stay two legs."""

from itertools import pairwise

import numpy as np
import pytest

from attire.ontology import Ontology
from attire.render.cloth import Cloth
from attire.render.layer import Piece
from attire.render.paths import canvas_library
from attire.render.person import LEVEL, Figure, pose_figure
from attire.render.taste import Taste
from attire.render.wardrobe.dresses import WAISTS, Dress, sew_dress
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.lower import LOWER
from attire.render.wardrobe.silhouettes import LEGS, SKIRTS
from attire.render.wardrobe.skirts import sew_skirt
from attire.render.wardrobe.trousers import Trousers, sew_trousers
from attire.render.wardrobe.waistlines import TOPS
from attire.render.wardrobe.whole import WHOLE

PX_PER_CM = 2
PLAIN = Cloth(color="#8c2f39")
SHAPES = {name.name for name in Ontology.imaterialist2019().attributes if name.group == "shape"}
LONG = [*HEM][4:]


def figure(seed: int = 3) -> Figure:
    return pose_figure(np.random.default_rng(seed))


def taste(*wanted: str, seed: int = 5) -> Taste:
    return Taste(rng=np.random.default_rng(seed), uniform=True, wanted=frozenset(wanted))


def covered(garment: Garment) -> np.ndarray:
    """Pixels of a garment on a sheet 180 cm high and 160 cm wide, the body's axis in its middle."""
    skia = canvas_library()
    surface = skia.Surface(160 * PX_PER_CM, 180 * PX_PER_CM)
    canvas = surface.getCanvas()
    canvas.scale(PX_PER_CM, PX_PER_CM)
    canvas.translate(80, 0)
    canvas.drawPath(garment.outline(), skia.Paint(Color=skia.ColorWHITE))
    return np.asarray(surface.toarray()[..., 3] > 0)


def widths(mask: np.ndarray, *heights: float) -> list[float]:
    """Centimetres covered at heights below the crown."""
    return [float(mask[round(y * PX_PER_CM)].sum()) / PX_PER_CM for y in heights]


def hem_of(mask: np.ndarray) -> float:
    """Median height at which columns end, of the lower half, centimetres."""
    ends = [np.flatnonzero(column).max() for column in mask.T if column.any()]
    low = np.asarray(ends) / PX_PER_CM
    return float(np.median(low[low > low.max() - 8]))


def skirt(shape: str, length: str, waist: str = "normal waist", seed: int = 3) -> Garment:
    return sew_skirt(figure(seed), taste(), PLAIN, shapes=(shape,), lengths=(length,), waists=(waist,))


def trousers(shape: str, length: str, fit: str = "regular (fit)", seed: int = 3) -> Garment:
    kind = Trousers(shapes=(shape,), lengths=(length,), fits=(fit,), waists=("normal waist",))
    return sew_trousers(figure(seed), taste(), kind, PLAIN)


def dress(shape: str, length: str, waist: str = "normal waist", fit: str = "regular (fit)") -> Garment:
    kind = Dress(shapes=(shape,), lengths=(length,), fits=(fit,), waists=(waist,), tops=("sleeveless",))
    return sew_dress(figure(), taste(), kind, PLAIN)


@pytest.mark.parametrize("shape", ["straight", "a-line", "flare", "circle", "bell"])
@pytest.mark.parametrize("length", [*HEM][2:])
def test_the_hem_of_a_skirt_lies_where_its_length_says(shape: str, length: str) -> None:
    assert hem_of(covered(skirt(shape, length))) == pytest.approx(HEM[length], abs=2.5)


@pytest.mark.parametrize(
    "sew",
    [
        pytest.param(lambda length: skirt("a-line", length), id="skirts"),
        pytest.param(lambda length: dress("a-line", length), id="dresses with a waist"),
        pytest.param(lambda length: dress("straight", length, "no waistline"), id="dresses without one"),
        pytest.param(lambda length: trousers("straight", length), id="trousers"),
    ],
)
def test_longer_lengths_end_lower(sew) -> None:
    hems = [hem_of(covered(sew(length))) for length in [*HEM][3:]]
    assert all(lower - higher > 5 for higher, lower in pairwise(hems))


def test_every_shape_of_the_ontology_is_in_the_catalogue() -> None:
    assert {*SKIRTS, *LEGS} == SHAPES


def test_no_two_shapes_of_skirts_are_equally_wide_everywhere() -> None:
    heights = (72, 84, 96, 108, 118, 126, 135)
    profiles = {name: np.array(widths(covered(skirt(name, "midi")), *heights)) for name in SKIRTS}
    for first, second in [(a, b) for a in profiles for b in profiles if a < b]:
        assert np.abs(profiles[first] - profiles[second]).max() > 3, (first, second)


def test_no_two_shapes_of_legs_are_equally_wide_everywhere() -> None:
    heights = (96, 108, 118, 126, 135, 144, 150, 155)
    names = [name for name in LEGS if name != "a-line"]
    profiles = {name: np.array(widths(covered(trousers(name, "maxi (length)")), *heights)) for name in names}
    for first, second in [(a, b) for a in profiles for b in profiles if a < b]:
        assert np.abs(profiles[first] - profiles[second]).max() > 2.5, (first, second)


@pytest.mark.parametrize(
    ("garment", "narrow", "wide", "ratio", "why"),
    [
        (skirt("mermaid", "maxi (length)"), 118, 153, 1.25, "a mermaid fans out below the knee"),
        (skirt("trumpet", "maxi (length)"), 98, 150, 1.25, "a trumpet opens below mid-thigh"),
        (skirt("peg", "midi"), 139, 82, 1.1, "a peg skirt is widest at the hip"),
        (skirt("balloon", "knee (length)"), 123, 108, 1.25, "a balloon is gathered in at its hem"),
        (skirt("circle", "knee (length)"), 66, 112, 2.5, "a circle is wider than all"),
        (skirt("fit and flare", "knee (length)"), 80, 121, 1.5, "fit and flare spreads from the hip"),
        (trousers("peg", "maxi (length)"), 154, 98, 1.5, "peg trousers taper"),
        (trousers("bell bottom", "floor (length)"), 121, 163, 1.6, "bell bottoms flare from the knee"),
        (trousers("bootcut", "floor (length)"), 122, 163, 1.15, "bootcut widens a little"),
        (trousers("balloon", "maxi (length)"), 155, 126, 1.5, "harem trousers close at the ankle"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_silhouette_is_narrow_and_wide_where_it_should_be(
    garment: Garment, narrow: float, wide: float, ratio: float, why: str
) -> None:
    low, high = widths(covered(garment), narrow, wide)
    assert high > ratio * low, why


@pytest.mark.parametrize("sew", [trousers, dress], ids=["trousers", "dresses"])
def test_each_fit_is_wider_than_the_one_before(sew) -> None:
    fits = ("tight (fit)", "regular (fit)", "loose (fit)", "oversized")
    if sew is trousers:
        areas = [covered(sew("straight", "maxi (length)", fit)).sum() for fit in fits]
    else:
        areas = [covered(sew("straight", "knee (length)", "no waistline", fit)).sum() for fit in fits]
    assert all(wider > 1.04 * closer for closer, wider in pairwise(areas))


def test_waists_of_trousers_lie_in_order() -> None:
    tops = [np.flatnonzero(covered(skirt("straight", "midi", w)).any(axis=1)).min() for w in TOPS]
    assert all(lower - higher > 5 * PX_PER_CM for higher, lower in pairwise(tops))


def test_waist_seams_of_dresses_lie_in_order() -> None:
    seams = []
    for name in WAISTS[:5]:
        sheet = dress("a-line", "midi", name).skirt
        assert sheet is not None
        seams.append(sheet.at(0.0, 0.0)[1])
    assert all(lower - higher > 4 for higher, lower in pairwise(seams))
    assert dress("a-line", "midi", "no waistline").skirt is None


def test_a_basque_seam_falls_to_a_point() -> None:
    sheet = dress("flare", "midi", "basque (wasitline)").skirt
    assert sheet is not None
    side, middle = sheet.at(0.9, 0.0)[1], sheet.at(0.0, 0.0)[1]
    assert middle > side + 8


def test_a_full_hem_waves_and_a_narrow_one_does_not() -> None:
    def waves(shape: str) -> float:
        hem = skirt(shape, "midi").body.points[-1]
        inner = hem[(np.abs(hem[:, 0] - hem[:, 0].mean()) < 0.8 * np.ptp(hem[:, 0]) / 2)]
        smooth = np.polyval(np.polyfit(inner[:, 0], inner[:, 1], 2), inner[:, 0])
        return float(np.std(inner[:, 1] - smooth))

    assert waves("circle") > 0.5
    assert waves("circle") > 4 * waves("pencil")


def test_the_back_of_a_high_low_skirt_hangs_behind_the_wearer() -> None:
    garment = skirt("high low", "maxi (length)")
    assert [layer.behind for layer in garment.behind] == [True]
    column = covered(garment)[:, 80 * PX_PER_CM]
    assert np.flatnonzero(column).max() / PX_PER_CM < HEM["maxi (length)"] - 20


@pytest.mark.parametrize("seed", range(6))
def test_trousers_show_two_legs_in_every_pose(seed: int) -> None:
    left, right = trousers("straight", "maxi (length)", seed=seed).legs
    assert left.at(0, 1)[0] < right.at(0, 1)[0] or figure(seed).legs[0][2][0] > figure(seed).legs[1][2][0]
    assert left.at(0.0, 0.0)[0] < right.at(0.0, 0.0)[0]
    assert abs(left.at(0.0, 1.0)[1] - LEVEL["ankle"]) < 12


@pytest.mark.parametrize(
    ("category", "sew"),
    [(category, sew) for kinds in (LOWER, WHOLE) for category, sewn in kinds.items() for sew in sewn],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_garment_says_one_attribute_of_each_group(category: str, sew) -> None:
    ontology = Ontology.imaterialist2019()
    group = {attribute.name: attribute.group for attribute in ontology.attributes}
    for seed in range(2):
        pieces: list[Piece] = sew(figure(seed), taste(seed=seed))
        (garment,) = [piece for piece in pieces if piece.category == category]
        groups = [group[name] for name in garment.attributes]
        for needed in ("length", "opening", "symmetry", "shape", "pattern", "waistline"):
            assert groups.count(needed) == 1, (needed, garment.attributes)
        assert groups.count("fit") <= 1
