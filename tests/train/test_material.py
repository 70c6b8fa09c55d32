import json
from dataclasses import replace

import numpy as np
import pytest

from attire.dataset import open_dataset
from attire.errors import DataError
from attire.train import Resampling
from attire.train.loaders import Loaders
from attire.train.material import choose_material


def test_training_and_validation_share_no_photo(looks, tiny) -> None:
    material = choose_material(replace(tiny, validation_share=0.25), looks)
    assert not set(material.train) & set(material.val)
    assert len(material.train) + len(material.val) == len(looks)


def test_the_number_of_photos_is_seeded(make_folder, tiny) -> None:
    looks = open_dataset(make_folder(photos=20))
    recipe = replace(tiny, photos=6)
    first, again = (choose_material(recipe, looks).train for _ in range(2))
    assert len(first) == 6
    assert np.array_equal(first, again)
    assert not np.array_equal(first, choose_material(replace(recipe, seed=1), looks).train)


def test_where_there_are_fewer_photos_all_are_taken_with_a_warning(looks, tiny) -> None:
    with pytest.warns(UserWarning, match="100 photos were asked for; all"):
        material = choose_material(replace(tiny, photos=100), looks)
    assert np.array_equal(material.train, choose_material(tiny, looks).train)


def test_photos_without_an_instance_are_left_out(make_folder, tiny) -> None:
    folder = make_folder()
    looks = open_dataset(folder / "photos")
    with pytest.raises(DataError, match="no photo with an annotated garment"):
        choose_material(tiny, looks)


def test_repeat_factors_make_an_epoch_longer(looks, tiny) -> None:
    recipe = replace(tiny, resampling=Resampling(kind="repeat-factor", threshold=1.0))
    material = choose_material(recipe, looks)
    assert material.factors is not None
    assert material.epoch_size >= len(material.train)


def test_further_data_take_their_share_of_an_epoch(looks, make_folder, tiny) -> None:
    more = open_dataset(make_folder("more", photos=20, seed=1))
    alone = choose_material(tiny, looks)
    material = choose_material(replace(tiny, also_share=0.25), looks, also=[more])
    own = material.train < len(looks)
    assert np.array_equal(material.train[own], alone.train)
    assert np.array_equal(material.val, alone.val)
    assert len(material.train[~own]) == 20
    assert material.factors[~own].sum() == pytest.approx(material.factors.sum() / 4)
    assert material.own is looks
    assert material.dataset.photo_path(len(looks)) == more.photo_path(0)


def test_a_validation_set_must_have_the_same_ontology(looks, tiny, tmp_path, make_folder) -> None:
    folder = make_folder("others", photos=2)
    descriptions = looks.ontology.to_dict()
    descriptions["categories"][0]["name"] = "toga"
    (folder / "label_descriptions.json").write_text(json.dumps(descriptions))
    with pytest.raises(DataError, match="has other categories"):
        choose_material(tiny, looks, validation=open_dataset(folder))


def test_the_loader_goes_on_where_the_step_says(looks, tiny) -> None:
    loaders = Loaders(recipe=tiny, material=choose_material(tiny, looks))
    assert loaders.batches_per_epoch(1) == loaders.steps_per_epoch(1) == 3
    whole = list(loaders.train(3))
    rest = list(loaders.train(4))
    assert len(whole) == 3
    assert len(rest) == 2
    for (images, targets), (others, other_targets) in zip(whole[1:], rest, strict=True):
        assert all((a == b).all() for a, b in zip(images, others, strict=True))
        assert [t["image_id"] for t in targets] == [t["image_id"] for t in other_targets]


@pytest.mark.parametrize(
    ("accumulate", "world_size", "expected"), [(1, 1, (3, 3)), (2, 1, (3, 2)), (1, 2, (2, 2)), (4, 2, (2, 1))]
)
def test_steps_are_counted_over_passes_and_processes(accumulate, world_size, expected, looks, tiny) -> None:
    recipe = replace(tiny, accumulate=accumulate)
    loaders = Loaders(recipe=recipe, material=choose_material(recipe, looks))
    assert (loaders.batches_per_epoch(world_size), loaders.steps_per_epoch(world_size)) == expected
