"""The service on Ray Serve: the same application over HTTP, and networks in processes of their own."""

from attire.scale.serving.replicas import Replicas

__all__ = ["Replicas"]
