"""Read a photo that is searched with, as those of the catalogue were read."""

from dataclasses import replace
from datetime import UTC, datetime

from attire.catalog.colours import dominant_colours
from attire.catalog.connection import is_remote
from attire.catalog.encoder import Encoder
from attire.catalog.garment import Garment
from attire.catalog.items import FramedPhoto, PhotoOrigin, frame_photo, rows_of
from attire.catalog.photo_by_uri import draft_of
from attire.catalog.search.query import Query
from attire.predict import Look, PhotoFile, PhotoPixels, PhotoSource, Predictor, Selector
from attire.predict.source import PhotoLike, find_source

__all__ = ["queries_of_photo", "read_photo"]


def read_photo(photo: PhotoLike, predictor: Predictor, encoder: Encoder) -> list[Query]:
    """Find the garments of a photo, surest first, as ``attire index`` would write them.

    Args:
        photo: A file, a URI such as ``s3://bucket/key``, a Pillow image, or RGB pixels. A product on plain
            ground is read as one.
        predictor: Reads it.
        encoder: Gives each garment its embedding.

    Raises:
        DataError: If the photo cannot be read.
    """
    source: PhotoSource
    if isinstance(photo, str) and is_remote(photo):
        source = PhotoPixels(photo, draft_of(photo, lambda size: size).image)
        photo = source.image
    else:
        source = find_source(photo)
    framed = frame_photo(photo)
    found = predictor(framed.readable, keep="all", image_id=source.name, maps=encoder.wants_maps)
    return queries_of_photo(found, encoder, framed=framed, source=source, selector=predictor.selector)


def queries_of_photo(
    found: Look,
    encoder: Encoder,
    *,
    framed: FramedPhoto,
    source: PhotoSource,
    selector: Selector | None = None,
) -> list[Query]:
    """Make a query of every garment of a photo that was read already, surest first.

    Args:
        found: What a predictor gives of ``framed.readable`` with ``keep="all"``, with the maps that the
            encoder wants.
        encoder: Gives each garment its embedding.
        framed: How the photo was read.
        source: Where its pixels are.
        selector: What chose among what was found; None keeps all.
    """
    uri = str(source.path.resolve()) if isinstance(source, PhotoFile) else source.name
    origin = PhotoOrigin(uri=uri, digest="", source="", seen_at=None, indexed_at=datetime.now(UTC), model="")
    rows = rows_of(found, encoder, framed=framed, origin=origin, colours=dominant_colours, selector=selector)
    # It is of no catalogue, and so has no id there.
    garments = [replace(Garment.from_row(row), garment_id="", photo_id="") for row in rows]
    return [Query(garment=one, number=number, source=source) for number, one in enumerate(garments, 1)]
