import numpy as np

from attire.parts import Garment, gather_garments, name_parts


def test_parts_are_listed_with_their_garment(make_instances):
    things = make_instances(
        ("shirt, blouse", (0, 0, 9, 9)), ("sleeve", (0, 0, 9, 9)), ("bow", (0, 0, 9, 9)),
        ("collar", (0, 0, 9, 9)), ("sleeve", (0, 0, 9, 9)),
    )  # fmt: skip
    owners = np.array([-1, 0, -1, 0, 0])
    assert gather_garments(things, owners) == [Garment(0, (1, 3, 4)), Garment(2)]
    assert name_parts(things, (1, 3, 4)) == "collar, 2 sleeves"
    assert name_parts(things, ()) == ""


def test_parts_that_are_not_sure_are_said_so(make_instances):
    things = make_instances(
        *[("sleeve", (0, 0, 9, 9))] * 2, ("collar", (0, 0, 9, 9)), scores=[0.9, 0.3, 0.4], hit_probs=True
    )
    assert name_parts(things, (0, 1, 2)) == "sleeve, collar not sure, sleeve not sure"
