"""From a read photo to the rows of the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from attire.catalog.encoder import Encoder
from attire.catalog.items.framing import FramedPhoto
from attire.catalog.items.main_item import read_product
from attire.catalog.items.pixels import GarmentPixels
from attire.catalog.sources import photo_id_of
from attire.masks import RunLengths
from attire.predict import Look, Selector
from attire.predict.attribute_carriers import attribute_carriers

__all__ = ["DominantColour", "PhotoOrigin", "garments_of", "rows_of"]

Colours = Callable[[npt.NDArray[np.uint8]], Sequence["DominantColour"]]
"""Names the dominant colours of RGB pixels, 0 … 255, shape ``(n, 3)``, largest first."""


class DominantColour(Protocol):
    """A colour of a garment."""

    @property
    def name(self) -> str:
        """Such as ``navy``."""

    @property
    def lab(self) -> Sequence[float] | npt.NDArray[np.floating[Any]]:
        """CIELAB (D65), three numbers."""

    @property
    def share(self) -> float:
        """Share of the pixels, in 0 … 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoOrigin:
    """What the rows of a photo say beside what is seen in it."""

    uri: str
    """Absolute path, or URI such as ``s3://bucket/key``."""
    digest: str
    """Hexadecimal BLAKE2b of the file's bytes."""
    source: str
    """Where the photo came from, in the user's word."""
    seen_at: datetime | None
    """When it was seen, UTC; None if nothing says it."""
    indexed_at: datetime
    """When rows are written, UTC."""
    model: str
    """What reads it."""


def garments_of(look: Look) -> list[tuple[int, tuple[str, ...]]]:
    """List what of a look becomes rows: garments and accessories, surest first, with their parts' names.

    Parts, closures and decorations make no rows, not even where their garment was not found.

    Returns:
        Place in the look, and short names of its parts, each once, in ontology order.
    """
    categories = look.ontology.categories
    garments = [g for g in look.garments() if not categories[int(look.category_ids[g.row])].is_part]
    if look.scores is not None:
        scores = look.scores
        garments.sort(key=lambda garment: -float(scores[garment.row]))
    return [
        (g.row, tuple(categories[c].short_name for c in sorted({int(look.category_ids[p]) for p in g.parts})))
        for g in garments
    ]


def rows_of(
    found: Look,
    encoder: Encoder,
    *,
    framed: FramedPhoto,
    origin: PhotoOrigin,
    colours: Colours,
    selector: Selector | None = None,
    own: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Make the rows of a photo.

    Args:
        found: What a predictor gives of ``framed.readable`` with ``keep="all"``.
        encoder: What makes embeddings.
        framed: How the photo was read.
        origin: Where the photo is from.
        colours: What names colours.
        selector: Chooses among what was found, as :attr:`attire.predict.Predictor.selector`; None keeps all.
        own: The user's own columns, the same in every row.

    Returns:
        Rows as :class:`attire.catalog.row.GarmentRow` has them, with ``embedding``; surest first. A product
        photo gives at least one.
    """
    if framed.product is None:
        look = found if selector is None else selector(found)
        assert isinstance(look, Look)
        boxes, masks = look.boxes, look.masks or RunLengths.empty()
    else:
        product = read_product(found, framed.product, selector)
        look, boxes, masks = product.look, product.boxes, product.masks
    garments = garments_of(look)
    places = np.array([place for place, _ in garments], np.int64)
    if not len(places):
        return []
    vectors = encoder.encode(look[places])
    texts = masks[places].to_coco()
    pixels = GarmentPixels(framed)
    photo_id = photo_id_of(origin.uri)
    rows = []
    for n, (place, parts) in enumerate(garments):
        rows.append(
            {
                "garment_id": f"{photo_id}-{n}",
                "photo_id": photo_id,
                "photo_uri": origin.uri,
                "photo_digest": origin.digest,
                "photo_look": framed.photo_look,
                "photo_height": framed.size[0],
                "photo_width": framed.size[1],
                "garment": n,
                **_seen(look, place),
                "parts": list(parts),
                **_coloured(colours(pixels.under(masks, place))),
                "mask": texts[n]["counts"],
                "box": [float(side) for side in boxes[place]],
                "seen_at": origin.seen_at,
                "indexed_at": origin.indexed_at,
                "source": origin.source,
                "model": origin.model,
                "encoder": encoder.version,
                "embedding": vectors[n],
                **(own or {}),
            }
        )
    return rows


def _seen(look: Look, place: int) -> dict[str, Any]:
    """Category, scores and attributes of an instance."""
    category = look.ontology.categories[int(look.category_ids[place])]
    score = 0.0 if look.scores is None else float(look.scores[place])
    own = score if look.network_scores is None else float(look.network_scores[place])
    carriers = attribute_carriers(look.ontology)
    carries = carriers is None or category.id in carriers
    probs = look.attribute_probs if carries else None
    held = look.attributes if carries else None
    return {
        "category_id": category.id,
        "category": category.short_name,
        "score": score,
        "network_score": own,
        "attributes": []
        if held is None
        else [look.ontology.attributes[a].short_name for a in np.flatnonzero(held[place])],
        "attribute_probs": [] if probs is None else [float(p) for p in probs[place]],
    }


def _coloured(colours: Sequence[DominantColour]) -> dict[str, Any]:
    return {
        "colours": [colour.name for colour in colours],
        "colour_lab": [float(number) for colour in colours for number in colour.lab],
        "colour_share": [float(colour.share) for colour in colours],
    }
