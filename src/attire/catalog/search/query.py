"""The garments of a photo that are searched for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.catalog.garment import Garment
from attire.errors import QueryError
from attire.predict import Look, PhotoFile, PhotoSource

__all__ = ["Query", "choose", "garment_at", "pick", "queries_of"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Query:
    """A garment to search for; its embedding is there."""

    garment: Garment
    number: int = 1
    """Place in the table that ``attire predict`` prints of the photo, from 1."""
    source: PhotoSource | None = None
    """Where the photo's pixels are; None where ``photo_uri`` says it."""

    def to_json(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        return {"number": self.number} | self.garment.to_json()


def queries_of(look: Look, vectors: npt.NDArray[np.float32], *, photo_look: str = "") -> list[Query]:
    """Make a query of every garment of a look, in the order of its table.

    Args:
        look: What is in the photo.
        vectors: What an encoder gives for it, shape ``(N, D)``.
        photo_look: The photo's perceptual hash as the catalogue's rows have it; empty if unknown.
    """
    if len(vectors) != len(look):
        raise QueryError(f"{look.image_id}: {len(vectors)} vectors for {len(look)} instances.")
    counts = [None] * len(look) if look.masks is None else [one["counts"] for one in look.masks.to_coco()]
    queries = []
    for number, found in enumerate(look.garments(), 1):
        i = found.row
        category = look.ontology.categories[int(look.category_ids[i])]
        if category.is_part:
            continue
        parts = (look.ontology.categories[int(look.category_ids[part])].short_name for part in found.parts)
        said = [] if look.attributes is None else np.flatnonzero(look.attributes[i]).tolist()
        x1, y1, x2, y2 = (float(side) for side in look.boxes[i])
        garment = Garment(
            garment_id="",
            photo_id="",
            photo_uri=str(look.source.path.resolve())
            if isinstance(look.source, PhotoFile)
            else look.image_id,
            photo_look=photo_look,
            photo_size=look.size,
            garment=number - 1,
            category_id=category.id,
            category=category.short_name,
            score=1.0 if look.scores is None else float(look.scores[i]),
            attributes=tuple(look.ontology.attributes[a].short_name for a in said),
            attribute_probs=_row(look.attribute_probs, i),
            parts=tuple(dict.fromkeys(parts)),
            mask=counts[i] or "",
            box=(x1, y1, x2, y2),
            embedding=vectors[i],
        )
        queries.append(Query(garment=garment, number=number, source=look.source))
    return queries


def choose(
    queries: Sequence[Query], garment: int | None, at: tuple[float, float] | None
) -> tuple[list[Query], tuple[str, ...]]:
    """Choose among the garments of a photo by number or place; all of them if neither is said.

    Args:
        queries: The photo's garments.
        garment: As for :func:`pick`.
        at: ``(x, y)`` as for :func:`garment_at`.

    Returns:
        Those chosen, and notes on the choice.

    Raises:
        QueryError: If both are said, or there is no such garment.
    """
    if garment is not None and at is not None:
        raise QueryError("A number and a place both say which garment: give one of them.")
    if garment is not None:
        return [pick(queries, garment)], ()
    if at is None:
        return list(queries), ()
    query, away = garment_at(queries, *at)
    kind = f"{query.number} {query.garment.category}"
    note = f"No garment covers {at[0]:g},{at[1]:g}; the nearest is {kind}, {away:.0f} pixels away."
    return [query], ((note,) if away else ())


def pick(queries: Sequence[Query], number: int) -> Query:
    """Take the garment of a number.

    Raises:
        QueryError: If there is none; the message lists those there are.
    """
    for query in queries:
        if query.number == number:
            return query
    there = ", ".join(f"{query.number} {query.garment.category}" for query in queries)
    raise QueryError(f"The photo has no garment {number} to search for. It has: {there or 'none'}.")


def garment_at(queries: Sequence[Query], x: float, y: float) -> tuple[Query, float]:
    """Take the smallest garment that covers a pixel, or else the nearest.

    Args:
        queries: At least one.
        x: From the left of the upright photo, in pixels.
        y: From the top.

    Returns:
        The garment, and how many pixels away it is: 0 if it covers the pixel.

    Raises:
        QueryError: If there are no garments, or the pixel is outside the photo.
    """
    if not queries:
        raise QueryError("The photo has no garment to search for.")
    height, width = queries[0].garment.photo_size
    if not (0 <= x < width and 0 <= y < height):
        raise QueryError(f"Pixel {x:g},{y:g} is outside the photo, which has {width}x{height} pixels.")
    measured = [(*_distance(query.garment, int(x), int(y)), query) for query in queries]
    away, _, query = min(measured, key=lambda one: one[:2])
    return query, away


def _distance(garment: Garment, x: int, y: int) -> tuple[float, int]:
    """Pixels from a pixel to a garment, and the garment's size in pixels."""
    from attire.masks import RunLengths

    if not garment.mask:
        x1, y1, x2, y2 = garment.box
        away = float(np.hypot(max(x1 - x, 0, x - x2 + 1), max(y1 - y, 0, y - y2 + 1)))
        return away, int((x2 - x1) * (y2 - y1))
    dense = RunLengths.from_coco([{"size": list(garment.photo_size), "counts": garment.mask}]).decode(0)
    if dense[y, x]:
        return 0.0, int(dense.sum())
    rows, columns = np.nonzero(dense)
    away = float(np.hypot(rows - y, columns - x).min()) if len(rows) else np.inf
    return away, len(rows)


def _row(values: npt.NDArray[np.float32] | None, i: int) -> npt.NDArray[np.float32]:
    return np.zeros(0, np.float32) if values is None else np.asarray(values[i], np.float32)
