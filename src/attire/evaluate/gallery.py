"""The worst and the best photos, the truth beside what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from attire.annotations import Records
from attire.dataset import Dataset
from attire.drawing import draw_instances, side_by_side
from attire.errors import AttireError
from attire.evaluate.breakdown import PhotoRow
from attire.instances import Instances
from attire.photos import read_photo
from attire.progress import track

__all__ = ["Pair", "choose_photos", "draw_pairs"]

_SIDE_PX = 720


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """One photo, drawn twice."""

    row: PhotoRow
    """Its figures."""
    picture: Image.Image
    """RGB: the truth on the left, what was said on the right."""


def choose_photos(rows: Sequence[PhotoRow], count: int) -> tuple[list[int], list[int]]:
    """Find the worst and the best photos among those that show something.

    They are ranked by their score, then by the score of categories alone; among equals, photos with more
    in them come first. No photo is in both lists.

    Args:
        rows: Figures of all photos.
        count: How many of each at most.

    Returns:
        Places of the worst photos, the worst first, and of the best, the best first.
    """
    shown = [i for i, row in enumerate(rows) if row.truths]
    busy = {i: -(rows[i].truths + rows[i].predictions) for i in shown}
    upwards = sorted(shown, key=lambda i: (rows[i].score, rows[i].score_categories, busy[i]))
    downwards = sorted(shown, key=lambda i: (-rows[i].score, -rows[i].score_categories, busy[i]))
    half = min(count, len(shown) // 2)
    best = downwards[: min(count, len(shown) - half)]
    return [i for i in upwards if i not in best][:half], best


def draw_pairs(
    dataset: Dataset, said: Records, rows: Sequence[PhotoRow], places: Sequence[int]
) -> tuple[list[Pair], list[str]]:
    """Draw truth and predictions on photos.

    Args:
        dataset: Photos and their truth.
        said: Predictions, at whatever size they were scored, aligned with the dataset.
        rows: Figures of all photos.
        places: Which photos to draw.

    Returns:
        The pictures, and what was wrong with photos that could not be drawn.
    """
    pairs, problems = [], []
    for place in track(places, "draw"):
        truth = dataset.records.instances(place)
        guess = _at_size(said.instances(place), truth.size)
        try:
            photo = read_photo(dataset.photo_path(place))
            pictures = [
                draw_instances(photo, instances, max_side=_SIDE_PX, attributes=True)
                for instances in (truth, guess)
            ]
        except AttireError as error:
            problems.append(str(error))
            continue
        pairs.append(Pair(row=rows[place], picture=side_by_side(pictures, ["truth", "said"])))
    return pairs, problems


def _at_size(instances: Instances, size: tuple[int, int]) -> Instances:
    """Bring what was compared at a submission's size back to the photo's."""
    if instances.size == size or instances.masks is None:
        return instances
    masks = instances.masks.resized(size)
    return replace(instances, size=size, masks=masks, boxes=masks.boxes.astype(np.float32))
