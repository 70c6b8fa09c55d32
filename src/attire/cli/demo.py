"""``attire demo``: the model in the box reads the looks in the box; with --train, a network learns others."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from attire.cli.check import check
from attire.cli.evaluate import evaluate
from attire.cli.explore import explore
from attire.cli.index import index
from attire.cli.predict import predict
from attire.cli.search import search
from attire.cli.submit import submit
from attire.cli.train import train
from attire.extras import require
from attire.samples import sample_looks

__all__ = ["demo"]

_ASKED, _GARMENT = "000005.jpg", 3
"""The look and the garment in it that is searched for: a dress."""
SIZE = (384, 256)
"""Height and width of the looks that are drawn to learn from, pixels: what the recipe ``quick`` sees."""


def demo(
    photos: Annotated[
        list[Path] | None,
        typer.Argument(help="Your own photos and folders, read first.", show_default=False),
    ] = None,
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="Folder that receives everything.")] = Path(
        "demo"
    ),
    learn: Annotated[
        bool, typer.Option("--train", help="Also draw looks and train a network on them: minutes more.")
    ] = False,
    looks: Annotated[int, typer.Option(min=8, help="With --train: looks to learn from.")] = 96,
    steps: Annotated[
        int | None,
        typer.Option(min=1, help="With --train: stop after so many updates; by default as the recipe says."),
    ] = None,
) -> None:
    """Read, check, explore, score and index the looks in the box: what goes on and where it lies."""
    console = Console()
    if learn:
        require("torch", "train")
        require("lightning", "train")
        require("skia", "render")
    require("polars", "data")
    require("matplotlib", "data")
    require("lancedb", "catalog")
    judge = sample_looks()
    if photos:
        console.rule("Your own photos are read")
        predict(photos, out_dir / "own", steps=True)

    console.rule("1 · Two dozen drawn looks with exact labels are checked and explored")
    check(judge)
    explore(judge, out_dir / "explore")

    console.rule("2 · The model in the box reads them")
    predict([judge / "photos"], out_dir / "predictions", steps=True)
    submit(judge / "photos", out_dir / "submission.csv")

    console.rule("3 · It is scored on them")
    evaluate(judge, out_dir=out_dir / "evaluation")

    console.rule("4 · A catalogue is made of their garments, and one garment's like are found in it")
    catalog = str(out_dir / "catalog")
    index([str(folder) for folder in [judge / "photos", *(photos or [])]], catalog, source="demo")
    asked = str(judge / "photos" / _ASKED)
    search(catalog, asked, garment=_GARMENT, duplicates=False, k=5, out=out_dir / "alike.png")
    if learn:
        _train(console, out_dir, looks, steps)
    console.print(_places(out_dir, own=bool(photos), trained=learn))
    console.print(f"On a page, in the browser: {_command()} serve --catalog {catalog}", soft_wrap=True)


def _train(console: Console, out_dir: Path, looks: int, steps: int | None) -> None:
    """Draw looks, learn them, and score the network on those in the box."""
    from attire.render import render_folder

    folder, run, judge = out_dir / "looks", out_dir / "run", sample_looks()
    console.rule("5 · More looks are drawn, and a small network learns them from scratch")
    render_folder(folder, looks, size=SIZE, seed=7, workers=min(8, os.cpu_count() or 1))
    check(folder, against=judge)
    train("quick", folder, run, val=judge, resume=True, limit_steps=steps)
    evaluate(
        judge, model=[run / "model.safetensors"], out_dir=out_dir / "evaluation-trained", baseline=folder
    )


def _command() -> str:
    """How to call ``attire`` from here: by its name only where the shell finds this one."""
    own, found = Path(sys.executable).with_name("attire"), shutil.which("attire")
    if not own.is_file() or (found is not None and Path(found).resolve() == own.resolve()):
        return "attire"
    return os.path.relpath(own)


def _places(out_dir: Path, *, own: bool, trained: bool) -> Table:
    """Where everything lies."""
    table = Table(title="Look at these", box=None, show_header=False, title_justify="left")
    places = {
        "own": "your photos, read",
        "predictions": "what the model sees in the looks; steps/ shows how it gets there",
        "explore/index.html": "what is in the looks",
        "evaluation/index.html": "scores, the worst and the best looks",
        "submission.csv": "the same as a Kaggle submission",
        "alike.png": "a garment, and what is like it in the catalogue",
    }
    if not own:
        del places["own"]
    if trained:
        places["looks/photos"] = "what was drawn to learn from"
        places["run/curves.png"] = "how the losses fell"
        places["evaluation-trained/index.html"] = "what a few minutes of learning came to"
    for name, what in places.items():
        table.add_row(str(out_dir / name), what)
    return table
