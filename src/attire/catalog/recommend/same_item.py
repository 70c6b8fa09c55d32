"""When two rows show one item: nobody wants to be recommended what they have."""

import numpy as np

from attire.catalog.garment import Garment
from attire.catalog.items import DUPLICATE_BITS, bits_apart
from attire.catalog.recommend.shop import Shop

__all__ = ["SAME_COSINE", "looks_apart", "same_item"]

SAME_COSINE = 0.995
"""Cosine of embeddings from which on two garments of a category are taken for one item. A copy of a vector,
rounded or compressed, stays above it."""


def same_item(one: Garment, other: Garment, shop: Shop) -> bool:
    """Whether two garments are one item: same row, same sku, same picture, or same to the eye of the encoder.

    Two garments of one category in one photo count as one item, too: most are a pair of shoes or gloves.

    Args:
        one: With its embedding, if that is to be compared.
        other: Likewise.
        shop: Where the sku stands.
    """
    if one.garment_id == other.garment_id:
        return True
    sku = shop.sku_of(one)
    if sku and sku == shop.sku_of(other):
        return True
    if one.category != other.category:
        return False
    if one.photo_id == other.photo_id or looks_apart(one.photo_look, other.photo_look) <= DUPLICATE_BITS:
        return True
    if one.embedding is None or other.embedding is None or one.encoder != other.encoder:
        return False
    return float(np.dot(one.embedding, other.embedding)) >= SAME_COSINE


def looks_apart(one: str, other: str) -> int:
    """Count the bits in which two perceptual hashes differ; 64 where one is missing.

    Example:
        >>> looks_apart("00000000000000ff", "000000000000000f"), looks_apart("", "0f")
        (4, 64)
    """
    return bits_apart(one, other) if one and other else 64
