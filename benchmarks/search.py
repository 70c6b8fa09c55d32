"""Times filters, changes and searches by words on a catalogue of made-up garments.

``python benchmarks/search.py --rows 200000``

Asked twice: as the rows were written, and put together and indexed, as ``attire index`` leaves them.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from attire.catalog.catalog import Catalog
from attire.catalog.filters import parse_filter, to_expr
from attire.catalog.search.changes import parse_changes
from attire.catalog.search.query import Query
from attire.catalog.search.question import Question
from attire.catalog.search.searching import search
from attire.catalog.store import Store
from attire.ontology import Ontology

ONTOLOGY = Ontology.imaterialist2019()
DIMENSIONS, AT_ONCE, REPEATS = 64, 20_000, 7
FILTERS = (
    "category = dress",
    'category = dress and "floral" in attributes',
    '"floral" in attributes',
    'not "floral" in attributes and price < 50',
    "brand in (Zara, Mango) and price between 20 and 30 and colour = red",
)
CHANGES = ("floral", "in red")
PARTS = {"shape": slice(0, 32), "pattern": slice(32, 56), "colour": slice(56, 64)}
TEXTS = ("striped midi dress", "striped midi", "striped midi dress zara under 50")


def make(store: Store, rows: int) -> None:
    """Fill a table with garments of all categories, attributes drawn at random."""
    random = np.random.default_rng(0)
    names = [attribute.short_name for attribute in ONTOLOGY.attributes]
    categories = [category for category in ONTOLOGY.categories if not category.is_part]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for begin in range(0, rows, AT_ONCE):
        count = min(AT_ONCE, rows - begin)
        probabilities = random.random((count, len(names))) ** 4
        vectors = random.normal(size=(count, DIMENSIONS)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        store.add(
            [
                {
                    "garment_id": f"{begin + n:016x}-0",
                    "photo_id": f"{begin + n:016x}",
                    "photo_uri": f"/photos/{begin + n}.jpg",
                    "photo_digest": f"{begin + n:032x}",
                    "photo_look": f"{(begin + n) * 0x9E3779B97F4A7C15 % 2**64:016x}",
                    "photo_height": 400,
                    "photo_width": 300,
                    "garment": 0,
                    "category_id": categories[(begin + n) % len(categories)].id,
                    "category": categories[(begin + n) % len(categories)].short_name,
                    "score": float(random.random()),
                    "network_score": 0.9,
                    "attributes": [names[a] for a in np.flatnonzero(probabilities[n] > 0.5)],
                    "attribute_probs": probabilities[n].tolist(),
                    "parts": [],
                    "colours": ["red", "blue", "black"][n % 3 : n % 3 + 1],
                    "colour_lab": [50.0, 0.0, 0.0],
                    "colour_share": [1.0],
                    "mask": "",
                    "box": [10.0, 20.0, 110.0, 220.0],
                    "seen_at": now,
                    "indexed_at": now,
                    "source": "shop",
                    "model": "none",
                    "encoder": "none",
                    "embedding": vectors[n],
                    "brand": ["Zara", "Mango", None][n % 3],
                    "price": float(n % 300),
                }
                for n in range(count)
            ]
        )


def timed(what: str, act: Callable[[], object]) -> None:
    act()
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    print(f"{what:75} median {1000 * np.median(taken):6.0f} ms, most {1000 * max(taken):6.0f} ms", flush=True)


def ask(catalog: Catalog) -> None:
    """Time every question."""
    store = catalog.store
    for text in FILTERS:
        where = to_expr(parse_filter(text, catalog.columns))
        timed(text, lambda where=where: store.rows(["garment_id"], where=where))
    like = Query(garment=store.get(f"{0:016x}-0"))
    for but in CHANGES:
        question = Question(k=10, changes=parse_changes([but], catalog.names))
        timed(
            f"like a garment, --but {but!r}",
            lambda question=question: search(store, like, question, parts=PARTS, ontology=ONTOLOGY),
        )
    for text in TEXTS:
        timed(f"--text {text!r}", lambda text=text: catalog.search(text=text))
    text, where = TEXTS[0], '"floral" in attributes'
    timed(f"--text {text!r} --where {where!r}", lambda: catalog.search(text=text, where=where))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(
            folder, DIMENSIONS, [pa.field("brand", pa.string()), pa.field("price", pa.float64())]
        )
        make(store, rows)
        catalog = Catalog(store)
        print(f"{len(catalog):,} garments, no index")
        ask(catalog)
        begin = time.perf_counter()
        built = store.finish().built
        seconds = time.perf_counter() - begin
        print(f"put together and indexed ({', '.join(built) or 'too few rows'}) in {seconds:.0f} s")
        ask(catalog)
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
