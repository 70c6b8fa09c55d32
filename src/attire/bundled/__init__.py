"""The model in the box: what reads photos where no other model is named."""

from pathlib import Path

from attire.errors import WeightsError

__all__ = ["bundled_embedding", "bundled_model"]


def bundled_model(suffix: str = ".safetensors") -> Path:
    """Find the model that comes with the package; its card stands in ``docs/model.md``.

    The file is part of the installed package and only to be read.

    Args:
        suffix: Which form of it: ``.safetensors`` as it was trained, ``.onnx`` exported, ``.int8.onnx``
            exported to compute in int8.

    Raises:
        WeightsError: If this copy of Attire comes without it.

    Example:
        >>> bundled_model(".onnx").name
        'box.onnx'
    """
    path = Path(__file__).parent / f"box{suffix}"
    if not path.is_file():
        raise WeightsError(
            "This copy of Attire comes without its model. Install the whole package, or train one: "
            "attire train quick DATA -o DIR, and pass --model FILE (Predictor.load(FILE) in Python)."
        )
    return path


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
