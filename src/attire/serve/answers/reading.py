"""From a photo that was read to what ``POST /v1/predict`` says of it."""

from typing import Literal, TypeAlias

import numpy as np

from attire.catalog.colours import dominant_colours
from attire.catalog.items import GarmentPixels, garments_of
from attire.masks import RunLengths, inner_point, trace_polygons
from attire.predict import Look
from attire.predict.attribute_carriers import attribute_carriers
from attire.serve.answers.garments import colours_out
from attire.serve.reading import ChosenLook, ReadPhoto
from attire.serve.schemas.reading import (
    AttributeSeen,
    ColourSeen,
    InstanceSeen,
    PhotoSeen,
    Segmentation,
)

__all__ = ["MaskForm", "instances_seen", "photo_seen"]

MaskForm: TypeAlias = Literal["rle", "polygons", "both", "none"]
"""How outlines are given."""
_WORTH_SAYING = 0.2
"""Probability from which an attribute is given although it is not said to hold."""


def photo_seen(read: ReadPhoto, name: str) -> PhotoSeen:
    """Describe the photo itself."""
    height, width = read.framed.size
    kind: Literal["street", "product"] = "street" if read.framed.product is None else "product"
    return PhotoSeen(name=name, width=width, height=height, kind=kind)


def instances_seen(
    read: ReadPhoto, chosen: ChosenLook, *, masks: MaskForm = "rle", numbered: bool = True
) -> list[InstanceSeen]:
    """Put what a photo shows into the answer's words, surest first.

    Args:
        read: The photo as it was read.
        chosen: What of it is to be said.
        masks: How outlines are given.
        numbered: Whether garments get the numbers by which ``/v1/search`` takes them: it searches among what
            is chosen, not among everything.
    """
    look = chosen.look
    scores = np.ones(len(look), np.float32) if look.scores is None else look.scores
    order = np.argsort(-scores, kind="stable").tolist()
    ids = {place: number for number, place in enumerate(order)}
    numbers = {place: n for n, (place, _) in enumerate(garments_of(look), 1)} if numbered else {}
    wanted = masks in ("polygons", "both")
    polygons = trace_polygons(chosen.masks) if wanted else [[] for _ in order]
    texts = chosen.masks.to_coco() if masks in ("rle", "both") else None
    points = _points(chosen)
    pixels = GarmentPixels(read.framed)
    own = look.scores if look.network_scores is None else look.network_scores
    areas = chosen.masks.areas.tolist()
    seen = []
    for place in order:
        category = look.ontology.categories[int(look.category_ids[place])]
        x1, y1, x2, y2 = (float(side) for side in chosen.boxes[place])
        left, top, wide, high = (round(side, 1) for side in (x1, y1, x2 - x1, y2 - y1))
        owner = int(look.owners[place])
        outlines = [[round(float(x), 1) for x in outline.ravel()] for outline in polygons[place]]
        seen.append(
            InstanceSeen(
                id=ids[place],
                garment=numbers.get(place),
                category_id=category.id,
                category=category.short_name,
                kind="part" if category.is_part else "garment",
                score=round(float(scores[place]), 4),
                network_score=round(float(scores[place] if own is None else own[place]), 4),
                sure=not look.is_unsure(place),
                bbox=(left, top, wide, high),
                area=areas[place],
                segmentation=None if texts is None else Segmentation(**texts[place]),
                polygons=outlines if wanted else None,
                attributes=_attributes(look, place),
                colours=_colours(pixels, chosen.masks, place),
                parts=sorted(ids[int(part)] for part in np.flatnonzero(look.owners == place)),
                part_of=None if owner < 0 else ids[owner],
                point=points[place],
            )
        )
    return seen


def _attributes(look: Look, place: int) -> list[AttributeSeen]:
    """Those that hold and those that may, likeliest first; none of categories that carry none."""
    carriers = attribute_carriers(look.ontology)
    carries = carriers is None or int(look.category_ids[place]) in carriers
    if look.attribute_probs is None or not carries:
        return []
    probs = look.attribute_probs[place]
    held = np.zeros(len(probs), bool) if look.attributes is None else look.attributes[place]
    told = np.flatnonzero(held | (probs >= _WORTH_SAYING))
    known, ids = look.ontology.attributes, look.ontology.attribute_ids
    return [
        AttributeSeen(
            attribute_id=int(ids[a]),
            name=known[a].short_name,
            group=known[a].group,
            probability=round(float(probs[a]), 4),
            holds=bool(held[a]),
        )
        for a in told[np.argsort(-probs[told], kind="stable")].tolist()
    ]


def _colours(pixels: GarmentPixels, masks: RunLengths, place: int) -> list[ColourSeen]:
    found = dominant_colours(pixels.under(masks, place))
    names, shares = [colour.name for colour in found], [colour.share for colour in found]
    return colours_out(names, np.array([colour.lab for colour in found]), shares)


def _points(chosen: ChosenLook) -> list[tuple[float, float]]:
    """A pixel's middle inside each mask, where no smaller garment lies if there is such a place."""
    look, masks = chosen.look, chosen.masks
    is_part = np.array([category.is_part for category in look.ontology.categories], bool)
    garment, areas = ~is_part[look.category_ids], masks.areas
    points = []
    for place in range(len(look)):
        smaller = masks[np.flatnonzero(garment & (areas < areas[place]))]
        found = inner_point(masks, place, but=smaller)
        x1, y1, x2, y2 = chosen.boxes[place].tolist()
        points.append(((x1 + x2) / 2, (y1 + y2) / 2) if found is None else (found[0] + 0.5, found[1] + 0.5))
    return points
