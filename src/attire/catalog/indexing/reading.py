"""What reads a photo and makes rows of what is in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import tee
from pathlib import Path
from typing import Any, Protocol

from attire.catalog.encoder import Encoder
from attire.predict import Look, PhotoFailure, Predictor, find_models

__all__ = ["Looks", "Reading", "RowsOf", "open_reading"]

Looks = Callable[[Iterable[tuple[str, Path]]], Iterator[Look | PhotoFailure]]
"""Gives a look, or why there is none, for each photo (its URI, and a file with its bytes), in order. The URI
is the look's ``image_id``; photos are taken as there is room for them, never all at once."""


class RowsOf(Protocol):
    """Makes rows of the catalogue of a look."""

    def __call__(
        self,
        look: Look,
        encoder: Encoder,
        *,
        photo_uri: str,
        photo_digest: str,
        source: str,
        seen_at: datetime | None,
        model: str,
        indexed_at: datetime,
        own: Mapping[str, Any],
    ) -> Sequence[dict[str, Any]]:
        """Give one row per garment, surest first, each with the columns of ``own``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """Everything that depends on a network; the rest of indexing knows none."""

    looks: Looks
    rows_of: RowsOf
    encoder: Encoder
    model: str
    """What reads the photos: rows keep it, and photos that another one read are read anew."""

    @property
    def version(self) -> str:
        """Says whether a photo would be read the same way again."""
        return f"{self.model}\n{self.encoder.version}"


def open_reading(
    models: Sequence[Path] | None = None,
    *,
    runtime: str | None = None,
    precision: str | None = None,
    device: str | None = None,
    photos: str = "auto",
) -> Reading:
    """Load what reads photos.

    Args:
        models: As for :meth:`attire.predict.Predictor.load`.
        runtime: As there.
        precision: As there.
        device: As there.
        photos: ``street``, ``product``, or ``auto`` to tell them apart photo by photo.
    """
    predictor = Predictor.load(models, runtime=runtime, precision=precision, device=device)

    def looks(named: Iterable[tuple[str, Path]]) -> Iterator[Look | PhotoFailure]:
        names, files = tee(named)
        return predictor.many((file for _, file in files), image_ids=(name for name, _ in names))

    # ---- JOIN HERE: rows_of of attire.catalog.items (told `photos`), the encoder of
    # attire.catalog.embedding and, where encoder.wants_maps, a predictor that keeps them. Then:
    #     return Reading(looks=looks, rows_of=rows_of, encoder=encoder, model=name_models(models))
    raise NotImplementedError(f"Rows of {photos} photos are not made yet: {looks} {name_models(models)}")


def name_models(models: Sequence[Path] | None = None) -> str:
    """Name models by their files and what is in them; the same for every form of the model in the box.

    Example:
        >>> name_models().split()[0]
        'box'
    """
    return " + ".join(
        f"{path.stem} {blake2b(path.read_bytes(), digest_size=4).hexdigest()}" for path in find_models(models)
    )
