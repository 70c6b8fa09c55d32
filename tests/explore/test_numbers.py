import numpy as np
import pytest

from attire.explore import measure, summarise
from attire.explore.numbers import share_between
from attire.explore.quantiles import area_quantiles

SHIRT, PANTS, SHOE = 0, 6, 23


@pytest.fixture
def numbers(records):
    return measure(records)


def test_photos_instances_and_labels(numbers):
    assert (numbers.photos, numbers.instances) == (4, 6)
    assert numbers.instances_per_photo.tolist() == [2, 3, 1, 0]
    assert numbers.labels_per_photo.tolist() == [2, 2, 1, 0]


def test_share_of_photos_between_two_and_ten(numbers):
    assert share_between(numbers.instances_per_photo, 2, 10) == 0.5
    assert share_between(np.array([1, 2, 10, 11, 5]), 2, 10) == pytest.approx(0.6)
    assert share_between(np.array([], int), 2, 10) == 0.0


def test_category_frequencies(numbers):
    assert numbers.category_instances[[SHIRT, PANTS, SHOE]].tolist() == [2, 2, 2]
    assert numbers.category_photos[[SHIRT, PANTS, SHOE]].tolist() == [2, 2, 1]
    assert numbers.seen.tolist() == [SHIRT, PANTS, SHOE]
    assert len(numbers.unseen) == 43


def test_categories_seen_together_are_counted_once_per_photo(numbers):
    assert numbers.together[SHIRT, PANTS] == numbers.together[PANTS, SHIRT] == 1
    assert numbers.together[SHIRT, SHOE] == 1
    assert numbers.together[PANTS, SHOE] == 0
    assert np.diag(numbers.together).tolist() == numbers.category_photos.tolist()


def test_only_annotated_instances_count_for_attributes(numbers):
    assert (numbers.annotated, numbers.annotated_photos) == (2, 2)
    assert numbers.category_annotated[SHIRT] == 2
    assert numbers.category_annotated.sum() == 2
    assert numbers.attributes_held[SHIRT, :3].tolist() == [2, 1, 0]
    assert numbers.attributes_known[SHIRT].tolist() == [2] * 92
    assert numbers.attributes_known[PANTS].sum() == 0


def test_mask_areas(numbers):
    assert numbers.areas_px.tolist() == [1200, 900, 2400, 80, 80, 2400]
    assert numbers.area_shares == pytest.approx([0.25, 0.1875, 0.5, 1 / 60, 1 / 60, 0.5])
    quantiles = area_quantiles(numbers)
    assert quantiles[SHIRT, 2] == pytest.approx(0.375)
    assert np.isnan(quantiles[1]).all()


def test_summary_says_the_same_in_plain_json(numbers):
    summary = summarise(numbers)
    assert summary["instances_per_photo"] == {
        "mean": 1.5,
        "max": 3,
        "share_2_to_10": 0.5,
        "histogram": [1, 1, 1, 1],
    }
    assert summary["labels_per_photo"]["share_2_to_10"] == 0.5
    assert summary["annotated_share"] == pytest.approx(1 / 3, abs=1e-6)
    assert summary["categories"][SHOE] == {
        "id": SHOE,
        "name": "shoe",
        "instances": 2,
        "photos": 1,
        "annotated": 0,
        "median_area_share": pytest.approx(1 / 60, abs=1e-8),
    }
    length = summary["attribute_groups"]["length"]
    assert length["known"] == 2
    assert length["attributes"]["above-the-hip (length)"] == {"held": 2, "share": 1.0}
    assert length["attributes"]["hip (length)"] == {"held": 1, "share": 0.5}
    assert summary["together"] == [
        {"categories": ["shirt, blouse", "pants"], "photos": 1},
        {"categories": ["shirt, blouse", "shoe"], "photos": 1},
    ]


def test_photos_without_any_instance(make_records):
    numbers = measure(make_records({"a.jpg": ((4, 4), []), "b.jpg": ((6, 4), [])}))
    assert (numbers.photos, numbers.instances, numbers.annotated) == (2, 0, 0)
    assert summarise(numbers)["mask_area_share"] is None
