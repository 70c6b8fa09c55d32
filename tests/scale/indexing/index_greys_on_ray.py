"""Indexes greys on a Ray cluster, as a program: index_greys_on_ray.py FOLDER CATALOG ADDRESS SECONDS

Each photo takes so many seconds; says how many rows are written.
"""

import sys
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from attire.catalog.indexing import Manifest, manifest_path
from attire.catalog.sources import find_photos
from attire.catalog.store import Store
from attire.scale import on_cluster
from attire.scale.indexing import index_on_ray, plan_pool, shards


def greys() -> ModuleType:
    """The stand-in for a network of the tests of indexing."""
    from ray import cloudpickle

    file = Path(__file__).parents[2] / "catalog" / "indexing" / "reading_of_greys.py"
    spec = spec_from_file_location("reading_of_greys", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    cloudpickle.register_pickle_by_value(module)
    return module


def main(folder: str, catalog: str, address: str, seconds: str) -> None:
    shards.LONGEST_S = 0.2
    module = greys()
    opening = partial(module.grey_reading, seconds=float(seconds))
    store = Store.create(catalog, module.DIMENSIONS, encoder="grey 1")
    with on_cluster(address) as cluster, Manifest(manifest_path(catalog)) as manifest:
        index_on_ray(
            find_photos([folder]),
            store,
            manifest,
            opening,
            "grey\ngrey 1",
            plan_pool(cluster),
            said=lambda outcome: print(outcome.rows, flush=True),
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
