"""Requests gathered into batches in front of what answers them."""

from attire.serve.batching.batcher import Batcher, BatchWatch, Lost

__all__ = ["BatchWatch", "Batcher", "Lost"]
