"""Does indexing on a cluster give the rows of a local run, whatever is killed, and what does it gain?

A cluster of two machines with one processor each, as Ray simulates them, indexes photos:

    python benchmarks/scale_index.py kill-node PHOTOS WORK --count 2000
    python benchmarks/scale_index.py kill-driver PHOTOS WORK --count 2000
    python benchmarks/scale_index.py speedup PHOTOS WORK --count 400 --turns 3

WORK is a folder for catalogues; that of the local run is made once and stays. On a machine of two processors
nothing else should run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from attire.catalog.indexing import Manifest, Outcome, index_photos, open_reading
from attire.catalog.sources import Listing, find_photos
from attire.catalog.store import Store
from attire.scale.indexing import Pool, Spent, index_on_ray

KILL_AT = 0.35
"""Share of the photos that are committed when something is killed."""
LOOK_S = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, act in {"kill-node": kill_node, "kill-driver": kill_driver, "speedup": speedup}.items():
        verb = verbs.add_parser(name)
        verb.add_argument("photos", help="folder of photos; the first COUNT are taken")
        verb.add_argument("work", type=Path)
        verb.add_argument("--count", type=int, default=400 if name == "speedup" else 2000)
        verb.set_defaults(act=act)
        if name == "speedup":
            verb.add_argument("--turns", type=int, default=3)
    said = parser.parse_args()
    said.work.mkdir(parents=True, exist_ok=True)
    said.act(said, listed(said.photos, said.work, said.count))


def listed(photos: str, work: Path, count: int) -> Path:
    """Write the first photos of a folder into a list."""
    uris = [photo.uri for photo in islice(find_photos([photos]), count)]
    if len(uris) < count:
        sys.exit(f"{photos}: holds {len(uris)} photos, not {count}")
    path = work / f"photos-{count}.csv"
    path.write_text("\n".join(["photo_uri", *uris]) + "\n")
    return path


@contextmanager
def two_machines() -> Iterator[tuple[Any, Any]]:
    """Simulate them; gives the cluster, and the machine that may be lost."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        other = made.add_node(num_cpus=1)
        made.wait_for_nodes()
        yield made, other
    finally:
        made.shutdown()


def verb_of(photos: Path, catalog: Path, *more: str) -> list[str]:
    program = "from attire.cli.app import main; main()"
    return [sys.executable, "-c", program, "index", str(photos), "--catalog", str(catalog), "--json", *more]


def local(photos: Path, work: Path) -> Path:
    """Index here, unless that was done before."""
    catalog = work / f"local-{photos.stem}"
    done = work / f"{catalog.name}.json"
    if not done.exists():
        shutil.rmtree(catalog, ignore_errors=True)
        said = subprocess.run(verb_of(photos, catalog), check=True, capture_output=True, text=True).stdout
        done.write_text(said)
    return catalog


def kill_node(said: argparse.Namespace, photos: Path) -> None:
    """Lose a machine in the middle."""
    with two_machines() as (cluster, other):
        catalog = fresh(said.work, "kill-node")
        program = start(photos, catalog, cluster.address)
        begun = time.monotonic()
        committed = wait_for(catalog, round(KILL_AT * said.count), program)
        cluster.remove_node(other, allow_graceful=False)
        lost_at = time.monotonic() - begun
        summary = finish(program)
    report(
        "A machine is lost",
        {
            "photos committed when it was lost": committed,
            "seconds until then": round(lost_at, 1),
            "seconds in all": round(time.monotonic() - begun, 1),
            "photos read": summary["read"],
        },
        catalog,
        local(photos, said.work),
        said.count,
    )


def kill_driver(said: argparse.Namespace, photos: Path) -> None:
    """Kill the program that leads in the middle, and run it again."""
    with two_machines() as (cluster, _):
        catalog = fresh(said.work, "kill-driver")
        program = start(photos, catalog, cluster.address)
        committed = wait_for(catalog, round(KILL_AT * said.count), program)
        program.kill()
        program.communicate()
        there = held(catalog)
        begun = time.monotonic()
        summary = finish(start(photos, catalog, cluster.address))
    report(
        "The leading program is killed (kill -9)",
        {
            "photos committed when it was killed": max(committed, there),
            "known to the next run": summary["known"],
            "read by the next run": summary["read"],
            "seconds of the next run": round(time.monotonic() - begun, 1),
        },
        catalog,
        local(photos, said.work),
        said.count,
    )


def fresh(work: Path, name: str) -> Path:
    shutil.rmtree(work / name, ignore_errors=True)
    return work / name


def start(photos: Path, catalog: Path, address: str) -> "subprocess.Popen[str]":
    words = verb_of(photos, catalog, "--on", "ray", "--ray-address", address)
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def finish(program: "subprocess.Popen[str]") -> dict[str, Any]:
    out, _ = program.communicate()
    if program.returncode:
        sys.exit(f"attire index failed with code {program.returncode}")
    summary: dict[str, Any] = json.loads(out)
    return summary


def held(catalog: Path) -> int:
    """Count the photos that have garments in the table."""
    if not Store.exists(catalog):
        return 0
    return len(set(Store.open(catalog).rows(["photo_id"]).column("photo_id").to_pylist()))


def wait_for(catalog: Path, photos: int, program: "subprocess.Popen[str]") -> int:
    """Wait until so many photos are committed; gives how many there are."""
    while (there := held(catalog)) < photos:
        if program.poll() is not None:
            sys.exit(f"it ended with {there} photos committed, before anything could be killed")
        time.sleep(LOOK_S)
    return there


def report(title: str, figures: dict[str, Any], catalog: Path, other: Path, count: int) -> None:
    """Print them with what is in the table, and fail if that is not what a local run gives."""
    found, expected = (Store.open(path).rows().sort_by("garment_id") for path in (catalog, other))
    ids = found.column("garment_id").to_pylist()
    same = found.drop_columns(["indexed_at"]).equals(expected.drop_columns(["indexed_at"]))
    figures |= {
        "photos": count,
        "garments": len(ids),
        "garments there twice": len(ids) - len(set(ids)),
        "garments of a local run": len(expected),
        "rows equal to it, bit for bit but for indexed_at": "yes" if same else "NO",
    }
    table = Table(title=title, title_justify="left", show_header=False)
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)
    if not same or len(ids) != len(set(ids)):
        sys.exit("the rows are not those of a local run")


@dataclass
class Timed:
    """One way of indexing, timed some times."""

    workers: int
    act: Callable[["Timed", Path], Outcome]
    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    """Photos a second between the first and the last ones that were counted."""
    spent: Spent = field(default_factory=Spent)
    _seen: list[tuple[float, int]] = field(default_factory=list)

    def run(self, catalog: Path) -> None:
        """Index once, into a catalogue of its own."""
        shutil.rmtree(catalog, ignore_errors=True)
        self._seen, begun = [], time.monotonic()
        self.act(self, catalog)
        self.seconds.append(time.monotonic() - begun)
        if len(self._seen) < 2:
            sys.exit("so few photos come at once, and no rate can be told: give a larger --count")
        (first_s, first), *_, (last_s, last) = self._seen
        self.rates.append((last - first) / (last_s - first_s))

    def see(self, outcome: Outcome) -> None:
        """Note how many photos are read, and when."""
        if not self._seen or outcome.read > self._seen[-1][1]:
            self._seen.append((time.monotonic(), outcome.read))


def speedup(said: argparse.Namespace, photos: Path) -> None:
    """Index with one reader and with two, by turns; and here with one thread and with two."""
    import ray

    listing = find_photos([str(photos)])
    ways = {
        "here, 1 thread": Timed(1, partial(here, listing, 1)),
        "here, 2 threads": Timed(2, partial(here, listing, 2)),
        "cluster, 1 reader": Timed(1, partial(there, listing, 1)),
        "cluster, 2 readers": Timed(2, partial(there, listing, 2)),
    }
    with two_machines() as (cluster, _):
        ray.init(address=cluster.address, log_to_driver=False, logging_level="WARNING", namespace="attire")
        try:
            for _ in range(said.turns):
                for way in ways.values():
                    way.run(said.work / "speedup")
        finally:
            ray.shutdown()
    show(ways, said.count, said.turns)


def here(listing: Listing, threads: int, timed: Timed, catalog: Path) -> Outcome:
    begun = time.monotonic()
    reading = open_reading(threads=threads)
    timed.spent.opening += time.monotonic() - begun
    store = Store.create(catalog, reading.encoder.dimensions, encoder=reading.encoder.version)
    with Manifest(None) as manifest:
        return index_photos(listing, store, manifest, reading, said=timed.see)


def there(listing: Listing, readers: int, timed: Timed, catalog: Path) -> Outcome:
    from attire.catalog.indexing import name_reading, version_of
    from attire.scale import on_cluster
    from attire.scale.indexing import plan_pool

    model, encoder = name_reading()
    store = Store.create(catalog, encoder.dimensions, encoder=encoder.version)
    opening = partial(open_reading, threads=1)
    with on_cluster() as cluster, Manifest(None) as manifest:
        planned = plan_pool(cluster, device="cpu")
        pool = Pool(least=1, most=readers, cpus=planned.cpus, gpus=0)
        version = version_of(model, encoder)
        return index_on_ray(
            listing, store, manifest, opening, version, pool, said=timed.see, spent=timed.spent
        )


def show(ways: dict[str, Timed], count: int, turns: int) -> None:
    """Print medians, and where the time of all turns together went."""
    table = Table(title=f"{count} photos, median of {turns}", title_justify="left")
    names = ("fetching", "opening", "reading", "writing", "committing", "started")
    for name in ("", "seconds", "photos/s", "photos/s while reading", *names, "readers wait"):
        table.add_column(name, justify="right" if name else "left")
    for name, way in ways.items():
        spent = {what: seconds / turns for what, seconds in asdict(way.spent).items()}
        seconds = sum(way.seconds) / turns
        wait = way.workers * seconds - spent["reading"] - spent["opening"]
        on_cluster = name.startswith("cluster")
        table.add_row(
            name,
            f"{median(way.seconds):.1f}",
            f"{count / median(way.seconds):.2f}",
            f"{median(way.rates):.2f}",
            *(f"{spent[what]:.1f}" if on_cluster or what == "opening" else "" for what in names),
            f"{wait:.1f}" if on_cluster else "",
        )
    Console(width=160).print(table)
    for what in ("here", "cluster"):
        one, two = (way for name, way in ways.items() if name.startswith(what))
        whole = [a / b for a, b in zip(one.seconds, two.seconds, strict=True)]
        alone = [b / a for a, b in zip(one.rates, two.rates, strict=True)]
        print(
            f"{what}: two are {median(whole):.2f} times as fast as one in all, "
            f"{median(alone):.2f} times while reading"
        )
    print(f"{os.cpu_count()} processors; load {os.getloadavg()[0]:.1f} at the end")


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    main()
