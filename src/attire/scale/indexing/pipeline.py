"""The stages as Ray Data runs them: it moves groups between machines, and repeats what a lost one had."""

import logging
import math
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any

from attire.catalog.fragments import FragmentPlace
from attire.catalog.indexing import Reading
from attire.scale.indexing.messages import Group, Written, packed, unpack
from attire.scale.indexing.pool import OTHERS_CPUS, Pool
from attire.scale.indexing.stages import Reader, fetch_groups, write_groups

__all__ = ["run_pipeline"]

_TURN = 2
"""Groups that wait at a reader: one is read, the next is there."""


def run_pipeline(
    groups: Sequence[Group],
    opening: Callable[[], Reading],
    version: str,
    source: str | None,
    pool: Pool,
    place: FragmentPlace,
) -> Generator[Written, None, None]:
    """Send groups of photos through the cluster.

    Args:
        groups: At least one, of photos that may have to be read.
        opening: Gives what reads them.
        version: Of what it gives.
        source: Where the photos come from, in the user's word.
        pool: How many readers there are.
        place: Where rows go.

    Yields:
        What was written, as it comes; closed early, what is underway is given up.
    """
    import ray

    _keep_quiet(ray)
    readers = min(pool.most, len(groups))
    fragments = math.ceil(len(groups) / pool.groups_per_fragment)
    dataset = (
        ray.data.from_items([packed(group) for group in groups], override_num_blocks=len(groups))
        .map_batches(
            fetch_groups,
            batch_size=1,
            batch_format="pyarrow",
            compute=ray.data.TaskPoolStrategy(size=min(pool.fetchers, len(groups))),
            num_cpus=OTHERS_CPUS,
        )
        .map_batches(
            Reader,
            batch_size=1,
            batch_format="pyarrow",
            fn_constructor_args=(opening, version, source),
            compute=ray.data.ActorPoolStrategy(
                min_size=min(pool.least, readers),
                max_size=readers,
                initial_size=readers,
                max_tasks_in_flight_per_actor=_TURN,
            ),
            num_cpus=pool.cpus,
            num_gpus=pool.gpus or None,
        )
        .map_batches(
            partial(write_groups, place=place),
            batch_size=pool.groups_per_fragment,
            batch_format="pyarrow",
            compute=ray.data.TaskPoolStrategy(size=min(pool.writers, fragments)),
            num_cpus=OTHERS_CPUS,
        )
    )
    for block in dataset.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        yield from unpack(block)


def _keep_quiet(ray: Any) -> None:
    """Show no progress and no logs but Attire's own."""
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
