"""``attire index``: bring a catalogue up to date with photos."""

import json
import sys
import time
from collections.abc import Sequence
from contextlib import closing, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from attire.cli.options import Device, Models, On, Precision, RayAddress, Runtime, is_on_ray
from attire.errors import DataError, RecipeError
from attire.wording import plural

if TYPE_CHECKING:
    from attire.catalog.encoder import Encoder
    from attire.catalog.indexing import Broken, Outcome
    from attire.catalog.own_columns import OwnColumns
    from attire.catalog.sources import Listing
    from attire.catalog.store import Store
    from attire.scale import Cluster

__all__ = ["index"]

_KINDS = ("auto", "street", "product")
_BROKEN = 20


def index(
    photos: Annotated[
        list[str],
        typer.Argument(
            help="Folders (with all below), photos, patterns, CSV or Parquet with a column of URIs, "
            "s3://bucket/prefix.",
            metavar="PHOTOS",
        ),
    ],
    catalog: Annotated[str, typer.Option(help="Folder or s3://bucket/prefix of the catalogue.")],
    meta: Annotated[
        Path | None, typer.Option(help="Your own columns: CSV or Parquet, one row per photo.")
    ] = None,
    meta_key: Annotated[
        str | None, typer.Option(help="Its column that names the photo; recognised by default.")
    ] = None,
    seen_at: Annotated[
        str | None, typer.Option(help="Its column that says when garments were seen; recognised by default.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Where the photos come from, in your word.", show_default=False)
    ] = None,
    kind: Annotated[str, typer.Option("--photos", help="auto, street or product.")] = "auto",
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove garments of photos that are gone from the folders given.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Read all photos, even those that the catalogue has.")
    ] = False,
    model: Models = None,
    device: Device = None,
    runtime: Runtime = None,
    precision: Precision = None,
    on: On = None,
    ray_address: RayAddress = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object in place of a summary.")
    ] = False,
) -> None:
    """Read photos into a catalogue: each once, resumed where it stopped, changed ones replaced."""
    from attire.extras import require

    for module in ("lancedb", "lance", "pyarrow"):
        require(module, "catalog")
    from attire.catalog.sources import find_photos
    from attire.catalog.store import Store

    spread = is_on_ray(on, ray_address)
    if kind not in _KINDS:
        raise RecipeError(f"--photos {kind!r}: expected auto, street or product.")
    if meta is None and (meta_key is not None or seen_at is not None):
        raise RecipeError("--meta-key and --seen-at name columns of a table: give it with --meta FILE.")
    listing = find_photos(photos)
    nothing = DataError(f"{', '.join(photos)}: no photos there. Check the names; nothing was changed.")
    if not Store.exists(catalog) and next(iter(listing), None) is None:
        raise nothing
    own = _read_own(meta, meta_key, seen_at, catalog)
    opened = {"runtime": runtime, "precision": precision, "device": device, "photos": kind}
    how = {"own": own, "source": source, "anew": anew, "prune": prune}
    if spread:
        store, outcome, cluster = _on_ray(listing, catalog, ray_address, model, opened, how)
    else:
        store, outcome = _here(listing, catalog, model, opened, how)
    if not outcome.photos:
        raise nothing
    begun = time.monotonic()
    summary = _summary(catalog, store, outcome, own, begun)
    if spread:
        summary["cluster"] = {"nodes": cluster.nodes, "cpus": cluster.cpus, "gpus": cluster.gpus}
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False))
    else:
        _print(summary)
    _report(outcome.broken, outcome.photos)


def _here(
    listing: "Listing",
    catalog: str,
    model: list[Path] | None,
    opened: dict[str, Any],
    how: dict[str, Any],
) -> "tuple[Store, Outcome]":
    """Index in this process."""
    from attire.catalog.indexing import Manifest, index_photos, manifest_path, open_reading

    reading = open_reading(model, **opened)
    store = _open_store(catalog, reading.encoder, how["own"])
    with closing(_Bar(listing)) as bar, Manifest(manifest_path(catalog)) as manifest:
        return store, index_photos(listing, store, manifest, reading, said=bar.show, **how)


def _on_ray(
    listing: "Listing",
    catalog: str,
    address: str | None,
    model: list[Path] | None,
    opened: dict[str, Any],
    how: dict[str, Any],
) -> "tuple[Store, Outcome, Cluster]":
    """Index on a cluster, whose machines open the model themselves."""
    from attire.catalog.indexing import Manifest, manifest_path, name_reading, open_reading, version_of
    from attire.scale import on_cluster
    from attire.scale.indexing import index_on_ray, plan_pool

    name, encoder = name_reading(model, opened["photos"])
    if (opened["device"] or "").startswith("cuda"):
        opened = {**opened, "device": "cuda"}  # each reader is given one GPU, and sees no other
    # A path means the same on all machines only from the root; a name of a model in the box always does.
    everywhere = None if model is None else [path.absolute() if path.exists() else path for path in model]
    opening = partial(open_reading, everywhere, threads=1, **opened)
    # Ray says on stdout what happens to machines; the summary alone belongs there.
    with redirect_stdout(sys.stderr), on_cluster(address) as cluster:
        store = _open_store(catalog, encoder, how["own"])
        exported = any(path.suffix == ".onnx" for path in model or ())  # which no GPU runs
        pool = plan_pool(cluster, device="cpu" if exported else opened["device"], runtime=opened["runtime"])
        version = version_of(name, encoder)
        with closing(_Bar(listing)) as bar, Manifest(manifest_path(catalog)) as manifest:
            outcome = index_on_ray(listing, store, manifest, opening, version, pool, said=bar.show, **how)
        return store, outcome, cluster


def _open_store(catalog: str, encoder: "Encoder", own: "OwnColumns | None") -> "Store":
    from attire.catalog.store import Store

    fields = () if own is None else own.fields
    return Store.create(catalog, encoder.dimensions, fields, encoder=encoder.version)


def _read_own(meta: Path | None, key: str | None, seen_at: str | None, catalog: str) -> "OwnColumns | None":
    from attire.catalog.own_columns import read_own_columns
    from attire.catalog.store import Store

    if meta is None:
        return None
    have = Store.open(catalog).own_fields if Store.exists(catalog) else ()
    return read_own_columns(meta, key=key, seen_at=seen_at, have=have)


def _summary(
    catalog: str, store: "Store", outcome: "Outcome", own: "OwnColumns | None", begun: float
) -> dict[str, Any]:
    """Finish the table, and say all there is to say."""
    written = outcome.rows or outcome.refreshed or outcome.pruned
    done = store.finish() if written else store.indexed()
    return {
        "catalog": catalog,
        **outcome.to_json(),
        "garments": len(store),
        "megabytes": round(store.megabytes, 3),
        "index": {
            "built": list(done.built),
            "garments": done.rows,
            "seconds": round(time.monotonic() - begun, 2),
        },
        "meta": None
        if own is None
        else {
            "rows": len(own),
            "key": own.key,
            "seen_at": own.seen_at,
            "columns": [field.name for field in own.fields],
            "rows_without_photo": own.unused,
            "photos_without_row": outcome.without_own,
            "malformed": own.malformed,
            "repeated": own.repeated,
        },
    }


class _Bar:
    """Progress with photos a second."""

    def __init__(self, listing: "Listing") -> None:
        from attire.progress import progress_bar

        self._bar = progress_bar()
        self._bar.start()
        # Nobody looks where stderr is no terminal, and a bucket is not listed twice for it.
        count = listing.quick and not self._bar.disable
        self._task = self._bar.add_task("index", total=sum(1 for _ in listing) if count else None)

    def show(self, outcome: "Outcome") -> None:
        """Show how far it is."""
        rate = f"index  {outcome.per_second:.1f} photos/s" if outcome.read else "index"
        self._bar.update(self._task, completed=outcome.done, description=rate)

    def close(self) -> None:
        """Leave the bar as it is."""
        self._bar.stop()


def _print(summary: dict[str, Any]) -> None:
    said = [
        f"{summary['photos']} photos: {summary['read']} read in {summary['seconds']:.1f} s "
        f"({summary['photos_per_second']:.1f} photos/s, {summary['megabytes_read']:.1f} MB), "
        f"{summary['known']} known already, {len(summary['broken'])} broken.",
        f"{summary['rows']} garments written, {summary['empty']} photos without any. {summary['catalog']} "
        f"holds {summary['garments']} garments in {summary['megabytes']:.1f} MB.",
    ]
    if "cluster" in summary:
        cluster = summary["cluster"]
        gpus = f" and {plural(cluster['gpus'], 'GPU')}" if cluster["gpus"] else ""
        machines, cpus = plural(cluster["nodes"], "machine"), plural(cluster["cpus"], "processor")
        said.append(f"Read by {machines} with {cpus}{gpus}.")
    if summary["refreshed"]:
        said.append(f"{summary['refreshed']} garments of known photos have new columns of yours.")
    if summary["pruned"]:
        said.append(f"{summary['pruned']} photos are gone; their garments were removed.")
    index = summary["index"]
    if index["built"]:
        said.append(f"Indices built of {', '.join(index['built'])} in {index['seconds']:.1f} s.")
    elif not index["garments"]:
        said.append("No index: so few garments are compared one by one.")
    meta = summary["meta"]
    if meta is not None:
        said.append(
            f"Your table, by {meta['key']}: {meta['rows']} rows, {meta['rows_without_photo']} without photo, "
            f"{meta['photos_without_row']} photos without a row; {meta['malformed']} rows malformed, "
            f"{meta['repeated']} repeated. Time seen: {meta['seen_at'] or 'no column says'}."
        )
    Console().print(Text("\n".join(said)), soft_wrap=True)


def _report(broken: "Sequence[Broken]", photos: int) -> None:
    """List the photos that could not be read, on stderr; code 1 if that is all of them."""
    if not broken:
        return
    console = Console(stderr=True)
    lines = [f"  {one.reason}" for one in broken[:_BROKEN]]
    if len(broken) > _BROKEN:
        lines.append(f"  … and {len(broken) - _BROKEN} more; --json lists all")
    console.print(Text(f"{len(broken)} of {photos} photos could not be read:", style="yellow"))
    console.print(Text("\n".join(lines)), soft_wrap=True)
    if len(broken) == photos:
        raise typer.Exit(1)
