import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.data import DataLoader

from attire.dataset import AugmentConfig
from attire.dataset.sampler import Draw, EpochSampler
from attire.dataset.samples import TrainingSamples, collate
from attire.errors import DataError
from attire.ontology import label_to_category
from attire.preprocess import InputSpec, preprocess

SPEC = InputSpec(height=192, width=128)
STILL = AugmentConfig(flip=0, scale=(1, 1), brightness=0, contrast=0, saturation=0, min_visible=0)
EVERYTHING = AugmentConfig(scale=(0.5, 1.8), rotation=0.7, erase=0.6, paste=0.8, hue=0.02)

AUGMENTATIONS = {
    "none": None,
    "flip": replace(STILL, flip=1),
    "shrink": replace(STILL, scale=(0.4, 0.7)),
    "grow and crop": replace(STILL, scale=(1.3, 2.0)),
    "turn": replace(STILL, rotation=1, rotation_degrees=10),
    "erase": replace(STILL, erase=1, erase_area=(0.1, 0.3)),
    "paste": replace(STILL, paste=1),
    "colour": replace(STILL, brightness=0.1, contrast=0.1, saturation=0.1, hue=0.01),
    "everything but erasing": replace(
        EVERYTHING, erase=0, brightness=0.1, contrast=0.1, saturation=0.1, hue=0.01
    ),
}


@pytest.fixture(autouse=True)
def one_thread():
    """Workers have one thread each, and so have these tests."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def equal(one, other):
    return torch.equal(one[0], other[0]) and all(torch.equal(one[1][key], other[1][key]) for key in one[1])


@pytest.mark.parametrize("spec", [SPEC, InputSpec(height=128, width=128, mode="plain")], ids=["box", "plain"])
@pytest.mark.parametrize("augment", AUGMENTATIONS.values(), ids=AUGMENTATIONS)
def test_photo_boxes_and_masks_stay_together(looks, colored, augment, spec):
    samples = TrainingSamples(looks, spec, augment=augment, seed=2)
    seen = 0
    for entry in range(3 * len(samples)):
        image, target = samples[Draw(0, entry, entry % len(samples))]
        masks = target["masks"].numpy()
        for category_id in range(4):
            own = masks[label_to_category(target["labels"]).numpy() == category_id].astype(bool)
            union = own.any(axis=0) if len(own) else np.zeros(image.shape[1:], bool)
            shown = colored(image, category_id, tolerance=60 if augment and augment.hue else 40)
            if union.sum() < 1000:  # so few pixels are mostly edge, which resizing blends
                continue
            iou = (union & shown).sum() / (union | shown).sum()
            assert iou > 0.9, (entry, category_id, iou)
            seen += 1
        for mask, box in zip(masks, target["boxes"].tolist(), strict=True):
            rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
            assert box == [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
    assert seen > 10


def test_targets_have_the_form_that_the_model_takes(looks):
    image, target = TrainingSamples(looks, SPEC)[0]
    assert (image.dtype, tuple(image.shape)) == (torch.uint8, (3, 192, 128))
    assert {key: (value.dtype, tuple(value.shape)) for key, value in target.items()} == {
        "boxes": (torch.float32, (2, 4)),
        "labels": (torch.int64, (2,)),
        "masks": (torch.uint8, (2, 192, 128)),
        "attributes": (torch.float32, (2, 92)),
        "attributes_known": (torch.bool, (2, 92)),
        "labelled": (torch.bool, (46,)),
        "image_id": (torch.int64, ()),
    }
    assert target["labels"].tolist() == [1, 2]
    assert target["attributes"][0].nonzero().flatten().tolist() == [0, 3]
    assert target["attributes_known"].all(dim=1).tolist() == [True, False]
    assert target["masks"].max() == 1


def test_without_augmentation_a_sample_is_what_preprocess_gives(looks):
    for i in range(len(looks)):
        with Image.open(looks.photo_path(i)) as photo:
            expected, geometry = preprocess(photo.convert("RGB"), SPEC)
        own = looks.records.instances(i)
        for augment in (None, STILL):
            image, target = TrainingSamples(looks, SPEC, augment=augment)[i]
            np.testing.assert_array_equal(image, expected)
            np.testing.assert_array_equal(target["masks"], geometry.decode_masks(own.masks))
            np.testing.assert_allclose(target["boxes"], geometry.to_network(own.boxes), atol=1)


def test_photos_without_instances_have_empty_targets(looks):
    image, target = TrainingSamples(looks, SPEC)[5]
    assert image.shape == (3, 192, 128)
    assert {
        key: len(value) for key, value in target.items() if key not in ("image_id", "labelled")
    } == dict.fromkeys(("boxes", "labels", "masks", "attributes", "attributes_known"), 0)
    assert target["boxes"].shape == (0, 4)


def test_attributes_follow_their_instances(looks):
    samples = TrainingSamples(looks, SPEC, augment=replace(EVERYTHING, min_visible=0.3), seed=1)
    expected = {0: {(0, 3), (0,), ()}, 1: {None}, 2: {None, (7,)}, 3: {(5,)}}
    met = set()
    for entry in range(60):
        _, target = samples[Draw(3, entry, entry % len(samples))]
        for label, held, known in zip(
            target["labels"], target["attributes"], target["attributes_known"], strict=True
        ):
            ids = tuple(held.nonzero().flatten().tolist()) if known.all() else None
            assert ids in expected[int(label) - 1]
            met.add((int(label) - 1, ids))
    assert len(met) == 7


def test_what_is_hardly_visible_is_dropped(looks):
    strict = TrainingSamples(looks, SPEC, augment=replace(STILL, scale=(2, 2), min_visible=0.9), seed=0)
    lax = TrainingSamples(looks, SPEC, augment=replace(STILL, scale=(2, 2)), seed=0)
    counts = [[len(samples[i][1]["labels"]) for i in range(6)] for samples in (strict, lax)]
    assert sum(counts[0]) < sum(counts[1])
    assert all(few <= many for few, many in zip(*counts, strict=True))
    for i in range(6):
        assert (lax[i][1]["masks"].sum(dim=(1, 2)) > 0).all()


def test_pasting_covers_what_lies_beneath(make_dataset, colored):
    dataset = make_dataset(
        {
            "below.png": ((128, 128), [(0, (10, 10, 118, 118), None)]),
            "above.png": ((128, 128), [(1, (40, 40, 90, 90), [2]), (2, (50, 50, 60, 60), None)]),
        }
    )
    spec = InputSpec(height=128, width=128)
    samples = TrainingSamples(dataset, spec, augment=replace(STILL, paste=1))
    pasted = [
        samples[Draw(epoch, 0, 0)]
        for epoch in range(12)
        if len(samples[Draw(epoch, 0, 0)][1]["labels"].unique()) > 1
    ]
    assert pasted
    for image, target in pasted:
        below, *above = target["masks"].bool()
        assert not (below & torch.stack(above).any(dim=0)).any()
        np.testing.assert_array_equal(colored(image, 0), below)
    # The small part comes along whenever what it lies in is pasted.
    assert all(3 in target["labels"] for _, target in pasted if 2 in target["labels"])


def test_chance_follows_from_seed_epoch_and_entry_alone(looks):
    samples = TrainingSamples(looks, SPEC, augment=EVERYTHING, seed=5)
    draw = Draw(2, 1, 1)
    first = samples[draw]
    np.random.seed(1)  # noqa: NPY002 - whatever the global generators hold must not matter
    torch.manual_seed(99)
    samples[3]
    assert equal(samples[draw], first)
    assert not equal(samples[Draw(3, 1, 1)], first)
    assert not equal(samples[Draw(2, 7, 1)], first)
    assert not equal(TrainingSamples(looks, SPEC, augment=EVERYTHING, seed=6)[draw], first)


def test_workers_make_what_the_process_itself_makes(looks):
    samples = TrainingSamples(looks, SPEC, augment=EVERYTHING, seed=5)
    epochs = []
    for n_workers in (0, 2):
        sampler = EpochSampler(len(samples), seed=4)
        loader = DataLoader(
            samples,
            batch_size=2,
            sampler=sampler,
            num_workers=n_workers,
            collate_fn=collate,
            persistent_workers=n_workers > 0,
        )
        batches = []
        for epoch in (0, 1):
            sampler.set_epoch(epoch)
            batches += [pair for batch in loader for pair in zip(*batch, strict=True)]
        epochs.append(batches)
    assert len(epochs[0]) == 12
    assert all(equal(one, other) for one, other in zip(*epochs, strict=True))
    assert not all(equal(one, other) for one, other in zip(epochs[0][:6], epochs[0][6:], strict=True))


def test_samples_are_of_the_photos_asked_for_with_repeats(looks):
    samples = TrainingSamples(looks, SPEC, photos=np.array([4, 1, 4]))
    assert [int(samples[i][1]["image_id"]) for i in range(len(samples))] == [4, 1, 4]


def test_samples_survive_pickling(looks):
    samples = TrainingSamples(looks, SPEC, augment=EVERYTHING)
    again = pickle.loads(pickle.dumps(samples))
    assert equal(samples[4], again[4])
    assert again.dataset.fingerprint == looks.fingerprint


@pytest.mark.parametrize("augment", [None, EVERYTHING], ids=["as it is", "augmented"])
def test_a_photo_of_the_wrong_size_is_refused(looks, augment):
    Image.new("RGB", (200, 301)).save(looks.photo_path(0))
    with pytest.raises(DataError, match=r"tall\.png: is 301x200"):
        TrainingSamples(looks, SPEC, augment=augment)[0]


def test_large_photos_are_decoded_smaller_and_stay_in_place(make_dataset, colored):
    dataset = make_dataset({"large.jpg": ((2401, 1601), [(0, (200, 300, 1100, 1501), None)])})
    samples = TrainingSamples(dataset, SPEC, augment=replace(STILL, scale=(0.6, 1.5)))
    for epoch in range(4):
        image, target = samples[Draw(epoch, 0, 0)]
        shown, mask = colored(image, 0), target["masks"][0].numpy().astype(bool)
        assert (shown & mask).sum() / (shown | mask).sum() > 0.97


@pytest.mark.data
def test_real_photos_become_samples(ccp):
    from attire.dataset import open_dataset

    dataset = open_dataset(ccp / "val")
    samples = TrainingSamples(dataset, InputSpec(height=480, width=320), augment=EVERYTHING)
    garments = 0
    for i in range(0, 20):
        image, target = samples[i]
        assert image.shape == (3, 480, 320)
        areas = target["masks"].sum(dim=(1, 2))
        boxes = target["boxes"]
        assert (areas > 0).all()
        assert (areas <= (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).all()
        garments += len(areas)
    assert garments > 40
