"""The study that all workers of a search share: where it is stored, and whether it is the same search."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from attire.errors import RecipeError
from attire.extras import require
from attire.tune.space import Range, Space

if TYPE_CHECKING:
    import optuna
    from optuna.distributions import BaseDistribution

__all__ = ["JOURNAL", "check_same_search", "distributions", "draw_seed", "open_study", "quiet_optuna"]

JOURNAL = "study.log"
"""Name of the journal in the folder of a search."""
_STARTUP = 5
"""Trials that are drawn and run to their end before any is judged by the others."""


def open_study(
    out_dir: Path, name: str, *, storage: str | None = None, seed: tuple[int, ...] = (0,), prune: bool = True
) -> "optuna.Study":
    """Open a study, or begin it.

    Args:
        out_dir: Folder of the search; the journal lies there unless ``storage`` says otherwise.
        name: Name of the study in its storage.
        storage: Address of a database, such as ``sqlite:///study.db`` or ``postgresql://…``.
        seed: Numbers that the sampler's chance follows from; different ones for workers side by side.
        prune: Whether trials below the median of the others at the same point are given up.

    Raises:
        RecipeError: If the storage cannot be opened.
        MissingExtraError: If Optuna is not installed.
    """
    quiet_optuna()
    import optuna

    pruner = optuna.pruners.MedianPruner(n_startup_trials=_STARTUP, n_warmup_steps=1)
    study = optuna.create_study(
        storage=_storage(out_dir, storage),
        study_name=name,
        direction="maximize",
        load_if_exists=True,
        pruner=pruner if prune else optuna.pruners.NopPruner(),
    )
    # A sampler that began anew would draw again what it drew first, so the trials so far go into its seed.
    begun = len(study.get_trials(deepcopy=False))
    study.sampler = optuna.samplers.TPESampler(seed=draw_seed((*seed, begun)), n_startup_trials=_STARTUP)
    return study


def quiet_optuna() -> None:
    """Keep Optuna's notes on every trial off the screen: our own lines say the same.

    Raises:
        MissingExtraError: If it is not installed.
    """
    optuna = require("optuna", "tune")
    optuna.logging.set_verbosity(optuna.logging.ERROR)


def draw_seed(numbers: tuple[int, ...]) -> int:
    """Make one seed of several numbers.

    Example:
        >>> draw_seed((0, 1)) == draw_seed((0, 1)), draw_seed((0, 1)) == draw_seed((1, 0))
        (True, False)
    """
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def _storage(out_dir: Path, address: str | None) -> Any:
    from optuna.storages import JournalStorage, RDBStorage
    from optuna.storages.journal import JournalFileBackend
    from sqlalchemy.exc import SQLAlchemyError

    if address is None:
        out_dir.mkdir(parents=True, exist_ok=True)
        journal = out_dir / JOURNAL
        _cut_torn_end(journal)
        return JournalStorage(JournalFileBackend(str(journal)))
    try:
        return RDBStorage(address)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise RecipeError(
            f"--storage {address}: cannot be opened ({reason}). Give an address such as sqlite:///study.db, "
            "or leave it out for a journal in the folder."
        ) from None


def _cut_torn_end(journal: Path) -> None:
    """Take away a last line that a crash left half-written: Optuna reads no further than that."""
    from optuna.storages.journal import JournalFileSymlinkLock

    if not journal.exists() or journal.read_bytes()[-1:] in (b"", b"\n"):
        return
    lock = JournalFileSymlinkLock(str(journal))
    lock.acquire()
    try:
        text = journal.read_bytes()
        with journal.open("r+b") as file:
            file.truncate(text.rfind(b"\n") + 1)
    finally:
        lock.release()


def check_same_search(study: "optuna.Study", search: Mapping[str, Any]) -> None:
    """Make sure that a study goes on with what it began with; a new one notes it down.

    Args:
        study: New or old.
        search: What decides a trial's value besides the trial's own values, in plain JSON values.

    Raises:
        RecipeError: If it was begun with something else; the message names it.
    """
    known = study.user_attrs
    for name, value in search.items():
        now = json.loads(json.dumps(value))
        if name not in known:
            study.set_user_attr(name, now)
        elif known[name] != now:
            before, found = _difference(known[name], now)
            raise RecipeError(
                f"Study {study.study_name!r} was begun with {name} {before}, now it is {found}. Go on with "
                "what it was begun with, or search in another folder (with --storage: under another --study)."
            )


def _difference(before: Any, now: Any, path: str = "") -> tuple[str, str]:
    """Find the first place at which two JSON values differ, and print both sides."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in (*before, *now):
            if before.get(key) != now.get(key):
                return _difference(before.get(key), now.get(key), f"{path}{key} = ")
    return tuple(f"{path}{json.dumps(side)[:80]}" for side in (before, now))  # type: ignore[return-value]


def distributions(space: Space) -> "dict[str, BaseDistribution]":
    """Say in Optuna's terms what may be drawn."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    found: dict[str, BaseDistribution] = {}
    for entry in space:
        if not isinstance(entry, Range):
            found[entry.path] = CategoricalDistribution(entry.texts)
        elif entry.whole:
            found[entry.path] = IntDistribution(int(entry.low), int(entry.high), log=entry.log)
        else:
            found[entry.path] = FloatDistribution(entry.low, entry.high, log=entry.log)
    return found
