"""A search whose trials run on a Ray cluster, and whose memory is the study that a search here has, too."""

import logging
import os
import shutil
import sys
import time
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attire.errors import AttireError, ClusterError
from attire.extras import require
from attire.scale.cluster import Cluster, on_cluster
from attire.tune.results import Row, rows_of
from attire.tune.searching import Plan, begin, open_plan, with_quiet

if TYPE_CHECKING:
    from attire.scale.tuning.searcher import StudySearcher

__all__ = ["search_on_ray"]

_DEATHS = 8
"""How often Ray begins a trial again whose worker died."""
_FIRST_JUDGED = 2
"""Validation, from 1, at which a trial is judged first: as in a search without Ray."""
_KEPT = 3
"""One of so many trials goes on at each of ASHA's looks."""
_ENDLESS = 10_000
"""More validations than any trial has."""


def search_on_ray(
    plan: Plan, *, address: str | None = None, workers: int | None = None, cpus: int = 1
) -> tuple[Row, ...]:
    """Search with trials side by side on a cluster; a search that was stopped, here or there, goes on.

    Ray Tune runs the trials and its ASHA gives up those that fall behind (Li et al. 2020); values come from
    the plan's own study. A trial whose worker or machine died is begun again by Ray, in its folder, where
    its training goes on.

    Args:
        plan: What to search; its data and its folder have to be visible on all machines of the cluster.
        address: Of the cluster; see :func:`attire.scale.on_cluster`.
        workers: Trials at once; None for as many as the cluster has processors for, or GPUs if it has any.
        cpus: Processors of each trial.

    Returns:
        All trials so far, whoever ran them.

    Raises:
        RecipeError: If the space does not fit the recipe, or the folder holds another search.
        ClusterError: If there is no cluster, or none of its machines has so many processors.
        AttireError: What went wrong in a trial, once the others have finished.
    """
    require("ray", "scale")
    begin(plan)
    plan = _absolute(with_quiet(plan))
    # Ray says on stdout that a worker died, among results that another program may read.
    with redirect_stdout(sys.stderr), on_cluster(address) as cluster:
        if cpus > cluster.largest:
            raise ClusterError(
                f"A trial shall have {cpus} processors, and the largest machine of the cluster has "
                f"{cluster.largest}. Give --trial-cpus {cluster.largest} or less."
            )
        gpus = int(plan.accelerator in ("auto", "gpu", "cuda") and cluster.gpus > 0)
        _tune(plan, workers or _at_once(cluster, cpus, gpus), cpus, gpus)
    return rows_of(open_plan(plan))


def _absolute(plan: Plan) -> Plan:
    """Name all files in full: workers have working folders of their own."""
    weights = Path(plan.recipe.weights)
    return replace(
        plan,
        recipe=replace(plan.recipe, weights=str(weights.resolve())) if weights.is_file() else plan.recipe,
        data=plan.data.resolve(),
        out_dir=plan.out_dir.resolve(),
        validation=None if plan.validation is None else plan.validation.resolve(),
        also=tuple(folder.resolve() for folder in plan.also),
        report=None if plan.report is None else plan.report.resolve(),
    )


def _at_once(cluster: Cluster, cpus: int, gpus: int) -> int:
    return max(1, min(cluster.cpus // cpus, cluster.gpus if gpus else cluster.cpus))


def _tune(plan: Plan, workers: int, cpus: int, gpus: int) -> None:
    from ray import tune
    from ray.tune.schedulers import AsyncHyperBandScheduler

    from attire.scale.tuning.progress import SearchProgress
    from attire.scale.tuning.searcher import StudySearcher
    from attire.scale.tuning.trainable import run_one

    # Ray would write what the study holds a second time, and say on the screen what our bar says.
    os.environ.setdefault("TUNE_DISABLE_AUTO_CALLBACK_LOGGERS", "1")
    os.environ.setdefault("TUNE_PRINT_ALL_TRIAL_ERRORS", "0")
    os.environ.setdefault("RAY_AIR_NEW_OUTPUT", "0")  # the new one prints tables at any verbosity
    logging.getLogger("ray.tune").setLevel(logging.ERROR)
    notes = plan.out_dir / "ray"
    asha = AsyncHyperBandScheduler(
        time_attr="validation",
        max_t=_ENDLESS,
        grace_period=_FIRST_JUDGED,
        reduction_factor=_KEPT,
        stop_last_trials=False,
    )
    searcher = StudySearcher(plan)
    progress = SearchProgress(plan, searcher)
    tuner = tune.Tuner(
        tune.with_resources(tune.with_parameters(run_one, ask=plan.prune), {"cpu": cpus, "gpu": gpus}),
        tune_config=tune.TuneConfig(
            metric="value",
            mode="max",
            num_samples=-1,
            max_concurrent_trials=workers,
            search_alg=searcher,
            scheduler=asha if plan.prune else None,
            trial_name_creator=_name,
            trial_dirname_creator=_name,
        ),
        run_config=tune.RunConfig(
            name=f"{time.time_ns()}",
            storage_path=str(notes),
            failure_config=tune.FailureConfig(max_failures=_DEATHS),
            callbacks=[progress],
            verbose=0,
        ),
    )
    try:
        with progress:
            tuner.fit()
    finally:
        stopped = searcher.let_go()
        shutil.rmtree(notes, ignore_errors=True)
    _say_what_went_wrong(searcher, stopped)


def _name(trial: Any) -> str:
    return str(trial.trial_id)


def _say_what_went_wrong(searcher: "StudySearcher", stopped: int) -> None:
    if searcher.errors:
        raise AttireError(searcher.errors[0])
    if stopped:
        raise KeyboardInterrupt
