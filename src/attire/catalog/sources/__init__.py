"""Where photos come from: folders, files, patterns, lists and buckets, one by one, never all at once."""

from attire.catalog.sources.listing import Listing, find_photos
from attire.catalog.sources.photo import Photo, photo_id_of

__all__ = ["Listing", "Photo", "find_photos", "photo_id_of"]
