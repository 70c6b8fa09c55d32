"""``attire evaluate``: score predictions or a model against the truth."""

import json
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console

from attire.cli.options import Batch, Device, Models, Precision, Runtime, Target, Tta, Values
from attire.cli.predict import load_predictor
from attire.cli.render import parse_size
from attire.errors import DataError, RecipeError

if TYPE_CHECKING:
    from rich.table import Table

    from attire.annotations import Records
    from attire.dataset import Dataset
    from attire.evaluate import Candidate, Report
    from attire.predict import Predictor

__all__ = ["evaluate"]

_ALL_OFF = (
    "[yellow]No prediction overlaps a truth of its category.[/yellow] If the file is a submission, its masks "
    "are resized: say so with --size 512x512."
)
_OWN_PHOTOS = (
    "[yellow]The model's selector was fitted to these very photos, so these scores flatter.[/yellow] What it "
    "does on other photos is what attire select printed; --target network scores the network without it."
)
_MEAN_SHAPE_SCORE = 0.5
"""The mean shape says what is there in at least every second training photo."""


def evaluate(
    data: Annotated[Path, typer.Argument(help="iMaterialist folder or COCO/Fashionpedia JSON: the truth.")],
    model: Models = None,
    predictions: Annotated[
        Path | None, typer.Option(help="CSV or predictions.json to score in place of a model.")
    ] = None,
    size: Annotated[
        str | None, typer.Option(help="Size of a submission's masks, such as 512x512; truth is resized, too.")
    ] = None,
    out_dir: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder that receives index.html, PNGs and report.json."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object in place of tables.")
    ] = False,
    score: Annotated[
        float | None, typer.Option(min=0, max=1, help="The score counts what is at least this sure.")
    ] = None,
    target: Target = None,
    values: Values = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Training data: also score their mean shapes, no pixels looked at.")
    ] = None,
    untrained: Annotated[
        bool, typer.Option("--untrained", help="Also score the model's network before training.")
    ] = False,
    tta: Tta = False,
    unlabelled_groups: Annotated[
        str, typer.Option(help="A group of attributes without any label is unknown, or negative.")
    ] = "unknown",
    unlabelled: Annotated[
        str,
        typer.Option(
            help="A category that DATA never show is unknown, so saying it is no error, or background."
        ),
    ] = "unknown",
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap draws behind each interval.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of those draws.")] = 0,
    gallery: Annotated[int, typer.Option(min=0, help="Worst and best photos to draw, each.")] = 5,
    batch: Batch = None,
    device: Device = None,
    runtime: Runtime = None,
    precision: Precision = None,
) -> None:
    """Score predictions: the score of 2019, average precision, attributes, and where the points went."""
    aimed = target is not None or values is not None
    if predictions is not None and (model or untrained or tta or aimed):
        raise RecipeError(
            "--predictions takes the place of a model: leave out --model, --untrained, --tta, --target and "
            "--values."
        )
    if predictions is None and size is not None:
        raise RecipeError("--size says at what size a predictions file is: give one with --predictions.")
    if unlabelled_groups not in ("unknown", "negative"):
        raise RecipeError(f"--unlabelled-groups {unlabelled_groups!r}: expected 'unknown' or 'negative'.")
    if unlabelled not in ("unknown", "background"):
        raise RecipeError(f"--unlabelled {unlabelled!r}: expected 'unknown' or 'background'.")
    from attire import __version__
    from attire.evaluate import Bootstrap, Provenance, at_size
    from attire.evaluate import evaluate as run
    from attire.evaluate.tables import report_tables

    dataset = _open(data, negative=unlabelled_groups == "negative")
    masks_size = None if size is None else parse_size(size)
    truth = dataset.records if masks_size is None else at_size(dataset.records, masks_size)
    beside: dict[str, Candidate] = {}
    about = ""
    if predictions is None:
        predictor = load_predictor(
            model,
            score=score,
            target=target,
            values=values,
            tta=tta,
            device=device,
            runtime=runtime,
            precision=precision,
        )
        about = predictor.about
        _warn_of_own_photos(predictor, dataset)
        twin = _untrained(predictor) if untrained else None
        found = _predict(dataset, predictor, batch)
        if twin is not None:
            beside["untrained"] = _predict(dataset, twin, batch)
    else:
        found = _read(predictions, dataset, masks_size, score or 0.0)
    if baseline is not None:
        beside |= _mean_shape(baseline, truth)
    report = run(
        truth,
        found.kept,
        ranked=found.ranked,
        unlabelled="unknown" if unlabelled == "unknown" else "background",
        bootstrap=Bootstrap(resamples=resamples, seed=seed),
        baselines=beside,
        provenance=Provenance(
            data=str(data),
            split=dataset.layout.root.resolve().name,
            fingerprint=dataset.fingerprint,
            model=" + ".join(map(str, model or ())) or "bundled" if predictions is None else "",
            predictions=str(predictions or ""),
            size=masks_size,
            selection=_selection(score, target, values, from_file=predictions is not None),
            runtime=about,
            command=shlex.join(["attire", *sys.argv[1:]]),
            version=__version__,
            resamples=resamples,
            seed=seed,
        ),
    )
    if predictions is not None and size is None and report.coco.mask.ap50 == 0 and report.ranked:
        Console(stderr=True).print(_ALL_OFF, soft_wrap=True, highlight=False)
    page = None if out_dir is None else _write(report, dataset, found, out_dir, gallery)
    if as_json:
        typer.echo(json.dumps(report.to_dict(), ensure_ascii=False))
    else:
        _print(report_tables(report), report)
    if page is not None:
        Console(stderr=True).print(f"The report is {page}", soft_wrap=True, highlight=False)


def _open(data: Path, *, negative: bool) -> "Dataset":
    from attire.dataset import open_dataset

    dataset = open_dataset(data, unlabelled_groups="negative" if negative else "unknown")
    if dataset.layout.kind == "photos":
        raise DataError(
            f"{data}: holds photos without annotations, so there is no truth to score against. Give a "
            "folder with train.csv, or a COCO or Fashionpedia JSON."
        )
    return dataset


def _warn_of_own_photos(predictor: "Predictor", dataset: "Dataset") -> None:
    """Say so where a selector is about to be judged by the photos that it was fitted to."""
    learned = predictor.calibration
    if learned is not None and dataset.fingerprint[:12] in learned.about:
        Console(stderr=True).print(_OWN_PHOTOS, soft_wrap=True, highlight=False)


def _predict(dataset: "Dataset", predictor: "Predictor", batch: int | None) -> "Candidate":
    from attire.evaluate.predicting import predict_dataset

    return predict_dataset(dataset, predictor, batch_size=batch)


def _untrained(predictor: "Predictor") -> "Predictor":
    """The same network before training; whether there can be one is known before any photo is read."""
    from attire.extras import require

    require("torch", "train")
    from attire.evaluate.untrained import untrained_twin

    twin = untrained_twin(predictor)
    if twin is None:
        raise RecipeError(
            f"--untrained builds the network anew, which torch does; here {predictor.about} runs it. "
            "Add --runtime torch, or name a .safetensors file with --model."
        )
    return twin


def _read(path: Path, dataset: "Dataset", size: tuple[int, int] | None, score: float) -> "Candidate":
    from attire.annotations import read_predictions
    from attire.evaluate import Candidate

    ranked = read_predictions(path, dataset.records, size=size)
    kept = ranked if ranked.scores is None else ranked.keep(ranked.scores >= np.float32(score))
    return Candidate(kept=kept, ranked=None if len(kept.rows) == len(ranked.rows) else ranked)


def _mean_shape(train: Path, truth: "Records") -> "dict[str, Candidate]":
    from attire.evaluate import Candidate, mean_shape_baseline

    ranked = mean_shape_baseline(_open(train, negative=False).records, truth)
    sure = np.zeros(0, bool) if ranked.scores is None else ranked.scores >= _MEAN_SHAPE_SCORE
    return {"mean_shape": Candidate(kept=ranked.keep(sure), ranked=ranked)}


def _selection(score: float | None, target: str | None, values: Path | None, *, from_file: bool) -> str:
    if values is not None:
        return f"values of {values.name} select"
    if target is not None:
        return f"the model's selector aims at {target}"
    if score is not None:
        return f"the score counts what is at least {score:g} sure"
    return "the score counts all that the file holds" if from_file else "the model's own rule selects"


def _write(report: "Report", dataset: "Dataset", found: "Candidate", out_dir: Path, gallery: int) -> Path:
    from attire.extras import require

    require("matplotlib", "data")
    from attire.evaluate.writing import write_report

    return write_report(report, dataset, found.kept, out_dir, photos=gallery)


def _print(found: "Iterable[Table]", report: "Report") -> None:
    """Print the tables, and what it takes to repeat them."""
    from attire.evaluate.tables import left_out

    console = Console()
    for table in found:
        console.print(table)
    origin = report.provenance
    of = f"model {origin.model} ({origin.runtime})" if origin.model else f"predictions {origin.predictions}"
    console.print(
        f"{report.photos:,} photos of {origin.data} (fingerprint {origin.fingerprint[:12]}), "
        f"{report.instances:,} truths, {of}: {origin.selection} ({report.predictions:,} of {report.ranked:,} "
        f"predictions); bootstrap {origin.resamples:,} draws, seed {origin.seed}; attire {origin.version}."
        f"{left_out(report)}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
