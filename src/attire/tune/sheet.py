"""Stored readings laid out once, so that any values of post-processing are scored in milliseconds.

Masks of a photo overlap each other and the truth as they do, whatever is kept: both are measured once per
mask threshold. What suppression keeps does not depend on the cut-off, because it goes from the surest
detection down and the cut takes the rest of the list away.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.errors import DataError
from attire.evaluate.alignment import align
from attire.evaluate.collecting import collect
from attire.evaluate.matching import match_greedily
from attire.evaluate.overlaps import find_overlaps
from attire.evaluate.score2019 import jaccard
from attire.extras import require
from attire.instances import IOU_THRESHOLDS
from attire.predict import AttributeRule, ChoiceValues
from attire.tune.readings import Readings

__all__ = ["Sheets"]

_Bools = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Sheet:
    """N detections of P photos with masks at one threshold."""

    said: Records
    """The detections, surest first in each photo."""
    first: npt.NDArray[np.int64]
    """Of K pairs of detections of one photo that overlap: the surer, shape ``(K,)``."""
    second: npt.NDArray[np.int64]
    """The other, rising, shape ``(K,)``."""
    shared: _Floats
    """IoU of their masks, shape ``(K,)``."""
    truth: npt.NDArray[np.int64]
    """Of pairs of a truth and a detection of the same category that overlap enough: the truth …"""
    prediction: npt.NDArray[np.int64]
    """… the detection …"""
    iou: _Floats
    """… and the IoU of their masks, over 0.5."""
    counts: _Bools
    """Whether a detection counts: its category is one that the truth shows, shape ``(N,)``."""
    kept: dict[tuple[float, float], _Bools] = field(default_factory=dict)
    """What suppression keeps, by its two IoUs."""
    right_sets: dict[tuple[float, float], _Bools] = field(default_factory=dict)
    """In which pairs with a truth the attribute sets agree, by the rule's two cut-offs."""


class Sheets:
    """Scores values of post-processing on stored readings."""

    def __init__(self, truth: Records, readings: Readings) -> None:
        """Take truth and readings of the same photos.

        Raises:
            DataError: If no garment is annotated.
        """
        if not len(truth.category_ids):
            raise DataError("Values are judged on photos whose garments are annotated; found none.")
        self.truth = truth
        self.readings = readings
        self._sheets: dict[float, _Sheet] = {}
        self._scores: dict[ChoiceValues, tuple[_Floats, _Floats]] = {}

    def scores(self, values: ChoiceValues) -> tuple[_Floats, _Floats]:
        """Score of 2019 of each photo, by category and with exact attribute sets, shape ``(P,)`` each."""
        if values not in self._scores:
            self._scores[values] = self._score(values)
        return self._scores[values]

    def said(self, values: ChoiceValues) -> int:
        """How many detections of categories that the truth shows are kept."""
        sheet = self._sheet(values.mask_threshold)
        return int((self._keeps(sheet, values) & sheet.counts).sum())

    def _score(self, values: ChoiceValues) -> tuple[_Floats, _Floats]:
        sheet = self._sheet(values.mask_threshold)
        keeps = self._keeps(sheet, values)
        photos = len(self.truth)
        photo = sheet.said.photo_indices
        said = np.bincount(photo[keeps & sheet.counts], minlength=photos) + np.diff(self.truth.offsets)
        there = keeps[sheet.prediction]
        found = []
        for agrees in (there, there & self._right_sets(sheet, values)):
            own = np.flatnonzero(agrees)
            own = own[match_greedily(sheet.truth[own], sheet.prediction[own], sheet.iou[own])]
            hits = np.zeros((photos, len(IOU_THRESHOLDS)))
            np.add.at(hits, photo[sheet.prediction[own]], sheet.iou[own, None] > IOU_THRESHOLDS)
            found.append(jaccard(hits, said[:, None].astype(np.float64)).mean(axis=1))
        return found[0], found[1]

    def _keeps(self, sheet: _Sheet, values: ChoiceValues) -> _Bools:
        scores = sheet.said.scores
        sure = (
            np.ones(len(sheet.counts), bool) if scores is None else scores >= np.float32(values.least_score)
        )
        kept: _Bools = sure & _kept(sheet, values.rival_iou, values.repeat_iou)
        return kept

    def _right_sets(self, sheet: _Sheet, values: ChoiceValues) -> _Bools:
        key = values.single_choice, values.others
        if key not in sheet.right_sets:
            probs = sheet.said.attribute_probs
            assert probs is not None
            own, carriers = sheet.prediction, self.readings.carriers
            rule: AttributeRule = values.rule
            held = rule.decide(probs[own], sheet.said.category_ids[own], self.truth.ontology, carriers)
            sheet.right_sets[key] = (held == self.truth.attributes[sheet.truth]).all(axis=1)
        return sheet.right_sets[key]

    def _sheet(self, threshold: float) -> _Sheet:
        if threshold not in self._sheets:
            self._sheets[threshold] = _lay_out(self.truth, self.readings, threshold)
        return self._sheets[threshold]


def _kept(sheet: _Sheet, rival_iou: float, repeat_iou: float) -> _Bools:
    """Keep the surest of those that outline the same thing, as :func:`attire.predict.drop_rivals` does."""
    key = rival_iou, repeat_iou
    if key not in sheet.kept:
        categories = sheet.said.category_ids
        same = categories[sheet.first] == categories[sheet.second]
        most = np.where(same, min(rival_iou, repeat_iou), rival_iou)
        near = sheet.shared > most
        kept = np.ones(len(categories), bool)
        for i, j in zip(sheet.first[near].tolist(), sheet.second[near].tolist(), strict=True):
            if kept[i]:
                kept[j] = False
        sheet.kept[key] = kept
    return sheet.kept[key]


def _lay_out(truth: Records, readings: Readings, threshold: float) -> _Sheet:
    said = align(truth, collect(readings.looks(truth.ontology, threshold), truth.ontology))
    masks = said.masks.to_coco()
    overlaps = find_overlaps(truth, said, truth.masks.to_coco(), masks)
    enough = overlaps.same_category & (overlaps.iou > IOU_THRESHOLDS[0])
    mask_iou = require("faster_coco_eval.core.mask", "data").iou
    firsts, seconds, shared = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for start, end in zip(said.offsets[:-1].tolist(), said.offsets[1:].tolist(), strict=True):
        if end - start < 2:
            continue
        matrix = np.asarray(mask_iou(masks[start:end], masks[start:end], [0] * (end - start)))
        j, i = np.nonzero(np.tril(matrix, -1))
        firsts.append(i + start)
        seconds.append(j + start)
        shared.append(matrix[j, i])
    return _Sheet(
        said=said,
        first=np.concatenate(firsts),
        second=np.concatenate(seconds),
        shared=np.concatenate(shared),
        truth=overlaps.truth[enough],
        prediction=overlaps.prediction[enough],
        iou=overlaps.iou[enough],
        counts=np.isin(said.category_ids, truth.category_ids),
    )
