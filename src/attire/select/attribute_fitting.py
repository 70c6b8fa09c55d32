"""Learning how attribute sets are decided, from garments that were found and whose attributes are known."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.extras import require
from attire.ontology import Ontology
from attire.predict.selection import AttributeSets, GroupSets

__all__ = [
    "AttributeEvidence",
    "SetsOutOfFold",
    "cross_fitted_sets",
    "fit_attribute_sets",
    "gather_attributes",
]

_KNOWN_WELL = 50
"""Garments of a category from which a set that none of them has is impossible in it."""
_SHRINK = 5.0
"""Garments of all categories that each category's own are mixed with."""
_START = np.array([1.0, 3.0, 0.3, 0.3])
"""Weights that the data have to argue against."""
_PULL = 4.0
_THRESHOLDS: list[float] = (np.arange(4, 13) / 20).tolist()
_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class AttributeEvidence:
    """G garments found by the network, and what is known of their attributes; and labels of others."""

    ontology: Ontology
    probs: _Floats
    """The network's, shape ``(G, A)``."""
    truth: _Bools
    """Which hold, shape ``(G, A)``."""
    known: _Bools
    """Which anybody looked for, shape ``(G, A)``."""
    category_ids: npt.NDArray[np.int64]
    """Shape ``(G,)``."""
    photo: npt.NDArray[np.int64]
    """Place of each garment's photo, shape ``(G,)``."""
    more: Records | None = None
    """Annotations of other photos, such as those trained on: how common sets are, no pictures needed."""

    def labels(self, chosen: _Bools) -> tuple[_Bools, _Bools, npt.NDArray[np.int64]]:
        """Truth, what is known, and categories, of chosen garments and of all others' labels."""
        truth, known, categories = self.truth[chosen], self.known[chosen], self.category_ids[chosen]
        if self.more is None:
            return truth, known, categories
        carriers = np.isin(self.more.category_ids, np.unique(self.more.category_ids[self.more.annotated]))
        return (
            np.concatenate([truth, self.more.attributes[carriers]]),
            np.concatenate([known, self.more.attributes_known[carriers]]),
            np.concatenate([categories, self.more.category_ids[carriers]]),
        )


def gather_attributes(
    truth: Records,
    predictions: Records,
    found: npt.NDArray[np.int64],
    *,
    more: Records | None = None,
) -> AttributeEvidence | None:
    """Take the garments whose category carries attributes and that the network found.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``, with attribute probabilities.
        found: Place of the truth that each prediction found, −1 for none, shape ``(N,)``.
        more: Annotations of other photos.

    Returns:
        None if there is no such garment, or nothing is said of attributes.
    """
    carriers = np.unique(truth.category_ids[truth.annotated])
    p = np.flatnonzero((found >= 0) & np.isin(predictions.category_ids, carriers))
    if predictions.attribute_probs is None or not len(p):
        return None
    t = found[p]
    return AttributeEvidence(
        ontology=truth.ontology,
        probs=predictions.attribute_probs[p].astype(np.float64),
        truth=truth.attributes[t],
        known=truth.attributes_known[t],
        category_ids=truth.category_ids[t],
        photo=predictions.photo_indices[p],
        more=more,
    )


def fit_attribute_sets(evidence: AttributeEvidence, chosen: _Bools | None = None) -> AttributeSets:
    """Fit the choice of sets.

    Args:
        evidence: Garments that were found.
        chosen: Which of them to learn from, shape ``(G,)``; all if None.

    Returns:
        The choice as plain arrays.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    require("scipy", "data")
    own = np.ones(len(evidence.photo), bool) if chosen is None else chosen
    annotated = evidence.known.any(axis=1)
    known = tuple(
        _fit_group(evidence, own & evidence.known[:, columns].any(axis=1), columns, literal=False)
        for columns in _columns(evidence.ontology)
    )
    literal = tuple(
        _fit_group(evidence, own & annotated, columns, literal=True)
        for columns in _columns(evidence.ontology)
    )
    bare = _bare(evidence, own)
    trials = [AttributeSets(groups=known, literal=literal, bare=bare, threshold=t) for t in _THRESHOLDS]
    categories = evidence.category_ids[own]
    marginals = trials[0].marginals(evidence.probs[own], categories)
    f1 = [
        _f1(sets.decide(marginals, categories), evidence.truth[own], evidence.known[own]) for sets in trials
    ]
    return trials[int(np.argmax(f1))]


@dataclass(frozen=True, kw_only=True, eq=False)
class SetsOutOfFold:
    """Attributes of G garments, decided by what other photos teach."""

    people: _Bools
    """Sets for people, shape ``(G, A)``."""
    probs: _Floats
    """Probability of each attribute, shape ``(G, A)``."""
    letters: _Bools
    """Sets for the score, shape ``(G, A)``."""
    chance: _Floats
    """Probability of the latter, shape ``(G,)``."""


def cross_fitted_sets(evidence: AttributeEvidence, parts: list[_Bools]) -> SetsOutOfFold:
    """Decide each garment's attributes by what other photos teach.

    Args:
        evidence: Garments that were found.
        parts: Photos of each part, shape ``(P,)`` each.
    """
    shape = evidence.truth.shape
    people, letters, chance = np.zeros(shape, bool), np.zeros(shape, bool), np.zeros(len(evidence.photo))
    given = np.zeros(shape)
    for photos in parts:
        judged = photos[evidence.photo]
        if not judged.any() or judged.all():
            continue
        sets = fit_attribute_sets(evidence, ~judged)
        probs, categories = evidence.probs[judged], evidence.category_ids[judged]
        given[judged] = sets.marginals(probs, categories)
        people[judged] = sets.decide(given[judged], categories)
        letters[judged], chance[judged] = sets.likeliest(probs, categories)
    return SetsOutOfFold(people=people, probs=given, letters=letters, chance=chance)


def _columns(ontology: Ontology) -> list[npt.NDArray[np.int64]]:
    return [np.array(group.indices, np.int64) for group in ontology.groups]


def _bare(evidence: AttributeEvidence, chosen: _Bools) -> _Floats:
    """Share of each category without any attribute in the file, drawn towards the mean."""
    truth, _, categories = evidence.labels(chosen)
    empty = truth.sum(axis=1) == 0
    count = len(evidence.ontology.categories)
    mean = float(empty.mean()) if len(empty) else 1.0
    every = np.bincount(categories, minlength=count)
    bare: _Floats = (np.bincount(categories, weights=empty, minlength=count) + _SHRINK * mean) / (
        every + _SHRINK
    )
    return bare


def _fit_group(
    evidence: AttributeEvidence, chosen: _Bools, columns: npt.NDArray[np.int64], *, literal: bool
) -> GroupSets:
    """Count how common sets are, and weigh that against what the network says."""
    from scipy.optimize import minimize

    truth, known, categories = evidence.labels(chosen)
    counted = known.any(axis=1) if literal else known[:, columns].any(axis=1)
    sets, kinds = truth[counted][:, columns], categories[counted]
    width = len(columns)
    options = np.unique(np.concatenate([sets, np.eye(width, dtype=bool)]), axis=0)
    options = options if literal else options[options.any(axis=1)]
    place = {option.tobytes(): i for i, option in enumerate(options)}
    which = np.array([place.get(own.tobytes(), -1) for own in sets], np.int64)
    kinds, which = kinds[which >= 0], which[which >= 0]
    counts = np.bincount(which, minlength=len(options))
    common = (counts + 0.5) / (counts.sum() + 0.5 * len(options))
    each = np.zeros((len(evidence.ontology.categories), len(options)))
    np.add.at(each, (kinds, which), 1)
    total = each.sum(axis=1, keepdims=True)
    typical = (each + _SHRINK * common) / (total + _SHRINK) / common
    typical[(each == 0) & (total >= _KNOWN_WELL)] = 0
    group = GroupSets(columns=columns, options=options, weights=_START, common=common, typical=typical)
    rows = np.flatnonzero(chosen)
    answers = np.array([place.get(own.tobytes(), -1) for own in evidence.truth[rows][:, columns]], np.int64)
    rows, answers = rows[answers >= 0], answers[answers >= 0]
    terms = group.terms(evidence.probs[rows], evidence.category_ids[rows])
    possible = group.typical[evidence.category_ids[rows]] > 0

    def loss(weights: _Floats) -> float:
        odds = np.where(possible, terms @ weights, -np.inf)
        top = odds.max(axis=1, keepdims=True)
        whole = np.log(np.exp(odds - top).sum(axis=1)) + top[:, 0]
        given = whole - odds[np.arange(len(rows)), answers]
        return float(given.sum() + _PULL * ((weights - _START) ** 2).sum())

    best = minimize(loss, _START, method="L-BFGS-B").x if len(rows) else _START
    return GroupSets(columns=columns, options=options, weights=best, common=common, typical=typical)


def _f1(said: _Bools, truth: _Bools, known: _Bools) -> float:
    hit = (said & truth & known).sum()
    wrong = ((said != truth) & known).sum()
    return float(2 * hit / max(2 * hit + wrong, 1))
