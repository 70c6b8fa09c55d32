"""Requests gathered into batches in front of what answers them."""

from attire.serve.batching.admission import Admission
from attire.serve.batching.batcher import Batcher, BatchWatch, Lost
from attire.serve.batching.refusals import refuse_late, refuse_stopping

__all__ = ["Admission", "BatchWatch", "Batcher", "Lost", "refuse_late", "refuse_stopping"]
