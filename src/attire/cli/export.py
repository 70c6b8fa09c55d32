"""``attire export``: write a model as one ONNX file that needs no torch."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from attire.errors import DataError
from attire.extras import require

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from attire.export import Exported
    from attire.preprocess import InputSpec

__all__ = ["export"]


def export(
    model: Annotated[Path, typer.Argument(help="What attire train wrote: a file, or the folder of a run.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="ONNX file to write, such as model.onnx.")],
    int8: Annotated[
        list[Path] | None,
        typer.Option(
            help="Compute in int8, scaled by these photos or folders of photos: like those it will read."
        ),
    ] = None,
    photos: Annotated[int, typer.Option(min=1, help="With --int8: look at so many of them.")] = 100,
    share_weights: Annotated[
        bool,
        typer.Option(
            "--share-weights",
            help="Leave the weights in MODEL, which has to stay beside FILE: a small file per precision.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what came of it as JSON.")] = False,
) -> None:
    """Write a model as one ONNX file that needs no torch, and compare it with the network."""
    for module in ("torch", "onnx", "onnxscript"):
        require(module, "export")
    from attire.export import export_model
    from attire.model.header import read_header
    from attire.predict import find_model

    path = find_model(model)
    inputs = None
    if int8:
        inputs = _inputs(_chosen(int8, photos), read_header(path).input_spec)
    with Console(stderr=True).status("The network is followed and written down …"):
        exported = export_model(path, out, calibration=inputs, share=share_weights)
    if as_json:
        typer.echo(json.dumps(_plain(exported), ensure_ascii=False))
    else:
        _print(exported)


def _chosen(given: Sequence[Path], number: int) -> list[Path]:
    """Take photos at even distances, so that no folder is left out."""
    from attire.predict import list_sources

    found = list(list_sources(given).values())
    if not found:
        raise DataError(f"{', '.join(map(str, given))}: no photos there to scale int8 by.")
    step = max(len(found) / number, 1)
    return [found[int(place * step)] for place in range(min(number, len(found)))]


def _inputs(photos: Sequence[Path], spec: "InputSpec") -> "Iterator[npt.NDArray[np.uint8]]":
    from attire.photos import read_photo
    from attire.preprocess import preprocess

    for photo in photos:
        yield preprocess(read_photo(photo), spec)[0]


def _plain(exported: "Exported") -> dict[str, Any]:
    return asdict(exported) | {"path": str(exported.path)}


def _print(exported: "Exported") -> None:
    found = exported.agreement
    line = (
        f"{exported.path}: {exported.size / 1e6:.1f} MB, computes in {exported.precision}. Of "
        f"{found.detections} detections of drawn looks it gives {found.found} again, within 0.25 pixels"
    )
    if exported.precision == "fp32":
        line += f" (boxes to {found.box_px:.4f} px, scores to {found.score:.1e}, masks to {found.mask:.1e})"
    else:
        line += "; compare its scores with the network's: attire evaluate DATA --model …"
    Console().print(f"{line}.", soft_wrap=True, highlight=False, markup=False)
