"""Annotation files ↔ records: iMaterialist CSV, COCO and Fashionpedia JSON, and their audit."""

from attire.annotations.records import Records

__all__ = ["Records"]
