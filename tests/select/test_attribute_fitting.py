"""Sets are learnt from what people give, and decided as one choice, for people and for the score."""

import numpy as np
import pytest

from attire.predict.selection import AttributeSets
from attire.select.attribute_fitting import AttributeEvidence, cross_fitted_sets, fit_attribute_sets

DRESS, COAT = 10, 9
MINI, MAXI = "mini (length)", "maxi (length)"


@pytest.fixture
def evidence(ontology):
    """240 garments of 24 photos: dresses are floral with stripes or plain, coats plain; lengths are known to
    half of them. The network is right about patterns, but keeps its probabilities low."""
    random = np.random.default_rng(0)
    n, width = 240, len(ontology.attributes)
    column = {
        name: ontology.attribute_index(name) for name in (MINI, MAXI, "floral", "stripe", "plain (pattern)")
    }
    categories = np.where(np.arange(n) % 2 == 0, DRESS, COAT)
    truth, probs = np.zeros((n, width), bool), np.full((n, width), 0.02)
    busy = (categories == DRESS) & (random.random(n) < 0.5)
    truth[busy, column["floral"]] = truth[busy, column["stripe"]] = True
    truth[~busy, column["plain (pattern)"]] = True
    short = random.random(n) < 0.5
    known_length = random.random(n) < 0.5
    truth[short & known_length, column[MINI]] = True
    truth[~short & known_length, column[MAXI]] = True
    noise = random.normal(0, 0.05, (n, 5))
    for place, (name, high) in enumerate(
        (("floral", busy), ("stripe", busy), ("plain (pattern)", ~busy), (MINI, short), (MAXI, ~short))
    ):
        # Stripes are hardly seen by the network: only that they come with flowers gives them away.
        level = 0.12 if name == "stripe" else 0.3
        probs[:, column[name]] = np.clip(np.where(high, level, 0.1) + noise[:, place], 0.01, 0.9)
    known = np.zeros((n, width), bool)
    for group in ontology.groups:
        columns = np.array(group.indices)
        known[:, columns] = truth[:, columns].any(axis=1, keepdims=True)
    return AttributeEvidence(
        ontology=ontology,
        probs=probs,
        truth=truth,
        known=known,
        category_ids=categories,
        photo=np.arange(n) // 10,
    )


def parts(count=4):
    return [np.arange(24) % count == own for own in range(count)]


def held(ontology, row):
    return {ontology.attributes[a].name for a in np.flatnonzero(row)}


def test_what_comes_together_is_said_together(evidence, ontology):
    fitted = cross_fitted_sets(evidence, parts())
    people, letters = fitted.people, fitted.letters
    right = ((people == evidence.truth) | ~evidence.known).all(axis=1)
    assert right.mean() > 0.85
    for rows in (people, letters):
        patterns = [frozenset(held(ontology, row) & {"floral", "stripe", "plain (pattern)"}) for row in rows]
        given = {frozenset({"floral", "stripe"}), frozenset({"plain (pattern)"})}
        assert set(patterns) - {frozenset()} <= given
        assert patterns.count(frozenset()) < 5, "saying nothing is for doubtful cases"


def test_for_people_a_length_is_said_and_for_the_score_only_if_it_stands_in_files(evidence, ontology):
    sets = fit_attribute_sets(evidence)
    lengths = [ontology.attribute_index(name) for name in (MINI, MAXI)]
    marginals = sets.marginals(evidence.probs, evidence.category_ids)
    assert marginals[:, lengths].sum(axis=1) == pytest.approx(np.ones(240), abs=0.15)
    assert sets.decide(marginals, evidence.category_ids)[:, lengths].sum(axis=1).mean() > 0.9
    group = next(own for own in sets.literal if set(lengths) <= set(own.columns.tolist()))
    shares = group(evidence.probs, evidence.category_ids)
    empty = shares[:, ~group.options.any(axis=1)].sum(axis=1)
    assert empty.mean() == pytest.approx(0.5, abs=0.1)


def test_probability_of_a_set_means_what_it_says(evidence):
    fitted = cross_fitted_sets(evidence, parts())
    letters, chance = fitted.letters, fitted.chance
    right = (letters == evidence.truth).all(axis=1)
    assert chance.mean() == pytest.approx(right.mean(), abs=0.1)


def test_what_a_well_known_category_never_has_is_impossible_there(evidence, ontology):
    probs = evidence.probs[:2].copy()
    probs[:, ontology.attribute_index("floral")] = 0.99
    marginals = fit_attribute_sets(evidence).marginals(probs, np.array([DRESS, COAT]))
    floral = marginals[:, ontology.attribute_index("floral")]
    assert floral[0] > 0.9
    assert floral[1] == 0


def test_where_files_leave_garments_bare_bare_is_likeliest(evidence):
    from dataclasses import replace

    bare = np.arange(240) % 10 > 0
    thin = replace(evidence, truth=evidence.truth & ~bare[:, None], known=evidence.known & ~bare[:, None])
    letters, chance = fit_attribute_sets(thin).likeliest(evidence.probs, evidence.category_ids)
    assert not letters.any()
    assert chance.mean() == pytest.approx(0.9, abs=0.03)


def test_they_survive_being_written(evidence):
    sets = fit_attribute_sets(evidence)
    again = AttributeSets.from_arrays(sets.to_arrays())
    one = sets.likeliest(evidence.probs, evidence.category_ids)
    other = again.likeliest(evidence.probs, evidence.category_ids)
    assert (one[0] == other[0]).all()
    assert (one[1] == other[1]).all()
    assert again.threshold == sets.threshold
    assert AttributeSets.from_arrays({}) is None
