"""Requests gathered into batches in front of what answers them."""

from attire.serve.batching.admission import Admission, Place
from attire.serve.batching.batcher import Batcher, BatchWatch, Lost
from attire.serve.batching.refusals import refuse_late, refuse_stopping

__all__ = ["Admission", "BatchWatch", "Batcher", "Lost", "Place", "refuse_late", "refuse_stopping"]
