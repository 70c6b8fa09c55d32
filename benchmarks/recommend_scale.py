"""Times recommendations on the catalogue that ``benchmarks/catalog.py scale DIR`` made.

    python benchmarks/recommend_scale.py DIR [--repeats 6]

The wish names category, price, two attributes and the colour of a garment that is there, or attributes and
colour alone.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from attire.catalog.garment import Garment
from attire.catalog.recommend import Taste, Wishes, recommend, recommend_for
from attire.catalog.recommend.recommending import frequencies_of, worn_together
from attire.catalog.store import Store
from catalog_garments import OWN

SEED = 11
LIKED = 4


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dir", type=Path, help="folder of the catalogue")
    parser.add_argument(
        "--repeats", type=int, default=6, help="garments that are asked about, one after the other"
    )
    options = parser.parse_args()
    store = Store.open(options.dir / "catalog")
    print(f"{len(store):,} garments of {store.dimensions} numbers")
    ids = store.rows(["garment_id"])["garment_id"].to_pylist()
    drawn = np.random.default_rng(SEED).choice(len(ids), (options.repeats + 1, LIKED), replace=False)
    asked = [[store.get(ids[place]) for place in row] for row in drawn]
    once("counting what is worn together", lambda: worn_together(store))
    once("frequencies of traits", lambda: frequencies_of(store))
    each("alternatives", asked, lambda some: recommend(store, some[0].garment_id))
    each("goes with", asked, lambda some: recommend(store, some[0].garment_id, mode="goes-with"))
    each("outfit", asked, lambda some: recommend(store, some[0].garment_id, mode="outfit"))
    each(f"a person with {LIKED} liked", asked, lambda some: recommend_for(store, Taste(liked=ids_of(some))))
    each("a wish: all of them", asked, lambda some: recommend_for(store, Taste(wishes=wishes(some[0]))))
    each("a wish: attributes, colour", asked, lambda some: recommend_for(store, Taste(wishes=loose(some[0]))))


def ids_of(garments: list[Garment]) -> tuple[str, ...]:
    return tuple(one.garment_id for one in garments)


def wishes(garment: Garment) -> Wishes:
    """Wish for what a garment is, at its price or less."""
    return Wishes(
        categories=(garment.category,),
        attributes=garment.attributes[:2],
        colours=garment.colours[:1],
        price_max=float(garment.own[OWN[0].name]),
    )


def loose(garment: Garment) -> Wishes:
    """Wish for what a garment looks like."""
    return Wishes(attributes=garment.attributes[:2], colours=garment.colours[:1])


def once(what: str, act: Callable[[], object]) -> None:
    begin = time.perf_counter()
    act()
    print(f"{what:40} {time.perf_counter() - begin:8.2f} s, once", flush=True)


def each(what: str, asked: list[list[Garment]], act: Callable[[list[Garment]], object]) -> None:
    """Ask about each; the first is not counted, since it reads the indices from the disk."""
    taken = []
    for some in asked:
        begin = time.perf_counter()
        act(some)
        taken.append(time.perf_counter() - begin)
    taken = taken[1:]
    print(f"{what:40} median {np.median(taken):8.3f} s, {min(taken):.3f} to {max(taken):.3f}", flush=True)


if __name__ == "__main__":
    main()
