"""A report in a folder: the page, its figures, and the numbers for scripts."""

import csv
import json
from io import StringIO
from pathlib import Path

from attire.annotations import Records
from attire.atomic import write_bytes, write_text
from attire.dataset import Dataset
from attire.evaluate.gallery import choose_photos, draw_pairs
from attire.evaluate.page import page_html
from attire.evaluate.report import Report
from attire.evaluate.sections import choose_sections
from attire.explore.style import house_style, to_png
from attire.progress import track

__all__ = ["write_report"]

_PHOTO_COLUMNS = ("image_id", "score", "score_categories", "truths", "predictions", "hits")


def write_report(
    report: Report, dataset: Dataset, said: Records, out_dir: Path | str, *, photos: int = 5
) -> Path:
    """Write the report's page, figures and numbers.

    Args:
        report: The figures.
        dataset: Photos and their truth, for the pictures.
        said: The predictions that were scored, aligned with the dataset.
        out_dir: Folder for ``index.html``, a PNG per figure, ``report.json`` and ``photos.csv``.
        photos: How many of the worst and of the best photos to draw.

    Returns:
        Path of ``index.html``, which needs none of the other files.
    """
    out_dir = Path(out_dir)
    write_text(out_dir / "report.json", json.dumps(report.to_dict(), indent=1, ensure_ascii=False) + "\n")
    write_text(out_dir / "photos.csv", _photo_table(report))
    sections = []
    for build in track(choose_sections(report), "figures"):
        with house_style():
            section = build(report)
            png = to_png(section.figure)
        write_bytes(out_dir / f"{section.name}.png", png)
        sections.append((section, png))
    worst, best = choose_photos(report.photo_rows, photos)
    pairs, problems = draw_pairs(dataset, said, report.photo_rows, [*worst, *best])
    low = {report.photo_rows[place].image_id for place in worst}
    page = page_html(
        report,
        sections,
        [pair for pair in pairs if pair.row.image_id in low],
        [pair for pair in pairs if pair.row.image_id not in low],
        problems,
    )
    write_text(out_dir / "index.html", page)
    return out_dir / "index.html"


def _photo_table(report: Report) -> str:
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_PHOTO_COLUMNS)
    for row in report.photo_rows:
        table.writerow([getattr(row, column) for column in _PHOTO_COLUMNS])
    return text.getvalue()
