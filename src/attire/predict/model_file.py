"""Where the models are that a user names, or does not."""

from collections.abc import Sequence
from pathlib import Path

from attire.bundled import BUNDLED, bundled_model, bundled_name
from attire.errors import WeightsError

__all__ = ["find_model", "find_models"]

_NAME = "model.safetensors"
"""What ``attire train`` calls the model in the folder of a run."""


def find_model(model: Path | str | None = None, *, suffix: str = ".safetensors") -> Path:
    """Find a model file.

    Args:
        model: A file, the folder of a run, or the name of a model in the box; the default one if None.
        suffix: Which form of a model in the box, see :func:`attire.bundled.bundled_model`.

    Raises:
        WeightsError: If there is no such model.

    Example:
        >>> find_model().name, find_model("fast").name
        ('box.safetensors', 'fast.safetensors')
    """
    name = bundled_name(model)
    if model is None or name is not None:
        return bundled_model(suffix, name or BUNDLED[0])
    path = Path(model)
    if path.is_file():
        return path
    if not path.exists():
        raise WeightsError(
            f"{path}: no such model. Give a file or folder that attire train wrote, or one in the box: "
            f"{', '.join(BUNDLED)}."
        )
    if not (path / _NAME).is_file():
        raise WeightsError(f"{path}: holds no {_NAME}. Was the training there finished?")
    return path / _NAME


def find_models(
    models: Path | str | Sequence[Path | str] | None = None, *, suffix: str = ".safetensors"
) -> list[Path]:
    """Find the files of one model or several.

    Args:
        models: As for :func:`find_model`, or several of these; the model in the box if there are none.
        suffix: As for :func:`find_model`.

    Raises:
        WeightsError: If there is no such model.

    Example:
        >>> [path.name for path in find_models()]
        ['box.safetensors']
    """
    if models is None or isinstance(models, Path | str):
        return [find_model(models, suffix=suffix)]
    return [find_model(model, suffix=suffix) for model in models] or [find_model(suffix=suffix)]
