"""Predictions made from truth by known mishaps, on made-up photos and on real ones."""

from dataclasses import replace

import numpy as np
import pytest

from attire.annotations import Records, load_records
from attire.evaluate import Bootstrap
from attire.masks import RunLengths


@pytest.fixture(scope="session")
def street(ccp) -> Records:
    """Truth of the 100 real validation photos."""
    return load_records(ccp / "val")


@pytest.fixture(scope="session")
def quick() -> Bootstrap:
    return Bootstrap(resamples=20)


def moved(records: Records, pixels: int) -> Records:
    """The same with every mask moved down and right; what leaves the photo is gone."""
    masks = []
    for i, (height, width) in enumerate(records.masks.sizes.tolist()):
        shifted = np.zeros((height, width), bool)
        shifted[pixels:, pixels:] = records.masks.decode(i)[: height - pixels, : width - pixels]
        masks.append(RunLengths.from_mask(shifted))
    return replace(records, masks=RunLengths.concatenate(masks))


def doubled(records: Records) -> Records:
    """The same with every instance there twice."""
    photos = np.repeat(records.photo_indices, 2)
    twice = np.repeat(np.arange(len(records.category_ids)), 2)
    return replace(
        records,
        offsets=np.searchsorted(photos, np.arange(len(records) + 1)),
        category_ids=records.category_ids[twice],
        masks=records.masks[twice],
        attributes=records.attributes[twice],
        attributes_known=records.attributes_known[twice],
        rows=records.rows[twice],
        scores=None if records.scores is None else records.scores[twice],
    )


def dropped(records: Records) -> Records:
    """The same without every third instance, and without the first ten photos' altogether."""
    place = np.arange(len(records.category_ids))
    return records.keep((place % 3 != 0) & (records.photo_indices >= min(10, len(records) // 4)))


def muddled(records: Records, seed: int = 0) -> Records:
    """The same with some of everything gone wrong: shape, place, category, attributes, number; and scores."""
    random = np.random.default_rng(seed)
    said = moved(dropped(doubled(records)), 3)
    n = len(said.category_ids)
    categories = said.category_ids.copy()
    wrong = random.random(n) < 0.15
    categories[wrong] = random.choice(np.unique(records.category_ids), int(wrong.sum()))
    attributes = said.attributes ^ (random.random(said.attributes.shape) < 0.01)
    attributes[random.random(n) < 0.5] = said.attributes[0] if n else False
    masks = [said.masks[i] if random.random() < 0.6 else _gnawed(said.masks[i], random) for i in range(n)]
    return replace(
        said,
        category_ids=categories,
        attributes=attributes,
        masks=RunLengths.concatenate(masks),
        scores=np.round(random.random(n), 2).astype(np.float32),
    )


def _gnawed(mask: RunLengths, random: np.random.Generator) -> RunLengths:
    """A mask without the columns past some place."""
    if not len(mask.starts):
        return mask
    kept = max(1, int(len(mask.starts) * random.uniform(0.3, 1.0)))
    return RunLengths(mask.starts[:kept], mask.lengths[:kept], np.array([0, kept]), mask.sizes)


@pytest.fixture(scope="session")
def mishaps():
    """Name → what turns truth into predictions."""
    return {
        "perfect": lambda records: records,
        "shifted by 4": lambda records: moved(records, 4),
        "shifted by 12": lambda records: moved(records, 12),
        "dropped": dropped,
        "duplicated": doubled,
        "muddled": muddled,
    }


@pytest.fixture
def made_up(ontology):
    """Builder of truth with random rectangles, some photos empty, some attributes annotated."""

    def make(photos: int = 12, seed: int = 0, size: tuple[int, int] = (60, 48)) -> Records:
        random = np.random.default_rng(seed)
        counts = random.integers(0, 6, photos)
        n, width = int(counts.sum()), len(ontology.attributes)
        masks = []
        for _ in range(n):
            mask = np.zeros(size, bool)
            top, left = random.integers(0, 30), random.integers(0, 24)
            mask[top : top + random.integers(12, 30), left : left + random.integers(12, 24)] = True
            masks.append(RunLengths.from_mask(mask))
        annotated = random.random(n) < 0.6
        attributes = (random.random((n, width)) < 0.05) & annotated[:, None]
        return Records(
            ontology=ontology,
            image_ids=np.array([f"{i:03}.jpg" for i in range(photos)]),
            sizes=np.tile(np.array(size, np.int32), (photos, 1)),
            offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            category_ids=random.choice([0, 6, 10, 13, 23, 31], n),
            masks=RunLengths.concatenate(masks),
            attributes=attributes,
            attributes_known=np.repeat(annotated[:, None], width, axis=1),
            rows=np.arange(n) + 2,
        )

    return make
