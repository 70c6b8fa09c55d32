"""Time a report on a catalogue of many garments: three years of them, two to a photo.

    python benchmarks/trends_rows.py [--rows 1000000] [--place DIR]

Two attributes, a colour and their combinations grow. The report runs in a fresh process, whose peak memory is
given beside what importing and opening alone take.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from attire.catalog.store import Store
from attire.catalog.trends import trends

CATEGORIES = np.array(["dress", "skirt", "top", "pants", "jacket", "coat", "shoe", "bag"])
COLOURS = np.array(["red", "blue", "black", "white", "green", "grey", "pink", "brown", "beige", "navy"])
DIMENSIONS, DAYS, BATCH = 8, 3 * 365, 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="garments to make up")
    parser.add_argument("--place", type=Path, help="make the catalogue here and leave it")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read(options.read)))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = options.place or Path(folder) / "catalog"
        if not place.exists():
            store = Store.create(place, DIMENSIONS)
            for first in range(0, options.rows, BATCH):
                store.table.add(made_up(first, min(BATCH, options.rows - first), store.table.schema))
        command = [sys.executable, __file__, "--read", str(place)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        "trends: {rows:,} garments, {months} months, {tested:,} lines tested, {moving} move: {seconds:.1f} s "
        "({cpu:.1f} s of processor), peak memory {peak:.2f} GB, {before:.2f} GB before".format(**found)
    )


def read(place: Path) -> dict[str, float]:
    """Make the report once, in this process, and say what it took."""
    store = Store.open(place)
    before, begun, busy = memory(), time.perf_counter(), time.process_time()
    found = trends(store, by="month")
    return {
        "rows": len(store),
        "months": len(found.periods),
        "tested": found.tested,
        "moving": len(found.of_group("emerging", "rising", "fading")),
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - busy,
        "before": before,
        "peak": memory(),
    }


def memory() -> float:
    """Peak of this process, in GB."""
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9
    )


def made_up(first: int, count: int, schema: pa.Schema) -> pa.Table:
    """Make up rows."""
    random = np.random.default_rng(first)
    place = first + np.arange(count)
    day = np.random.default_rng(first + 1).integers(0, DAYS, count)[(np.arange(count) // 2) * 2 % count]
    category = random.integers(len(CATEGORIES), size=count)
    colour = random.integers(len(COLOURS), size=count)
    colour[random.random(count) < 0.1 * day / DAYS] = 0
    chances = random.beta(0.3, 3, (count, 92))
    chances[:, [5, 69]] = np.clip(chances[:, [5, 69]] + 0.2 * (day / DAYS)[:, None], 0, 1)
    carries = category < 6
    photo = [f"{p:016x}" for p in (place // 2).tolist()]
    when = [datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=d) for d in day.tolist()]
    embedding = random.normal(size=(count, DIMENSIONS)).astype(np.float32)
    columns = {
        "garment_id": [f"{p}-{g}" for p, g in zip(photo, (place % 2).tolist(), strict=True)],
        "photo_id": photo,
        "photo_uri": [f"/photos/{p}.jpg" for p in photo],
        "photo_digest": photo,
        "photo_look": [f"{p * 0x9E3779B97F4A7C15 % 2**64:016x}" for p in (place // 2).tolist()],
        "photo_height": np.full(count, 400),
        "photo_width": np.full(count, 300),
        "garment": place % 2,
        "category_id": category,
        "category": CATEGORIES[category],
        "score": random.uniform(0.4, 1, count),
        "network_score": random.uniform(0.4, 1, count),
        "attributes": [[]] * count,
        "attribute_probs": [row if c else [] for row, c in zip(chances.tolist(), carries, strict=True)],
        "parts": [[]] * count,
        "colours": COLOURS[colour][:, None].tolist(),
        "colour_lab": [[50.0, 0.0, 0.0]] * count,
        "colour_share": [[1.0]] * count,
        "mask": [""] * count,
        "box": [[0.0, 0.0, 300.0, 400.0]] * count,
        "seen_at": when,
        "indexed_at": when,
        "source": ["made up"] * count,
        "model": [""] * count,
        "encoder": [""] * count,
        "embedding": embedding.tolist(),
    }
    return pa.table(
        {name: pa.array(columns[name], schema.field(name).type) for name in schema.names}, schema=schema
    )


if __name__ == "__main__":
    main()
