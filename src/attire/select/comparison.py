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
from attire.evaluate.overlaps import IOU_THRESHOLDS, Overlaps, find_overlaps
from attire.evaluate.score2019 import count_hits, jaccard
from attire.instances import Instances
from attire.predict.selection import HitKind, LearnedSelector, Target
from attire.progress import track
from attire.select.evidence import gather
from attire.select.fitting import FOLDS, fit_hit_model, folds, missed_truths

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
    gain: Value
    """How much more than the plain cut, on the same photos."""
    over_single: Value
    """How much more than the best single cut, on the same photos."""
    kept: int
    """Detections of labelled categories that it says, on average over cuts."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All ways on the same photos."""

    ways: tuple[Way, ...]
    """The plain cut, the best single cut, the best cuts per category, the decision rule."""
    photos: int
    parts: int
    """Parts that the photos were cut into; each was judged by what the others taught."""
    repeats: int
    """How often they were cut anew."""


def compare(
    truth: Records,
    looks: Sequence[Instances],
    *,
    kind: HitKind = "trees",
    bootstrap: Bootstrap | None = None,
    parts: int = FOLDS,
    repeats: int = 4,
    seed: int = 0,
) -> Comparison:
    """Compare ways to choose among a network's detections.

    Args:
        truth: What is there.
        looks: All that the network gives for each photo, in the truth's order, with its own scores.
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
    evidence = gather(truth, looks)
    plain_places = np.full(len(cuts.hits), _place(PLAIN))
    plain = cuts.scores(plain_places)
    result = {name: np.zeros(len(looks)) for name in ("single", "category", "rule")}
    kept = dict.fromkeys(result, 0)
    trials = [judged for repeat in range(repeats) for judged in folds(len(looks), parts, seed + repeat)]
    for judged in track(trials, "compare"):
        others = ~judged
        single = cuts.best_single(others)
        each = cuts.best_each(others, single)
        for name, places in (("single", np.full(len(each), single)), ("category", each)):
            result[name][judged] += cuts.scores(places)[judged] / repeats
            kept[name] += cuts.kept(places, judged)
        rule = LearnedSelector(
            hit_model=fit_hit_model(evidence, kind, evidence.of_photos(others)),
            target=Target("categories"),
            missed=missed_truths(evidence, others),
            levels=np.ones(99),
        )
        own = np.flatnonzero(judged)
        said = labelled_only(truth, collect([rule(looks[i]) for i in own.tolist()], truth.ontology))
        result["rule"][judged] += photo_scores(truth.select(own), said) / repeats
        kept["rule"] += len(said.category_ids)
    kept["plain"] = repeats * cuts.kept(plain_places, np.ones(len(looks), bool))
    result = {"plain": plain, **result}
    names = {
        "plain": f"cut at {PLAIN:g}",
        "single": "best single cut",
        "category": "best cut per category",
        "rule": "decision rule",
    }
    return Comparison(
        ways=tuple(
            Way(
                name=names[name],
                score=bootstrap.mean(own),
                gain=bootstrap.mean(own - plain),
                over_single=bootstrap.mean(own - result["single"]),
                kept=round(kept[name] / repeats),
            )
            for name, own in result.items()
        ),
        photos=len(looks),
        parts=parts,
        repeats=repeats,
    )


def photo_scores(truth: Records, predictions: Records) -> npt.NDArray[np.float64]:
    """Score of 2019 by category of each photo, shape ``(P,)``."""
    aligned = align(truth, predictions)
    overlaps = find_overlaps(truth, aligned, truth.masks.to_coco(), aligned.masks.to_coco())
    hits, said = count_hits(truth, aligned, overlaps, overlaps.same_category).per_photo()
    scores: npt.NDArray[np.float64] = jaccard(hits, said).mean(axis=1)
    return scores


@dataclass(frozen=True, kw_only=True, eq=False)
class _Cuts:
    """What every category brings at every cut-off; no hit joins two categories, so that they add up."""

    hits: npt.NDArray[np.float64]
    """Shape ``(C, K, P, 10)``."""
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
        hits, predictions = np.zeros((*shape, len(IOU_THRESHOLDS))), np.zeros(shape)
        scores = np.ones(len(ranked.category_ids)) if ranked.scores is None else ranked.scores
        for place, cut in enumerate(CUTS):
            kept = scores >= np.float32(cut)
            counts = count_hits(truth, ranked.keep(kept), _kept(overlaps, kept), _agrees(overlaps, kept))
            where = np.searchsorted(categories, counts.category)
            hits[where, place, counts.photo] = counts.hits
            predictions[where, place, counts.photo] = counts.predictions
        return cls(hits=hits, predictions=predictions, truths=np.diff(truth.offsets).astype(np.float64))

    def scores(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Score of each photo, with the cut-off of each category given by its place; shape ``(P,)``."""
        each = np.arange(len(places))
        return self._jaccard(self.hits[each, places].sum(axis=0), self.predictions[each, places].sum(axis=0))

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


def _agrees(overlaps: Overlaps, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    agrees: npt.NDArray[np.bool_] = overlaps.same_category[kept[overlaps.prediction]]
    return agrees
