"""Time reading annotations at the size of iMaterialist 2019: 331,000 rows, 590 MB of CSV.

    python benchmarks/annotations.py [--rows 331000] [--keep FILE.csv]

The masks are made up: smooth blobs, one run per column, some with a hole or a frayed edge, of a size that
gives the CSV its real length. The clock runs in a fresh process, from the path to the sum of all areas.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from attire.annotations import encode_pairs, read_imaterialist
from attire.annotations.imaterialist import COLUMNS
from attire.masks import RunLengths
from attire.ontology import Ontology

ROWS, PHOTOS = 331_000, 45_625
TARGET_S, TARGET_GB = 5.0, 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the file to build")
    parser.add_argument(
        "--keep", type=Path, help="build the file here and leave it, or use it if it is there"
    )
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read(options.read)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "train.csv"
        if not path.exists():
            build(path, options.rows)
        command = [sys.executable, __file__, "--read", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        report(path.stat().st_size, **json.loads(done.stdout))


def read(path: Path) -> dict[str, float]:
    """Read the file once, in this process, and say what it took."""
    begun = time.perf_counter()
    records, _ = read_imaterialist(path, Ontology.imaterialist2019())
    area = int(records.masks.areas.sum())
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {
        "rows": len(records.category_ids),
        "photos": len(records),
        "runs": len(records.masks.starts),
        "area": area,
        "seconds": seconds,
        "peak": peak,
    }


def report(size: int, rows: int, photos: int, runs: int, area: int, seconds: float, peak: float) -> None:
    """Print one line, with the targets beside what was measured."""
    print(
        f"annotations: {rows:,} rows of {photos:,} photos, {runs / 1e6:.1f} M runs, "
        f"{area / 1e9:.1f} G pixels from {size / 1e6:,.0f} MB of CSV "
        f"in {seconds:.2f} s (target {TARGET_S:.0f} s), "
        f"peak memory {peak / 1e9:.2f} GB (target {TARGET_GB} GB)"
    )


def build(path: Path, rows: int) -> None:
    """Write a CSV of made-up masks, a thousand rows at a time."""
    rng = np.random.default_rng(2019)
    photo_of_row = np.sort(rng.integers(0, max(1, rows * PHOTOS // ROWS), rows))
    photo_of_row = np.unique(photo_of_row, return_inverse=True)[1]
    sizes = rng.integers((500, 400), (3200, 2400), (int(photo_of_row[-1]) + 1, 2))
    with path.open("w", encoding="ascii") as file:
        file.write(",".join(COLUMNS) + "\n")
        for begin in range(0, rows, 1000):
            photos = photo_of_row[begin : begin + 1000]
            texts = encode_pairs(blobs(rng, sizes[photos]))
            classes = class_ids(rng, len(photos))
            for photo, pairs, class_id in zip(photos, texts, classes, strict=True):
                height, width = sizes[photo]
                file.write(f"{photo:032x}.jpg,{pairs},{height},{width},{class_id}\n")


def blobs(rng: np.random.Generator, sizes: np.ndarray) -> RunLengths:
    """Make one mask per size: a run down every column that it spans, in some columns two."""
    n = len(sizes)
    heights, widths = sizes[:, 0], sizes[:, 1]
    spans = np.clip(rng.lognormal(4.39, 0.85, n), 3, widths * 0.9).astype(np.int64)
    left = (rng.random(n) * (widths - spans)).astype(np.int64)
    centre = heights * rng.uniform(0.35, 0.65, n)
    half = np.minimum(spans * rng.uniform(0.4, 2.0, n), heights * 0.3)
    row = np.repeat(np.arange(n), spans)
    column = np.arange(len(row)) - np.repeat(np.cumsum(spans) - spans, spans)
    round_off = np.sqrt(1 - ((column + 0.5) / spans[row] * 2 - 1) ** 2)
    fray = rng.integers(-3, 4, (2, len(row)))
    top = (centre[row] - half[row] * round_off).astype(np.int64) + fray[0]
    bottom = (centre[row] + half[row] * round_off).astype(np.int64) + fray[1]
    top = np.clip(top, 0, heights[row] - 2)
    bottom = np.clip(bottom, top + 1, heights[row] - 1)
    base = (left[row] + column) * heights[row]
    split = (rng.random(len(row)) < 0.35) & (bottom - top > 12)
    middle = (top + bottom) // 2
    starts = np.stack([base + top, base + middle + 3], axis=1)
    ends = np.stack([base + np.where(split, middle, bottom), base + bottom], axis=1)
    kept = np.stack([np.ones_like(split), split], axis=1)
    runs_per_mask = np.bincount(row, weights=kept.sum(axis=1), minlength=n).astype(np.int64)
    starts, ends = starts[kept], ends[kept]
    return RunLengths(
        starts.astype(np.int32),
        (ends - starts).astype(np.int32),
        np.concatenate([[0], np.cumsum(runs_per_mask)]),
        sizes.astype(np.int32),
    )


def class_ids(rng: np.random.Generator, n: int) -> list[str]:
    """Draw categories, with attributes on 3.5 % of them."""
    texts = [str(category_id) for category_id in rng.integers(0, 46, n)]
    for place in np.flatnonzero(rng.random(n) < 0.035):
        attributes = np.sort(rng.choice(92, rng.integers(1, 7), replace=False))
        texts[place] = "_".join([texts[place], *map(str, attributes)])
    return texts


if __name__ == "__main__":
    main()
