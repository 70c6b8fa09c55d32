"""What reads a photo and makes rows of what is in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import tee
from pathlib import Path
from typing import Any, Protocol, cast, get_args

from attire.catalog.colours import dominant_colours
from attire.catalog.default_encoder import PHOTO_PX, default_encoder
from attire.catalog.encoder import Encoder
from attire.catalog.items import FramedPhoto, PhotoKind, PhotoOrigin, frame_photo, rows_of, taken_at
from attire.errors import DataError, RecipeError
from attire.model.header import read_header
from attire.predict import Look, PhotoFailure, PhotoLike, Predictor, Selector, find_models

__all__ = [
    "Looks",
    "Reading",
    "RowsOf",
    "framed_rows",
    "name_models",
    "name_reading",
    "open_reading",
    "version_of",
]

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
        return version_of(self.model, self.encoder)


def version_of(model: str, encoder: Encoder) -> str:
    """Say in one word what reads photos: a model, as rows name it, and an encoder."""
    return f"{model}\n{encoder.version}"


def open_reading(
    models: Sequence[Path] | None = None,
    *,
    runtime: str | None = None,
    precision: str | None = None,
    device: str | None = None,
    threads: int | None = None,
    photos: str = "auto",
) -> Reading:
    """Load what reads photos.

    Args:
        models: As for :meth:`attire.predict.Predictor.load`.
        runtime: As there.
        precision: As there.
        device: As there.
        threads: As there.
        photos: ``street``, ``product``, or ``auto`` to tell them apart photo by photo.

    Raises:
        RecipeError: If there is no such kind of photos.
        WeightsError: If there is no such model, or no encoder.
    """
    model, encoder = name_reading(models, photos)
    predictor = Predictor.load(models, runtime=runtime, precision=precision, device=device, threads=threads)
    reader = _Reader(predictor, encoder, cast(PhotoKind, photos))
    return Reading(looks=reader.looks, rows_of=reader.rows_of, encoder=encoder, model=model)


def name_reading(models: Sequence[Path] | None = None, photos: str = "auto") -> tuple[str, Encoder]:
    """Say what :func:`open_reading` would call its model, and load what makes its embeddings, but no network.

    Raises:
        RecipeError: If there is no such kind of photos.
        WeightsError: If there is no such model, or no encoder.
    """
    if photos not in get_args(PhotoKind):
        raise RecipeError(f"Photos are {', '.join(get_args(PhotoKind))}; found {photos!r}.")
    encoder = default_encoder(read_header(find_models(models)[0]))
    return f"{name_models(models)} {photos}", encoder


class _Reader:
    """Frames photos on their way to the network, and makes rows of what comes back."""

    def __init__(self, predictor: Predictor, encoder: Encoder, photos: PhotoKind) -> None:
        self._predictor, self._encoder, self._photos = predictor, encoder, photos
        self._underway: dict[str, tuple[FramedPhoto, datetime | None]] = {}
        """Photos that the network has not given back: how each was framed, and when it was taken."""

    def looks(self, named: Iterable[tuple[str, Path]]) -> Iterator[Look | PhotoFailure]:
        """Give a look of each photo, as it was framed."""
        names, files = tee(named)
        return self._predictor.many(
            (self._framed(name, file) for name, file in files),
            keep="all",
            image_ids=(name for name, _ in names),
            picture_side=PHOTO_PX,
            maps=self._encoder.wants_maps,
        )

    def _framed(self, name: str, file: Path) -> PhotoLike:
        try:
            framed = frame_photo(file, self._photos)
        except DataError:  # the predictor finds the same, and says so in the photo's place
            return file
        self._underway[name] = framed, taken_at(file)
        return framed.readable

    def rows_of(
        self, look: Look, encoder: Encoder, *, seen_at: datetime | None, **said: Any
    ) -> list[dict[str, Any]]:
        """Give one row per garment, surest first."""
        framed, taken = self._underway.pop(look.image_id)
        return framed_rows(look, encoder, framed, self._predictor.selector, seen_at=seen_at or taken, **said)


def framed_rows(
    look: Look,
    encoder: Encoder,
    framed: FramedPhoto,
    selector: Selector,
    *,
    own: Mapping[str, Any],
    **said: Any,
) -> list[dict[str, Any]]:
    """Make the rows of a photo that was read as it was framed.

    Args:
        look: All that a predictor gives of it.
        encoder: What makes embeddings.
        framed: How it was laid before the network.
        selector: Chooses among what was found.
        own: The user's own columns.
        said: What else :class:`RowsOf` is told of the photo.

    Returns:
        One row per garment, surest first.
    """
    origin = PhotoOrigin(uri=said.pop("photo_uri"), digest=said.pop("photo_digest"), **said)
    return rows_of(
        look, encoder, framed=framed, origin=origin, colours=dominant_colours, selector=selector, own=own
    )


def name_models(models: Sequence[Path] | None = None) -> str:
    """Name models by their files and what is in them; the same for every form of the model in the box.

    Example:
        >>> name_models().split()[0]
        'box'
    """
    return " + ".join(
        f"{path.stem} {blake2b(path.read_bytes(), digest_size=4).hexdigest()}" for path in find_models(models)
    )
