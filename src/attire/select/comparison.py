"""Ways to choose among detections, side by side, each judged on photos that it was not tuned on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.errors import DataError
from attire.evaluate import Bootstrap, Value
from attire.evaluate.alignment import align, labelled_only
from attire.evaluate.collecting import collect
from attire.evaluate.overlaps import Overlaps, find_overlaps
from attire.evaluate.score2019 import count_hits, jaccard
from attire.instances import IOU_THRESHOLDS, Instances
from attire.predict.selection import AttributeSets, HitKind, LearnedSelector, Target
from attire.progress import track
from attire.select.attribute_fitting import fit_attribute_sets
from attire.select.evidence import Evidence, gather
from attire.select.fitting import FOLDS, blank_share, fit_hit_model, folds, missed_truths

__all__ = ["Comparison", "Way", "compare"]

CUTS: npt.NDArray[np.float64] = np.arange(1, 20) / 20
"""Scores from 0.05 to 0.95 that cut-offs are chosen from."""
PLAIN = 0.5
_SWEEPS = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to choose."""

    name: str
    score: Value
    """Score of 2019 by category, averaged over photos."""
    with_sets: Value
    """The same with exact attribute sets."""
    gain: Value
    """How much more than the plain cut, on the same photos."""
    over_single: Value
    """How much more than the best single cut, on the same photos."""
    over_category: Value
    """How much more than the best cuts per category, on the same photos."""
    kept: int
    """Detections of labelled categories that it says, on average over cuts."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All ways on the same photos."""

    ways: tuple[Way, ...]
    """The plain cut, the best single cut, the best cuts per category, the decision rule, and the rule for the
    score with attribute sets. Cuts decide attributes by the default rule and are chosen for categories."""
    photos: int
    parts: int
    """Parts that the photos were cut into; each was judged by what the others taught."""
    repeats: int
    """How often they were cut anew."""


def compare(
    truth: Records,
    looks: Sequence[Instances],
    *,
    labels: Records | None = None,
    kind: HitKind = "blend",
    bootstrap: Bootstrap | None = None,
    parts: int = FOLDS,
    repeats: int = 4,
    seed: int = 0,
) -> Comparison:
    """Compare ways to choose among a network's detections.

    Args:
        truth: What is there.
        looks: All that the network gives for each photo, in the truth's order, with its own scores.
        labels: Annotations of other photos, as for :func:`gather`.
        kind: Model behind the decision rule.
        bootstrap: How to draw photos anew for the intervals.
        parts: Parts that the photos are cut into.
        repeats: How often they are cut anew; each photo's score is the mean of as many.
        seed: Of the first cut.

    Returns:
        Figures of each way, cross-fitted by photo.

    Raises:
        DataError: If there are fewer photos than two.
    """
    if len(looks) < 2:
        raise DataError("To judge a selector on photos it has not seen takes two photos at least.")
    bootstrap = bootstrap or Bootstrap()
    cuts = _Cuts.of(truth, looks)
    evidence = gather(truth, looks, labels=labels)
    places = np.full(len(cuts.hits), _place(PLAIN))
    everywhere = np.ones(len(looks), bool)
    plain = _Tally("cut at 0.5", len(looks))
    plain.add(everywhere, cuts.scores(places), cuts.scores(places, full=True), cuts.kept(places, everywhere))
    single, category = (_Tally(name, len(looks)) for name in ("best single cut", "best cut per category"))
    rules = {
        "categories": _Tally("decision rule", len(looks)),
        "score2019": _Tally("decision rule for sets", len(looks)),
    }
    trials = [judged for repeat in range(repeats) for judged in folds(len(looks), parts, seed + repeat)]
    for judged in track(trials, "compare"):
        others = ~judged
        best = cuts.best_single(others)
        each = cuts.best_each(others, best)
        for tally, places in ((single, np.full(len(each), best)), (category, each)):
            scores, full = cuts.scores(places), cuts.scores(places, full=True)
            tally.add(judged, scores[judged], full[judged], cuts.kept(places, judged))
        learnt = LearnedSelector(
            hit_model=fit_hit_model(evidence, kind, evidence.of_photos(others)),
            target=Target("categories"),
            missed=missed_truths(evidence, others),
            blank=blank_share(evidence, others),
            levels=np.ones(99),
            sets=_sets(evidence, others),
        )
        own = np.flatnonzero(judged)
        for target, tally in rules.items():
            rule = learnt.aimed_at(target)
            said = labelled_only(truth, collect([rule(looks[i]) for i in own.tolist()], truth.ontology))
            scores, full = photo_scores(truth.select(own), said)
            tally.add(judged, scores, full, len(said.category_ids))
    for tally in (single, category, *rules.values()):
        tally.share(repeats)
    return Comparison(
        ways=tuple(
            Way(
                name=tally.name,
                score=bootstrap.mean(tally.scores),
                with_sets=bootstrap.mean(tally.full),
                gain=bootstrap.mean(tally.scores - plain.scores),
                over_single=bootstrap.mean(tally.scores - single.scores),
                over_category=bootstrap.mean(tally.scores - category.scores),
                kept=round(tally.kept),
            )
            for tally in (plain, single, category, *rules.values())
        ),
        photos=len(looks),
        parts=parts,
        repeats=repeats,
    )


class _Tally:
    """What one way scores in each photo, summed over cuts of the photos."""

    def __init__(self, name: str, photos: int) -> None:
        self.name = name
        self.scores, self.full = np.zeros(photos), np.zeros(photos)
        self.kept = 0.0

    def add(
        self,
        photos: npt.NDArray[np.bool_],
        scores: npt.NDArray[np.float64],
        full: npt.NDArray[np.float64],
        kept: int,
    ) -> None:
        """Add the scores of some photos."""
        self.scores[photos] += scores
        self.full[photos] += full
        self.kept += kept

    def share(self, repeats: int) -> None:
        """Turn sums into means."""
        self.scores, self.full, self.kept = self.scores / repeats, self.full / repeats, self.kept / repeats


def _sets(evidence: Evidence, photos: npt.NDArray[np.bool_]) -> AttributeSets | None:
    if evidence.attributes is None:
        return None
    return fit_attribute_sets(evidence.attributes, photos[evidence.attributes.photo])


def photo_scores(
    truth: Records, predictions: Records
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Score of 2019 of each photo, by category and with exact attribute sets, shape ``(P,)`` each."""
    aligned = align(truth, predictions)
    overlaps = find_overlaps(truth, aligned, truth.masks.to_coco(), aligned.masks.to_coco())
    found = []
    for agrees in (overlaps.same_category, overlaps.same_class):
        hits, said = count_hits(truth, aligned, overlaps, agrees).per_photo()
        found.append(jaccard(hits, said).mean(axis=1))
    return found[0], found[1]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Cuts:
    """What every category brings at every cut-off; no hit joins two categories, so that they add up."""

    hits: npt.NDArray[np.float64]
    """By category, shape ``(C, K, P, 10)``."""
    full: npt.NDArray[np.float64]
    """With exact attribute sets, shape ``(C, K, P, 10)``."""
    predictions: npt.NDArray[np.float64]
    """Shape ``(C, K, P)``."""
    truths: npt.NDArray[np.float64]
    """Shape ``(P,)``."""

    @classmethod
    def of(cls, truth: Records, looks: Sequence[Instances]) -> "_Cuts":
        ranked = align(truth, labelled_only(truth, collect(looks, truth.ontology)))
        overlaps = find_overlaps(truth, ranked, truth.masks.to_coco(), ranked.masks.to_coco())
        categories = np.unique(truth.category_ids)
        shape = (len(categories), len(CUTS), len(truth))
        hits, full = (np.zeros((*shape, len(IOU_THRESHOLDS))) for _ in range(2))
        predictions = np.zeros(shape)
        scores = np.ones(len(ranked.category_ids)) if ranked.scores is None else ranked.scores
        for place, cut in enumerate(CUTS):
            kept = scores >= np.float32(cut)
            some, own = ranked.keep(kept), _kept(overlaps, kept)
            for target, agrees in ((full, own.same_class), (hits, own.same_category)):
                counts = count_hits(truth, some, own, agrees)
                where = np.searchsorted(categories, counts.category)
                target[where, place, counts.photo] = counts.hits
            predictions[where, place, counts.photo] = counts.predictions
        return cls(
            hits=hits, full=full, predictions=predictions, truths=np.diff(truth.offsets).astype(np.float64)
        )

    def scores(self, places: npt.NDArray[np.int64], *, full: bool = False) -> npt.NDArray[np.float64]:
        """Score of each photo, with the cut-off of each category given by its place; shape ``(P,)``."""
        each = np.arange(len(places))
        hits = self.full if full else self.hits
        return self._jaccard(hits[each, places].sum(axis=0), self.predictions[each, places].sum(axis=0))

    def kept(self, places: npt.NDArray[np.int64], photos: npt.NDArray[np.bool_]) -> int:
        """How many detections that leaves in some photos."""
        return int(self.predictions[np.arange(len(places)), places][:, photos].sum())

    def best_single(self, photos: npt.NDArray[np.bool_]) -> int:
        """Place of the cut-off that is best for all categories together on some photos."""
        means = [self.scores(np.full(len(self.hits), place))[photos].mean() for place in range(len(CUTS))]
        return int(np.argmax(means))

    def best_each(self, photos: npt.NDArray[np.bool_], start: int) -> npt.NDArray[np.int64]:
        """Places of the cut-offs per category, improved one after the other from a single one."""
        places = np.full(len(self.hits), start)
        each = np.arange(len(places))
        for _ in range(_SWEEPS):
            before = places.copy()
            for category in each:
                rest = each != category
                hits = self.hits[each[rest], places[rest]].sum(axis=0)[photos]
                said = self.predictions[each[rest], places[rest]].sum(axis=0)[photos]
                means = [
                    self._jaccard(hits + own_hits[photos], said + own[photos], photos).mean()
                    for own_hits, own in zip(self.hits[category], self.predictions[category], strict=True)
                ]
                if max(means) > means[places[category]]:
                    places[category] = int(np.argmax(means))
            if (before == places).all():
                break
        return places

    def _jaccard(
        self,
        hits: npt.NDArray[np.float64],
        said: npt.NDArray[np.float64],
        photos: npt.NDArray[np.bool_] | slice = slice(None),
    ) -> npt.NDArray[np.float64]:
        scores: npt.NDArray[np.float64] = jaccard(hits, (said + self.truths[photos])[:, None]).mean(axis=1)
        return scores


def _place(cut: float) -> int:
    return int(np.abs(CUTS - cut).argmin())


def _kept(overlaps: Overlaps, kept: npt.NDArray[np.bool_]) -> Overlaps:
    """Overlaps of those predictions that are kept, by their new places."""
    pairs, places = kept[overlaps.prediction], np.cumsum(kept) - 1
    return Overlaps(
        truth=overlaps.truth[pairs],
        prediction=places[overlaps.prediction[pairs]],
        iou=overlaps.iou[pairs],
        same_category=overlaps.same_category[pairs],
        same_class=overlaps.same_class[pairs],
        same_stripped=overlaps.same_stripped[pairs],
    )
