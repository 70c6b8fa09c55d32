"""What it costs to look through a catalogue over HTTP: pages, counts, pictures and reports, first and kept.

python benchmarks/browsing.py CATALOG
python benchmarks/browsing.py CATALOG --copies 96 --work FOLDER   # of so many garments, under new ids
"""

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from attire.catalog.catalog import Catalog
from attire.catalog.store import Store
from attire.serve.browsing.pictures import tag_of
from attire.serve.browsing.shelf import Shelf

TRIES = 3
SMALL = 8
"""Numbers of a made-up embedding, which nothing here reads."""
Ask = Callable[[Shelf], object]


def copied(source: Store, copies: int, path: Path) -> Store:
    """Make a catalogue of the same garments again and again, without masks."""
    rows = source.rows([name for name in source.table.schema.names if name != "embedding"])
    store = Store.create(path, SMALL, source.own_fields, encoder=source.encoder)
    random = np.random.default_rng(0)
    for _ in range(copies):
        photos = [f"{number:016x}" for number in random.integers(0, 2**63, rows.num_rows).tolist()]
        vectors = random.normal(size=(rows.num_rows, SMALL)).astype(np.float32)
        made = {
            "photo_id": pa.array(photos),
            "garment_id": pa.array([f"{photo}-0" for photo in photos]),
            "mask": pa.array([""] * rows.num_rows),
            "embedding": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), SMALL),
        }
        names = store.table.schema.names
        columns = [made[name] if name in made else rows[name] for name in names]
        store.table.add(pa.table(columns, names=names).cast(store.table.schema))
    store.finish()
    return store


def milliseconds(ask: Callable[[], object]) -> float:
    """Give the shortest of a few tries."""
    spent = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - begun)
    return 1000 * min(spent)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalog")
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--work", type=Path, help="Receives the catalogue of copies.")
    parser.add_argument(
        "--where", nargs="*", default=["category = dress", "plain in attributes", "score > 0.9"]
    )
    parser.add_argument("--by", help="Also the trends by this.")
    told = parser.parse_args()
    store = Store.open(told.catalog)
    if told.copies:
        store = Store.open(told.work) if Store.exists(told.work) else copied(store, told.copies, told.work)
    catalog = Catalog(store)
    print(f"{len(store):,} garments; milliseconds the first time, and from memory")

    def show(name: str, ask: Ask, before: Ask = lambda shelf: None) -> None:
        shelves = [Shelf(catalog) for _ in range(TRIES)]
        for shelf in shelves:
            before(shelf)
        fresh = iter(shelves)
        first = milliseconds(lambda: ask(next(fresh)))
        print(f"{name:44s} {first:8.1f} {milliseconds(lambda: ask(shelves[0])):8.2f}")

    last = max(len(store) - 100, 0)
    show("first page", lambda shelf: shelf.page(None, order="mixed", offset=0, limit=48))
    show("last page", lambda shelf: shelf.page(None, order="mixed", offset=last, limit=48))
    show("newest", lambda shelf: shelf.page(None, order="newest", offset=0, limit=48))
    show("counts", lambda shelf: shelf.count(None))
    show("photos", lambda shelf: shelf.photos())
    for where in told.where:
        show(
            f"page where {where}",
            lambda s, where=where: s.page(s.filter(where), order="mixed", offset=0, limit=48),
        )
        show(
            f"counts where {where}",
            lambda s, where=where: s.count(s.filter(where)),
            lambda s: s.count(None),
        )
    garment = Shelf(catalog).page(None, order="mixed", offset=0, limit=1)[1][0]
    show("garment", lambda shelf: shelf.garment(garment.garment_id))
    for size in ((240, 320), (1024, 1024)):
        for form in ("jpeg", "webp"):
            tag = tag_of(garment, size, form)
            show(
                f"picture {size[0]}x{size[1]} {form}",
                lambda s, size=size, form=form, tag=tag: s.pictures(garment, size, form, tag),
            )
    if told.by:
        print(f"{'trends by ' + told.by:44s} {milliseconds(lambda: catalog.trends(by=told.by)):8.1f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
