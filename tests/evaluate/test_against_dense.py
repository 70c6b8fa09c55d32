"""The score against an independent, slow computation with dense masks and plain loops."""

import numpy as np
import pytest

from attire.evaluate import Bootstrap, evaluate

MISHAPS = ["perfect", "shifted by 4", "shifted by 12", "dropped", "duplicated", "muddled"]


def dense_scores(truth, said, agree):
    """Image, pooled and image-class score, photo by photo, threshold by threshold, pixel by pixel."""
    thresholds = [round(0.5 + 0.05 * k, 2) for k in range(10)]
    image, image_class = [], []
    pooled = {t: [0, 0, 0] for t in thresholds}
    for photo in range(len(truth)):
        real, guess = truth.instances(photo), said.instances(photo)
        real_masks = [real.masks.decode(i) for i in range(len(real))]
        guess_masks = [guess.masks.decode(i) for i in range(len(guess))]
        overlaps = []
        for i, a in enumerate(real_masks):
            for j, b in enumerate(guess_masks):
                if agree(real, i, guess, j) and (a & b).any():
                    overlaps.append((np.count_nonzero(a & b) / np.count_nonzero(a | b), i, j))
        overlaps.sort(key=lambda row: (-row[0], row[1], row[2]))
        of_photo, of_category = [], {}
        for t in thresholds:
            met_real, met_guess = set(), set()
            for iou, i, j in overlaps:
                if iou > t and i not in met_real and j not in met_guess:
                    met_real.add(i)
                    met_guess.add(j)
            hits, lost, extra = len(met_real), len(real) - len(met_real), len(guess) - len(met_guess)
            of_photo.append(hits / (hits + lost + extra) if hits + lost + extra else 1.0)
            for place, count in enumerate((hits, lost, extra)):
                pooled[t][place] += count
            for category in {*real.category_ids.tolist(), *guess.category_ids.tolist()}:
                ours = {i for i in range(len(real)) if real.category_ids[i] == category}
                theirs = {j for j in range(len(guess)) if guess.category_ids[j] == category}
                hit = len(ours & met_real)
                of_category.setdefault(category, []).append(hit / (len(ours) + len(theirs) - hit))
        image.append(np.mean(of_photo))
        image_class.append(np.mean([np.mean(v) for v in of_category.values()]) if of_category else 1.0)
    return np.mean(image), np.mean([h / (h + m + e) for h, m, e in pooled.values()]), np.mean(image_class)


def same_category(real, i, guess, j):
    return real.category_ids[i] == guess.category_ids[j]


def same_class(real, i, guess, j):
    return same_category(real, i, guess, j) and real.attribute_set(i) == guess.attribute_set(j)


def same_stripped(real, i, guess, j):
    return same_category(real, i, guess, j) and real.attribute_set(i) == ()


def check(truth, said):
    report = evaluate(truth, said, bootstrap=Bootstrap(resamples=0))
    for score, agree in (
        (report.score, same_class),
        (report.score_categories, same_category),
        (report.score_stripped, same_stripped),
    ):
        expected = dense_scores(truth, said, agree)
        found = score.image.value, score.pooled.value, score.image_class.value
        assert found == pytest.approx(expected, abs=1e-9)
    return report


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("seed", [0, 1])
def test_on_made_up_photos(made_up, mishaps, mishap, seed):
    truth = made_up(seed=seed)
    check(truth, mishaps[mishap](truth))


@pytest.mark.data
@pytest.mark.parametrize("mishap", MISHAPS)
def test_on_real_photos(street, mishaps, mishap):
    report = check(street, mishaps[mishap](street))
    assert (report.score.image.value == 1.0) == (mishap == "perfect")
