"""``attire predict``: read photos with a trained model."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from attire.cli.options import Batch, Device, Models, Precision, Runtime, Target, Tta, Values
from attire.errors import DataError, RecipeError

if TYPE_CHECKING:
    from attire.predict import Look, LookTable, PhotoFailure, Predictor

__all__ = ["load_predictor", "predict", "report_failures"]

_TABLES = 5
_ROWS = 15
_FAILURES = 20
_COMPRESSION = 3
"""Of PNG, 0 … 9: on photos, Pillow's default of 6 takes twice as long for files of the same size."""


def predict(
    photos: Annotated[list[Path], typer.Argument(help="Photos and folders of photos.", metavar="PHOTO")],
    out_dir: Annotated[
        Path, typer.Option("--out", "-o", help="Folder that receives predictions.json and the pictures.")
    ],
    model: Models = None,
    keep: Annotated[str, typer.Option(help="selected, or all that the network gives.")] = "selected",
    score: Annotated[
        float | None, typer.Option(min=0, max=1, help="Keep what is at least this sure, 0 to 1.")
    ] = None,
    target: Target = None,
    values: Values = None,
    tta: Tta = False,
    steps: Annotated[bool, typer.Option("--steps", help="Also draw how the network gets there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print predictions.json instead of tables.")] = False,
    max_side: Annotated[int, typer.Option(min=64, help="Longest side of the pictures, pixels.")] = 1600,
    batch: Batch = None,
    device: Device = None,
    runtime: Runtime = None,
    precision: Precision = None,
) -> None:
    """Say what is in photos: outlines, names, attributes, as JSON, pictures and tables."""
    from attire.predict import Look, list_sources, picture_names, write_results
    from attire.progress import track

    if keep not in ("selected", "all"):
        raise RecipeError(f"--keep {keep!r}: expected 'selected' or 'all'.")
    sources = list_sources(photos)
    pictures = dict(zip(sources, (out_dir / name for name in picture_names(list(sources))), strict=True))
    _spare_photos(pictures.values(), sources.values())
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
    found = predictor.many(
        sources.values(),
        keep="all" if keep == "all" else "selected",
        batch_size=batch,
        image_ids=sources,
        picture_side=max_side,
    )
    tables: list[LookTable] = []
    failures: list[PhotoFailure] = []
    with write_results(out_dir / "predictions.json") as append:
        for one in track(found, "predict", total=len(sources)):
            if not isinstance(one, Look):
                failures.append(one)
                continue
            append(one)
            _draw(one, pictures[one.image_id], max_side, predictor if steps else None)
            if len(tables) < _TABLES:
                tables.append(one.table(_ROWS))
    if json:
        with (out_dir / "predictions.json").open(encoding="utf-8") as file:
            shutil.copyfileobj(file, sys.stdout)
    else:
        _print(tables, len(sources) - len(failures), out_dir)
    report_failures(failures, len(sources))


def load_predictor(
    model: Sequence[Path] | None,
    *,
    score: float | None,
    target: str | None = None,
    values: Path | None = None,
    tta: bool,
    device: str | None,
    runtime: str | None = None,
    precision: str | None = None,
) -> "Predictor":
    """Load the models with what the command line says about them."""
    from attire.predict import Predictor, read_choice_values, select_by_score

    given = {"--score": score, "--target": target, "--values": values}
    names = [name for name, value in given.items() if value is not None]
    if len(names) > 1:
        raise RecipeError(f"{' and '.join(names)} all say what to keep: give one of them.")
    if values is not None:
        found = read_choice_values(values)
        return Predictor.load(
            model, runtime=runtime, precision=precision, device=device, values=found, tta=tta
        )
    selector = None if score is None else select_by_score(score)
    return Predictor.load(
        model,
        runtime=runtime,
        precision=precision,
        device=device,
        selector=selector,
        target=target,
        tta=tta,
    )


def report_failures(failures: Sequence["PhotoFailure"], photos: int) -> None:
    """List the photos that could not be read, on stderr.

    Raises:
        typer.Exit: With code 1, if that is all of them.
    """
    if not failures:
        return
    console = Console(stderr=True)
    console.print(f"[yellow]{len(failures)} of {photos} photos could not be read:[/yellow]")
    for failure in failures[:_FAILURES]:
        console.print(f"  {failure.reason}", markup=False, highlight=False, soft_wrap=True)
    if len(failures) > _FAILURES:
        console.print(f"  … and {len(failures) - _FAILURES} more")
    if len(failures) == photos:
        raise typer.Exit(1)


def _draw(look: "Look", path: Path, max_side: int, predictor: "Predictor | None") -> None:
    """Save the picture of a look and, with a predictor that can show them, the steps to it."""
    from attire.atomic import atomic_path
    from attire.predict import draw_steps

    with atomic_path(path) as temporary:
        look.draw(max_side=max_side).save(temporary, compress_level=_COMPRESSION)
    if predictor is not None:
        with atomic_path(path.parent / "steps" / path.name) as temporary, predictor.turn:
            draw_steps(predictor.runtime, look).save(temporary, compress_level=_COMPRESSION)


def _spare_photos(pictures: Iterable[Path], photos: Iterable[Path]) -> None:
    own = {photo.resolve() for photo in photos}
    for picture in pictures:
        if picture.resolve() in own:
            raise DataError(f"{picture}: would be drawn over your photo. Choose another folder with -o.")


def _print(tables: Sequence["LookTable"], read: int, out_dir: Path) -> None:
    console = Console()
    for table in tables:
        console.print(table)
    if read > len(tables):
        console.print(f"… and {read - len(tables)} more photos")
    if read:
        console.print(
            f"{read} photos read. Pictures and predictions.json are in {out_dir}",
            soft_wrap=True,
            highlight=False,
            markup=False,
        )
