"""``attire explore``: see what is in a data set."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

__all__ = ["explore"]


def explore(
    data: Annotated[
        Path, typer.Argument(help="iMaterialist folder, COCO/Fashionpedia JSON, or folder of photos.")
    ],
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="Folder that receives index.html and PNGs.")],
    gallery: Annotated[int, typer.Option(min=0, help="How many photos to draw.")] = 12,
    seed: Annotated[int, typer.Option(min=0, help="Decides which photos the gallery takes.")] = 0,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Leave out rows that cannot be read.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """See what is in a data set: numbers, figures and drawn photos as one offline page."""
    from attire.extras import require

    require("matplotlib", "data")
    from attire.dataset import open_dataset
    from attire.explore import explore as write_report

    page = write_report(open_dataset(data, skip_bad_rows=skip_bad_rows), out_dir, gallery=gallery, seed=seed)
    if as_json:
        typer.echo((page.parent / "numbers.json").read_text(encoding="utf-8"), nl=False)
    Console(stderr=True).print(f"The report is {page}", soft_wrap=True, highlight=False)
