"""Made-up catalogues with a trend in them, and the benchmark's made-up photos."""

import sys
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.store import Store
from attire.ontology import Ontology

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "trends.py"
FLORAL = Ontology.imaterialist2019().attribute_index("floral")


@pytest.fixture(scope="session")
def simulation():
    spec = spec_from_file_location("trends_benchmark", BENCHMARK)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def rows_over_time(months: int = 12, photos: int = 40, photo_uri: str = "/photos/none.jpg", **changes):
    """Two garments to a photo, a dress and a shoe; floral dresses grow from 10 to 60 %, red shoes fade."""
    random = np.random.default_rng(5)
    rows = []
    for month in range(months):
        for photo in range(photos):
            place = month * photos + photo
            risen = month / max(months - 1, 1)
            probs = random.uniform(0, 0.1, 92)
            probs[FLORAL] = 0.95 if random.random() < 0.1 + 0.5 * risen else 0.05
            red = random.random() < 0.6 - 0.5 * risen
            shared = {
                "photo_id": f"{place:016x}",
                "photo_uri": photo_uri,
                "photo_look": f"{place:016x}",
                "seen_at": datetime(2024, 1, 15, tzinfo=UTC) + timedelta(days=30.4 * month),
                **changes,
            }
            rows.append(made_up_row(place, attribute_probs=probs.tolist(), colours=["blue"], **shared))
            shoe = {
                "category": "shoe",
                "category_id": 23,
                "colours": ["red" if red else "black"],
                "garment": 1,
            }
            rows.append(made_up_row(place, **shoe, **shared))
    return rows


@pytest.fixture(scope="session")
def grown(tmp_path_factory) -> Store:
    store = Store.create(
        tmp_path_factory.mktemp("trends") / "catalog",
        DIMENSIONS,
        [pa.field("gender", pa.string()), pa.field("price", pa.float64()), pa.field("year", pa.int64())],
    )
    rows = rows_over_time()
    for place, row in enumerate(rows):
        row |= {
            "gender": "Women" if place % 4 else "Men",
            "price": float(place % 100),
            "year": 2020 + place % 2,
        }
    store.add(rows)
    return store
