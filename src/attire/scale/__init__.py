"""The same functions past one machine, on a Ray cluster."""

from attire.scale.cluster import Cluster, on_cluster

__all__ = ["Cluster", "on_cluster"]
