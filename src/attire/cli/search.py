"""``attire search``: garments like those of a photo, like one of the catalogue's own, or by words."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from attire.errors import QueryError

if TYPE_CHECKING:
    from rich.table import Table

    from attire.catalog.search import Answer, Result

__all__ = ["search"]

_TOLD = frozenset({"brand", "price", "stock", "season", "sku"})
"""Own columns that the table shows; all are in --json."""


def search(
    catalog: Annotated[str, typer.Option(help="Folder or URI that attire index wrote.")],
    photo: Annotated[
        str | None,
        typer.Argument(help="Photo whose garments are searched for; s3://bucket/key works, too."),
    ] = None,
    like: Annotated[
        str | None, typer.Option(help="Id of a garment of the catalogue, in place of a photo.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="Words, such as 'striped midi dress under 50'.")] = None,
    garment: Annotated[
        int | None, typer.Option(min=1, help="Row of attire predict's table; all garments if none is said.")
    ] = None,
    at: Annotated[str | None, typer.Option(help="Garment at a pixel of the photo: X,Y.")] = None,
    where: Annotated[
        str | None,
        typer.Option(help="""What results have to be: 'category = dress and "floral" in attributes'."""),
    ] = None,
    but: Annotated[
        list[str] | None,
        typer.Option(help="What is to be other: longer, floral, 'in red', 'without pockets'."),
    ] = None,
    weights: Annotated[
        str | None, typer.Option(help="What counts how much: shape=1,pattern=0.5,colour=2.")
    ] = None,
    duplicates: Annotated[
        bool, typer.Option(help="Also give photos that show the same picture as the one searched with.")
    ] = True,
    k: Annotated[int, typer.Option("-k", min=1, help="Results per garment at most.")] = 10,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Picture of the results to write (PNG).")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object in place of tables.")
    ] = False,
) -> None:
    """Find garments of a catalogue by a photo, by another garment, or by words."""
    from attire.extras import require

    require("lancedb", "catalog")
    from attire.catalog.catalog import Catalog
    from attire.catalog.search import parse_weights

    if photo is None and like is None and text is None:
        raise QueryError(
            "Nothing to search by. Give a photo, --like GARMENT_ID or --text 'striped midi dress'."
        )
    answers = Catalog.open(catalog).search(
        photo,
        like=like,
        text=text,
        garment=garment,
        at=None if at is None else _pixel(at),
        where=where,
        but=but or (),
        weights=None if weights is None else parse_weights(weights),
        k=k,
        duplicates=duplicates,
    )
    if out is not None:
        _draw(answers, out)
    if as_json:
        typer.echo(json.dumps({"answers": [answer.to_json() for answer in answers]}, ensure_ascii=False))
        return
    console = Console()
    for answer in answers:
        console.print(_table(answer))
        for note in answer.notes:
            console.print(note, markup=False, highlight=False, soft_wrap=True)
    if out is not None:
        console.print(f"The picture is {out}", markup=False, highlight=False, soft_wrap=True)


def _pixel(text: str) -> tuple[float, float]:
    try:
        x, y = (float(side) for side in text.split(","))
    except ValueError:
        raise QueryError(f"--at {text!r}: expected two numbers, such as 240,310.") from None
    return x, y


def _draw(answers: "Sequence[Answer]", path: Path) -> None:
    from attire.atomic import atomic_path
    from attire.catalog.contact_sheet import draw_contact_sheet

    with atomic_path(path if path.suffix else path.with_suffix(".png")) as temporary:
        draw_contact_sheet(answers).save(temporary)


def _table(answer: "Answer") -> "Table":
    """List results; names come from users, so nothing in them is markup."""
    from rich.table import Table

    query = answer.query
    number = "" if query is None or query.garment.garment_id else f"{query.number}  "
    table = Table(title=Text(f"{number}{answer.asked}"), title_justify="left", expand=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("garment")
    table.add_column("relevance" if query is None else "alike", justify="right", no_wrap=True)
    table.add_column("why")
    table.add_column("what it is")
    table.add_column("id", no_wrap=True)
    for rank, result in enumerate(answer.results, 1):
        table.add_row(str(rank), *map(Text, _cells(result)))
    if not answer.results:
        table.add_row("", "nothing found")
    return table


def _cells(result: "Result") -> list[str]:
    found = result.garment
    marks = ["same picture"] * result.same_picture + [f"{result.copies} more alike"] * bool(result.copies)
    own = [_shown(found.own[name]) for name in found.own if name.lower() in _TOLD]
    telling = [name for name in found.attributes if not name.startswith("no ")]
    why = [f"{name} {value:.2f}" for name, value in [*result.parts.items(), *result.wishes.items()]]
    return [
        ", ".join([found.category, *marks]),
        f"{result.relevance if result.similarity is None else result.similarity:.2f}",
        ", ".join(why),
        "; ".join(filter(None, [", ".join(found.colours), ", ".join(telling), *own])),
        found.garment_id,
    ]


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
