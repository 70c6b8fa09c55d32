"""Annotation files ↔ records: iMaterialist CSV, COCO and Fashionpedia JSON, and their audit."""

from attire.annotations.layout import PHOTO_SUFFIXES, Layout, find_layout
from attire.annotations.records import Records

__all__ = ["PHOTO_SUFFIXES", "Layout", "Records", "find_layout"]
