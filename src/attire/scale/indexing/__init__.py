"""Indexing spread over a Ray cluster: the same photos, the same rows, each once."""

from attire.scale.indexing.on_ray import index_on_ray
from attire.scale.indexing.pool import Pool, plan_pool
from attire.scale.indexing.spent import Spent

__all__ = ["Pool", "Spent", "index_on_ray", "plan_pool"]
