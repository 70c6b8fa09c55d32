"""Several workers on one machine, each a process of its own."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from attire.errors import AttireError, RecipeError
from attire.progress import progress_bar
from attire.tune.results import Row, best_row, rows_of
from attire.tune.searching import Plan, begin, open_plan, with_quiet, work

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

__all__ = ["search_side_by_side"]

_LOOK_S = 1.0
"""Seconds between two looks at the study."""


def search_side_by_side(plan: Plan, workers: int) -> tuple[Row, ...]:
    """Search with several processes; what each training shows goes into ``output.txt`` of its folder.

    Args:
        plan: What to search.
        workers: How many processes.

    Returns:
        All trials so far, whoever ran them.

    Raises:
        RecipeError: If the plan does not fit, or workers were killed before all trials were settled.
        AttireError: What went wrong in a worker, once the others have finished.
    """
    study = begin(plan)
    spawn = multiprocessing.get_context("spawn")
    members: list[tuple[SpawnProcess, Connection]] = []
    for worker in range(workers):
        ours, theirs = spawn.Pipe(duplex=False)
        # No daemon: loaders of photos are processes too.
        process = spawn.Process(target=_enter, args=(with_quiet(plan), worker, workers, theirs))
        process.start()
        theirs.close()
        members.append((process, ours))
    try:
        with progress_bar() as bar:
            task = bar.add_task("tune", total=plan.trials)
            while any(process.is_alive() for process, _ in members):
                rows = rows_of(study)
                best, settled = best_row(rows), sum(row.state in ("done", "given up") for row in rows)
                said = "tune" if best is None else f"tune, best {best.value:.3f} (trial {best.folder})"
                bar.update(task, completed=settled, description=said)
                members[0][0].join(_LOOK_S) if members[0][0].is_alive() else time.sleep(_LOOK_S / 4)
    except BaseException:
        for process, _ in members:
            if process.is_alive() and process.pid is not None:
                os.kill(process.pid, signal.SIGINT)
        for process, _ in members:
            process.join()
        raise
    _say_what_went_wrong(members, plan)
    return rows_of(open_plan(plan))


def _say_what_went_wrong(members: "list[tuple[SpawnProcess, Connection]]", plan: Plan) -> None:
    for process, ours in members:
        process.join()
        error = _received(ours)
        if isinstance(error, Exception):
            raise error
        if process.exitcode:
            settled = sum(row.state in ("done", "given up", "failed") for row in rows_of(open_plan(plan)))
            if settled < plan.trials:
                raise RecipeError(
                    f"A worker ended with code {process.exitcode}, maybe for lack of memory, and "
                    f"{plan.trials - settled} of {plan.trials} trials are open. The same command goes on."
                )


def _received(ours: Connection) -> object:
    try:
        return ours.recv() if ours.poll() else None
    except EOFError:
        return None


def _enter(plan: Plan, worker: int, workers: int, theirs: Connection) -> None:
    """Be a worker."""
    import torch

    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C reaches the one who started us; it asks us to stop, once
    torch.set_num_threads(max(1, torch.get_num_threads() // workers))
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    try:
        work(plan, worker)
    except KeyboardInterrupt:
        sys.exit(130)
    except AttireError as error:
        theirs.send(error)
        sys.exit(2)


def _stop_with_parent() -> None:
    """Stop, and save what there is, once the process that started this one is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGINT)
