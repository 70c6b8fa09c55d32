"""``attire train``: train a model by a recipe."""

import json
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from attire.cli.options import Accelerator, Report, SkipBadRows, Validation, Weights

if TYPE_CHECKING:
    from attire.dataset import Dataset
    from attire.model import FashionRCNN
    from attire.preprocess import InputSpec
    from attire.train import Recipe, Scoring
    from attire.train.module import Places

__all__ = ["resolve_recipe", "train"]

RECIPE_NAMES = (
    "quick, looks, box, fast, full, heads-2019, all-2019, augmented-2019, photos15k-2019, "
    "resampled-2019, resnet101-2019, identify-2019"
)


def train(
    recipe: Annotated[
        str,
        typer.Argument(help=f"{RECIPE_NAMES}; or the recipe.json of another run.", show_default=False),
    ],
    data: Annotated[
        Path,
        typer.Argument(
            help="Folder with train.csv and photos, or a COCO or Fashionpedia JSON.", show_default=False
        ),
    ],
    out_dir: Annotated[
        Path, typer.Option("--out", "-o", help="Folder of the run: model, log, curves.", show_default=False)
    ],
    val: Validation = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            help="Further data to learn from, such as drawn looks; what DATA does not label is unknown, "
            "not absent, in it. May be repeated.",
            show_default=False,
        ),
    ] = None,
    weights: Weights = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run in the folder, as if never stopped.")
    ] = False,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="Epochs in all, shared among the stages.", show_default=False)
    ] = None,
    photos: Annotated[
        int | None, typer.Option(min=1, help="Photos to learn from, stratified.", show_default=False)
    ] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="Photos per step and device.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes that prepare photos.", show_default=False)
    ] = None,
    limit_steps: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many updates.", show_default=False)
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Any other field, such as stages.0.lr=1e-3; may be repeated.",
            show_default=False,
        ),
    ] = None,
    report: Report = None,
    score: Annotated[
        bool, typer.Option("--score", help="Also measure mask AP50 at every validation; takes its time.")
    ] = False,
    skip_bad_rows: SkipBadRows = False,
    devices: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many GPUs or processes train together; with torchrun, as many as it started.",
            show_default="1",
        ),
    ] = None,
    accelerator: Accelerator = "auto",
    checkpoint_minutes: Annotated[
        float, typer.Option(min=0, help="Longest time between two states to go on from.")
    ] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Train a model by a recipe; a run that was stopped, even by a kill, goes on exactly with --resume."""
    from attire.train.processes import is_started, others_silent, rank_here

    if (devices or 1) > 1 and not is_started():
        from attire.train.together import start_together

        raise typer.Exit(start_together(sys.argv[1:], devices or 1))
    from attire.dataset import open_dataset
    from attire.train import train as run

    with others_silent(rank_here()):
        resolved = resolve_recipe(
            recipe,
            changes or (),
            weights=weights,
            epochs=epochs,
            photos=photos,
            batch_size=batch_size,
            workers=workers,
            limit_steps=limit_steps,
        )
        dataset = open_dataset(data, skip_bad_rows=skip_bad_rows)
        validation = None if val is None else open_dataset(val, skip_bad_rows=skip_bad_rows)
        try:
            with plain_warnings():
                model = run(
                    resolved,
                    dataset,
                    out_dir,
                    also=[open_dataset(folder, skip_bad_rows=skip_bad_rows) for folder in also or ()],
                    validation=validation,
                    resume=resume,
                    report=report,
                    skip_bad=skip_bad_rows,
                    scoring=_mask_ap50(resolved.input) if score else None,
                    accelerator=accelerator,
                    devices=devices,
                    checkpoint_minutes=checkpoint_minutes,
                )
        except KeyboardInterrupt:
            Console(stderr=True).print("The same command with --resume goes on from here.")
            raise
    if rank_here() == 0:
        _report(model, as_json=as_json)


@contextmanager
def plain_warnings() -> Iterator[None]:
    """Print warnings as one line on stderr, without the file and line of code they come from."""
    console = Console(stderr=True)

    def show(message: Warning | str, *place: object, **more: object) -> None:
        console.print(Text.assemble(("Note: ", "yellow"), str(message)), soft_wrap=True)

    with warnings.catch_warnings():
        warnings.showwarning = show
        yield


def resolve_recipe(
    name: str,
    changes: "list[str] | tuple[str, ...]",
    *,
    weights: str | None = None,
    epochs: int | None = None,
    photos: int | None = None,
    batch_size: int | None = None,
    workers: int | None = None,
    limit_steps: int | None = None,
) -> "Recipe":
    """Take a recipe by name or file, and change in it what the command line says.

    Raises:
        RecipeError: If there is no such recipe, field or value.
    """
    from attire.train import find_recipe
    from attire.train.overrides import override, parse_assignment, with_epochs

    found = override(find_recipe(name), dict(parse_assignment(change) for change in changes))
    if epochs is not None:
        found = with_epochs(found, epochs)
    asked: dict[str, Any] = {
        "weights": weights,
        "photos": photos,
        "batch_size": batch_size,
        "workers": workers,
        "max_steps": limit_steps,
        "min_steps": None if limit_steps is None else 0,
    }
    return replace(found, **{key: value for key, value in asked.items() if value is not None})


def _mask_ap50(spec: "InputSpec") -> "Scoring":
    """Measure mask AP50 on the validation photos, with the postprocessing that users get."""
    from attire.dataset import Dataset
    from attire.evaluate.coco_ap import coco_ap
    from attire.evaluate.predicting import predict_dataset
    from attire.predict import Predictor
    from attire.predict.runtime_torch import TorchRuntime
    from attire.train import Scoring

    def score(model: "FashionRCNN", dataset: "Dataset", photos: "Places") -> Mapping[str, float]:
        truth = dataset.records.select(photos)
        predictor = Predictor(TorchRuntime(model, spec))
        candidate = predict_dataset(Dataset(records=truth, layout=dataset.layout), predictor)
        found = candidate.kept if candidate.ranked is None else candidate.ranked
        figures = coco_ap(truth, found, truth.masks.to_coco(), found.masks.to_coco(), "segm")
        return {"mask AP50": figures.ap50}

    return Scoring(names=("mask AP50",), score=score)


def _report(model: Path, *, as_json: bool) -> None:
    """Show the epochs, and where everything lies."""
    from attire.train.curves import epoch_table
    from attire.train.history import read_history

    folder = model.parent
    rows = read_history(folder / "log.csv")
    if as_json:
        last = {row.part: {"step": row.step, **row.values} for row in rows}
        files = {"model": str(model), "log": str(folder / "log.csv"), "curves": str(folder / "curves.png")}
        json.dump({**files, "last": last}, sys.stdout)
        sys.stdout.write("\n")
        return
    console = Console()
    console.print(epoch_table(rows))
    console.print(Text(f"Model  {model}\nCurves {folder / 'curves.png'}\nLog    {folder / 'log.csv'}"))
