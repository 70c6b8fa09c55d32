"""Masks as run-lengths: the one form in which they travel between stages."""

from attire.masks.coco import compress_counts, decompress_counts
from attire.masks.overlap import intersect, subtract, union, without_overlap
from attire.masks.runs import Mask, RunLengths
from attire.masks.sampling import nearest

__all__ = [
    "Mask",
    "RunLengths",
    "compress_counts",
    "decompress_counts",
    "intersect",
    "nearest",
    "subtract",
    "union",
    "without_overlap",
]
