"""``/v1/predict`` and ``/v1/search``."""

from collections.abc import Mapping, Sequence
from typing import Literal

from PIL import Image

from attire.client.asking.ask import Ask, FilePart, as_image, as_model, given
from attire.client.asking.photo_parts import PhotoLike, photo_file
from attire.serve.schemas.reading import Reading
from attire.serve.schemas.search import SearchOut

__all__ = ["overlay", "predict", "search"]

Kind = Literal["auto", "street", "product"]
Keep = Literal["selected", "all"]


def predict(
    photo: PhotoLike | None = None,
    *,
    url: str | None = None,
    keep: Keep = "selected",
    photos: Kind = "auto",
    masks: Literal["rle", "polygons", "both", "none"] = "rle",
) -> Ask[Reading]:
    """Say what is in a photo: garments and their parts, outlines, names, attributes and colours.

    Args:
        photo: A file's path, its content, an open file or a Pillow image.
        url: In place of it, where the service allows: an https address of one.
        keep: What is likely right, or all that the network gives.
        photos: What the photo is; told by its ground if ``auto``.
        masks: How outlines are given.

    Raises:
        DataError: If the photo cannot be read here.
        ServiceError: If the service cannot be reached, or refuses it.
    """
    return Ask(
        method="POST",
        path="/v1/predict",
        read=as_model(Reading),
        params={"keep": keep, "photos": photos, "masks": masks},
        data=given(url=url),
        files=_photo_part(photo),
    )


def overlay(
    photo: PhotoLike | None = None, *, url: str | None = None, keep: Keep = "selected", photos: Kind = "auto"
) -> Ask[Image.Image]:
    """Draw on a photo what is in it; at most 1600 pixels long.

    Args:
        photo: As for ``predict``, as are ``url``, ``keep`` and ``photos``.
        url: In place of it, where the service allows.
        keep: What is likely right, or all that the network gives.
        photos: What the photo is.

    Raises:
        DataError: If the photo cannot be read here.
        ServiceError: If the service cannot be reached, or refuses it.
    """
    return Ask(
        method="POST",
        path="/v1/predict",
        read=as_image,
        params={"keep": keep, "photos": photos},
        data=given(url=url),
        files=_photo_part(photo),
        accept="image/png",
    )


def search(
    photo: PhotoLike | None = None,
    *,
    url: str | None = None,
    like: str | None = None,
    text: str | None = None,
    garment: int | None = None,
    at: tuple[float, float] | None = None,
    where: str | None = None,
    but: str | Sequence[str] = (),
    weights: str | Mapping[str, float] | None = None,
    k: int = 10,
    duplicates: bool = True,
    photos: Kind = "auto",
) -> Ask[SearchOut]:
    """Find garments of the catalogue like those of a photo, like one of its own, or by words.

    Args:
        photo: As for ``predict``.
        url: In place of it, where the service allows.
        like: In place of a photo: id of a garment of the catalogue.
        text: What results are wished to be, in words; alone, or beside a photo or garment.
        garment: Which garment of the photo, from 1 as ``predict`` numbers them; all if None.
        at: ``(x, y)`` in pixels of the upright photo: the garment there.
        where: What results have to be, in the language of docs/search.md.
        but: What is to be other than in the garment searched with, such as ``longer``.
        weights: How much shape, pattern and colour count; 1 where not said.
        k: Results per garment at most, 1 … 100.
        duplicates: Whether to give photos that show the same picture.
        photos: What the photo is; told by its ground if ``auto``.

    Raises:
        DataError: If the photo cannot be read here.
        ServiceError: If the service cannot be reached, or cannot make sense of the question.
    """
    if isinstance(weights, Mapping):
        weights = ",".join(f"{name}={weight:g}" for name, weight in weights.items())
    fields = given(
        url=url,
        like=like,
        text=text,
        garment=garment,
        at=None if at is None else f"{at[0]:.2f},{at[1]:.2f}",
        where=where,
        but=[but] if isinstance(but, str) else list(but),
        weights=weights,
        k=k,
        duplicates="true" if duplicates else "false",
        photos=photos,
    )
    return Ask(
        method="POST", path="/v1/search", read=as_model(SearchOut), data=fields, files=_photo_part(photo)
    )


def _photo_part(photo: PhotoLike | None) -> list[FilePart]:
    return [] if photo is None else [("photo", photo_file(photo))]
