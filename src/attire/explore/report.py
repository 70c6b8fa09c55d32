"""From a data set to its report: numbers, figures, gallery and the page that holds them."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from attire import __version__
from attire.atomic import write_bytes, write_text
from attire.dataset import Dataset
from attire.drawing import grid
from attire.explore.front import facts, gallery_caption, standfirst, title
from attire.explore.gallery import draw_gallery
from attire.explore.notable import notable
from attire.explore.numbers import Numbers, measure
from attire.explore.page import Page, page_html
from attire.explore.sections import Section, choose_sections
from attire.explore.style import house_style, to_png
from attire.explore.summary import summarise
from attire.progress import track

__all__ = ["explore"]

_SHEET_PX = 560


def explore(dataset: Dataset, out_dir: Path | str, *, gallery: int = 12, seed: int = 0) -> Path:
    """Write the report of a data set.

    Photos are opened for the gallery only; all numbers come from the annotations.

    Args:
        dataset: Photos with or without annotations; photo files that are missing are counted.
        out_dir: Folder for ``index.html``, ``numbers.json``, a PNG per figure and ``gallery.png``.
        gallery: How many photos to draw.
        seed: Decides which photos the gallery takes.

    Returns:
        Path of ``index.html``, which needs none of the other files.
    """
    out_dir = Path(out_dir)
    numbers = measure(dataset.records)
    present = np.array([dataset.photo_path(photo).is_file() for photo in range(len(dataset.records))], bool)
    missing = int((~present).sum())
    sections = _draw_sections(numbers, out_dir)
    looks, problems = draw_gallery(dataset, present, gallery, seed)
    if looks:
        sheet = grid([look.picture for look in looks], [look.image_id for look in looks], cell_px=_SHEET_PX)
        write_bytes(out_dir / "gallery.png", _png(sheet))
    name, fingerprint = title(dataset.layout), dataset.fingerprint
    head = {"data": name, "fingerprint": fingerprint, "missing_photos": missing}
    write_text(
        out_dir / "numbers.json", json.dumps(head | summarise(numbers), indent=1, ensure_ascii=False) + "\n"
    )
    page = Page(
        title=name,
        standfirst=standfirst(numbers),
        facts=facts(numbers),
        notable=notable(numbers, missing),
        looks=looks,
        gallery_caption=gallery_caption(
            len(looks), numbers.photos, problems, annotated=numbers.instances > 0
        ),
        sections=sections,
        numbers=numbers,
        footer=f"Made by attire {__version__} · {numbers.ontology.name} · data fingerprint {fingerprint}",
    )
    write_text(out_dir / "index.html", page_html(page))
    return out_dir / "index.html"


def _draw_sections(numbers: Numbers, out_dir: Path) -> list[tuple[Section, bytes]]:
    drawn = []
    for build in track(choose_sections(numbers), "Drawing the figures"):
        with house_style():
            section = build(numbers)
            png = to_png(section.figure)
        write_bytes(out_dir / f"{section.name}.png", png)
        drawn.append((section, png))
    return drawn


def _png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()
