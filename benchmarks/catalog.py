"""Does the catalogue hold at scale, and whatever happens to those who write to it?

    python benchmarks/catalog.py scale DIR [-n 1000000] [--around vectors.npy] [--probes 64 256] [--refine 4]
    python benchmarks/catalog.py crash DIR [--seconds 60] [--kills 10]

``scale`` makes garments (256 numbers each, drawn around those of a file or around made-up designs), builds a
catalogue of them, and asks it from a process of its own: time, memory, and recall@10 against comparing with
all of them. A catalogue that is in DIR already is asked again. ``crash`` lets two programs write and two read
at once, and kills writers with SIGKILL; every row that was acknowledged has to be there, no photo in part.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lancedb.expr import col, lit
from rich.console import Console
from rich.table import Table

from attire.catalog.encoder import weigh
from attire.catalog.filters import named, to_expr
from attire.catalog.indices import build_indices, tidy
from attire.catalog.store import PROBES, REFINE, Filter, Store
from attire.progress import track
from catalog_crash import crash
from catalog_garments import DIMENSIONS, OWN, PARTS, Drawer, garments

Vectors = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
K = 10
SEED, ASKED_SEED = 7, 8
WARM_UP = 5
"""Queries of each kind that are not timed: the first ones read the index from the disk."""
ATTRIBUTE = "giraffe"
BRAND = "brand 17"
FILTERS: dict[str, tuple[Filter, Callable[[pa.RecordBatch], Bools]]] = {
    "category": (col("category") == lit("dress"), lambda rows: _text(rows, "category") == "dress"),
    "category and price": (
        (col("category") == lit("dress")) & (col("price") > lit(20.0)) & (col("price") < lit(30.0)),
        lambda rows: (
            (_text(rows, "category") == "dress")
            & (rows["price"].to_numpy() > 20)
            & (rows["price"].to_numpy() < 30)
        ),
    ),
    "brand": (col("brand") == lit(BRAND), lambda rows: _text(rows, "brand") == BRAND),
    "attribute": (
        to_expr(named("attributes", ATTRIBUTE)),
        lambda rows: np.array([ATTRIBUTE in held for held in rows["attributes"].to_pylist()]),
    ),
}
WEIGHTS = {
    "plain": {},
    "pattern twice, colour half": {"pattern": 2.0, "colour": 0.5},
    "colour alone": {"shape": 0.0, "pattern": 0.0},
    **{name: {} for name in FILTERS},
    "category, pattern twice": {"pattern": 2.0},
}
FILTER_OF = {**{name: name for name in FILTERS}, "category, pattern twice": "category"}
COLUMNS = ["embedding", "category", "price", "brand", "attributes"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["scale", "crash", "ask"])
    parser.add_argument("dir", type=Path, help="folder for the catalogue")
    parser.add_argument("-n", type=int, default=1_000_000, help="garments")
    parser.add_argument("--around", type=Path, help=".npy of real vectors, shape (N, 256)")
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--probes", type=int, nargs="+", default=[PROBES])
    parser.add_argument("--refine", type=int, nargs="+", default=[REFINE])
    parser.add_argument("--seconds", type=float, default=60, help="of writing and reading at once")
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    if options.what == "ask":
        print(json.dumps(ask(options.dir, options.probes[0], options.refine[0])))
    elif options.what == "crash":
        crash(options.dir, seconds=options.seconds, kills=options.kills)
    else:
        around = None if options.around is None else np.load(options.around)
        scale(options.dir, options.n, around, options.queries, options.probes, options.refine)


def scale(
    folder: Path, count: int, around: Vectors | None, queries: int, probes: list[int], refines: list[int]
) -> None:
    catalog = folder / "catalog"
    if not Store.exists(catalog) or len(Store.open(catalog)) != count:
        Console().print(build(catalog, count, around))
    store = Store.open(catalog)
    asked = Drawer(around, SEED)
    asked.random = np.random.default_rng(ASKED_SEED)
    vectors = {name: weighed(asked.draw(queries + WARM_UP)[0], weights) for name, weights in WEIGHTS.items()}
    truth, shares = compare_with_all(store, vectors)
    np.savez(folder / "queries.npz", **vectors)
    for probe in probes:
        for refine in refines:
            words = ["ask", str(folder), "--probes", str(probe), "--refine", str(refine)]
            done = subprocess.run([sys.executable, __file__, *words], stdout=subprocess.PIPE, check=True)
            Console().print(
                answered(json.loads(done.stdout), truth, shares, f"{probe} probes, refine {refine}")
            )


def build(catalog: Path, count: int, around: Vectors | None) -> Table:
    """Write garments, index them, and say what each step took."""
    shutil.rmtree(catalog, ignore_errors=True)
    store = Store.create(catalog, DIMENSIONS, OWN, encoder="made-up")
    took, begun = {"made": 0.0, "written": 0.0}, time.perf_counter()
    for batch in track(garments(count, around=around, seed=SEED), "write", total=-(-count // 50_000)):
        made = time.perf_counter()
        store.table.add(batch)
        took["made"] += made - begun
        begun = time.perf_counter()
        took["written"] += begun - made
    tidy(store.table)
    took["put together"] = time.perf_counter() - begun
    begun = time.perf_counter()
    done = build_indices(store.table, store.own_fields)
    took[f"indexed ({', '.join(done.built)})"] = time.perf_counter() - begun
    table = Table(title=f"{count} garments of {DIMENSIONS} numbers", title_justify="left")
    for name in ("step", "seconds", "MB"):
        table.add_column(name, justify="left" if name == "step" else "right")
    for name, seconds in took.items():
        table.add_row(name, f"{seconds:.1f}", "")
    table.add_row("all; memory at most", f"{sum(took.values()):.1f}", f"{peak_megabytes():.0f}")
    indices = megabytes(catalog / "garments.lance" / "_indices")
    everything = megabytes(catalog)
    table.add_row("disk: rows", "", f"{store.megabytes - indices:.0f}")
    table.add_row("disk: indices", "", f"{indices:.0f}")
    table.add_row("disk: old files, kept for an hour", "", f"{everything - store.megabytes:.0f}")
    return table


def compare_with_all(
    store: Store, queries: dict[str, Vectors]
) -> tuple[dict[str, Vectors], dict[str, float]]:
    """Find the K-th best similarity of every query, and the share of garments that each filter leaves."""
    best = {name: np.full((len(vectors), K), -2.0, np.float32) for name, vectors in queries.items()}
    left, seen = dict.fromkeys(FILTERS, 0), 0
    for rows in track(store.batches(COLUMNS), "compare with all"):
        vectors = rows["embedding"].flatten().to_numpy().reshape(-1, DIMENSIONS)
        allowed = {name: test(rows) for name, (_, test) in FILTERS.items()}
        seen += len(vectors)
        for name in FILTERS:
            left[name] += int(allowed[name].sum())
        for name, asked in queries.items():
            chosen = vectors[allowed[FILTER_OF[name]]] if name in FILTER_OF else vectors
            found = np.concatenate([best[name], asked @ chosen.T], axis=1)
            best[name] = -np.partition(-found, K - 1, axis=1)[:, :K]
    kth = {name: found.min(axis=1)[WARM_UP:] for name, found in best.items()}
    return kth, {name: left[FILTER_OF[name]] / seen if name in FILTER_OF else 1.0 for name in queries}


def ask(folder: Path, probes: int, refine: int) -> dict[str, Any]:
    """Ask every query, as a program does that does nothing else."""
    store = Store.open(folder / "catalog")
    answers: dict[str, Any] = {}
    with np.load(folder / "queries.npz") as queries:
        for name, vectors in queries.items():
            where = FILTERS[FILTER_OF[name]][0] if name in FILTER_OF else None
            seconds, cpu, found = [], [], []
            for vector in vectors:
                begun, busy = time.perf_counter(), time.process_time()
                near = store.nearest(vector, K, where=where, probes=probes, refine=refine)
                seconds.append(time.perf_counter() - begun)
                cpu.append(time.process_time() - busy)
                found.append([one.similarity for one in near])
            answers[name] = {
                "seconds": seconds[WARM_UP:],
                "cpu": cpu[WARM_UP:],
                "similarities": found[WARM_UP:],
            }
    return {"answers": answers, "megabytes": peak_megabytes()}


def answered(asked: dict[str, Any], truth: dict[str, Vectors], shares: dict[str, float], title: str) -> Table:
    table = Table(title=f"{title}; {asked['megabytes']:.0f} MB at most", title_justify="left")
    names = ("query", "of all, %", "p50 ms", "p95 ms", "CPU p50 ms", "recall@10", "worst")
    for name in names:
        table.add_column(name, justify="left" if name == "query" else "right")
    for name, answer in asked["answers"].items():
        hits = [
            sum(similarity >= least - 1e-5 for similarity in found) / K
            for found, least in zip(answer["similarities"], truth[name], strict=True)
        ]
        middle, late = np.percentile(answer["seconds"], [50, 95]) * 1e3
        busy = float(np.median(answer["cpu"])) * 1e3
        figures = (f"{middle:.1f}", f"{late:.1f}", f"{busy:.1f}", f"{np.mean(hits):.4f}", f"{min(hits):.1f}")
        table.add_row(name, f"{100 * shares[name]:.2f}", *figures)
    return table


def weighed(vectors: Vectors, weights: dict[str, float]) -> Vectors:
    return np.stack([weigh(vector, PARTS, weights) for vector in vectors])


def peak_megabytes() -> float:
    """Most memory this process has held, as the system counts it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _text(rows: pa.RecordBatch, name: str) -> npt.NDArray[np.str_]:
    return np.asarray(rows[name].to_pylist())


if __name__ == "__main__":
    main()
