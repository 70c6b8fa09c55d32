"""Writes to a catalogue, as a program of its own: python writers.py KIND CATALOG WORDS…"""

import sys
from pathlib import Path
from runpy import run_path

import pyarrow as pa

from attire.catalog.store import Store

MADE_UP = run_path(str(Path(__file__).with_name("made_up.py")))
DIMENSIONS, made_up_row = MADE_UP["DIMENSIONS"], MADE_UP["made_up_row"]


def photos(path: str, who: str, garments: str, places: str) -> None:
    """Replace photos one after the other; ``score`` says who did it."""
    store = Store.create(path, DIMENSIONS, encoder="made-up 1")
    for place in map(int, places.split(",")):
        rows = [made_up_row(place, garment=garment, score=float(who)) for garment in range(int(garments))]
        store.replace([rows[0]["photo_id"]], rows)
        print(place, flush=True)


def columns(path: str, names: str) -> None:
    """Add columns of text."""
    Store.open(path).add_own_columns([pa.field(name, pa.string()) for name in names.split(",")])


if __name__ == "__main__":
    {"photos": photos, "columns": columns}[sys.argv[1]](*sys.argv[2:])
