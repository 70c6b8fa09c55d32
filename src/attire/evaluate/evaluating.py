"""One call from truth and predictions to the whole report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import attire
from attire.annotations import Records
from attire.evaluate.alignment import align, labelled_only
from attire.evaluate.attribute_scores import score_attributes
from attire.evaluate.bootstrap import Bootstrap
from attire.evaluate.breakdown import category_rows, photo_rows, threshold_rows
from attire.evaluate.coco_ap import coco_ap
from attire.evaluate.confusion import confusion_matrix
from attire.evaluate.fashionpedia_ap import fashionpedia_ap
from attire.evaluate.ledger import keep_ledger
from attire.evaluate.overlaps import Overlaps, find_overlaps
from attire.evaluate.reliability import score_reliability
from attire.evaluate.report import Baseline, Coco, Provenance, Report
from attire.evaluate.score2019 import Counts, count_hits, score2019

__all__ = ["Candidate", "evaluate"]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Predictions to score."""

    kept: Records
    """Those that the score counts; without ``scores`` every one is certain."""
    ranked: Records | None = None
    """Those that average precision ranks, down to the faintest; ``kept`` if None."""


@dataclass(frozen=True, kw_only=True)
class _Basis:
    """What all figures of one candidate start from."""

    kept: Records
    overlaps: Overlaps
    ranked: Records
    ranked_overlaps: Overlaps
    counts: dict[str, Counts]
    """Variant of the score → its counts."""
    coco: Coco


def evaluate(
    truth: Records,
    predictions: Records,
    *,
    ranked: Records | None = None,
    unlabelled: Literal["unknown", "background"] = "background",
    bootstrap: Bootstrap | None = None,
    baselines: Mapping[str, Candidate] | None = None,
    provenance: Provenance | None = None,
) -> Report:
    """Score predictions against the truth.

    Args:
        truth: What is there, with masks at the size of the predictions'.
        predictions: What was said, photos in any order; a photo left out has no predictions. Without
            ``scores`` every prediction counts as certain.
        ranked: What average precision ranks: all that a model gives, before anything is decided;
            ``predictions`` if None.
        unlabelled: What a category is that the truth never shows: ``background``, so that predicting it is
            an error, as on Kaggle; or ``unknown``, so that predictions of it do not count either way.
        bootstrap: How to draw photos anew for the intervals.
        baselines: Name → other predictions, whose main figures stand beside.
        provenance: What the report says about where it comes from.

    Returns:
        The report.

    Raises:
        AnnotationError: If truth and predictions do not fit together, or there is no photo.
        MissingExtraError: If faster-coco-eval is not installed.
    """
    bootstrap = bootstrap or Bootstrap()
    candidate, beside = Candidate(kept=predictions, ranked=ranked), dict(baselines or {})
    if unlabelled == "unknown":
        candidate = _labelled(truth, candidate)
        beside = {name: _labelled(truth, other) for name, other in beside.items()}
    encoded = truth.masks.to_coco()
    basis = _basis(truth, candidate, encoded)
    scores = {name: score2019(counts, bootstrap) for name, counts in basis.counts.items()}
    rivals = {}
    for name, rival in beside.items():
        other = _basis(truth, rival, encoded)
        theirs = {key: score2019(counts, bootstrap) for key, counts in other.counts.items()}
        rivals[name] = Baseline(**theirs, coco=other.coco)
    categories = truth.ontology.categories
    by_category = basis.counts["score_categories"]
    return Report(
        **scores,
        coco=basis.coco,
        fashionpedia=fashionpedia_ap(truth, basis.ranked, basis.ranked_overlaps),
        attributes=score_attributes(truth, basis.kept, basis.overlaps, bootstrap),
        categories=category_rows(
            truth.ontology, by_category, basis.counts["score"], basis.coco.mask, basis.coco.box
        ),
        ledger=keep_ledger(truth, basis.kept, basis.overlaps),
        thresholds={name: threshold_rows(counts) for name, counts in basis.counts.items()},
        confusion=confusion_matrix(truth, basis.kept, basis.overlaps),
        confusion_names=(*(category.name for category in categories), "background"),
        photos=len(truth),
        instances=len(truth.category_ids),
        predictions=len(basis.kept.category_ids),
        left_out=len(predictions.category_ids) - len(candidate.kept.category_ids),
        ranked=len(basis.ranked.category_ids),
        reliability=score_reliability(truth, basis.ranked, basis.ranked_overlaps, bootstrap),
        photo_rows=photo_rows(truth, by_category, basis.counts["score"]),
        provenance=provenance
        or Provenance(version=attire.__version__, resamples=bootstrap.resamples, seed=bootstrap.seed),
        baselines=rivals,
    )


def _labelled(truth: Records, candidate: Candidate) -> Candidate:
    ranked = None if candidate.ranked is None else labelled_only(truth, candidate.ranked)
    return Candidate(kept=labelled_only(truth, candidate.kept), ranked=ranked)


def _basis(truth: Records, candidate: Candidate, truth_masks: list[dict[str, Any]]) -> _Basis:
    kept = align(truth, candidate.kept)
    ranked = kept if candidate.ranked is None else align(truth, candidate.ranked)
    masks = ranked.masks.to_coco()
    ranked_overlaps = find_overlaps(truth, ranked, truth_masks, masks)
    overlaps = ranked_overlaps
    if ranked is not kept:
        overlaps = find_overlaps(truth, kept, truth_masks, kept.masks.to_coco())
    agreements = {
        "score": overlaps.same_class,
        "score_categories": overlaps.same_category,
        "score_stripped": overlaps.same_stripped,
    }
    return _Basis(
        kept=kept,
        overlaps=overlaps,
        ranked=ranked,
        ranked_overlaps=ranked_overlaps,
        counts={name: count_hits(truth, kept, overlaps, agrees) for name, agrees in agreements.items()},
        coco=Coco(
            mask=coco_ap(truth, ranked, truth_masks, masks, "segm"),
            box=coco_ap(truth, ranked, truth_masks, masks, "bbox"),
        ),
    )
