"""What a bucket costs beside a folder, and what grows with a catalogue besides its queries.

    python benchmarks/scale_storage.py bucket PHOTOS [-n 100] [--queries 40]
    python benchmarks/scale_storage.py grow DIR [--rows 100000 1000000]
    python benchmarks/scale_storage.py segments DIR [--rows 100000]

``bucket`` reads the same photos into a catalogue twice, from folder to folder and from bucket to bucket, and
asks both in turns. The bucket is moto's, in a process of its own on this machine: what is measured is the
work that the protocol takes, without a network. ``grow`` times what is done with the whole table by each run
of ``attire index`` and by each trend: seconds and processor time, at each size. ``segments`` builds the index
of the vectors in four parts, as four machines would, puts them together and asks the whole.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from lancedb.expr import col, lit
from rich.console import Console
from rich.table import Table

from attire.catalog.filters import named, to_expr
from attire.catalog.indexing import Manifest, index_photos, open_reading
from attire.catalog.indexing.reading import Reading
from attire.catalog.indices import VECTOR, tidy
from attire.catalog.sources import find_photos
from attire.catalog.store import Filter, Store
from catalog_garments import DIMENSIONS, OWN, garments

SERVER = """
import logging, sys, time
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""
K = 10
ROUNDS = 3
"""Times that photos are read at each place, in turns."""
SHARD = 4000
"""Rows that attire index writes at once."""
FILTERS: dict[str, Filter | None] = {
    "plain": None,
    "category": col("category") == lit("dress"),
    "attribute": to_expr(named("attributes", "symmetrical")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["bucket", "grow", "segments"])
    parser.add_argument("dir", type=Path, help="photos; or where catalogues are made")
    parser.add_argument("-n", type=int, default=100, help="photos")
    parser.add_argument("--queries", type=int, default=40, help="of each kind, at each place")
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    options = parser.parse_args()
    if options.what == "bucket":
        Console().print(bucket(options.dir, options.n, options.queries))
    elif options.what == "grow":
        Console().print(grow(options.dir, options.rows))
    else:
        print(segments(options.dir / "segments", options.rows[0], options.queries))


def bucket(photos: Path, count: int, queries: int) -> Table:
    """Read photos here and there, and ask."""
    reading = open_reading()
    with tempfile.TemporaryDirectory() as folder, bucket_server() as client:
        chosen = Path(folder) / "photos"
        chosen.mkdir()
        for path in sorted(photos.rglob("*.jpg"))[:count]:
            shutil.copy(path, chosen)
            client.upload_file(str(path), "shop", f"photos/{path.name}")
        places = {
            "folder": (str(chosen), f"{folder}/catalog"),
            "bucket": ("s3://shop/photos", "s3://shop/catalog"),
        }
        took: dict[str, list[float]] = {name: [] for name in places}
        for _ in range(ROUNDS + 1):  # the first is for what is loaded and compiled once
            for name, place in places.items():
                took[name].append(index(*place, reading, f"{folder}/{name}.sqlite", anew=True) / count)
        again = {name: index(*place, reading, f"{folder}/{name}.sqlite") for name, place in places.items()}
        stores = {name: Store.open(catalog) for name, (_, catalog) in places.items()}
        vectors = np.stack(stores["folder"].rows(["embedding"]).column("embedding").to_pylist())
        asked = ask(stores, vectors.astype(np.float32), queries)
    table = Table(title=f"{count} photos, {len(vectors)} garments", title_justify="left")
    for name in ("what", "folder", "bucket", "ratio"):
        table.add_column(name, justify="left" if name == "what" else "right")
    read = {name: float(np.median(seconds[1:])) for name, seconds in took.items()}
    for what, figures in {"read, s a photo": read, "known already, s in all": again}.items():
        here, there = (figures[name] for name in places)
        table.add_row(what, f"{here:.3f}", f"{there:.3f}", f"{there / here:.2f}")
    for what, seconds in asked.items():
        here, there = (1e3 * float(np.median(seconds[name])) for name in places)
        table.add_row(f"query, {what}: p50 ms", f"{here:.1f}", f"{there:.1f}", f"{there / here:.2f}")
    return table


def index(photos: str, catalog: str, reading: Reading, manifest: str, *, anew: bool = False) -> float:
    """Bring a catalogue up to date, and say how many seconds that took."""
    store = Store.create(catalog, reading.encoder.dimensions, encoder=reading.encoder.version)
    begun = time.perf_counter()
    with Manifest(Path(manifest)) as known:
        outcome = index_photos(find_photos([photos]), store, known, reading, anew=anew)
    if outcome.broken or outcome.read + outcome.known != outcome.photos:
        raise SystemExit(f"{photos}: {outcome}")
    return time.perf_counter() - begun


def ask(stores: dict[str, Store], vectors: np.ndarray, count: int) -> dict[str, dict[str, list[float]]]:
    """Ask each place in turns, with the same vectors; the answers have to be the same."""
    seconds: dict[str, dict[str, list[float]]] = {name: {place: [] for place in stores} for name in FILTERS}
    for turn in range(count + 3):
        vector = vectors[turn % len(vectors)]
        for name, where in FILTERS.items():
            found = []
            for place, store in stores.items():
                begun = time.perf_counter()
                near = store.nearest(vector, K, where=where)
                if turn >= 3:
                    seconds[name][place].append(time.perf_counter() - begun)
                found.append([round(one.similarity, 5) for one in near])
            if found[0] != found[1]:
                raise SystemExit(f"{name}: the folder says {found[0]}, the bucket {found[1]}")
    return seconds


@contextmanager
def bucket_server() -> Iterator["object"]:
    """Run S3 beside this program, and tell the environment of it."""
    import boto3

    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            os.environ |= {
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.stdout.readline().strip()}",
                "AWS_ACCESS_KEY_ID": "key",
                "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true",
            }
            client = boto3.client("s3", region_name="us-east-1")
            client.create_bucket(Bucket="shop")
            yield client
        finally:
            server.kill()


def grow(folder: Path, sizes: list[int]) -> Table:
    """Time what is done with the whole table, at each size."""
    table = Table(title="seconds (processor seconds)", title_justify="left")
    table.add_column("what")
    lines: dict[str, list[str]] = {}
    for rows in sizes:
        table.add_column(f"{rows} rows", justify="right")
        for what, said in grown(folder / f"grown-{rows}", rows).items():
            lines.setdefault(what, []).append(said)
    for what, said in lines.items():
        table.add_row(what, *said)
    return table


def grown(folder: Path, rows: int) -> dict[str, str]:
    """Make a catalogue of so many garments, two a photo, and time what every run does."""
    shutil.rmtree(folder, ignore_errors=True)
    store = Store.create(folder / "catalog", DIMENSIONS, OWN, encoder="made-up")
    for batch in garments(rows, seed=7):
        store.table.add(batch)
    tidy(store.table)
    shard = store.rows(where=col("garment") == lit(0), limit=SHARD).to_pylist()
    photos = sorted({row["photo_id"] for row in shard})
    new = [
        {**row, "photo_id": f"new{place:013x}", "garment_id": f"new{place:013x}-0"}
        for place, row in enumerate(shard)
    ]
    columns = ["photo_id", "category", "attributes", "colours", "seen_at", "source"]
    with Manifest(folder / "photos.sqlite") as manifest:
        return {
            "Manifest.follow, the first time": timed(lambda: manifest.follow(store)),
            "Manifest.follow, again": timed(lambda: manifest.follow(store)),
            "Store.add, 4,000 rows of new photos": timed(lambda: store.add(new)),
            "Store.replace, 4,000 rows of known photos": timed(lambda: store.replace(photos, shard)),
            "files put together after it": timed(lambda: tidy(store.table)),
            "six columns of all rows, as trends read them": timed(
                lambda: sum(batch.num_rows for batch in store.batches(columns))
            ),
        }


def segments(folder: Path, rows: int, queries: int) -> str:
    """Build one index in four segments that know nothing of each other but centres and rotation."""
    from lance.indices import IndicesBuilder
    from lance.lance import indices

    shutil.rmtree(folder, ignore_errors=True)
    store = Store.create(folder, DIMENSIONS, OWN, encoder="made-up")
    for batch in garments(rows, seed=7):
        for part in range(0, len(batch), rows // 4):
            store.table.add(batch.slice(part, rows // 4))
    table = store.table.to_lance()
    places = [fragment.fragment_id for fragment in table.get_fragments()]
    partitions = max(rows // 4096, 1)
    shared = {
        "metric": "cosine",
        "num_partitions": partitions,
        "num_bits": 4,
        "ivf_centroids": IndicesBuilder(table, VECTOR)
        .train_ivf(num_partitions=partitions, distance_type="cosine")
        .centroids,
        "rabitq_model": indices.build_rq_model(DIMENSIONS, 4),
    }
    parts, took = [], []
    for quarter in range(4):
        begun = time.perf_counter()
        mine = places[quarter::4]
        parts.append(table.create_index_uncommitted(VECTOR, "IVF_RQ", fragment_ids=mine, **shared))
        took.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    table.commit_existing_index_segments("vectors", VECTOR, [table.merge_existing_index_segments(parts)])
    together = time.perf_counter() - begun
    store = Store.open(folder)
    vectors = np.concatenate(
        [batch["embedding"].flatten().to_numpy().reshape(-1, DIMENSIONS) for batch in store.batches([VECTOR])]
    )
    hits, queried = 0, vectors[:: max(len(vectors) // queries, 1)]
    for asked in queried:
        tenth = np.sort(vectors @ asked)[-K]
        hits += sum(one.similarity >= tenth - 1e-5 for one in store.nearest(asked, K))
    seconds = ", ".join(f"{one:.1f}" for one in took)
    return (
        f"{rows} garments in {len(places)} fragments: 4 segments in {seconds} s, put together in "
        f"{together:.1f} s; {store.indexed().rows} indexed, recall@{K} {hits / K / len(queried):.4f}"
    )


def timed(work: Callable[[], object]) -> str:
    begun, busy = time.perf_counter(), time.process_time()
    work()
    return f"{time.perf_counter() - begun:.2f} ({time.process_time() - busy:.2f})"


if __name__ == "__main__":
    main()
