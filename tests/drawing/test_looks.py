import time
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageChops

from attire.drawing import category_colors, draw_instances, fit
from attire.errors import AnnotationError

SHIRT, PANTS, POCKET = 0, 6, 32
GREY = (128, 128, 128)


@pytest.fixture
def one(make_records):
    def make(size, rectangles, scores=None):
        return make_records({"a.jpg": (size, rectangles)}, scores).instances(0)

    return make


def grey(size):
    return Image.new("RGB", (size[1], size[0]), GREY)


def hue(pixel, base=GREY):
    step = np.array(pixel, float) - np.array(base, float)
    return step / np.linalg.norm(step)


def test_inside_takes_the_colour_and_outside_stays(one, ontology):
    picture = draw_instances(
        grey((200, 300)), one((200, 300), [(SHIRT, (50, 40, 150, 160), None)]), names=False
    )
    inside = picture.getpixel((100, 100))
    assert inside != GREY
    towards = hue(category_colors(ontology)[SHIRT])
    assert hue(inside) @ towards > 0.98
    pixels = np.asarray(picture).astype(int)
    outside = np.ones((200, 300), bool)
    outside[36:164, 46:154] = False
    assert (pixels[outside] == 128).all()


def test_the_outline_is_stronger_than_the_fill(one):
    picture = draw_instances(
        grey((200, 300)), one((200, 300), [(SHIRT, (50, 40, 150, 160), None)]), names=False
    )
    fill, line = (np.abs(np.array(picture.getpixel(at), int) - 128).sum() for at in ((100, 100), (50, 100)))
    assert line > 2 * fill


def test_the_photo_given_is_not_changed(one):
    photo = grey((100, 100))
    draw_instances(photo, one((100, 100), [(SHIRT, (10, 10, 90, 90), None)]))
    assert photo.getcolors() == [(10000, GREY)]


def test_small_parts_are_drawn_over_large_garments(one):
    big, small = (SHIRT, (20, 20, 180, 180), None), (POCKET, (80, 80, 120, 120), None)
    size = (200, 200)
    either = [
        draw_instances(grey(size), one(size, pair), names=False) for pair in ([big, small], [small, big])
    ]
    assert ImageChops.difference(*either).getbbox() is None
    alone = draw_instances(grey(size), one(size, [big]), names=False)
    assert either[0].getpixel((100, 100)) != alone.getpixel((100, 100))


def test_names_add_a_chip_of_the_categorys_colour(one, ontology):
    instances = one((400, 300), [(PANTS, (50, 50, 250, 350), None)])
    picture = draw_instances(grey((400, 300)), instances)
    color = np.array(category_colors(ontology)[PANTS])
    close = (np.abs(np.asarray(picture).astype(int) - color).max(axis=2) < 12).sum()
    bare = draw_instances(grey((400, 300)), instances, names=False)
    assert close > 100 + (np.abs(np.asarray(bare).astype(int) - color).max(axis=2) < 12).sum()


def changed(one_picture, other):
    return np.count_nonzero(np.asarray(ImageChops.difference(one_picture, other)).any(axis=2))


def test_score_and_attributes_are_written_only_when_asked(one, ontology):
    size = (400, 300)
    instances = one(size, [(SHIRT, (50, 50, 250, 350), [int(ontology.attribute_ids[0])])], scores=[0.83])
    draw = lambda **options: draw_instances(grey(size), instances, **options)  # noqa: E731
    assert changed(draw(scores=False), draw()) > 0
    assert changed(draw(attributes=True), draw()) > 0
    truth = replace(instances, scores=None)
    assert changed(draw(scores=False), draw_instances(grey(size), truth)) == 0


def test_max_side_draws_at_a_smaller_size_only(one):
    instances = one((400, 200), [(SHIRT, (50, 50, 150, 350), None)])
    assert draw_instances(grey((400, 200)), instances, max_side=100).size == (50, 100)
    assert draw_instances(grey((400, 200)), instances, max_side=1000).size == (200, 400)


def test_a_resized_copy_of_the_photo_will_do(one):
    picture = draw_instances(
        grey((100, 50)), one((400, 200), [(SHIRT, (50, 50, 150, 350), None)]), names=False
    )
    assert picture.getpixel((25, 50)) != GREY
    assert picture.getpixel((5, 50)) == GREY


def test_a_photo_of_another_shape_is_refused(one):
    with pytest.raises(AnnotationError, match=r"photo is 200x400 .* say 400x200"):
        draw_instances(grey((200, 400)), one((400, 200), [(SHIRT, (0, 0, 10, 10), None)]))


def test_a_mask_of_one_pixel_in_a_large_photo_still_shows(one):
    instances = one((2000, 2000), [(POCKET, (1001, 1001, 1002, 1002), None)])
    picture = draw_instances(grey((2000, 2000)), instances, max_side=300)
    assert len(picture.getcolors(100_000)) > 2


def test_without_masks_the_boxes_are_drawn(one):
    instances = replace(one((200, 200), [(SHIRT, (50, 50, 150, 150), None)]), masks=None)
    picture = draw_instances(grey((200, 200)), instances, names=False)
    assert picture.getpixel((50, 100)) != GREY
    assert picture.getpixel((100, 100)) == GREY


def test_a_photo_with_nothing_in_it_stays_as_it_is(one):
    assert draw_instances(grey((50, 60)), one((50, 60), [])).getcolors() == [(3000, GREY)]


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "RGBA"])
def test_other_modes_become_rgb(mode):
    assert fit(Image.new(mode, (40, 30)), None).mode == "RGB"


def test_ten_garments_take_a_fraction_of_a_second(one):
    rectangles = [(i, (10 + 40 * i, 60 * i, 180 + 40 * i, 60 * i + 250), None) for i in range(10)]
    instances = one((830, 550), rectangles)
    photo = grey((830, 550))
    spent = []
    for _ in range(3):
        begin = time.process_time()
        draw_instances(photo, instances)
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.3  # 0.04 s on an idle core; the margin is for busy machines


def test_a_part_of_a_garment_gets_no_label_of_its_own(one):
    """Both are drawn; only the label's text tells, so count how much of the picture labels cover."""
    size = (400, 400)
    things = one(size, [(SHIRT, (50, 100, 350, 300), None), (POCKET, (200, 150, 260, 210), None)])
    loose, owned = (draw_instances(grey(size), things, owners=owners) for owners in (None, np.array([-1, 0])))
    outlined = draw_instances(grey(size), things, names=False)
    labels = [np.asarray(ImageChops.difference(p, outlined)).any(axis=2) for p in (loose, owned)]
    pocket = np.zeros(size, bool)
    pocket[120:240, 170:290] = True
    assert labels[0][pocket].any()
    assert not labels[1][pocket].all()
    alone = draw_instances(grey(size), things[:1])
    more = np.asarray(ImageChops.difference(alone, draw_instances(grey(size), things[:1], names=False)))
    assert labels[1].sum() > more.any(axis=2).sum()  # the shirt's label has a line more
