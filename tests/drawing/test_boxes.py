import numpy as np
import pytest
from PIL import Image

from attire.drawing import draw_boxes, score_color
from attire.errors import AnnotationError

GREY = (128, 128, 128)


def grey(width=200, height=100):
    return Image.new("RGB", (width, height), GREY)


def test_a_box_is_a_thin_line_at_its_border():
    picture = draw_boxes(grey(), [[20, 10, 120, 60]], color=(255, 0, 0))
    for corner in ((20, 10), (119, 10), (20, 59), (119, 59)):
        assert picture.getpixel(corner)[0] > 200
    assert picture.getpixel((70, 30)) == GREY
    assert picture.getpixel((121, 61)) == GREY


def test_the_surest_box_lies_on_top():
    boxes, scores = [[10, 10, 60, 60], [10, 10, 60, 60]], [0.99, 0.01]
    either = [draw_boxes(grey(), boxes[::d], scores=scores[::d]) for d in (1, -1)]
    assert either[0].getpixel((10, 30)) == either[1].getpixel((10, 30))
    yellow = np.array(score_color(0.99))
    assert np.abs(np.array(either[0].getpixel((10, 30))) - yellow).max() < 60


def test_boxes_shrink_with_the_picture():
    picture = draw_boxes(grey(), [[20, 10, 120, 60]], color=(255, 0, 0), max_side=100)
    assert picture.size == (100, 50)
    assert picture.getpixel((10, 5))[0] > 200


@pytest.mark.parametrize("boxes", [[], np.zeros((0, 4))], ids=["an empty list", "an empty array"])
def test_no_boxes(boxes):
    assert draw_boxes(grey(), boxes, scores=[]).getcolors() == [(20000, GREY)]


def test_boxes_without_area_are_skipped():
    assert draw_boxes(grey(), [[5, 5, 5, 50], [60, 5, 20, 50]]).getcolors() == [(20000, GREY)]


def test_boxes_and_scores_must_pair_up():
    with pytest.raises(AnnotationError, match=r"shape \(1, 4\) and scores \(2,\)"):
        draw_boxes(grey(), [[0, 0, 1, 1]], scores=[0.1, 0.2])
