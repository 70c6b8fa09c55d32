"""A made-up shop whose answers are known, and made-up photos of people with planted habits."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.catalog.made_up import DIMENSIONS, made_up_row, unit

from attire.catalog.store import Store

FIELDS = [
    pa.field("price", pa.float64()),
    pa.field("stock", pa.int64()),
    pa.field("brand", pa.string()),
    pa.field("sku", pa.string()),
]


def near(seed: int, spread: float, at: int = 0) -> np.ndarray:
    """A vector beside the corner ``at`` of every part, each part of the same length."""
    random = np.random.default_rng(seed)
    corner = np.eye(4)[at % 4]
    return unit(np.concatenate([unit(corner + spread * random.normal(size=4)) for _ in range(3)]))


def shop_row(place: int, **changes: Any) -> dict[str, Any]:
    known = {"price": 50.0, "stock": 1, "brand": "Ada", "sku": f"sku-{place}", "embedding": near(place, 0.2)}
    row = made_up_row(place, **(known | changes))
    if "colour_lab" not in changes:
        row["colour_lab"] = [50.0, 0.0, 0.0] * len(row["colours"])
        row["colour_share"] = changes.get("colour_share", [1 / len(row["colours"])] * len(row["colours"]))
    return row


@pytest.fixture
def make_shop(tmp_path):
    """Builder of a catalogue with columns of a shop."""
    made = []

    def make(rows, fields=FIELDS):
        store = Store.create(tmp_path / f"catalog{len(made)}", DIMENSIONS, fields)
        store.add([{name: row[name] for name in store.table.schema.names} for row in rows])
        made.append(store)
        return store

    return make


CATEGORIES = ("shirt", "pants", "skirt", "dress", "shoe", "bag", "coat")


def street_id(photo: int) -> str:
    return f"{1_000_000 + photo:016x}"


def worn_photo(
    photo: int, *garments: tuple[str, str, tuple[str, ...]], score: float = 1.0, first: int = 10_000
):
    """Rows of one photo: category, colour and attributes of each garment."""
    name = street_id(photo)
    return [
        shop_row(
            first + 10 * photo + place,
            photo_id=name,
            garment=place,
            category=category,
            colours=[colour],
            attributes=list(attributes),
            score=score,
            source="street",
            stock=0,
        )
        for place, (category, colour, attributes) in enumerate(garments)
    ]


def street_photos(count: int = 400, seed: int = 0) -> list[dict[str, Any]]:
    """Photos of people: red skirts with white shirts, never with pants; coats with nothing but chance."""
    random = np.random.default_rng(seed)
    rows = []
    colours = np.array(["red", "white", "black", "blue"])
    for photo in range(count):
        if random.random() < 0.5:
            skirt = random.choice(colours)
            shirt = "white" if skirt == "red" and random.random() < 0.8 else random.choice(colours)
            worn = [("skirt", skirt, ("floral",)), ("shirt", shirt, ("plain",))]
        else:
            worn = [("pants", random.choice(colours), ("washed",)), ("shirt", random.choice(colours), ())]
        if random.random() < 0.3:
            worn.append(("coat", random.choice(colours), ()))
        if random.random() < 0.5:
            worn.append(("shoe", random.choice(colours), ()))
        rows += worn_photo(photo, *((c, str(k), a) for c, k, a in worn), first=10_000)
    return rows
