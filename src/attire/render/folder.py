"""A folder of looks in the layout of iMaterialist 2019, drawn in parallel and resumable."""

import csv
import io
import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from attire.annotations.pairs import encode_pairs
from attire.atomic import write_bytes, write_text
from attire.errors import DataError
from attire.ontology import Ontology
from attire.progress import progress_bar
from attire.render.look import RENDER_VERSION, Look, draw_look
from attire.render.paths import canvas_library

__all__ = ["render_folder"]

HEADER = ("ImageId", "EncodedPixels", "Height", "Width", "ClassId")
ORDER = "looks.json"
ROWS_DIR = ".rows"


def render_folder(
    out_dir: Path | str,
    n: int,
    *,
    size: tuple[int, int] = (768, 512),
    seed: int = 7,
    workers: int = 1,
    uniform: bool = False,
    products: bool = False,
) -> Path:
    """Draw ``n`` looks into a folder that every other verb reads.

    Each photo is put down together with its rows before the next is begun, so that a stopped run goes on
    where it was. The same order always gives the same bytes, whatever the number of workers.

    Args:
        out_dir: Receives ``photos/``, ``train.csv`` and ``label_descriptions.json``.
        n: How many looks.
        size: ``(height, width)`` in pixels.
        seed: Seed of the whole set.
        workers: Processes that draw.
        uniform: Choose rare garments and attributes as often as common ones.
        products: Draw single garments on white, as in a shop, instead of dressed people.

    Returns:
        ``out_dir``.

    Raises:
        DataError: If the folder holds something else, or looks of another seed, size, kind or version.
        MissingExtraError: If skia-python or a system library it needs is missing.
    """
    canvas_library()
    out_dir = Path(out_dir)
    order = {
        "version": RENDER_VERSION, "seed": seed, "height": size[0], "width": size[1], "uniform": uniform,
        "products": products,
    }  # fmt: skip
    _claim(out_dir, order)
    todo = [index for index in range(n) if not _rows_path(out_dir, index).exists()]
    draw = partial(_draw_one, out_dir=out_dir, seed=seed, size=size, uniform=uniform, product=products)
    with progress_bar() as bar:
        task = bar.add_task("Drawing looks", total=n, completed=n - len(todo))
        if workers > 1 and len(todo) > workers:
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                for _ in pool.map(draw, todo, chunksize=max(1, min(16, len(todo) // workers))):
                    bar.advance(task)
        else:
            for index in todo:
                draw(index)
                bar.advance(task)
    _finish(out_dir, n)
    return out_dir


def _claim(out_dir: Path, order: dict[str, int]) -> None:
    """Take an empty folder, or one that holds the same order; refuse all others."""
    path = out_dir / ORDER
    if path.exists():
        found = json.loads(path.read_text(encoding="utf-8"))
        if found != order:
            raise DataError(
                f"{out_dir} holds looks of {found}, and {order} were asked for. Choose another folder."
            )
    elif out_dir.exists() and any(out_dir.iterdir()):
        raise DataError(f"{out_dir} is not empty and holds no looks. Choose another folder.")
    else:
        write_text(path, json.dumps(order))


def _rows_path(out_dir: Path, index: int) -> Path:
    return out_dir / ROWS_DIR / f"{index:06d}.csv"


def _draw_one(
    index: int, out_dir: Path, seed: int, size: tuple[int, int], uniform: bool, product: bool
) -> None:
    look = draw_look(seed, index, size, uniform=uniform, product=product)
    write_bytes(out_dir / "photos" / look.instances.image_id, look.jpeg)
    write_text(_rows_path(out_dir, index), _csv_rows(look))


def _csv_rows(look: Look) -> str:
    instances = look.instances
    if instances.masks is None:
        return ""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for i, runs in enumerate(encode_pairs(instances.masks)):
        class_id = "_".join(map(str, (int(instances.category_ids[i]), *instances.attribute_set(i))))
        rows.writerow((instances.image_id, runs, *instances.size, class_id))
    return text.getvalue()


def _finish(out_dir: Path, n: int) -> None:
    """Gather the rows of the first ``n`` looks; what an earlier, longer run drew beyond them goes."""
    for index in range(n, len(list((out_dir / ROWS_DIR).iterdir()))):
        _rows_path(out_dir, index).unlink(missing_ok=True)
        (out_dir / "photos" / f"{index:06d}.jpg").unlink(missing_ok=True)
    rows = [_rows_path(out_dir, index).read_text(encoding="utf-8") for index in range(n)]
    write_text(out_dir / "train.csv", ",".join(HEADER) + "\n" + "".join(rows))
    write_text(
        out_dir / "label_descriptions.json", json.dumps(Ontology.imaterialist2019().to_dict(), indent=1)
    )
