"""The numbers of the report as one JSON object, for scripts."""

from typing import Any

import numpy as np

from attire.explore.numbers import Numbers, share_between
from attire.explore.quantiles import area_quantiles

__all__ = ["summarise"]


def summarise(numbers: Numbers) -> dict[str, Any]:
    """Put the numbers under stable names.

    Returns:
        ``photos``, ``instances``, ``categories_seen``, ``annotated_instances``, ``annotated_share``, …;
        ``categories`` (one entry each, in id order), ``attribute_groups`` and ``together``: photos that show
        both categories of a pair. All values are plain JSON numbers, strings and lists.
    """
    heights, widths = numbers.sizes[:, 0], numbers.sizes[:, 1]
    return {
        "ontology": numbers.ontology.name,
        "photos": numbers.photos,
        "instances": numbers.instances,
        "categories_seen": len(numbers.seen),
        "annotated_instances": numbers.annotated,
        "annotated_photos": numbers.annotated_photos,
        "annotated_share": _share(numbers.annotated, numbers.instances),
        "photo_sizes": {"height": _spread(heights), "width": _spread(widths)},
        "instances_per_photo": _per_photo(numbers.instances_per_photo),
        "labels_per_photo": _per_photo(numbers.labels_per_photo),
        "mask_area_share": _spread(numbers.area_shares),
        "categories": _categories(numbers),
        "attribute_groups": {group.name: _group(numbers, group.indices) for group in numbers.ontology.groups},
        "together": _pairs(numbers),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0


def _spread(values: np.ndarray[Any, Any]) -> dict[str, float] | None:
    if not len(values):
        return None
    low, middle, high = (round(float(value), 6) for value in np.quantile(values, (0, 0.5, 1)))
    return {"min": low, "median": middle, "max": high}


def _per_photo(counts: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, Any]:
    return {
        "mean": round(float(counts.mean()), 4) if len(counts) else 0.0,
        "max": int(counts.max()) if len(counts) else 0,
        "share_2_to_10": round(share_between(counts, 2, 10), 6),
        "histogram": np.bincount(counts).tolist() if len(counts) else [],
    }


def _categories(numbers: Numbers) -> list[dict[str, Any]]:
    quantiles = area_quantiles(numbers)
    return [
        {
            "id": category.id,
            "name": category.name,
            "instances": int(numbers.category_instances[category.id]),
            "photos": int(numbers.category_photos[category.id]),
            "annotated": int(numbers.category_annotated[category.id]),
            "median_area_share": (
                round(float(quantiles[category.id, 2]), 8)
                if numbers.category_instances[category.id]
                else None
            ),
        }
        for category in numbers.ontology.categories
    ]


def _group(numbers: Numbers, indices: tuple[int, ...]) -> dict[str, Any]:
    held = numbers.attributes_held.sum(axis=0).tolist()
    known = numbers.attributes_known.sum(axis=0).tolist()
    return {
        "known": max(known[a] for a in indices),
        "attributes": {
            numbers.ontology.attributes[a].name: {"held": held[a], "share": _share(held[a], known[a])}
            for a in indices
        },
    }


def _pairs(numbers: Numbers) -> list[dict[str, Any]]:
    first, second = np.nonzero(np.triu(numbers.together, k=1))
    names = [category.name for category in numbers.ontology.categories]
    return [
        {"categories": [names[a], names[b]], "photos": int(numbers.together[a, b])}
        for a, b in zip(first.tolist(), second.tolist(), strict=True)
    ]
