import json
from dataclasses import replace

import numpy as np
import pytest

from attire.annotations import Layout, Records
from attire.dataset import Dataset, Splits, split_photos, stratified_subset
from attire.dataset.presence import annotated_photos, attribute_presence, category_presence
from attire.errors import DataError
from attire.masks import RunLengths


@pytest.fixture
def make_many(ontology, tmp_path):
    """Builder of P photos whose categories have shares from common to one photo; one in five is annotated."""

    def make(n_photos, seed=0):
        rng = np.random.default_rng(seed)
        shown = rng.random((n_photos, 46)) < np.geomspace(0.6, 0.002, 46)
        shown[:, 45] = False
        shown[7, 45] = True
        photo, category = np.nonzero(shown)
        known = np.repeat((rng.random(n_photos) < 0.2)[photo, None], 92, axis=1)
        held = known & (rng.random((len(photo), 92)) < np.geomspace(0.05, 0.0005, 92))
        runs = np.arange(len(photo), dtype=np.int64)
        records = Records(
            ontology=ontology,
            image_ids=np.array([f"{i:05}.jpg" for i in range(n_photos)]),
            sizes=np.full((n_photos, 2), 100, np.int32),
            offsets=np.concatenate([[0], np.cumsum(shown.sum(axis=1))]).astype(np.int64),
            category_ids=category.astype(np.int64),
            masks=RunLengths(
                np.zeros(len(photo), np.int32),
                np.ones(len(photo), np.int32),
                np.append(runs, len(photo)),
                np.full((len(photo), 2), 100, np.int32),
            ),
            attributes=held,
            attributes_known=known,
            rows=runs,
        )
        layout = Layout(
            kind="photos", root=tmp_path, annotations=None, photos_dir=tmp_path, descriptions=None
        )
        return Dataset(records=records, layout=layout)

    return make


def worst_share(dataset, photos, common=20):
    """Largest relative miss of a category's share, over categories that photos of this size can show."""
    shown = category_presence(dataset.records)
    expected = shown.mean(axis=0)
    enough = expected * len(photos) >= common
    return np.abs(shown[photos].mean(axis=0)[enough] / expected[enough] - 1).max()


def test_parts_are_disjoint_complete_and_of_the_size_asked_for(make_many):
    dataset = make_many(1000)
    splits = split_photos(dataset, val=0.1, val_attributes=0.2)
    parts = [splits.train, splits.val, splits.val_attributes]
    assert sorted(np.concatenate(parts)) == list(range(1000))
    assert len(splits.val) == 100
    annotated = annotated_photos(dataset.records)
    assert len(splits.val_attributes) == round(0.2 * (annotated.sum() - annotated[splits.val].sum()))
    assert annotated[splits.val_attributes].all()


def test_shares_are_nearer_than_by_chance(make_many):
    dataset = make_many(2000)
    splits = split_photos(dataset, val=0.2, val_attributes=0)
    stratified = worst_share(dataset, splits.val)
    by_chance = [
        worst_share(dataset, np.random.default_rng(seed).permutation(2000)[:400]) for seed in range(10)
    ]
    assert stratified < 0.1
    assert stratified < 0.6 * np.median(by_chance)
    annotated = annotated_photos(dataset.records)
    assert annotated[splits.val].mean() == pytest.approx(annotated.mean(), rel=0.03)


def test_attributes_are_stratified_too(make_many):
    dataset = make_many(2000)
    splits = split_photos(dataset, val=0, val_attributes=0.3)
    held = attribute_presence(dataset.records)
    annotated = np.flatnonzero(annotated_photos(dataset.records))
    expected, n = held[annotated].mean(axis=0), len(splits.val_attributes)

    def mean_miss(photos):
        return np.abs(held[photos].mean(axis=0) - expected).mean()

    by_chance = [mean_miss(np.random.default_rng(seed).permutation(annotated)[:n]) for seed in range(10)]
    assert mean_miss(splits.val_attributes) < 0.6 * np.median(by_chance)
    assert len(splits.val) == 0


def test_what_is_there_once_is_trained_on(make_many):
    for seed in range(5):
        splits = split_photos(make_many(300), val=0.2, val_attributes=0.2, seed=seed)
        assert 7 in splits.train


def test_the_same_seed_gives_the_same_splits_and_another_others(make_many):
    dataset = make_many(400)
    first, again, other = (split_photos(dataset, val=0.2, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.val, again.val)
    np.testing.assert_array_equal(first.val_attributes, again.val_attributes)
    assert set(first.val) != set(other.val)


def test_groups_stay_together(make_many):
    dataset = make_many(500)
    groups = np.arange(500) // 25
    splits = split_photos(dataset, val=0.2, val_attributes=0, groups=groups)
    assert not set(groups[splits.val]) & set(groups[splits.train])
    assert len(splits.val) == 100
    with pytest.raises(DataError, match="3 groups were given for 500 photos"):
        split_photos(dataset, groups=[1, 2, 3])


def test_shares_that_leave_nothing_are_refused(make_many):
    dataset = make_many(10)
    with pytest.raises(DataError, match="leave nothing to train on"):
        split_photos(dataset, val=0.5, val_attributes=0.5)
    with pytest.raises(DataError, match="1 photos are too few to split"):
        split_photos(replace(dataset, records=dataset.records.select([0])), val=0.9, val_attributes=0)
    with pytest.raises(DataError, match="leave none of 2 photos or groups"):
        split_photos(replace(dataset, records=dataset.records.select([0, 1])), val=0.9, val_attributes=0)


def test_photos_without_annotations_split_as_well(make_many):
    dataset = make_many(50)
    bare = replace(dataset, records=dataset.records.keep(np.zeros(len(dataset.records.category_ids), bool)))
    splits = split_photos(bare, val=0.2, val_attributes=0.5)
    assert [len(splits.train), len(splits.val), len(splits.val_attributes)] == [40, 10, 0]


def test_splits_survive_a_file(make_many, tmp_path):
    dataset = make_many(100)
    splits = split_photos(dataset, val=0.2, seed=5)
    path = tmp_path / "out" / "splits.json"
    splits.save(path, dataset)
    assert json.loads(path.read_text())["val"][0] == dataset.records.image_ids[splits.val[0]]
    back = Splits.load(path, dataset)
    assert (back.seed, back.fingerprint) == (5, dataset.fingerprint)
    for part in ("train", "val", "val_attributes"):
        np.testing.assert_array_equal(getattr(back, part), getattr(splits, part))


def test_splits_of_other_data_are_refused(make_many, tmp_path):
    dataset, other = make_many(100), make_many(100, seed=1)
    path = tmp_path / "splits.json"
    splits = split_photos(dataset)
    splits.save(path, dataset)
    with pytest.raises(DataError, match=r"splits\.json: made for data with fingerprint \w{12}.*split anew"):
        Splits.load(path, other)
    with pytest.raises(DataError, match="made for data"):
        splits.save(path, other)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"fingerprint": "x", "seed": 0, "train": 3}'])
def test_what_is_no_file_of_splits_is_refused(make_many, tmp_path, content):
    path = tmp_path / "splits.json"
    path.write_text(content)
    with pytest.raises(DataError, match="no file of splits"):
        Splits.load(path, make_many(10))
    with pytest.raises(DataError, match="no such file of splits"):
        Splits.load(tmp_path / "absent.json", make_many(10))


@pytest.mark.parametrize("n_photos", [1, 7, 100, 333, 999])
def test_a_subset_has_exactly_as_many_photos_as_asked_for(make_many, n_photos):
    dataset = make_many(1000)
    subset = stratified_subset(dataset, n_photos)
    assert len(subset) == len(set(subset)) == n_photos
    assert (np.diff(subset) > 0).all()


def test_a_subset_shows_what_all_show(make_many):
    dataset = make_many(2000)
    assert worst_share(dataset, stratified_subset(dataset, 500)) < 0.1


def test_a_subset_of_a_part_stays_in_it(make_many):
    dataset = make_many(300)
    part = np.arange(50, 250)
    assert set(stratified_subset(dataset, 60, photos=part)) <= set(part)


def test_more_photos_than_there_are_gives_all_and_says_so(make_many):
    dataset = make_many(20)
    with pytest.warns(UserWarning, match="50 photos were asked for; all 20 are taken"):
        assert stratified_subset(dataset, 50).tolist() == list(range(20))
    assert len(stratified_subset(dataset, 20)) == 20
    with pytest.raises(DataError, match="at least one"):
        stratified_subset(dataset, 0)
