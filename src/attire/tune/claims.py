"""Which worker runs which trial: exactly so many in all, and none is lost with a worker that dies.

A trial that died is tried again under a new number of the study with the same values, in the folder of the
first attempt, where its training goes on. Nothing here needs a database's own heartbeat, so that a journal
and any database are treated alike.
"""

import os
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import TrialState

if TYPE_CHECKING:
    import optuna
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

__all__ = ["claim", "first_attempt", "give_back", "heartbeat", "retry_lost"]

_PATIENCE = 9
"""A trial counts as failed once what happened to its attempts adds up to this."""
_COST = {"error": 3, "stopped": 0, "lost": _PATIENCE}
"""What an attempt adds: an error more than a death, which may be the machine's fault; a stop nothing; that an
engine began it again and again in vain, all there is."""
BEAT_S = 60.0
"""Seconds between two signs of life."""
SILENT_S = 600.0
"""Seconds without one after which a worker elsewhere is taken for dead."""
_SETTLED = (TrialState.COMPLETE, TrialState.PRUNED)


def claim(
    study: "optuna.Study", trials: int, drawn_from: "Mapping[str, BaseDistribution]"
) -> "optuna.Trial | None":
    """Take the next trial, if there is one left.

    Args:
        study: Shared with other workers.
        trials: How many there shall be in all.
        drawn_from: Distribution of each value.

    Returns:
        A running trial that nobody else has; None if all are settled or being run.
    """
    while True:
        retry_lost(study)
        known = [trial for trial in study.get_trials(deepcopy=False) if not _surplus(trial)]
        waiting = any(trial.state == TrialState.WAITING for trial in known)
        if not waiting and len({first_attempt(trial) for trial in known}) >= trials:
            return None
        trial = study.ask(dict(drawn_from))
        trial.set_user_attr("worker", _here())
        trial.set_user_attr("seen", time.time())
        if _is_ours(study, trial.number, trials):
            return trial
        # Another worker was quicker; the number is used up, the place is not.
        trial.set_user_attr("surplus", True)
        study.tell(trial, state=TrialState.FAIL)


def _is_ours(study: "optuna.Study", number: int, trials: int) -> bool:
    """Whether a trial has a place among the first so many, and its values are nobody else's."""
    known = [trial for trial in study.get_trials(deepcopy=False) if not _surplus(trial)]
    own = next(trial for trial in known if trial.number == number)
    places = sorted({first_attempt(trial) for trial in known})[:trials]
    rivals = [t for t in known if first_attempt(t) == first_attempt(own) and t.number < number]
    return first_attempt(own) in places and not any(
        t.state in (*_SETTLED, TrialState.RUNNING) for t in rivals
    )


def retry_lost(study: "optuna.Study") -> None:
    """Queue again what died or was stopped, until three errors or nine deaths."""
    attempts: dict[int, list[FrozenTrial]] = defaultdict(list)
    for trial in study.get_trials(deepcopy=False):
        if trial.state == TrialState.RUNNING and _is_dead(trial):
            _fail(study, trial.number)
        if not _surplus(trial):
            attempts[first_attempt(trial)].append(trial)
    for first, own in attempts.items():
        gone = all(t.state == TrialState.FAIL or _is_dead(t) for t in own)
        if gone and sum(_COST.get(t.user_attrs.get("end", ""), 1) for t in own) < _PATIENCE:
            study.enqueue_trial(_values(own[-1]), user_attrs={"first": first})


def give_back(
    study: "optuna.Study", trial: "optuna.Trial", end: Literal["error", "stopped", "lost"], why: str
) -> None:
    """Let go of a trial that came to no figure, so that it is tried again, unless it was lost too often."""
    with suppress(UpdateFinishedTrialError):  # somebody took us for dead and went on with it
        trial.set_user_attr("end", end)
        trial.set_user_attr("why", why)
    _fail(study, trial.number)


def first_attempt(trial: "FrozenTrial | optuna.Trial") -> int:
    """Number of the trial that this one is a further attempt of; its own if it is the first."""
    return int(trial.user_attrs.get("first", trial.number))


@contextmanager
def heartbeat(trial: "optuna.Trial", beat_s: float = BEAT_S) -> Iterator[None]:
    """Give signs of life while a trial runs."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(beat_s):
            with suppress(Exception):  # a database that is away for a while is no reason to fall silent
                trial.set_user_attr("seen", time.time())

    thread = threading.Thread(target=beat, daemon=True, name="attire-heartbeat")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _values(trial: "FrozenTrial") -> dict[str, object]:
    # One that died before it drew all of its values was still queued with some.
    queued: dict[str, object] = trial.system_attrs.get("fixed_params", {})
    return {**queued, **trial.params}


def _surplus(trial: "FrozenTrial") -> bool:
    return bool(trial.user_attrs.get("surplus"))


def _fail(study: "optuna.Study", number: int) -> None:
    try:
        study.tell(number, state=TrialState.FAIL)
    except (UpdateFinishedTrialError, ValueError):
        return  # another worker saw it first


def _is_dead(trial: "FrozenTrial") -> bool:
    """Whether the worker of a running trial is gone: here by its process, elsewhere by its silence."""
    if trial.state != TrialState.RUNNING:
        return False
    began = trial.datetime_start.timestamp() if trial.datetime_start is not None else 0.0
    if time.time() - float(trial.user_attrs.get("seen", began)) > SILENT_S:
        return True
    worker = trial.user_attrs.get("worker", "")
    place, _, process = worker.rpartition(" ")
    return bool(place) and place == _place() and not _is_alive(int(process))


def _here() -> str:
    return f"{_place()} {os.getpid()}"


def _place() -> str:
    """Name of this machine, and of the container if process numbers count anew in it."""
    numbering = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()} {numbering.stat().st_ino if numbering.exists() else ''}"


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it there; silence tells later
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(process)


def _is_zombie(process: int) -> bool:
    """Whether a process has ended and only its parent has not asked yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False
