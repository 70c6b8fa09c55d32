"""A photo with its garments filled, outlined and named."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from attire.drawing.chips import Chip, draw_chip, draw_leader
from attire.drawing.layout import Place, place_labels
from attire.drawing.outlines import Drawn, draw_mask
from attire.drawing.palette import Color, category_colors
from attire.drawing.phrases import telling_attributes
from attire.errors import AnnotationError
from attire.instances import Instances
from attire.parts import name_parts

__all__ = ["draw_instances", "fit"]

_MAX_ATTRIBUTES = 4
_LINE_CHARACTERS = 27


def draw_instances(
    photo: Image.Image,
    instances: Instances,
    *,
    names: bool = True,
    scores: bool = True,
    attributes: bool = False,
    owners: npt.NDArray[np.int64] | None = None,
    max_side: int | None = None,
    text_px: int | None = None,
) -> Image.Image:
    """Draw what is in a photo.

    Large garments are drawn first, so that pockets and sleeves stay visible on them. Instances without
    masks get their boxes.

    Args:
        photo: The photo, upright, at the instances' size or a resized copy of it.
        instances: What to draw.
        names: Whether to label with the category's short name.
        scores: Whether the label says the confidence, where there is one.
        attributes: Whether the label has a second line with the attributes said to hold.
        owners: Row of each part's garment, -1 where there is none, shape ``(N,)``; the label of a garment
            then names its parts, and these have none of their own.
        max_side: Longest side of the result in pixels; a smaller photo stays as it is.
        text_px: Height of the type in pixels; by default it grows with the picture.

    Returns:
        A new RGB picture.

    Raises:
        AnnotationError: If the photo has another shape than the instances.
    """
    _check_shape(photo, instances)
    canvas = fit(photo, max_side)
    colors = category_colors(instances.ontology)
    drawn: dict[int, Drawn] = {}
    for i in np.argsort(-_areas(instances), kind="stable").tolist():
        where = _draw_one(canvas, instances, i, colors[int(instances.category_ids[i])])
        if where is not None:
            drawn[i] = where
    if names:
        text_px = text_px or max(10, round(max(canvas.size) / 58))
        parts = _parts_named(owners, drawn)
        attached = {part for own in parts.values() for part in own}
        chips = {
            i: Chip(
                lines=_lines(instances, i, scores=scores, attributes=attributes, parts=parts.get(i, ())),
                color=colors[int(instances.category_ids[i])],
                text_px=text_px,
            )
            for i in drawn
            if i not in attached
        }
        _draw_chips(canvas, {i: drawn[i] for i in chips}, chips)
    return canvas


def fit(photo: Image.Image, max_side: int | None) -> Image.Image:
    """Give an RGB copy of a photo that is at most ``max_side`` pixels long; never enlarges.

    Example:
        >>> fit(Image.new("L", (400, 200)), 100).size
        (100, 50)
    """
    longest = max(photo.size)
    if max_side is None or longest <= max_side:
        return photo.convert("RGB") if photo.mode != "RGB" else photo.copy()
    width, height = (max(1, round(side * max_side / longest)) for side in photo.size)
    return photo.convert("RGB").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _check_shape(photo: Image.Image, instances: Instances) -> None:
    height, width = instances.size
    scale = max(photo.size) / max(height, width)
    if abs(photo.width - width * scale) > 1.5 or abs(photo.height - height * scale) > 1.5:
        raise AnnotationError(
            f"{instances.image_id}: the photo is {photo.height}x{photo.width} (height x width), but its "
            f"annotations say {height}x{width}. Run attire check, or turn the photo upright first."
        )


def _areas(instances: Instances) -> npt.NDArray[np.float64]:
    if instances.masks is not None:
        return instances.masks.areas.astype(np.float64)
    sides = (instances.boxes[:, 2:] - instances.boxes[:, :2]).astype(np.float64)
    return sides[:, 0] * sides[:, 1]


def _draw_one(canvas: Image.Image, instances: Instances, i: int, color: Color) -> Drawn | None:
    if instances.masks is not None:
        return draw_mask(canvas, instances.masks, i, color)
    height, width = instances.size
    scale = np.array([canvas.width / width, canvas.height / height] * 2)
    x1, y1, x2, y2 = (float(side) for side in instances.boxes[i] * scale)
    if x2 <= x1 or y2 <= y1:
        return None
    ImageDraw.Draw(canvas).rectangle(
        (x1, y1, x2 - 1, y2 - 1), outline=color, width=max(1, max(canvas.size) // 400)
    )
    return Drawn(((x1 + x2) / 2, (y1 + y2) / 2), (x1, y1, x2, y2))


def _parts_named(owners: npt.NDArray[np.int64] | None, drawn: Iterable[int]) -> dict[int, list[int]]:
    """Parts that the label of each garment names: where both of them are in the picture."""
    shown = set(drawn)
    parts: dict[int, list[int]] = {}
    for part, owner in enumerate([] if owners is None else owners.tolist()):
        if part in shown and owner in shown:
            parts.setdefault(owner, []).append(part)
    return parts


def _lines(
    instances: Instances, i: int, *, scores: bool, attributes: bool, parts: Sequence[int]
) -> tuple[str, ...]:
    name = instances.ontology.categories[int(instances.category_ids[i])].short_name
    if scores and instances.scores is not None:
        name = f"{name} {instances.sureness(i)}"
    lines = [name, *_wrapped(name_parts(instances, parts))]
    if attributes and instances.attributes is not None and instances.attributes[i].any():
        short = telling_attributes(instances, i, all_of_them=True)
        more = f" +{len(short) - _MAX_ATTRIBUTES}" if len(short) > _MAX_ATTRIBUTES else ""
        lines += wrap(", ".join(short[:_MAX_ATTRIBUTES]) + more, _LINE_CHARACTERS)
    return tuple(lines)


def _wrapped(listed: str) -> list[str]:
    """Break a list into lines, after commas only."""
    unbroken = ", ".join(item.replace(" ", "\u00a0") for item in listed.split(", "))
    return [line.replace("\u00a0", " ") for line in wrap(unbroken, _LINE_CHARACTERS)]


def _draw_chips(canvas: Image.Image, drawn: dict[int, Drawn], chips: dict[int, Chip]) -> None:
    order = list(drawn)
    places = [Place(anchor=drawn[i].anchor, box=drawn[i].box, size=chips[i].size) for i in order]
    spots = place_labels(places, canvas.size)
    placed = [(i, place, spot) for i, place, spot in zip(order, places, spots, strict=True) if spot]
    for i, place, (x, y) in placed:
        width, height = place.size
        inside = x <= place.anchor[0] <= x + width and y <= place.anchor[1] <= y + height
        if not inside:
            draw_leader(canvas, chips[i], (x, y), place.anchor)
    for i, _, spot in placed:
        draw_chip(canvas, chips[i], spot)
