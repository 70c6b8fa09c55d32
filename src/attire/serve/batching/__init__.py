"""Requests gathered into batches in front of what answers them."""

from attire.serve.batching.batcher import Batcher

__all__ = ["Batcher"]
