"""Outlines traced along run-lengths, held against the masks themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageDraw

from attire.annotations import load_records
from attire.masks import RunLengths, inner_point, trace_polygons

MASKS = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(lambda size: arrays(bool, size))


def filled(outlines, size) -> np.ndarray:
    """Pixels whose centre is inside by the even-odd rule."""
    height, width = size
    inside = np.zeros(size, bool)
    columns = np.arange(width) + 0.5
    for outline in outlines:
        for (xa, ya), (xb, yb) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
            for row in range(max(0, int(np.floor(min(ya, yb)))), min(height, int(np.ceil(max(ya, yb))))):
                y = row + 0.5
                if (ya <= y) != (yb <= y):
                    inside[row] ^= columns > xa + (y - ya) * (xb - xa) / (yb - ya)
    return inside


def iou(a, b) -> float:
    return float((a & b).sum() / max(1, (a | b).sum()))


@given(MASKS)
@settings(max_examples=300)
def test_exact_outlines_give_the_mask_back(mask) -> None:
    (outlines,) = trace_polygons(RunLengths.from_mask(mask), tolerance_px=0)
    assert (filled(outlines, mask.shape) == mask).all()
    for outline in outlines:
        sides = np.abs(np.diff(outline, axis=0, append=outline[:1]))
        assert (sides.min(axis=1) == 0).all(), "every side runs along pixels"
        assert (sides.max(axis=1) > 0).all(), "no point comes twice in a row"


@given(st.lists(MASKS, max_size=4))
def test_masks_are_traced_one_by_one(masks) -> None:
    together = trace_polygons(RunLengths.from_masks(masks))
    alone = [trace_polygons(RunLengths.from_mask(mask))[0] for mask in masks]
    assert [[o.tolist() for o in one] for one in together] == [[o.tolist() for o in one] for one in alone]


def test_a_hole_is_an_outline_of_its_own() -> None:
    mask = np.ones((5, 6), bool)
    mask[2:3, 2:4] = False
    (outlines,) = trace_polygons(RunLengths.from_mask(mask))
    assert sorted(map(len, outlines)) == [4, 4]
    assert not filled(outlines, mask.shape)[2, 2]


@pytest.mark.parametrize("flip", [False, True], ids=["falling diagonal", "rising diagonal"])
def test_pixels_that_touch_at_a_corner_are_two_outlines(flip) -> None:
    mask = np.eye(2, dtype=bool)[:, ::-1] if flip else np.eye(2, dtype=bool)
    (outlines,) = trace_polygons(RunLengths.from_mask(mask))
    assert [len(outline) for outline in outlines] == [4, 4]


def test_a_slanted_edge_becomes_one_side() -> None:
    image = Image.new("1", (400, 300))
    ImageDraw.Draw(image).polygon([(20, 20), (380, 140), (60, 280)], fill=1)
    mask = np.asarray(image)
    (outlines,) = trace_polygons(RunLengths.from_mask(mask))
    assert len(outlines) == 1
    assert len(outlines[0]) <= 50
    assert iou(filled(outlines, mask.shape), mask) > 0.99


@pytest.mark.parametrize("radius", [2, 5, 15, 60, 200])
def test_discs_of_every_size_keep_their_pixels(radius) -> None:
    y, x = np.mgrid[: 2 * radius + 4, : 2 * radius + 4] - (radius + 2)
    mask = y**2 + x**2 <= radius**2
    (outlines,) = trace_polygons(RunLengths.from_mask(mask))
    assert iou(filled(outlines, mask.shape), mask) >= 0.98
    assert sum(map(len, outlines)) <= 100


@pytest.mark.data
def test_outlines_of_real_garments_keep_98_percent(ccp) -> None:
    masks = load_records(ccp / "val").masks
    some = masks[np.flatnonzero(masks.areas)[::10]]
    assert len(some) > 30
    for i, outlines in enumerate(trace_polygons(some)):
        mask = some.decode(i)
        assert iou(filled(outlines, mask.shape), mask) >= 0.98


def test_nothing_has_no_outline() -> None:
    assert trace_polygons(RunLengths.empty()) == []
    assert trace_polygons(RunLengths.from_mask(np.zeros((3, 3)))) == [[]]


@given(st.lists(arrays(bool, (40, 70)), min_size=1, max_size=3))
def test_the_inner_point_is_inside(masks) -> None:
    runs = RunLengths.from_masks(masks)
    for i, mask in enumerate(masks):
        point = inner_point(runs, i)
        assert (point is None) == (not mask.any())
        assert point is None or mask[point[1], point[0]]


def test_the_inner_point_is_far_from_the_rim() -> None:
    mask = np.zeros((300, 200), bool)
    mask[10:60, 20:180] = True
    mask[60:290, 90:96] = True
    x, y = inner_point(RunLengths.from_mask(mask), 0)
    assert min(y - 10, 60 - y, x - 20, 180 - x) > 15


def test_the_inner_point_of_a_coat_is_not_on_its_belt() -> None:
    coat, belt = np.ones((100, 60), bool), np.zeros((100, 60), bool)
    belt[40:60] = True
    runs = RunLengths.from_masks([coat, belt])
    _, y = inner_point(runs, 0, but=runs[1:])
    assert not 40 <= y < 60
    assert inner_point(runs, 1, but=runs[:1]) is not None, "covered everywhere: its own middle"
