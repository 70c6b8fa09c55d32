"""Looking through the catalogue: single garments, their pictures, pages of them, and what there is."""

from attire.serve.browsing.shelf import Order, Shelf, ShelfOf

__all__ = ["Order", "Shelf", "ShelfOf"]
