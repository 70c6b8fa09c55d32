"""``attire recommend``: alternatives to a garment, what goes with it, an outfit, or what suits a person."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from attire.errors import RecipeError

if TYPE_CHECKING:
    from attire.catalog.recommend import Recommendation
    from attire.catalog.store import Store

__all__ = ["recommend"]

_MODES = ("alternatives", "goes-with", "outfit")


def recommend(
    catalog: Annotated[str, typer.Option("--catalog", help="Folder or URI that attire index wrote.")],
    garment_id: Annotated[
        str | None,
        typer.Argument(help="Garment asked about; attire search prints ids.", metavar="GARMENT_ID"),
    ] = None,
    mode: Annotated[
        str, typer.Option(help="alternatives (like it), goes-with (worn with it) or outfit (one per slot).")
    ] = "alternatives",
    liked: Annotated[
        str | None, typer.Option(help="For a person: ids of garments they like, separated by commas.")
    ] = None,
    disliked: Annotated[str | None, typer.Option(help="Ids of garments they do not like.")] = None,
    wish: Annotated[
        str | None, typer.Option(help="What they wish, such as 'floral dress under 60, no pockets'.")
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(help="""What garments have to be: 'price < 80 and "floral" in attributes'."""),
    ] = None,
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="Garments at most.")] = 10,
    worn_in: Annotated[
        str | None,
        typer.Option(help="Where garments are worn: another catalogue, or a source in this one."),
    ] = None,
    any_stock: Annotated[
        bool, typer.Option("--any-stock", help="Also what is not in stock, by the column stock.")
    ] = False,
    trade: Annotated[
        float, typer.Option(min=0, max=1, help="1 for the best alike or not, lower for more variety.")
    ] = 0.7,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list in place of a table.")] = False,
) -> None:
    """Recommend garments of a catalogue, with reasons."""
    from attire.extras import require

    require("lancedb", "catalog")
    from attire.catalog.catalog import Catalog

    person = liked is not None or disliked is not None or wish is not None
    if person == (garment_id is not None):
        raise RecipeError("Give either a GARMENT_ID, or --liked, --disliked and --wish for a person.")
    if mode not in _MODES:
        raise RecipeError(f"--mode {mode!r}: expected one of {', '.join(_MODES)}.")
    if person and (mode != "alternatives" or worn_in is not None):
        raise RecipeError("--mode and --worn-in are for a GARMENT_ID, not for a person.")
    opened = Catalog.open(catalog)
    if garment_id is None:
        found = opened.recommend_for(
            liked=_ids(liked),
            disliked=_ids(disliked),
            wish=wish,
            k=count,
            where=where,
            in_stock=not any_stock,
            trade=trade,
        )
        title = "For this person"
    else:
        found = opened.recommend(
            garment_id,
            mode=mode,  # type: ignore[arg-type]
            k=count,
            where=where,
            in_stock=not any_stock,
            worn_in=_worn_in(worn_in),
            trade=trade,
        )
        title = {"alternatives": "Instead of", "goes-with": "Goes with", "outfit": "An outfit with"}[mode]
        title = f"{title} {garment_id}"
    _print(found, title, as_json=as_json)


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))


def _worn_in(where: str | None) -> "Store | str | None":
    """Open another catalogue, or take the word as the name of a source."""
    from attire.catalog.store import Store

    if where is not None and ("://" in where or Path(where).is_dir()):
        return Store.open(where)
    return where


def _print(found: "list[Recommendation]", title: str, *, as_json: bool) -> None:
    from attire.catalog.recommend import recommendation_table

    if as_json:
        typer.echo(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return
    Console().print(recommendation_table(found, title))
