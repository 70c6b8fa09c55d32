"""The search for a recipe on a Ray cluster: a trial is a training on any of its machines."""

from attire.scale.tuning.searching import search_on_ray

__all__ = ["search_on_ray"]
