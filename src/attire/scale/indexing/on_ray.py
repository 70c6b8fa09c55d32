"""Photos of a listing, read by a Ray cluster, and written in large steps by the program that leads."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice

from attire.catalog.indexing import Broken, Manifest, Outcome, Reading
from attire.catalog.indexing.run import Run
from attire.catalog.own_columns import SaysOwn
from attire.catalog.sources import Listing
from attire.catalog.store import Store
from attire.scale.indexing.failures import said_clearly
from attire.scale.indexing.messages import Errand, Group, Written
from attire.scale.indexing.pipeline import run_pipeline
from attire.scale.indexing.pool import Pool
from attire.scale.indexing.shards import Shards
from attire.scale.indexing.spent import Spent

__all__ = ["index_on_ray"]

GROUP = 16
"""Photos that go from stage to stage together: a few seconds' work, and what is read again if a machine is
lost."""
PORTION = 12_800
"""Groups that the cluster is given at once: a few hundred thousand photos, of which the leading program holds
the names."""


def index_on_ray(
    listing: Listing,
    store: Store,
    manifest: Manifest,
    opening: Callable[[], Reading],
    version: str,
    pool: Pool,
    *,
    own: SaysOwn | None = None,
    source: str | None = None,
    anew: bool = False,
    prune: bool = False,
    said: Callable[[Outcome], None] = lambda _: None,
    spent: Spent | None = None,
) -> Outcome:
    """Bring a catalogue up to date with photos, as :func:`attire.catalog.indexing.index_photos` does.

    The same rows come of it, in another order. A machine may be lost at any moment; if it is the one where
    this runs, the next run goes on from what is committed, as here.

    Args:
        listing: The photos; those in folders have to be there under the same path on all machines.
        store: The catalogue, with its encoder; all machines have to be able to write to it.
        manifest: What is known of its photos.
        opening: Gives what reads them; called on the machines of the cluster, to which it is sent.
        version: Of what it gives.
        pool: How many readers there are. The process is connected to their cluster.
        own: The user's columns, which the store has.
        source: Where the photos come from, in the user's word; None leaves that of known photos.
        anew: Read all photos, known or not.
        prune: Remove the garments of photos that are no longer in the folders listed, or named and gone.
        said: Told the counts after every few photos.
        spent: Receives where the time went.

    Returns:
        The counts, and what could not be read.

    Raises:
        AttireError: If a machine cannot read or write.
    """
    spent = spent or Spent()
    manifest.follow(store)
    run = Run(manifest=manifest, version=version, own=own, source=source, anew=anew, said=said)
    shards = Shards(store, manifest, version)
    begun = time.monotonic()
    groups = _groups(run, listing)
    try:
        while some := list(islice(groups, PORTION)):
            shards.begin()
            asked = time.monotonic()
            stages = run_pipeline(some, opening, version, source, pool, shards.place)
            with said_clearly(), closing(stages) as all_written:
                for number, written in enumerate(all_written):
                    if not number:
                        spent.started += time.monotonic() - asked
                    spent.add(written.spent)
                    _take(written, run, shards, spent)
                    run.outcome.seconds = time.monotonic() - begun
                    said(run.outcome)
    finally:
        with _timed(spent):
            run.outcome.rows += shards.write()
    run.finish(listing, store, prune=prune)
    run.outcome.seconds = time.monotonic() - begun
    return run.outcome


def _groups(run: Run, listing: Listing) -> Iterator[Group]:
    """Put photos that may have to be read together."""
    errands = (
        Errand(
            photo=photo,
            digest=None if run.anew else run.manifest.digest_of(photo, run.version),
            known=run.manifest.has(photo),
            said=run.said_of(photo),
        )
        for photo in run.new(listing)
    )
    while some := list(islice(errands, GROUP)):
        yield Group(ones=some)


def _take(written: Written, run: Run, shards: Shards, spent: Spent) -> None:
    """Count what came of some groups, and commit it if enough is in hand."""
    for one in written.others:
        if isinstance(one, Broken):
            run.broken(one)
        else:
            run.is_same(one.photo, one.digest)
    with _timed(spent):
        fresh, rows = shards.take(written)
    for photo in fresh:
        run.was_read(photo.size, photo.garments)
    run.outcome.rows += rows


@contextmanager
def _timed(spent: Spent) -> Iterator[None]:
    begun = time.monotonic()
    try:
        yield
    finally:
        spent.committing += time.monotonic() - begun
