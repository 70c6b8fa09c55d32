"""Learning how likely a detection is right, and judging that on photos it was not learnt from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.extras import require
from attire.instances import IOU_THRESHOLDS
from attire.predict.selection import (
    HitKind,
    HitModel,
    LearnedSelector,
    Target,
    Trees,
    log_odds,
    with_category_rate,
)
from attire.select.attribute_fitting import fit_attribute_sets
from attire.select.evidence import Evidence

__all__ = [
    "KINDS",
    "Fit",
    "blank_share",
    "cross_fitted",
    "fit_hit_model",
    "fit_selector",
    "folds",
    "missed_truths",
]

KINDS: tuple[HitKind, ...] = ("blend", "trees", "logistic", "isotonic")
FOLDS = 5
_RATE_WEIGHT = 20
"""Detections of the mean rate that every category's own rate is mixed with."""
_CLIP = 1e-4


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """A selector, and how each kind of model did on photos it did not see."""

    selector: LearnedSelector
    log_loss: dict[HitKind, float]
    """Mean over detections and thresholds, by kind; the least was taken."""
    out_of_fold: npt.NDArray[np.float64]
    """Probabilities that the kind taken gave each detection without its photo, shape ``(N, 10)``."""


def fit_selector(
    evidence: Evidence, *, target: Target | None = None, about: str = "", parts: int = FOLDS, seed: int = 0
) -> Fit:
    """Fit each kind of model, keep the kind that does best on unseen photos, and fit that to all photos.

    Args:
        evidence: Detections that the truth confirms or refutes.
        target: What the selector's choice is to be best at; the score by category if None.
        about: What the evidence is of, in a sentence.
        parts: Parts that the photos are cut into; each is judged by a model of the others.
        seed: Of the cut.

    Returns:
        The selector with its cross-validated figures.
    """
    given = {kind: cross_fitted(evidence, kind, parts=parts, seed=seed) for kind in KINDS}
    losses = {kind: log_loss(own, evidence.hits) for kind, own in given.items()}
    best = min(losses, key=lambda kind: losses[kind])
    selector = LearnedSelector(
        hit_model=fit_hit_model(evidence, best),
        target=target or Target("categories"),
        missed=missed_truths(evidence),
        blank=blank_share(evidence),
        sets=None if evidence.attributes is None else fit_attribute_sets(evidence.attributes),
        levels=precision_levels(given[best][:, 0], evidence.hits[:, 0]),
        about=about,
    )
    return Fit(selector=selector, log_loss=losses, out_of_fold=given[best])


def cross_fitted(
    evidence: Evidence, kind: HitKind, *, parts: int = FOLDS, seed: int = 0
) -> npt.NDArray[np.float64]:
    """Give each detection the probability that a model of other photos gives it, shape ``(N, 10)``."""
    given = np.zeros((len(evidence.photo), len(IOU_THRESHOLDS)))
    for photos in folds(len(evidence.truths), parts, seed):
        judged = evidence.of_photos(photos)
        learnt = ~judged
        model = fit_hit_model(evidence, kind, learnt)
        given[judged] = model.probabilities(evidence.features[judged], evidence.category_ids[judged])
    return given


def folds(photos: int, parts: int, seed: int) -> list[npt.NDArray[np.bool_]]:
    """Cut photos into parts, each to be judged by what the others teach; bools of shape ``(P,)``."""
    part = np.random.default_rng(seed).permutation(photos) % min(parts, photos)
    return [part == own for own in range(int(part.max()) + 1)]


def fit_hit_model(evidence: Evidence, kind: HitKind, chosen: npt.NDArray[np.bool_] | None = None) -> HitModel:
    """Fit one kind of model.

    Args:
        evidence: Detections that the truth confirms or refutes.
        kind: Boosted trees, logistic regression, both, or a monotone table over the score alone.
        chosen: Which detections to learn from, shape ``(N,)``; all if None.

    Returns:
        The model as plain arrays.

    Raises:
        MissingExtraError: If scikit-learn is not installed.
    """
    require("sklearn", "data")
    rows = np.ones(len(evidence.photo), bool) if chosen is None else chosen
    features, categories, hits = evidence.features[rows], evidence.category_ids[rows], evidence.hits[rows]
    rates = _rates(categories, hits[:, 0], evidence.categories)
    if kind == "isotonic":
        knots, table = _isotonic(features[:, 0], hits)
        return HitModel(kind=kind, rates=rates, knots=knots, table=table)
    own = with_category_rate(features, categories, rates)
    stacked = np.concatenate([np.column_stack([own, np.full(len(own), t)]) for t in IOU_THRESHOLDS])
    answers = hits.T.ravel()
    if answers.all() or not answers.any():
        kind = "logistic"  # nothing to split by
    weights = {"weights": _logistic(stacked, answers)} if kind in ("blend", "logistic") else {}
    trees = None if kind == "logistic" else _trees(stacked, answers)
    return HitModel(kind=kind, rates=rates, trees=trees, **weights)


def log_loss(given: npt.NDArray[np.float64], hits: npt.NDArray[np.bool_]) -> float:
    """Mean of −log of the probability given to what happened."""
    p = np.clip(given, _CLIP, 1 - _CLIP)
    return float(-np.where(hits, np.log(p), np.log(1 - p)).mean())


def missed_truths(evidence: Evidence, chosen: npt.NDArray[np.bool_] | None = None) -> float:
    """Truths that no detection finds, per photo; ``chosen`` says of which photos, shape ``(P,)``."""
    photos = np.ones(len(evidence.truths), bool) if chosen is None else chosen
    found = evidence.hits[evidence.of_photos(photos), 0].sum()
    return float((evidence.truths[photos].sum() - found) / max(photos.sum(), 1))


def blank_share(evidence: Evidence, chosen: npt.NDArray[np.bool_] | None = None) -> float:
    """Share of photos without any truth, half a photo added; ``chosen`` says of which, shape ``(P,)``."""
    truths = evidence.truths if chosen is None else evidence.truths[chosen]
    return float(((truths == 0).sum() + 0.5) / (len(truths) + 1))


def precision_levels(given: npt.NDArray[np.float64], hits: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Probability from which 1 %, 2 %, …, 99 % of what is kept is right.

    Args:
        given: Out-of-fold probabilities, shape ``(N,)``.
        hits: Whether each is right, shape ``(N,)``.

    Returns:
        Rising, shape ``(99,)``. A share that is never reached asks for more than any probability given.
    """
    order = np.argsort(-given, kind="stable")
    precision = np.cumsum(hits[order]) / np.arange(1, len(order) + 1)
    levels = np.ones(99)
    for place, share in enumerate(np.arange(1, 100) / 100):
        enough = np.flatnonzero(precision >= share)
        # The first few may be right by luck; what counts is the longest list that is right often enough.
        levels[place] = given[order[enough[-1]]] if len(enough) else 1.0
    rising: npt.NDArray[np.float64] = np.maximum.accumulate(levels)
    return rising


def _rates(
    categories: npt.NDArray[np.int64], hits: npt.NDArray[np.bool_], count: int
) -> npt.NDArray[np.float64]:
    mean = (hits.sum() + 1) / (len(hits) + 2)
    right = np.bincount(categories, weights=hits, minlength=count)
    every = np.bincount(categories, minlength=count)
    rates: npt.NDArray[np.float64] = (right + _RATE_WEIGHT * mean) / (every + _RATE_WEIGHT)
    return rates


def _isotonic(
    score: npt.NDArray[np.float64], hits: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    from sklearn.isotonic import IsotonicRegression

    knots = np.unique(np.quantile(score, np.linspace(0, 1, 101)))
    columns = [IsotonicRegression(out_of_bounds="clip").fit(score, own).predict(knots) for own in hits.T]
    return knots, np.clip(np.stack(columns, axis=1), _CLIP, 1 - _CLIP)


def _logistic(rows: npt.NDArray[np.float64], answers: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Weights on the columns as they come: per column, then for t squared, then the constant."""
    from sklearn.linear_model import LogisticRegression

    columns = np.column_stack([rows, rows[:, -1] ** 2])
    if answers.all() or not answers.any():
        constant = log_odds((answers.sum() + 0.5) / (len(answers) + 1))
        return np.append(np.zeros(columns.shape[1]), constant)
    mean, spread = columns.mean(axis=0), columns.std(axis=0)
    spread[spread < 1e-9] = 1.0
    fitted = LogisticRegression(C=0.1, max_iter=2000).fit((columns - mean) / spread, answers)
    weights = fitted.coef_[0] / spread
    return np.append(weights, fitted.intercept_[0] - weights @ mean)


def _trees(rows: npt.NDArray[np.float64], answers: npt.NDArray[np.bool_]) -> Trees:
    """Boosted trees that fall with the threshold and rise with the score and its margin."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    signs = np.zeros(rows.shape[1], int)
    signs[[0, 1, -1]] = 1, 1, -1
    boosting = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.05,
        max_leaf_nodes=6,
        min_samples_leaf=100,
        l2_regularization=1.0,
        monotonic_cst=signs,
        early_stopping=False,
        random_state=0,
    )
    # So few rows gain little by threads, and threads that wait for each other on a busy machine take minutes.
    with threadpool_limits(limits=1, user_api="openmp"):
        fitted = boosting.fit(rows, answers)
    return _to_arrays(fitted)


def _to_arrays(fitted: Any) -> Trees:
    """Take the trees out of scikit-learn's classifier; that they answer alike is tested."""
    trees = [stage[0].nodes for stage in fitted._predictors]
    counts = [len(nodes) for nodes in trees]
    roots = np.concatenate([[0], np.cumsum(counts)[:-1]])
    nodes = np.concatenate(trees)
    shift = np.repeat(roots, counts)
    leaf = nodes["is_leaf"].astype(bool)
    return Trees(
        roots=roots.astype(np.int32),
        feature=np.where(leaf, -1, nodes["feature_idx"]).astype(np.int32),
        threshold=np.where(leaf, 0, nodes["num_threshold"]),
        left=np.where(leaf, 0, nodes["left"].astype(np.int64) + shift).astype(np.int32),
        right=np.where(leaf, 0, nodes["right"].astype(np.int64) + shift).astype(np.int32),
        value=np.where(leaf, nodes["value"], 0),
        start=float(np.ravel(fitted._baseline_prediction)[0]),
    )
