"""Which kind of data lies in a folder: recognised by what is there, never asked for."""

import mmap
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from attire.errors import DataError
from attire.photos import PHOTO_SUFFIXES, list_photos

__all__ = ["Layout", "find_layout"]

_TRAIN_CSV = "train.csv"
_DESCRIPTIONS = "label_descriptions.json"
_PHOTO_FOLDERS = ("photos", "images", "train", "val", "test")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the parts of a data set lie."""

    kind: Literal["imaterialist", "coco", "photos"]
    """Format of the annotations; ``photos`` has none."""
    root: Path
    """Folder of the data; the photo itself where a single one was given."""
    annotations: Path | None
    """``train.csv`` or the COCO JSON."""
    photos_dir: Path
    """Folder that file names are relative to."""
    descriptions: Path | None
    """``label_descriptions.json``, where there is one."""

    def photo_path(self, image_id: str) -> Path:
        """Say where a photo is expected, whether it is there or not.

        Args:
            image_id: File name as the annotations have it; folders in it that do not exist here
                (``val2017/1.jpg``) are dropped.
        """
        path = self.photos_dir / image_id
        if "/" in image_id and not path.is_file():
            path = self.photos_dir / Path(image_id).name
        return path

    def photo_ids(self) -> list[str]:
        """Name the photos that lie there, sorted, whether the annotations list them or not."""
        if self.root.is_file():
            return [self.root.name]
        return _photo_names(self.photos_dir)


def find_layout(path: Path | str) -> Layout:
    """Recognise a data set.

    Args:
        path: A folder with ``train.csv`` and its photos (in ``photos/``, beside it, or in Kaggle's
            ``train/``); a COCO or Fashionpedia JSON beside its photos, or the folder of the two; a CSV of
            iMaterialist's form under any name; a plain folder of photos; or one photo.

    Returns:
        Where its parts lie.

    Raises:
        DataError: If nothing is there, or nothing of these kinds.
    """
    path = Path(path)
    if path.is_dir():
        return _folder_layout(path)
    if not path.exists():
        raise DataError(f"{path}: no such file or folder. Give {_EXPECTED}.")
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _annotated("imaterialist", path)
    if suffix == ".json":
        if not _is_coco(path):
            raise DataError(
                f"{path}: no COCO annotation file (an object with 'images' and 'annotations'). "
                f"Give {_EXPECTED}."
            )
        return _annotated("coco", path)
    if suffix in PHOTO_SUFFIXES:
        return Layout(kind="photos", root=path, annotations=None, photos_dir=path.parent, descriptions=None)
    raise DataError(f"{path}: neither annotations nor a photo. Give {_EXPECTED}.")


_EXPECTED = (
    "a folder with train.csv and photos, a COCO or Fashionpedia JSON beside its photos, "
    "a folder of photos, or one photo"
)


def _folder_layout(folder: Path) -> Layout:
    if (folder / _TRAIN_CSV).is_file():
        return _annotated("imaterialist", folder / _TRAIN_CSV)
    found = [path for path in sorted(folder.glob("*.json")) if path.name != _DESCRIPTIONS and _is_coco(path)]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise DataError(f"{folder}: holds {len(found)} annotation files ({names}). Give the one to read.")
    if found:
        return _annotated("coco", found[0])
    for photos_dir in (folder, folder / "photos"):
        if _photo_names(photos_dir):
            return Layout(
                kind="photos",
                root=folder,
                annotations=None,
                photos_dir=photos_dir,
                descriptions=_descriptions(folder),
            )
    raise DataError(f"{folder}: holds no {_TRAIN_CSV}, no COCO JSON and no photo. Give {_EXPECTED}.")


def _annotated(kind: Literal["imaterialist", "coco"], annotations: Path) -> Layout:
    folder = annotations.parent
    return Layout(
        kind=kind,
        root=folder,
        annotations=annotations,
        photos_dir=_photos_dir(annotations),
        descriptions=_descriptions(folder),
    )


def _descriptions(folder: Path) -> Path | None:
    """Find the description file in the folder, or one above it where splits share one."""
    for place in (folder, folder.resolve().parent):
        if (place / _DESCRIPTIONS).is_file():
            return place / _DESCRIPTIONS
    return None


def _photos_dir(annotations: Path) -> Path:
    """Choose the folder that holds the first photo listed, or else the likeliest one that exists."""
    folder = annotations.parent
    folders = [folder / name for name in _PHOTO_FOLDERS if (folder / name).is_dir()] + [folder]
    first = _first_photo(annotations)
    if first:
        for candidate in folders:
            if (candidate / first).is_file() or (candidate / Path(first).name).is_file():
                return candidate
    for candidate in folders:
        if _photo_names(candidate):
            return candidate
    return folders[0]


def _first_photo(annotations: Path) -> str:
    """First file name that an annotation file lists, without parsing the file."""
    if annotations.suffix.lower() == ".csv":
        with annotations.open("rb") as file:
            file.readline()
            start = file.readline(4096)
        return start.split(b",")[0].strip(b'"\r\n ').decode("utf-8", "replace")
    with annotations.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        name = re.search(rb'"file_name"\s*:\s*"([^"\\]+)"', view)
        return name.group(1).decode("utf-8", "replace") if name else ""


def _is_coco(path: Path) -> bool:
    """Look for the two keys of a COCO annotation file, without parsing it."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return (
            re.match(rb"(?:\xef\xbb\xbf)?\s*\{", view) is not None
            and view.find(b'"images"') >= 0
            and view.find(b'"annotations"') >= 0
        )


def _photo_names(folder: Path) -> list[str]:
    return [path.name for path in list_photos(folder)] if folder.is_dir() else []
