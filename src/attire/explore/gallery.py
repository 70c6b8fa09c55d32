"""A few photos that together show as much of the data as possible, drawn with masks and names."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.annotations.records import Records
from attire.dataset import Dataset
from attire.drawing import draw_instances, telling_attributes
from attire.errors import AttireError
from attire.instances import Instances
from attire.photos import read_photo
from attire.wording import listed

__all__ = ["Look", "choose_photos", "draw_gallery", "to_jpeg"]

_SIDE_PX = 800
_TEXT_PX = 19
_CANDIDATES = 4000
_BUSY = 14


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """One drawn photo of the gallery."""

    image_id: str
    """File name."""
    picture: Image.Image
    """RGB, with masks and names."""
    garments: tuple[tuple[str, str], ...]
    """What it shows, a line each: name or names, and what is special about it."""


def draw_gallery(
    dataset: Dataset, present: npt.NDArray[np.bool_], count: int, seed: int
) -> tuple[list[Look], list[str]]:
    """Choose photos and draw what is annotated in them.

    Args:
        dataset: Where the photos come from.
        present: Which photos are there as files, shape ``(P,)``.
        count: How many to draw.
        seed: Decides among photos that show equally much.

    Returns:
        At most ``count`` looks, and what was wrong with photos that could not be drawn.
    """
    looks: list[Look] = []
    problems: list[str] = []
    for place in choose_photos(dataset.records, present, count * 3, seed):
        if len(looks) == count:
            break
        instances = dataset.records.instances(place)
        try:
            photo = read_photo(dataset.photo_path(place), max_side=_SIDE_PX)
            picture = draw_instances(photo, instances, max_side=_SIDE_PX, text_px=_TEXT_PX)
        except AttireError as error:
            problems.append(str(error))
            continue
        looks.append(Look(image_id=instances.image_id, picture=picture, garments=_garments(instances)))
    return looks, problems


def choose_photos(records: Records, present: npt.NDArray[np.bool_], count: int, seed: int) -> Iterator[int]:
    """Pick photos so that every category appears early, the rare ones included.

    The next photo is the one whose categories, each weighted by the inverse root of its
    frequency, are worth most, where a category already shown n times counts 1 / (n + 1) ** 2.

    Args:
        records: What the photos show.
        present: Which photos may be picked, shape ``(P,)``.
        count: How many to pick at most.
        seed: Of the sample that they are picked from.

    Yields:
        Places of photos.
    """
    things = np.diff(records.offsets)
    fitting = np.flatnonzero(present & (things > 0) & (things <= _BUSY))
    pool = fitting if len(fitting) else np.flatnonzero(present)
    pool = np.random.default_rng(seed).permutation(pool)[:_CANDIDATES]
    chosen = records.select(pool)
    shown = np.zeros((len(pool), len(records.ontology.categories)), bool)
    shown[chosen.photo_indices, chosen.category_ids] = True
    weights = 1 / np.sqrt(np.maximum(shown.sum(axis=0), 1))
    seen = np.zeros(shown.shape[1])
    free = np.ones(len(pool), bool)
    for _ in range(min(count, len(pool))):
        worth = np.where(free, shown @ (weights / (seen + 1) ** 2), -1.0)
        best = int(worth.argmax())
        free[best] = False
        seen += shown[best]
        yield int(pool[best])


def to_jpeg(picture: Image.Image, quality: int = 84) -> bytes:
    """Encode a picture for the page."""
    file = BytesIO()
    picture.save(file, format="JPEG", quality=quality, optimize=True, progressive=True)
    return file.getvalue()


def _garments(instances: Instances) -> tuple[tuple[str, str], ...]:
    """Those with something to say first; all others together at the end."""
    described: list[tuple[str, str]] = []
    others: dict[str, int] = {}
    for i in range(len(instances)):
        name = instances.ontology.categories[int(instances.category_ids[i])].short_name
        telling = telling_attributes(instances, i)
        if telling:
            described.append((name, ", ".join(telling)))
        else:
            others[name] = others.get(name, 0) + 1
    rest = [f"{name} ×{count}" if count > 1 else name for name, count in others.items()]
    return (*described, (listed(rest, most=12), "")) if rest else tuple(described)
