"""Made-up garments in any number, as Arrow tables: what the catalogue's benchmarks are measured on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from attire.catalog.row import row_model
from attire.ontology import Ontology

Vectors = npt.NDArray[np.float32]
DIMENSIONS = 256
PARTS = {"shape": slice(0, 128), "pattern": slice(128, 224), "colour": slice(224, 256)}
OWN = [pa.field("price", pa.float64()), pa.field("brand", pa.string())]
BATCH = 50_000
"""Rows that are made, and committed, at once."""
COLOURS = ("black", "white", "blue", "red", "grey", "beige", "green", "pink", "brown", "yellow")
STYLES = 20_000
"""Clusters of made-up vectors: so many designs, some worn far more often than others."""
WITHIN = 0.55
"""Spread of a design's garments, of the spread of designs."""
START = datetime(2026, 1, 1, tzinfo=UTC)


def unit(vectors: Vectors) -> Vectors:
    """Scale every part to the same length, and the whole to 1."""
    for numbers in PARTS.values():
        length = np.linalg.norm(vectors[:, numbers], axis=1, keepdims=True)
        vectors[:, numbers] /= np.maximum(length, 1e-9) * np.sqrt(len(PARTS))
    return vectors


def spectrum() -> Vectors:
    """Standard deviation of every number: within a part, the k-th carries a share of k^-1 of the variance."""
    return np.concatenate(
        [1 / np.sqrt(np.arange(1, part.stop - part.start + 1)) for part in PARTS.values()]
    ).astype(np.float32)


class Drawer:
    """Draws vectors around given ones, or around made-up designs, in batches; the same ones each time."""

    def __init__(self, around: Vectors | None, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        scale = spectrum()
        if around is None:
            designs = self.random.normal(size=(STYLES, DIMENSIONS)).astype(np.float32) * scale
            self.centres, self.spread = designs, scale * WITHIN
        else:
            self.centres = around.astype(np.float32)
            self.spread = self.centres.std(0) * WITHIN
        shares = 1 / np.arange(1, len(self.centres) + 1) ** 0.6
        self.often = np.cumsum(shares / shares.sum())
        # Neighbouring numbers of a real vector are not sorted by variance: turn each part at random.
        self.turns = {
            name: np.linalg.qr(self.random.normal(size=(part.stop - part.start,) * 2))[0].astype(np.float32)
            for name, part in PARTS.items()
            if around is None
        }

    def draw(self, count: int) -> tuple[Vectors, npt.NDArray[np.int64]]:
        """Give vectors, shape ``(count, 256)``, and the centre each was drawn around."""
        centre = np.searchsorted(self.often, self.random.random(count)).clip(max=len(self.centres) - 1)
        noise = self.random.standard_normal((count, DIMENSIONS), dtype=np.float32)
        vectors = self.centres[centre] + noise * self.spread
        for name, turn in self.turns.items():
            vectors[:, PARTS[name]] = vectors[:, PARTS[name]] @ turn
        return unit(vectors), centre


def garments(count: int, *, around: Vectors | None = None, seed: int = 0) -> Iterator[pa.Table]:
    """Make rows whose columns are as full as those of real photos, two garments per photo."""
    drawer, random = Drawer(around, seed), np.random.default_rng(seed + 1)
    ontology = Ontology.imaterialist2019()
    schema = row_model(DIMENSIONS).to_arrow_schema()
    for field in OWN:
        schema = schema.append(field)
    for start in range(0, count, BATCH):
        rows = np.arange(start, min(start + BATCH, count))
        vectors, design = drawer.draw(len(rows))
        yield _table(rows, vectors, design, random, ontology, schema)


def _table(
    rows: npt.NDArray[np.int64],
    vectors: Vectors,
    design: npt.NDArray[np.int64],
    random: np.random.Generator,
    ontology: Ontology,
    schema: pa.Schema,
) -> pa.Table:
    n = len(rows)
    category = design % 27
    probs = random.random((n, len(ontology.attributes))).astype(np.float64)
    names = np.array([one.short_name for one in ontology.attributes])
    held = (design[:, None] * np.array([7, 31, 101]) + np.arange(3)) % len(names)
    photo = [f"{row // 2:016x}" for row in rows]
    colour = np.array(COLOURS)[design % len(COLOURS)]
    outline = random.integers(48, 112, (n, 300), dtype=np.uint8)
    seen = [START + timedelta(minutes=int(row)) for row in rows % 500_000]
    columns = {
        "garment_id": [f"{one}-{row % 2}" for one, row in zip(photo, rows, strict=True)],
        "photo_id": photo,
        "photo_uri": [f"s3://shop/photos/{one}.jpg" for one in photo],
        "photo_digest": [one * 2 for one in photo],
        "photo_look": [f"{int(bits):016x}" for bits in random.integers(0, 2**63, n)],
        "photo_height": np.full(n, 1024),
        "photo_width": np.full(n, 768),
        "garment": rows % 2,
        "category_id": category,
        "category": np.array([one.short_name for one in ontology.categories])[category],
        "score": random.random(n),
        "network_score": random.random(n),
        "attributes": _lists(names[held]),
        "attribute_probs": _lists(probs),
        "parts": _lists(np.tile(np.array(["collar", "sleeve"]), (n, 1))),
        "colours": _lists(colour[:, None]),
        "colour_lab": _lists(random.random((n, 3)) * 100),
        "colour_share": _lists(np.ones((n, 1))),
        "mask": pa.array([bytes(one).decode("ascii") for one in outline]),
        "box": _lists(random.random((n, 4)) * 700),
        "seen_at": pa.array(seen).cast(pa.timestamp("us")),
        "indexed_at": pa.array(seen).cast(pa.timestamp("us")),
        "source": np.array(["shop", "street", "runway"])[design % 3],
        "model": np.full(n, "box"),
        "encoder": np.full(n, "made-up"),
        "embedding": pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), DIMENSIONS),
        "price": np.round(random.gamma(2.0, 40.0, n), 2),
        "brand": np.array([f"brand {one}" for one in range(200)])[design % 200],
    }
    return pa.table(
        {name: _column(columns[name], schema.field(name).type) for name in schema.names}, schema=schema
    )


def _column(values: object, kind: pa.DataType) -> pa.Array:
    return values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind)


def _lists(values: npt.NDArray[np.generic]) -> pa.Array:
    """Make every row of a table a list."""
    offsets = np.arange(len(values) + 1, dtype=np.int32) * values.shape[1]
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values.reshape(-1)))
