"""What the network is called in answers."""

from functools import cache
from pathlib import Path

from attire.catalog.indexing.reading import name_models

__all__ = ["model_name"]


@cache
def model_name(model: Path | None) -> str:
    """Name a model by its file, without the folder, and by what is in it; worked out once.

    Args:
        model: The model in the box if None.

    Example:
        >>> model_name(None).split()[0]
        'box'
    """
    return name_models(None if model is None else [model])
