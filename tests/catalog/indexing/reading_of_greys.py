"""Stands in for a network: a garment per hundred levels of a photo's mean grey, none in a black one.

As a program it indexes a folder and says how many rows are written: reading_of_greys.py FOLDER CATALOG
"""

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from attire.catalog.indexing.reading import Reading
from attire.errors import DataError
from attire.photos import read_photo

DIMENSIONS = 12


class GreyEncoder:
    version = "grey 1"
    parts = {"shape": slice(0, 6), "colour": slice(6, 12)}  # noqa: RUF012
    dimensions = DIMENSIONS
    wants_maps = False

    def encode(self, look: Any) -> np.ndarray:
        return np.full((len(look), DIMENSIONS), DIMENSIONS**-0.5, np.float32)


class Look(list):
    """As many values as garments; the mean grey in each."""

    image_id = ""


def rows_of(look: Any, encoder: Any, *, own: Any, **of_photo: Any) -> list[dict[str, Any]]:
    return [
        {
            "photo_look": "0" * 16,
            "photo_height": 8,
            "photo_width": 8,
            "garment": place,
            "category_id": 10,
            "category": "dress",
            "score": 0.9,
            "network_score": grey / 255,
            "attributes": [],
            "attribute_probs": [],
            "parts": [],
            "colours": [],
            "colour_lab": [],
            "colour_share": [],
            "mask": "",
            "box": [0.0, 0.0, 8.0, 8.0],
            "encoder": encoder.version,
            "embedding": vector,
            **of_photo,
            **own,
        }
        for place, (grey, vector) in enumerate(zip(look, encoder.encode(look), strict=True))
    ]


def grey_reading(read: list[str] | None = None, seconds: float = 0.0, model: str = "grey") -> Reading:
    """Make it; ``read`` receives the names of the photos that are read, each of which takes so long."""
    from attire.predict import PhotoFailure

    def looks(photos: Iterable[tuple[str, Path]]) -> Iterator[Any]:
        for uri, file in photos:
            time.sleep(seconds)
            try:
                grey = float(np.asarray(read_photo(file).convert("L")).mean())
            except DataError as error:
                yield PhotoFailure(uri, str(error))
                continue
            if read is not None:
                read.append(uri.rsplit("/", 1)[-1])
            look = Look([grey] * int(np.ceil(grey / 100)))
            look.image_id = uri
            yield look

    return Reading(looks=looks, rows_of=rows_of, encoder=GreyEncoder(), model=model)


def save_grey(path: Path, grey: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (8, 8), grey).save(path)


def main(folder: str, catalog: str) -> None:
    from attire.catalog.indexing import Manifest, index_photos, manifest_path, shard
    from attire.catalog.sources import find_photos
    from attire.catalog.store import Store

    shard.LONGEST_S = 0.2
    store = Store.create(catalog, DIMENSIONS, encoder="grey 1")
    with Manifest(manifest_path(catalog)) as manifest:
        index_photos(
            find_photos([folder]),
            store,
            manifest,
            grey_reading(seconds=0.02),
            said=lambda outcome: print(outcome.rows, flush=True),
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
