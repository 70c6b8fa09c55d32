"""``predictions.json``, written photo by photo, so that an archive never lies in memory."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attire.atomic import atomic_path
from attire.instances import Instances

__all__ = ["write_results"]


@contextmanager
def write_results(path: Path) -> Iterator[Callable[[Instances], None]]:
    """Open a list of COCO results; the file appears when the block ends well, and not before.

    Args:
        path: Where it belongs.

    Yields:
        A function that appends the instances of one photo. What a look calls by its place there gets a number
        of its own in the file, from 1.
    """
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        written = 0

        def append(instances: Instances) -> None:
            nonlocal written
            first = written + 1
            for row in instances.to_coco():
                if "id" in row:
                    row["id"] += first
                    row["part_of"] = None if row["part_of"] is None else row["part_of"] + first
                    row["parts"] = [part + first for part in row["parts"]]
                file.write(",\n" if written else "\n")
                json.dump(row, file, ensure_ascii=False)
                written += 1

        file.write("[")
        yield append
        file.write("\n]\n" if written else "]\n")
