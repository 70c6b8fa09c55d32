"""Attributes count where somebody looked, on garments that were found."""

from dataclasses import replace

import numpy as np
import pytest

from attire.evaluate import evaluate

WHOLE, OTHER, HALF = (0, 0, 10, 10), (10, 0, 20, 10), (0, 0, 10, 5)


@pytest.fixture
def scored(make_records, quick):
    def run(truth, predictions, known_groups=None):
        real, said = (make_records({"a": ((10, 20), rows)}) for rows in (truth, predictions))
        if known_groups is not None:
            ontology = real.ontology
            known = np.isin([a.group for a in ontology.attributes], known_groups)
            real = replace(real, attributes_known=real.attributes_known & known)
        return evaluate(real, said, bootstrap=quick).attributes

    return run


def groups(scores):
    return {group.name: group for group in scores.groups}


def ids(ontology, group, count):
    return [a.id for a in ontology.attributes if a.group == group][:count]


def test_f1_by_hand(scored, ontology):
    a, b, c = ids(ontology, "pattern", 3)
    scores = scored(
        [(10, WHOLE, [a, b]), (0, OTHER, [c])],
        [(10, WHOLE, [a, c]), (0, OTHER, [c])],
    )
    # TP: a, c. FP: c on the dress. FN: b.
    assert scores.f1.value == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert (scores.precision.value, scores.sensitivity.value) == pytest.approx((2 / 3, 2 / 3))
    assert scores.f1_garment.value == pytest.approx((0.5 + 1) / 2)
    assert scores.f1_macro == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert (scores.exact_set.value, scores.exact_literal.value) == (0.5, 0.5)
    assert groups(scores)["pattern"].exact_set == 0.5
    by_id = {row.id: row for row in scores.by_attribute}
    assert (by_id[c].truths, by_id[c].predictions, by_id[c].hits) == (1, 2, 1)


def test_unknown_group_is_neither_right_nor_wrong(scored, ontology):
    (pattern,), (length,) = ids(ontology, "pattern", 1), ids(ontology, "length", 1)
    scores = scored([(10, WHOLE, [pattern])], [(10, WHOLE, [pattern, length])], known_groups=["pattern"])
    assert (scores.f1.value, scores.exact_set.value) == (1.0, 1.0)
    assert scores.exact_literal.value == 0.0  # the score of 2019 would not let it pass
    assert groups(scores)["length"].garments == 0
    assert np.isnan(groups(scores)["length"].f1)


def test_garments_without_annotation_do_not_count(scored):
    scores = scored([(10, WHOLE, None)], [(10, WHOLE, [1, 2])])
    assert (scores.garments, scores.annotated) == (0, 0)
    assert np.isnan(scores.f1.value)


@pytest.mark.parametrize(
    "prediction",
    [(0, WHOLE, [1]), (10, HALF, [1]), (10, OTHER, [1])],
    ids=["another category", "half the mask", "elsewhere"],
)
def test_garments_not_found_do_not_count(scored, prediction):
    scores = scored([(10, WHOLE, [1])], [prediction])
    assert (scores.garments, scores.annotated) == (0, 1)


def test_best_overlap_speaks_for_the_garment(scored):
    scores = scored([(10, WHOLE, [1])], [(10, (0, 0, 10, 8), [2]), (10, WHOLE, [1])])
    assert (scores.garments, scores.f1.value) == (1, 1.0)
