"""``attire demo``: the whole pipeline once, learnt on drawn looks, judged on those in the package."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from attire.cli.check import check
from attire.cli.evaluate import evaluate
from attire.cli.explore import explore
from attire.cli.predict import predict
from attire.cli.submit import submit
from attire.cli.train import train
from attire.samples import sample_looks

__all__ = ["demo"]

SIZE = (384, 256)
"""Height and width of the looks, pixels: what the recipe ``quick`` sees."""


def demo(
    photos: Annotated[
        list[Path] | None,
        typer.Argument(help="Your own photos and folders, read besides the looks.", show_default=False),
    ] = None,
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="Folder that receives everything.")] = Path(
        "demo"
    ),
    retrain: Annotated[
        bool, typer.Option("--train", help="Train anew even if the folder has a model.")
    ] = False,
    looks: Annotated[int, typer.Option(min=8, help="Looks to learn from.")] = 96,
    steps: Annotated[
        int | None,
        typer.Option(min=1, help="Stop training after so many updates; by default as the recipe says."),
    ] = None,
) -> None:
    """Draw looks, check and explore them, train, score, predict, submit: what goes on and where it lies."""
    from attire.render import render_folder

    console = Console()
    learn, judge, run = out_dir / "looks", sample_looks(), out_dir / "run"
    model = run / "model.safetensors"

    console.rule("1 · Looks are drawn, with exact masks and attributes")
    render_folder(learn, looks, size=SIZE, seed=7, workers=min(8, os.cpu_count() or 1))

    console.rule("2 · The data are checked and explored")
    check(learn, against=judge)
    explore(learn, out_dir / "explore")

    console.rule("3 · A network learns them from scratch: a few minutes on two cores")
    if retrain:
        _forget(run)
    train("quick", learn, run, val=judge, resume=True, limit_steps=steps)

    console.rule("4 · It is scored on the two dozen looks that come with Attire, which it has not seen")
    evaluate(judge, model=model, out_dir=out_dir / "evaluation", baseline=learn)

    console.rule("5 · It reads photos")
    predict([judge / "photos"], out_dir / "predictions", model=model, steps=True)
    submit(judge / "photos", out_dir / "submission.csv", model=model)
    if photos:
        console.print(
            "Your own photos are next. This network has seen nothing but drawings: train on photos for more.",
            soft_wrap=True,
        )
        predict(photos, out_dir / "own", model=model)
    console.print(_places(out_dir, own=bool(photos)))


def _forget(run: Path) -> None:
    """Remove an earlier demo's run, by the names of its files."""
    for name in ("model.safetensors", "resume.ckpt", "run.json", "recipe.json", "splits.json", "log.csv"):
        (run / name).unlink(missing_ok=True)


def _places(out_dir: Path, *, own: bool) -> Table:
    """Where everything lies."""
    table = Table(title="Look at these", box=None, show_header=False, title_justify="left")
    places = {
        "looks/photos": "what was drawn to learn from",
        "explore/index.html": "what is in the data",
        "run/curves.png": "how the losses fell",
        "evaluation/index.html": "scores, the worst and the best photos",
        "predictions": "what the network sees; steps/ shows how it gets there",
        "submission.csv": "the same as a Kaggle submission",
    }
    if own:
        places["own"] = "your photos, read"
    for name, what in places.items():
        table.add_row(str(out_dir / name), what)
    return table
