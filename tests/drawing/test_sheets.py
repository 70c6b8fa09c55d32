import pytest
from PIL import Image

from attire.drawing import grid, side_by_side
from attire.errors import DataError

RED, BLUE = (200, 0, 0), (0, 0, 200)


def test_pictures_side_by_side_at_the_lower_height():
    sheet = side_by_side([Image.new("RGB", (50, 100), RED), Image.new("RGB", (100, 400), BLUE)])
    counts = {color: n for n, color in sheet.getcolors()}
    assert counts[RED] == 50 * 100
    assert counts[BLUE] == 25 * 100


def test_titles_take_room_above_the_pictures():
    pictures = [Image.new("RGB", (200, 300), RED)] * 2
    bare, named = (
        side_by_side(pictures),
        side_by_side(pictures, ["truth", "a title far too long for its picture"]),
    )
    assert named.height > bare.height
    assert named.width == bare.width


def test_a_grid_breaks_into_rows():
    pictures = [Image.new("L", (40, 80))] * 5
    assert grid(pictures, columns=2, cell_px=80).height > 3 * 80
    assert grid(pictures, columns=5, cell_px=80).height < 2 * 80


@pytest.mark.parametrize(
    ("pictures", "titles", "message"), [(0, None, "found none"), (2, ["one"], "2 pictures has 1 titles")]
)
def test_what_does_not_fit_is_refused(pictures, titles, message):
    with pytest.raises(DataError, match=message):
        side_by_side([Image.new("RGB", (4, 4))] * pictures, titles)
