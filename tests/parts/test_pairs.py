from dataclasses import replace

import numpy as np
import pytest

from attire.errors import AnnotationError
from attire.masks import RunLengths
from attire.parts.pairs import pair_up


def test_shares_are_counted_on_the_part(make_instances):
    pairs = pair_up(make_instances(("coat", (20, 10, 60, 90)), ("pocket", (50, 40, 70, 60))))
    assert pairs.parts.tolist() == [1]
    assert pairs.garments.tolist() == [0]
    assert pairs.inside[0, 0] == pytest.approx(0.5, abs=0.04)
    assert pairs.boxed[0, 0] == pytest.approx(0.5)
    assert pairs.height[0, 0] == pytest.approx(0.5)
    assert pairs.size[0, 0] == pytest.approx(np.log(400 / 3200))


def test_what_is_cut_out_for_a_part_still_surrounds_it(make_instances):
    things = make_instances(("bag, wallet", (10, 10, 70, 70)), ("buckle", (30, 30, 50, 50)))
    bag = things.masks.decode(0)
    bag[30:50, 30:50] = False
    pairs = pair_up(replace(things, masks=RunLengths.from_masks([bag, things.masks.decode(1)])))
    assert pairs.inside[0, 0] == 0
    assert pairs.around[0, 0] == pytest.approx(1.0)
    assert pairs.touching.all()


def test_boxes_alone_will_do(make_instances):
    pairs = pair_up(make_instances(("dress", (10, 10, 50, 90)), ("bow", (40, 20, 60, 30)), masks=False))
    assert pairs.inside[0, 0] == pairs.around[0, 0] == pairs.boxed[0, 0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    "things",
    [(), (("dress", (1, 1, 9, 9)),), (("bow", (1, 1, 9, 9)),)],
    ids=["nothing", "no part", "no garment"],
)
def test_a_photo_without_pairs_gives_none(make_instances, things):
    pairs = pair_up(make_instances(*things))
    assert pairs.inside.size == pairs.touching.size == 0


def test_masks_of_another_size_are_refused(make_instances):
    things = make_instances(("dress", (1, 1, 9, 9)))
    with pytest.raises(AnnotationError, match=r"a\.jpg: masks are not of the photo's size"):
        pair_up(replace(things, size=(50, 50)))
