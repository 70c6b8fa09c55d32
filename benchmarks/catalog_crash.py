"""Programs that write, read and are killed, all at once; see benchmarks/catalog.py."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from attire.catalog.store import Store

DIMENSIONS = 16
PHOTOS = 300
"""Of each writer: they are replaced again and again."""
AT_ONCE = 20
"""Photos in a commit."""
NOW = datetime.now(UTC)


def garments_of(generation: int) -> int:
    """Count the garments that a photo has after so many times of writing: 1, 2, 3, 1 and so on."""
    return generation % 3 + 1


def rows_of(writer: int, photo: int, generation: int) -> list[dict[str, Any]]:
    photo_id = f"{writer * 1_000_000 + photo:016x}"
    return [
        {
            "garment_id": f"{photo_id}-{garment}",
            "photo_id": photo_id,
            "photo_uri": f"/{photo_id}.jpg",
            "photo_digest": "",
            "photo_look": "0" * 16,
            "photo_height": generation,
            "photo_width": 1,
            "garment": garment,
            "category_id": 0,
            "category": "dress",
            "score": 1.0,
            "network_score": 1.0,
            "attributes": [],
            "attribute_probs": [0.5] * 92,
            "parts": [],
            "colours": [],
            "colour_lab": [],
            "colour_share": [],
            "mask": "m" * 300,
            "box": [0.0] * 4,
            "indexed_at": NOW,
            "source": "",
            "model": "",
            "encoder": "made-up",
            "embedding": [DIMENSIONS**-0.5] * DIMENSIONS,
        }
        for garment in range(garments_of(generation))
    ]


def write(catalog: str, writer: int, generation: int, seconds: float) -> None:
    """Replace photos for so long; say on stdout what is acknowledged: first photo and generation."""
    store = Store.create(catalog, DIMENSIONS, encoder="made-up")
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        for first in range(0, PHOTOS, AT_ONCE):
            rows = [rows_of(writer, first + n, generation) for n in range(AT_ONCE)]
            store.replace([one[0]["photo_id"] for one in rows], [row for one in rows for row in one])
            print(first, generation, flush=True)
            if time.monotonic() >= ends:
                return
        generation += 1


def read(catalog: str, seconds: float) -> None:
    """Read the whole table for so long, and stop at the first photo that is there in part."""
    store = Store.open(catalog)
    ends, reads, most = time.monotonic() + seconds, 0, 0
    while time.monotonic() < ends:
        found = whole_photos(store)
        if len(found) < most:
            sys.exit(f"{most - len(found)} photos vanished")
        most, reads = len(found), reads + 1
    print(reads)


def tidy(catalog: str, seconds: float) -> None:
    """Put the table's files together again and again, for so long."""
    store = Store.open(catalog)
    ends, turns = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        store.finish()
        turns += 1
        time.sleep(1)
    print(turns)


def whole_photos(store: Store) -> dict[str, int]:
    """Give the generation of every photo, having made sure that each is there whole and once."""
    rows = store.rows(["photo_id", "garment", "photo_height"]).to_pylist()
    photos: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        photos[row["photo_id"]].append((row["garment"], row["photo_height"]))
    for photo, found in photos.items():
        generation = found[0][1]
        if sorted(found) != [(garment, generation) for garment in range(garments_of(generation))]:
            sys.exit(f"photo {photo} is there in part: {sorted(found)}")
    return {photo: found[0][1] for photo, found in photos.items()}


@dataclass
class Acknowledged:
    """What a writer has said is written."""

    commits: int = 0
    generations: dict[str, int] = field(default_factory=dict)
    """Of each photo, the last."""

    def take(self, writer: int, lines: Iterable[str]) -> None:
        """Take over what a writer has printed; a line that is cut short does not count."""
        for line in lines:
            if not line.endswith("\n"):
                return
            first, generation = map(int, line.split())
            self.commits += 1
            for n in range(AT_ONCE):
                self.generations[f"{writer * 1_000_000 + first + n:016x}"] = generation

    def missing(self, store: Store) -> int:
        """Photos that are not there, or only as they were before."""
        found = whole_photos(store)
        return sum(found.get(photo, -1) < least for photo, least in self.generations.items())


def crash(folder: Path, *, seconds: float, kills: int) -> None:
    catalog = folder / "crash"
    shutil.rmtree(catalog, ignore_errors=True)
    table = Table(title="Every acknowledged row is there, no photo in part", title_justify="left")
    for name in ("what", "commits", "photos acknowledged", "missing", "whole tables read"):
        table.add_column(name, justify="left" if name == "what" else "right")
    table.add_row(*_at_once(catalog, seconds))
    table.add_row(*_killed(catalog, kills))
    store = Store.open(catalog)
    before = whole_photos(store)
    store.finish()
    if whole_photos(store) != before:
        sys.exit("putting files together changed what is there")
    Console().print(table)


def _at_once(catalog: Path, seconds: float) -> list[str]:
    Store.create(catalog, DIMENSIONS, encoder="made-up")
    writers = [_start("write", catalog, writer, 0, seconds) for writer in (1, 2)]
    readers = [_start("read", catalog, seconds) for _ in range(2)]
    tidier = _start("tidy", catalog, seconds)
    said = Acknowledged()
    for writer, program in enumerate(writers, start=1):
        said.take(writer, program.communicate()[0].splitlines(keepends=True))
    reads = [int(program.communicate()[0] or 0) for program in readers]
    turns = int(tidier.communicate()[0] or 0)
    failed = [program.returncode for program in (*writers, *readers, tidier) if program.returncode]
    if failed:
        sys.exit(f"programs failed: {failed}")
    return [
        f"two write, two read, one puts files together {turns} times, {seconds:.0f} s",
        str(said.commits),
        str(len(said.generations)),
        str(said.missing(Store.open(catalog))),
        str(sum(reads)),
    ]


def _killed(catalog: Path, kills: int) -> list[str]:
    chance, said, missing = random.Random(0), Acknowledged(), 0
    for turn in range(kills):
        program = _start("write", catalog, 3, 1000 * (turn + 1), 600)
        lines: list[str] = [program.stdout.readline()]
        time.sleep(chance.uniform(0, 1))
        program.send_signal(signal.SIGKILL)
        lines += program.communicate()[0].splitlines(keepends=True)
        said.take(3, lines)
        missing += said.missing(Store.open(catalog))
    return [f"killed {kills} times", str(said.commits), str(len(said.generations)), str(missing), ""]


def _start(*words: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, __file__, *map(str, words)], stdout=subprocess.PIPE, text=True, bufsize=1
    )


if __name__ == "__main__":
    what, path, *rest = sys.argv[1:]
    if what == "write":
        write(path, int(rest[0]), int(rest[1]), float(rest[2]))
    else:
        {"read": read, "tidy": tidy}[what](path, float(rest[0]))
