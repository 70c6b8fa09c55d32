"""Photos in, rows of the catalogue out: each photo once, whatever happens on the way."""

from attire.catalog.indexing.indexing import index_photos
from attire.catalog.indexing.manifest import Manifest, manifest_path
from attire.catalog.indexing.outcome import Broken, Outcome
from attire.catalog.indexing.reading import Reading, RowsOf, name_reading, open_reading, version_of

__all__ = [
    "Broken",
    "Manifest",
    "Outcome",
    "Reading",
    "RowsOf",
    "index_photos",
    "manifest_path",
    "name_reading",
    "open_reading",
    "version_of",
]
