"""Options that several verbs share, said once."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from attire.errors import RecipeError

__all__ = [
    "Accelerator",
    "Batch",
    "Device",
    "Models",
    "On",
    "Precision",
    "RayAddress",
    "Report",
    "Runtime",
    "SkipBadRows",
    "Target",
    "Tta",
    "Validation",
    "Values",
    "Weights",
    "is_on_ray",
]

Models: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        help="What attire train or export wrote, or fast, the smaller model in the box; by default the other "
        "one there. Several read together."
    ),
]
Runtime: TypeAlias = Annotated[
    str | None,
    typer.Option(help="What runs the model: openvino, onnxruntime or torch; by default the fastest here."),
]
Precision: TypeAlias = Annotated[
    str | None, typer.Option(help="fp32, bf16 or int8; by default the fastest that is as accurate.")
]
Target: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="What the choice is best at: categories, score2019, f1, precision=0.95, all; or network."
    ),
]
Values: TypeAlias = Annotated[
    Path | None, typer.Option(help="best.json of attire tune select: what to keep, and how.")
]
Tta: TypeAlias = Annotated[bool, typer.Option("--tta", help="Read mirror images and other sizes, too.")]
Batch: TypeAlias = Annotated[
    int | None, typer.Option(min=1, help="Photos at once; more than 1 pays on a GPU.", show_default=False)
]
Device: TypeAlias = Annotated[
    str | None, typer.Option(help="For torch: cpu, cuda, cuda:1 …; by default the best.")
]
Validation: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="A validation set of its own; else part of DATA is kept back.", show_default=False),
]
Weights: TypeAlias = Annotated[
    str | None, typer.Option(help="Start from coco, imagenet, none or a model file.", show_default=False)
]
Report: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="Evaluation report, for recipes that resample by it.", show_default=False),
]
SkipBadRows: TypeAlias = Annotated[
    bool, typer.Option("--skip-bad-rows", help="Leave out bad rows and photos instead of stopping.")
]
On: TypeAlias = Annotated[
    str | None,
    typer.Option("--on", help="ray: spread over a Ray cluster; by default, here.", show_default=False),
]
RayAddress: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="With --on ray: the cluster, such as 10.0.0.1:6379; else RAY_ADDRESS, else this machine.",
        show_default=False,
    ),
]
Accelerator: TypeAlias = Annotated[str, typer.Option(help="cpu, gpu, mps or auto.")]


def is_on_ray(on: str | None, address: str | None) -> bool:
    """Whether work is to be spread over a Ray cluster.

    Raises:
        RecipeError: If it is to be done on something else, or an address was given for work done here.
    """
    if on not in (None, "ray"):
        raise RecipeError(f"--on {on!r}: expected ray, or leave it out to work here.")
    if on is None and address is not None:
        raise RecipeError("--ray-address names a Ray cluster: say --on ray, too.")
    return on is not None
