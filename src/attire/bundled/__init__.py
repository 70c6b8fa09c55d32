"""The models in the box: what reads photos where no file is named."""

from pathlib import Path

from attire.errors import WeightsError

__all__ = ["BUNDLED", "bundled_embedding", "bundled_model", "bundled_name"]

BUNDLED = ("box", "fast")
"""Names of the models in the package: the accurate one, which is the default, and the fast one."""


def bundled_model(suffix: str = ".safetensors", name: str = BUNDLED[0]) -> Path:
    """Find a model that comes with the package; the cards stand in ``docs/model.md``.

    The file is part of the installed package and only to be read.

    Args:
        suffix: Which form of it: ``.safetensors`` as it was trained, ``.onnx`` exported, ``.int8.onnx``
            exported to compute in int8. The exported ones read their weights in the first.
        name: Which of :data:`BUNDLED`.

    Raises:
        WeightsError: If this copy of Attire comes without it.

    Example:
        >>> bundled_model(".onnx").name
        'box.onnx'
    """
    path = Path(__file__).parent / f"{name}{suffix}"
    if not path.is_file():
        raise WeightsError(
            f"This copy of Attire comes without its model {path.name}. Install the whole package, or train "
            "one: attire train quick DATA -o DIR, and pass --model FILE (Predictor.load(FILE) in Python)."
        )
    return path


def bundled_name(model: Path | str | None) -> str | None:
    """Say which model in the box is meant; None where it is another one.

    Args:
        model: What a user named, or None for the default. A file or folder of that name goes before the box.

    Example:
        >>> bundled_name(None), bundled_name("fast"), bundled_name("own.safetensors")
        ('box', 'fast', None)
    """
    if model is None:
        return BUNDLED[0]
    name = str(model)
    return name if name in BUNDLED and not Path(model).exists() else None


def bundled_embedding() -> Path:
    """Find what makes embeddings for the catalogue of what that model sees; see ``docs/embedding.md``.

    Raises:
        WeightsError: If this copy of Attire comes without it.

    Example:
        >>> bundled_embedding().name
        'box.embedding.npz'
    """
    path = Path(__file__).parent / "box.embedding.npz"
    if not path.is_file():
        raise WeightsError(
            "This copy of Attire comes without its embedding. Install the whole package, or make one: "
            "tools/embedding.py in the sources."
        )
    return path
