"""Masks as run-lengths: the one form in which they travel between stages."""

from attire.masks.coco import compress_counts, decompress_counts
from attire.masks.inside import inner_point
from attire.masks.overlap import intersect, subtract, union, without_overlap
from attire.masks.polygons import trace_polygons
from attire.masks.runs import Mask, RunLengths
from attire.masks.sampling import nearest

__all__ = [
    "Mask",
    "RunLengths",
    "compress_counts",
    "decompress_counts",
    "inner_point",
    "intersect",
    "nearest",
    "subtract",
    "trace_polygons",
    "union",
    "without_overlap",
]
