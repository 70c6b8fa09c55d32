"""Average precision as COCO computes it, by faster-coco-eval."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.extras import require

__all__ = ["AveragePrecision", "coco_ap"]

_PARTS = {
    "ap": "AP_all",
    "ap50": "AP_50",
    "ap75": "AP_75",
    "ap_small": "AP_small",
    "ap_medium": "AP_medium",
    "ap_large": "AP_large",
    "ar1": "AR_all",
    "ar10": "AR_second",
    "ar100": "AR_third",
    "ar_small": "AR_small",
    "ar_medium": "AR_medium",
    "ar_large": "AR_large",
}


@dataclass(frozen=True, kw_only=True)
class AveragePrecision:
    """COCO's figures; NaN where no truth falls into them."""

    ap: float
    """Mean over IoU ≥ 0.50, 0.55, …, 0.95 and over categories with truth."""
    ap50: float
    ap75: float
    ap_small: float
    """Truths under 32² pixels."""
    ap_medium: float
    ap_large: float
    """Truths over 96² pixels."""
    ar1: float
    """Average recall with one detection per category and photo."""
    ar10: float
    ar100: float
    ar_small: float
    ar_medium: float
    ar_large: float
    by_category: dict[int, tuple[float, float]]
    """Category id → its AP and AP50; categories without truth are absent."""


def coco_ap(
    truth: Records,
    predictions: Records,
    truth_masks: list[dict[str, Any]],
    predicted_masks: list[dict[str, Any]],
    kind: str,
) -> AveragePrecision:
    """Compute AP and AR over all predictions, ranked by score; a score that is absent counts as 1.

    Boxes are those of the masks, on both sides.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        truth_masks: The truth's masks as COCO compressed run-lengths.
        predicted_masks: The predictions' masks likewise.
        kind: ``segm`` for masks, ``bbox`` for boxes.

    Returns:
        The figures.

    Raises:
        MissingExtraError: If faster-coco-eval is not installed.
    """
    library = require("faster_coco_eval", "data")
    categories = [{"id": c.id, "name": c.name} for c in truth.ontology.categories]
    images = [
        {"id": place + 1, "height": int(height), "width": int(width)}
        for place, (height, width) in enumerate(truth.sizes)
    ]
    # The size class of a truth goes by its mask; that of a prediction by what is being measured.
    said_areas = predictions.masks.areas if kind == "segm" else _box_areas(predictions)
    sides = [
        library.COCO({"images": images, "annotations": annotations, "categories": categories})
        for annotations in (
            _annotations(truth, truth_masks, truth.masks.areas),
            _annotations(predictions, predicted_masks, said_areas),
        )
    ]
    evaluator = library.COCOeval_faster(*sides, kind)
    evaluator.run()
    figures = {name: _missing(evaluator.stats_as_dict[key]) for name, key in _PARTS.items()}
    precision = np.asarray(evaluator.eval["precision"])[..., 0, -1]
    return AveragePrecision(**figures, by_category=_by_category(precision))


def _box_areas(records: Records) -> npt.NDArray[np.float64]:
    sides = np.diff(records.masks.boxes.astype(np.float64).reshape(-1, 2, 2), axis=1)
    areas: npt.NDArray[np.float64] = sides.prod(axis=(1, 2))
    return areas


def _annotations(
    records: Records, masks: list[dict[str, Any]], areas: npt.NDArray[Any]
) -> list[dict[str, Any]]:
    boxes = records.masks.boxes.astype(np.float64)
    boxes[:, 2:] -= boxes[:, :2]
    scores = np.ones(len(masks)) if records.scores is None else records.scores
    rows = zip(
        records.photo_indices.tolist(),
        records.category_ids.tolist(),
        areas.tolist(),
        scores.tolist(),
        boxes.tolist(),
        masks,
        strict=True,
    )
    return [
        {
            "id": place,
            "image_id": photo + 1,
            "category_id": category,
            "area": area,
            "score": score,
            "iscrowd": 0,
            "bbox": box,
            "segmentation": mask,
        }
        for place, (photo, category, area, score, box, mask) in enumerate(rows, start=1)
    ]


def _missing(figure: float) -> float:
    """COCO says −1 where there is nothing to measure."""
    return float("nan") if figure < 0 else float(figure)


def _by_category(precision: npt.NDArray[np.float64]) -> dict[int, tuple[float, float]]:
    """AP and AP50 from precision of shape ``(thresholds, recalls, categories)``."""
    there = np.flatnonzero((precision > -1).any(axis=(0, 1)))
    return {int(c): (float(precision[:, :, c].mean()), float(precision[0, :, c].mean())) for c in there}
