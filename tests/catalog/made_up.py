"""Made-up garments, so that a question to the catalogue has a known answer."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

DIMENSIONS = 12
PARTS = {"shape": slice(0, 4), "pattern": slice(4, 8), "colour": slice(8, 12)}
START = datetime(2026, 1, 5, tzinfo=UTC)


def unit(values: np.ndarray) -> np.ndarray:
    return (values / np.linalg.norm(values)).astype(np.float32)


def vector(seed: int) -> np.ndarray:
    """A vector of length 1 whose parts all have the same length."""
    random = np.random.default_rng(seed)
    return unit(np.concatenate([unit(random.normal(size=4)) for _ in PARTS]))


def made_up_row(place: int, **changes: Any) -> dict[str, Any]:
    """A row of the table; photo ``place``, garment 0, unless said otherwise."""
    photo, garment = changes.get("photo_id", f"{place:016x}"), changes.get("garment", 0)
    row = {
        "garment_id": f"{photo}-{garment}",
        "photo_id": photo,
        "photo_uri": f"/photos/{photo}.jpg",
        "photo_digest": f"{place:032x}",
        "photo_look": f"{place * 0x9E3779B97F4A7C15 % 2**64:016x}",
        "photo_height": 400,
        "photo_width": 300,
        "garment": garment,
        "category_id": 10,
        "category": "dress",
        "score": 0.9,
        "network_score": 0.95,
        "attributes": [],
        "attribute_probs": [],
        "parts": [],
        "colours": ["red"],
        "colour_lab": [53.2, 80.1, 67.2],
        "colour_share": [1.0],
        "mask": "",
        "box": [10.0, 20.0, 110.0, 220.0],
        "seen_at": START,
        "indexed_at": START,
        "source": "shop",
        "model": "box",
        "encoder": "made-up 1",
        "embedding": vector(place),
    }
    return row | changes
