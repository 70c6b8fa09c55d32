"""``attire select``: learn from annotated photos how sure a model may be, and which detections pay."""

import json
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from attire.cli.options import Batch, Device, Models
from attire.errors import DataError

if TYPE_CHECKING:
    from rich.table import Table

    from attire.evaluate import Bootstrap
    from attire.evaluate.reliability import Reliability
    from attire.select import AttributeFigures, Comparison, Evidence, Fit

__all__ = ["select"]


def select(
    data: Annotated[
        Path, typer.Argument(help="Annotated photos that the model was not trained on: folder or JSON.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="Model file to write: same weights, with the selector. A picture of it goes beside.",
        ),
    ],
    model: Models = None,
    labels: Annotated[
        Path | None,
        typer.Option(help="Other annotations, such as those trained on: how common attribute sets are."),
    ] = None,
    target: Annotated[
        str, typer.Option(help="What the choice is best at: categories, score2019, f1, precision=0.95, all.")
    ] = "categories",
    tta: Annotated[
        bool, typer.Option("--tta", help="For reading mirror images and other sizes, too.")
    ] = False,
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap draws behind each interval.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of those draws and of the cut by photo.")] = 0,
    batch: Batch = None,
    device: Device = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object in place of tables.")
    ] = False,
) -> None:
    """Learn how likely each detection is right and which to say; write the model with that in it."""
    from attire.dataset import open_dataset
    from attire.evaluate import Bootstrap
    from attire.evaluate.predicting import read_dataset
    from attire.extras import require
    from attire.model.stored_selector import StoredSelector, attach_selector
    from attire.predict import Predictor, find_models
    from attire.predict.selection import parse_target
    from attire.select import attribute_figures, compare, draw_selection, fit_selector, folds, gather

    require("sklearn", "data")
    wanted = parse_target(target)
    if out.suffix not in (".safetensors", ".onnx"):
        raise DataError(f"{out}: a model file ends in .safetensors, or in .onnx if it was exported.")
    dataset = open_dataset(data)
    if dataset.layout.kind == "photos":
        raise DataError(
            f"{data}: holds photos without annotations, so nothing says which detections are right."
        )
    first, *also = paths = find_models(model, suffix=out.suffix)
    predictor = Predictor.load(paths, device=device, calibrated=False, tta=tta)
    looks = list(read_dataset(dataset, predictor, batch_size=batch))
    others = None if labels is None else open_dataset(labels).records
    evidence = gather(dataset.records, looks, labels=others)
    split = dataset.layout.root.resolve().name
    seen = f", {len(predictor.views)} views of each" * (len(predictor.views) > 1)
    about = f"{len(looks)} photos of {split}, fingerprint {dataset.fingerprint[:12]}{seen}"
    fit = fit_selector(evidence, target=wanted, about=about, seed=seed)
    bootstrap = Bootstrap(resamples=resamples, seed=seed)
    comparison = compare(
        dataset.records,
        looks,
        labels=others,
        kind=fit.selector.hit_model.kind,
        bootstrap=bootstrap,
        seed=seed,
    )
    measured = _reliability(evidence, fit, bootstrap)
    parts = folds(len(evidence.truths), comparison.parts, seed)
    worn = None if evidence.attributes is None else attribute_figures(evidence.attributes, parts, bootstrap)
    arrays, rest = replace(fit.selector, networks=1 + len(also)).to_arrays()
    attach_selector(first, out, StoredSelector(arrays=arrays, rest=rest))
    picture = out.with_suffix(".png")
    draw_selection(comparison, {name: measured[name] for name in list(measured)[:2]}, picture)
    if as_json:
        typer.echo(json.dumps(_summary(out, fit, comparison, measured, worn, about), ensure_ascii=False))
        return
    console = Console()
    for table in _tables(fit, comparison, measured, worn):
        console.print(table)
    console.print(
        f"Learnt from {about}. The model with its selector is {out}, a picture of all this {picture}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )


def _reliability(evidence: "Evidence", fit: "Fit", bootstrap: "Bootstrap") -> "dict[str, Reliability]":
    """Confidence before and after, on the same detections, and on those that stay at 0.05 or more."""
    from attire.evaluate.reliability import LEAST_SCORE, reliability

    seen, sure = evidence.scores >= LEAST_SCORE, fit.out_of_fold[:, 0]
    measured = {}
    for name, scores, chosen in (
        ("network", evidence.scores, seen),
        ("calibrated", sure, seen),
        ("calibrated, from 0.05", sure, sure >= LEAST_SCORE),
    ):
        found = reliability(
            scores[chosen],
            evidence.hits[chosen, 0],
            evidence.photo[chosen],
            len(evidence.truths),
            bootstrap,
            least=0.0,
        )
        if found is not None:
            measured[name] = found
    return measured


def _summary(
    out: Path,
    fit: "Fit",
    comparison: "Comparison",
    measured: "dict[str, Reliability]",
    worn: "AttributeFigures | None",
    about: str,
) -> dict[str, object]:
    from attire.evaluate.report import to_json

    summary: dict[str, object] = to_json(
        {
            "path": str(out),
            "about": about,
            "command": shlex.join(["attire", *sys.argv[1:]]),
            "kind": fit.selector.hit_model.kind,
            "target": str(fit.selector.target),
            "log_loss": fit.log_loss,
            "missed": fit.selector.missed,
            "reliability": measured,
            "comparison": comparison,
            "attributes": worn,
        }
    )
    return summary


def _tables(
    fit: "Fit",
    comparison: "Comparison",
    measured: "dict[str, Reliability]",
    worn: "AttributeFigures | None",
) -> "list[Table]":
    from attire.evaluate.tables import decimals, interval, plain_table, reliability_table

    title = "Score of 2019 per image, on photos not learnt from"
    ways = plain_table(title, "by category", "with sets", "said")
    gains = plain_table(
        "How much more by category, on the same photos", "than cut at 0.5", "than per category"
    )
    for way in comparison.ways:
        ways.add_row(way.name, interval(way.score), interval(way.with_sets), f"{way.kept:,}")
        gains.add_row(way.name, interval(way.gain), interval(way.over_category))
    kinds = plain_table("Models of being right, on photos not learnt from", "log loss")
    for kind, loss in sorted(fit.log_loss.items(), key=lambda item: item[1]):
        kinds.add_row(f"{kind} (taken)" if kind == fit.selector.hit_model.kind else kind, decimals(loss, 4))
    tables = [kinds, reliability_table(measured), ways, gains]
    if worn is not None:
        title = f"Attributes of {worn.garments:,} garments found, on photos not learnt from"
        sets = plain_table(title, "F1", "known ones exact", "letter by letter")
        for own in worn.ways:
            sets.add_row(own.name, decimals(own.f1), f"{own.exact:.1%}", f"{own.letter:.1%}")
        sure = {own.name: own.confidence for own in worn.ways if own.confidence is not None}
        tables += [sets, reliability_table(sure, "Probability of attributes against the share that holds")]
    return tables
