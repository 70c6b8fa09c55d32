"""Which photos a command line means, each under a name of its own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from attire.annotations.layout import find_layout
from attire.errors import DataError

__all__ = ["list_sources", "picture_names"]


def list_sources(paths: Sequence[Path]) -> dict[str, Path]:
    """Name every photo that the paths lead to.

    Args:
        paths: Photos, folders of photos, or data sets, whose annotations are ignored. A file counts as a
            photo whatever its ending; whether it is one shows when it is read.

    Returns:
        Image id → photo, in the order given, a folder's photos by name. The id is the file name; where
        two photos share one, folders are put before it until they differ.

    Raises:
        DataError: If a path does not exist, or a folder holds no photo.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_file():
            found[path] = None
            continue
        layout = find_layout(path)
        names = layout.photo_ids()
        if not names:
            raise DataError(f"{path}: its photos are missing; expected them in {layout.photos_dir}.")
        found.update(dict.fromkeys(layout.photos_dir / name for name in names))
    distinct = {path.resolve(): path for path in reversed(found)}
    photos = [path for path in found if distinct[path.resolve()] is path]
    return dict(zip(_shortest_names(photos), photos, strict=True))


def picture_names(image_ids: Sequence[str]) -> list[str]:
    """Name the drawing of each photo, so that no two of them clash.

    Args:
        image_ids: Different from each other.

    Returns:
        ``<stem>.png`` where the stem is the photo's own, ``<file name>.png`` where photos share it, and
        ``-`` instead of the slash of a folder.

    Example:
        >>> picture_names(["a.jpg", "b.jpg", "b.png", "red/a.webp"])
        ['a.png', 'b.jpg.png', 'b.png.png', 'red-a.png']
    """
    flat = [image_id.replace("/", "-") for image_id in image_ids]
    stems = Counter(Path(name).stem.lower() for name in flat)
    named: list[str] = []
    taken: set[str] = set()
    for name in flat:
        base = Path(name).stem if stems[Path(name).stem.lower()] == 1 else name
        candidate, turn = f"{base}.png", 1
        while candidate.lower() in taken:
            turn += 1
            candidate = f"{base}-{turn}.png"
        taken.add(candidate.lower())
        named.append(candidate)
    return named


def _shortest_names(photos: Sequence[Path]) -> list[str]:
    names = [photo.name for photo in photos]
    depth = 1
    while len(set(names)) < len(names):
        depth += 1
        count = Counter(names)
        parts = [photo.resolve().parts for photo in photos]
        names = [
            name if count[name] == 1 else "/".join(part[-depth:])
            for name, part in zip(names, parts, strict=True)
        ]
    return names
