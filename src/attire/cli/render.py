"""``attire render``: draw made-up looks with exact labels."""

import os
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from attire.errors import AttireError

__all__ = ["parse_size", "render"]


def parse_size(text: str) -> tuple[int, int]:
    """Read ``WIDTHxHEIGHT`` in pixels as ``(height, width)``.

    Raises:
        AttireError: If it is written differently, or a side is not within 64 … 8192.

    Example:
        >>> parse_size("512x768")
        (768, 512)
    """
    found = re.fullmatch(r"(\d+)x(\d+)", text)
    if not found or not all(64 <= int(side) <= 8192 for side in found.groups()):
        raise AttireError(
            f"Size {text!r}: expected WIDTHxHEIGHT in pixels, 64 to 8192 a side, such as 512x768."
        )
    width, height = (int(side) for side in found.groups())
    return height, width


def render(
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="Folder that receives the looks.")],
    n: Annotated[int, typer.Option("-n", min=1, help="How many looks.")] = 100,
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of each photo, pixels.")] = "512x768",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same looks.")] = 7,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; by default one per core.")] = None,
    uniform: Annotated[
        bool, typer.Option("--uniform", help="Rare garments and attributes as often as common ones.")
    ] = False,
    products: Annotated[
        bool, typer.Option("--products", help="Single garments on white, as in a shop, instead of people.")
    ] = False,
) -> None:
    """Draw made-up looks with exact masks and attributes, as an iMaterialist folder.

    A run that was stopped goes on where it was when the same command is given again.
    """
    from attire.render import render_folder

    render_folder(
        out_dir,
        n,
        size=parse_size(size),
        seed=seed,
        workers=workers or min(8, os.cpu_count() or 1),
        uniform=uniform,
        products=products,
    )
    Console(stderr=True).print(f"{n} looks are in {out_dir}", soft_wrap=True, highlight=False)
