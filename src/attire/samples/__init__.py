"""Two dozen drawn looks that come with the package, for trying things out without drawing or downloading."""

from pathlib import Path

__all__ = ["sample_looks"]


def sample_looks() -> Path:
    """Find the folder of sample looks: photos, ``train.csv`` and ``label_descriptions.json``.

    ``attire render`` drew them and wrote their labels; ``docs/pictures.py`` says which were chosen. The
    folder is part of the installed package and only to be read.

    Example:
        >>> len(list((sample_looks() / "photos").glob("*.jpg")))
        24
    """
    return Path(__file__).parent / "looks"
