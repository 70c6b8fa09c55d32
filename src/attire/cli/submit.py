"""``attire submit``: write what is in photos as a Kaggle submission."""

import json as json_module
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from attire.cli.options import Batch, Device, Models, Precision, Runtime, Target, Tta, Values
from attire.cli.predict import load_predictor, report_failures

if TYPE_CHECKING:
    from attire.instances import Instances
    from attire.ontology import Ontology
    from attire.predict import PhotoFailure

__all__ = ["submit"]


def submit(
    photos: Annotated[Path, typer.Argument(help="Folder of photos, each of which gets a row.")],
    out_path: Annotated[Path, typer.Option("--out", "-o", help="CSV to write, such as submission.csv.")],
    model: Models = None,
    score: Annotated[
        float | None, typer.Option(min=0, max=1, help="Send what is at least this sure, 0 to 1.")
    ] = None,
    target: Target = None,
    values: Values = None,
    tta: Tta = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    batch: Batch = None,
    device: Device = None,
    runtime: Runtime = None,
    precision: Precision = None,
) -> None:
    """Write a submission to iMaterialist 2019: masks of 512×512, a row for every photo."""
    from attire.annotations.submission import write_submission
    from attire.predict import Look, list_sources
    from attire.progress import track

    sources = list_sources([photos])
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
    failures: list[PhotoFailure] = []
    bare: list[str] = []
    doubtful: dict[str, Instances] = {}

    def sent() -> Iterator["Instances"]:
        """What is kept of each photo; the best of the rest is laid ready in case that is nothing."""
        found = predictor.many(sources.values(), keep="all", batch_size=batch, image_ids=sources)
        for one in track(found, "submit", total=len(sources)):
            doubtful.clear()
            if isinstance(one, Look):
                kept: Instances = predictor.selector(one)
                doubtful[one.image_id] = one[:1]
            else:
                failures.append(one)
                kept = _nothing(one.image_id, predictor.ontology)
            if not len(kept):
                bare.append(one.image_id)
            yield kept

    write_submission(out_path, sent(), spare=doubtful)
    counts = _count_rows(out_path, predictor.ontology)
    if json:
        summary = {
            "path": str(out_path),
            "photos": len(sources),
            "rows": counts.total(),
            "without_a_sure_garment": bare,
            "categories": dict(counts.most_common()),
            "failures": {failure.image_id: failure.reason for failure in failures},
        }
        typer.echo(json_module.dumps(summary, indent=2, ensure_ascii=False))
    else:
        _print(out_path, counts, photos=len(sources), bare=len(bare))
    report_failures(failures, len(sources))


def _nothing(image_id: str, ontology: "Ontology") -> "Instances":
    """A photo in which nothing was found, because it could not be read."""
    from attire.instances import Instances

    return Instances(
        ontology=ontology,
        image_id=image_id,
        size=(1, 1),
        category_ids=np.zeros(0, np.int64),
        boxes=np.zeros((0, 4), np.float32),
    )


def _count_rows(path: Path, ontology: "Ontology") -> Counter[str]:
    """Rows of each category, as they stand in the file; ``ClassId`` is its last column."""
    counts: Counter[str] = Counter()
    with path.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            category_id = int(line.rsplit(",", 1)[1].split("_")[0])
            counts[ontology.categories[category_id].short_name] += 1
    return counts


def _print(path: Path, counts: Counter[str], *, photos: int, bare: int) -> None:
    table = Table("category", "rows")
    table.columns[1].justify = "right"
    for name, rows in counts.most_common():
        table.add_row(name, str(rows))
    console = Console()
    console.print(table)
    console.print(f"{counts.total()} rows for {photos} photos in {path}", soft_wrap=True, highlight=False)
    if bare:
        console.print(f"{bare} photos show nothing sure enough; each has its best guess or a single pixel.")
