"""Two data sets that label different things, learned from as one."""

import json
import pickle

import numpy as np
import pytest

from attire.annotations import write_imaterialist
from attire.dataset import AugmentConfig, join_datasets, open_dataset
from attire.dataset.sampler import Draw
from attire.dataset.samples import TrainingSamples
from attire.errors import DataError
from attire.preprocess import InputSpec

SPEC = InputSpec(height=192, width=128)


@pytest.fixture
def street(make_records, tmp_path):
    """Two photos that label category 0 alone."""
    return folder(
        tmp_path / "street", make_records, {f"{i}.png": ((40, 30), [(0, (5, 5, 20, 30), None)]) for i in "ab"}
    )


@pytest.fixture
def drawn(make_records, tmp_path):
    """A photo, of a name that the street has too, with categories 0 and 2."""
    photos = {"a.png": ((50, 30), [(0, (5, 5, 20, 30), None), (2, (6, 6, 9, 9), [1])])}
    return folder(tmp_path / "drawn", make_records, photos)


def folder(root, make_records, photos):
    from PIL import Image

    (root / "photos").mkdir(parents=True)
    for name, ((height, width), _) in photos.items():
        Image.new("RGB", (width, height), (90, 90, 90)).save(root / "photos" / name)
    write_imaterialist(make_records(photos), root / "train.csv")
    return open_dataset(root)


def test_photos_keep_their_files_and_instances(street, drawn):
    joined = join_datasets(street, [drawn])
    assert joined.records.image_ids.tolist() == ["a.png", "b.png", "drawn/a.png"]
    paths = [joined.photo_path(photo) for photo in range(3)]
    assert paths == [street.photo_path(0), street.photo_path(1), drawn.photo_path(0)]
    assert joined.sound_photos().tolist() == [0, 1, 2]
    own = joined.records.instances("drawn/a.png")
    assert own.category_ids.tolist() == [0, 2]
    assert np.array_equal(own.masks.decode(1), drawn.records.instances("a.png").masks.decode(1))
    assert own.attributes[1].nonzero()[0].tolist() == [1]


def test_what_only_the_other_labels_is_unknown_and_what_none_labels_is_not(street, drawn):
    labelled = join_datasets(street, [drawn]).records.labelled
    assert np.flatnonzero(~labelled[0]).tolist() == np.flatnonzero(~labelled[1]).tolist() == [2]
    assert labelled[2].all()
    assert join_datasets(street, []) is street
    assert street.records.labelled is None


def test_labels_follow_photos_that_are_selected(street, drawn):
    records = join_datasets(street, [drawn]).records
    assert records.select([2, 0]).labelled[:, 2].tolist() == [True, False]
    assert records.keep(records.category_ids == 2).labelled.shape == (3, 46)


def test_samples_say_what_is_labelled_also_in_a_spawned_worker(street, drawn):
    samples = TrainingSamples(join_datasets(street, [drawn]), SPEC)
    sent = pickle.loads(pickle.dumps(samples))
    for own in (samples, sent):
        assert [bool(own[photo][1]["labelled"][2]) for photo in range(3)] == [False, False, True]
    assert sent.dataset.photo_path(2) == drawn.photo_path(0)


def test_pasting_from_a_photo_that_labels_less_leaves_less_labelled(street, drawn):
    augment = AugmentConfig(paste=1.0, flip=0, scale=(1, 1))
    samples = TrainingSamples(join_datasets(drawn, [street]), SPEC, augment=augment, seed=1)
    seen = {bool(samples[Draw(epoch, 0, 0)][1]["labelled"][2]) for epoch in range(12)}
    assert seen == {True, False}, "of three donors, two label less"


def test_other_ontologies_and_equal_names_are_refused(street, drawn, make_records, tmp_path):
    with pytest.raises(DataError, match=r"both hold 'drawn/a\.png'"):
        join_datasets(street, [drawn, drawn])
    descriptions = street.ontology.to_dict()
    descriptions["categories"][0]["name"] = "toga"
    (drawn.layout.root / "label_descriptions.json").write_text(json.dumps(descriptions))
    with pytest.raises(DataError, match="other categories"):
        join_datasets(street, [open_dataset(drawn.layout.root)])
