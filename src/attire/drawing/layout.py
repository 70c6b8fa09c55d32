"""Where labels go: near what they name, inside the picture, never over each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Place", "place_labels"]

Floats = npt.NDArray[np.floating[Any]]

_OWN_COVERED = 12.0
_OTHER_COVERED = 16.0
_FROM_ANCHOR = 0.35
_BELOW = 0.15


@dataclass(frozen=True, kw_only=True)
class Place:
    """What one label belongs to and how much room it needs, in pixels of the picture."""

    anchor: tuple[float, float]
    """``(x, y)``, a point well inside the thing named."""
    box: tuple[float, float, float, float]
    """xyxy of the thing named."""
    size: tuple[int, int]
    """``(width, height)`` of the label."""


def place_labels(
    places: Sequence[Place], canvas: tuple[int, int], *, gap: int = 2
) -> list[tuple[int, int] | None]:
    """Find a spot for every label.

    Labels are placed one after the other, those of small things first because they have least
    choice. Each goes where it costs least on a grid over the whole picture: close to its thing, over
    little of it, and over little of the other things. A garment's label so lands on the garment, a
    button's beside it.

    Args:
        places: What to label.
        canvas: ``(width, height)`` of the picture in pixels.
        gap: Pixels kept free between labels and along the border.

    Returns:
        Left upper corner ``(x, y)`` of every label, or None where the picture has no room left.

    Example:
        >>> place_labels([Place(anchor=(50, 50), box=(0, 0, 100, 100), size=(20, 10))], (100, 100))
        [(40, 45)]
    """
    boxes = np.array([place.box for place in places], np.float64).reshape(-1, 4)
    areas = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1.0)
    taken: list[tuple[float, float, float, float]] = []
    spots: list[tuple[int, int] | None] = [None] * len(places)
    for i in np.argsort(areas, kind="stable"):
        place = places[i]
        corners = _candidates(place, canvas, gap)
        rectangles = np.concatenate([corners, corners + np.array(place.size)], axis=1)
        free = ~_overlap(rectangles, np.array(taken).reshape(-1, 4), gap).any(axis=1)
        if not free.any():
            continue
        rectangles = rectangles[free]
        spot = rectangles[int(np.argmin(_cost(rectangles, i, place, boxes, areas)))]
        spots[i] = (int(spot[0]), int(spot[1]))
        taken.append((spot[0], spot[1], spot[2], spot[3]))
    return spots


def _candidates(place: Place, canvas: tuple[int, int], gap: int) -> Floats:
    """Corners to try, shape ``(K, 2)``: centred on the anchor, touching the box, and a grid."""
    width, height = place.size
    right, bottom = canvas[0] - width - gap, canvas[1] - height - gap
    if right < gap or bottom < gap:
        return np.zeros((0, 2))
    step = max(3, height // 2)
    grid = np.stack(
        np.meshgrid(np.arange(gap, right + 1, step), np.arange(gap, bottom + 1, step)), axis=-1
    ).reshape(-1, 2)
    x1, y1, x2, y2 = place.box
    x, y = place.anchor[0] - width / 2, place.anchor[1] - height / 2
    near = np.array(
        [(x, y), (x, y1 - height - gap), (x, y2 + gap), (x1 - width - gap, y), (x2 + gap, y)], np.float64
    )
    exact = np.clip(np.rint(near), gap, (right, bottom))
    return np.concatenate([exact, grid])


def _overlap(rectangles: Floats, taken: Floats, gap: int) -> npt.NDArray[np.bool_]:
    """Which rectangles come closer than ``gap`` to which taken ones, shape ``(K, T)``."""
    hit: npt.NDArray[np.bool_] = (
        (rectangles[:, None, 0] < taken[None, :, 2] + gap)
        & (rectangles[:, None, 2] > taken[None, :, 0] - gap)
        & (rectangles[:, None, 1] < taken[None, :, 3] + gap)
        & (rectangles[:, None, 3] > taken[None, :, 1] - gap)
    )
    return hit


def _cost(rectangles: Floats, i: int, place: Place, boxes: Floats, areas: Floats) -> Floats:
    """Cost of each rectangle in label heights, shape ``(K,)``."""
    height = place.size[1]
    x1, y1, x2, y2 = place.box
    beside = np.hypot(
        np.maximum(np.maximum(x1 - rectangles[:, 2], rectangles[:, 0] - x2), 0),
        np.maximum(np.maximum(y1 - rectangles[:, 3], rectangles[:, 1] - y2), 0),
    )
    centre = (rectangles[:, :2] + rectangles[:, 2:]) / 2
    away = np.hypot(centre[:, 0] - place.anchor[0], centre[:, 1] - place.anchor[1])
    covered = np.maximum(
        np.minimum(rectangles[:, None, 2], boxes[None, :, 2])
        - np.maximum(rectangles[:, None, 0], boxes[None, :, 0]),
        0,
    ) * np.maximum(
        np.minimum(rectangles[:, None, 3], boxes[None, :, 3])
        - np.maximum(rectangles[:, None, 1], boxes[None, :, 1]),
        0,
    )
    hidden = (covered / areas) ** 2  # a tenth of a coat under its label is nothing, half a button is much
    own = hidden[:, i]
    others = hidden.sum(axis=1) - own
    below = np.where(centre[:, 1] > place.anchor[1] + 1, _BELOW, 0.0)
    cost: Floats = (
        (beside + _FROM_ANCHOR * away) / height + _OWN_COVERED * own + _OTHER_COVERED * others + below
    )
    return cost
