"""The photos of a data set: all of them looked at, in parallel, and set against what is listed."""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from attire.annotations.audit.fault import Fault, fault
from attire.annotations.audit.photo_look import PhotoLook, look_at_photo
from attire.annotations.layout import Layout
from attire.progress import track

__all__ = ["file_label", "find_absent", "find_unlisted", "look_at_photos"]

_MOST_THREADS = 16


def file_label(layout: Layout, path: Path) -> str:
    """Name a file by its path from the folder of the data."""
    root = layout.root.parent if layout.root.is_file() else layout.root
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def look_at_photos(
    layout: Layout, image_ids: Iterable[str], *, with_prints: bool = False, description: str = "Photos"
) -> dict[str, PhotoLook]:
    """Decode the photos that are there, on all cores, under a progress bar.

    Args:
        layout: Where they lie.
        image_ids: File names; those that are not there are left out.
        with_prints: Whether to take fingerprints.
        description: Said beside the bar.

    Returns:
        What was seen, by file name, in the order given.
    """
    paths = {image_id: layout.photo_path(image_id) for image_id in image_ids}
    paths = {image_id: path for image_id, path in paths.items() if path.is_file()}

    def look(path: Path) -> PhotoLook:
        return look_at_photo(path, file_label(layout, path), with_print=with_prints)

    pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1))
    try:
        with _quiet_decoders():
            looks = list(track(pool.map(look, paths.values()), description, total=len(paths)))
    finally:
        pool.shutdown(cancel_futures=True)
    return dict(zip(paths, looks, strict=True))


def find_absent(layout: Layout, listed: Mapping[str, int], file: str) -> Iterator[Fault]:
    """Find photos that are listed and not there.

    Args:
        layout: Where photos lie.
        listed: File names and the first row of each.
        file: Name of the annotation file.

    Yields:
        A fault for each, at its first row.
    """
    there = {Path(name).stem.casefold(): name for name in layout.photo_ids()}
    folder = file_label(layout, layout.photos_dir)
    for image_id, row in listed.items():
        if layout.photo_path(image_id).is_file():
            continue
        near = there.get(Path(image_id).stem.casefold())
        hint = f", where {near!r} is" if near and near not in listed else ""
        place = "beside the annotations" if folder == "." else f"in {folder}/"
        yield fault("missing-photo", file, f"{image_id!r} is not {place}{hint}", row=row)


def find_unlisted(layout: Layout, listed: Iterable[str]) -> Iterator[Fault]:
    """Find photos that are there and not listed.

    Args:
        layout: Where photos lie.
        listed: File names.

    Yields:
        A fault for each.
    """
    named = {layout.photo_path(image_id).name for image_id in listed}
    for name in layout.photo_ids():
        if name not in named:
            what = "lies there, but the annotations do not list it"
            yield fault("unlisted-photo", file_label(layout, layout.photos_dir / name), what)


@contextmanager
def _quiet_decoders() -> Iterator[None]:
    """Keep Pillow's warnings off the screen: what matters in them becomes a fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield
