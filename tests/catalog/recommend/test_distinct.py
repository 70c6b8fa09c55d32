from dataclasses import replace

import numpy as np
import pytest
from tests.catalog.made_up import unit

from attire.catalog.garment import Garment
from attire.catalog.recommend.distinct import distinct
from attire.catalog.recommend.same_item import same_item
from attire.catalog.recommend.shop import Shop

SHOP = Shop(sku="sku")


def garments(count, seed):
    random = np.random.default_rng(seed)
    centres = [unit(random.normal(size=8)) for _ in range(6)]
    looks = [int(random.integers(0, 2**62)) for _ in range(10)]
    found = []
    for place in range(count):
        flips = sum(1 << int(bit) for bit in random.choice(62, int(random.integers(0, 10)), replace=False))
        vector = unit(centres[random.integers(0, 6)] + random.choice([0.01, 0.3]) * random.normal(size=8))
        found.append(
            Garment(
                garment_id=f"{place}",
                photo_id=f"{random.integers(0, count)}",
                photo_uri="",
                photo_look="" if random.random() < 0.1 else f"{looks[random.integers(0, 10)] ^ flips:016x}",
                photo_size=(1, 1),
                garment=0,
                category_id=0,
                category=str(random.choice(["dress", "coat", "shoe"])),
                score=1.0,
                encoder=str(random.choice(["one", "two"])),
                embedding=None if random.random() < 0.1 else vector,
                own={"sku": None if random.random() < 0.8 else f"{random.integers(0, 20)}"},
            )
        )
    return found


def one_of(kept):
    return [one.garment_id for one in kept]


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_comparing_pair_by_pair_gives(seed):
    everything = garments(200, seed)
    avoid, candidates = everything[:5], everything[5:]
    kept = []
    for one in candidates:
        if not any(same_item(one, other, SHOP) for other in [*avoid, *kept]):
            kept.append(one)
    assert 20 < len(kept) < 180
    found = distinct(candidates, lambda one: one, SHOP, avoid=avoid, most=1000)
    assert one_of(found) == one_of(kept)
    assert one_of(distinct(candidates, lambda one: one, SHOP, avoid=avoid, most=10)) == one_of(kept[:10])


def test_same_item_is_symmetric_and_holds_for_oneself():
    some = garments(60, 9)
    for one in some:
        assert same_item(one, replace(one), SHOP)
        for other in some:
            assert same_item(one, other, SHOP) == same_item(other, one, SHOP)


def test_more_rows_than_there_is_room_for_at_first():
    random = np.random.default_rng(0)
    many = [
        replace(one, photo_id=str(place), photo_look="", embedding=unit(random.normal(size=64)), own={})
        for place, one in enumerate(garments(300, 0))
    ]
    assert len(distinct([*many, *many], lambda one: one, SHOP, avoid=[], most=1000)) == 300
