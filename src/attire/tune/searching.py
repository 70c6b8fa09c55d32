"""The search for a recipe: workers that take trials from one study until there are enough."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from attire.dataset import open_dataset
from attire.errors import RecipeError
from attire.train import Recipe
from attire.train.overrides import override
from attire.tune.claims import claim, first_attempt, give_back, heartbeat
from attire.tune.measure import MEASURES, Measure
from attire.tune.results import Row, best_row, rows_of
from attire.tune.space import Space, check_space, own_values, to_changes
from attire.tune.study import check_same_search, distributions, open_study
from attire.tune.trial import GivenUpError, Job, Watch, run_trial

if TYPE_CHECKING:
    import optuna

__all__ = ["Plan", "begin", "job_of", "open_plan", "recipe_of", "search", "with_quiet", "work"]

_HARMLESS = ("name", "about", "workers")
"""Fields of a recipe that may differ when a search goes on: they change nothing in the result."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A search for a recipe, in plain values that can be sent to another process."""

    recipe: Recipe
    """What is searched around, overrides included."""
    space: Space
    """What may change in it."""
    data: Path
    """What trials learn from."""
    out_dir: Path
    """Folder of the search; trial n lies in ``trials/00n``."""
    trials: int
    """How many there shall be in all, those of earlier commands included."""
    validation: Path | None = None
    """A validation set of its own; without it, part of ``data`` is kept back."""
    also: tuple[Path, ...] = ()
    """Further data to learn from."""
    report: Path | None = None
    """Evaluation report, for recipes that resample by it."""
    kind: Measure = "ap50"
    """What a trial is judged by."""
    storage: str | None = None
    """Address of a database that holds the study; None for a journal in the folder."""
    study: str = ""
    """Name of the study in it; the recipe's name if empty."""
    prune: bool = True
    """Whether trials that fall behind are given up."""
    seed: int = 0
    """Of what is drawn."""
    skip_bad: bool = False
    """Leave out bad rows and photos instead of stopping."""
    accelerator: str = "auto"
    """``cpu``, ``gpu``, ``mps`` or ``auto``."""
    quiet: bool = False
    """Write what trainings show into files, since several run side by side."""


def search(plan: Plan) -> tuple[Row, ...]:
    """Search with one worker in this process; a search that was stopped goes on.

    Args:
        plan: What to search.

    Returns:
        All trials so far, whoever ran them.

    Raises:
        RecipeError: If the space does not fit the recipe, or the folder holds another search.
    """
    begin(plan)
    work(plan)
    return rows_of(open_plan(plan))


def begin(plan: Plan) -> "optuna.Study":
    """Check a plan and write down what the search is, before any worker starts.

    Raises:
        RecipeError: If the space does not fit the recipe, or the folder holds another search.
        DataError: If the data cannot be opened.
    """
    check_space(plan.space, plan.recipe)
    if plan.trials < 1:
        raise RecipeError(f"--trials {plan.trials}: a search has at least 1.")
    dataset = open_dataset(plan.data, skip_bad_rows=plan.skip_bad)
    validation = (
        None if plan.validation is None else open_dataset(plan.validation, skip_bad_rows=plan.skip_bad)
    )
    study = open_plan(plan)
    if not study.get_trials(deepcopy=False) and any((plan.out_dir / "trials").glob("*")):
        raise RecipeError(
            f"{plan.out_dir} holds trials of another search. Give the --storage it was begun with, or "
            "another folder."
        )
    facts: dict[str, Any] = {
        "recipe": {key: value for key, value in plan.recipe.to_dict().items() if key not in _HARMLESS},
        "space": [f"{entry}" for entry in plan.space],
        "measure": MEASURES[plan.kind],
        "data": dataset.fingerprint,
        "validation": None if validation is None else validation.fingerprint,
        "also": [open_dataset(folder, skip_bad_rows=plan.skip_bad).fingerprint for folder in plan.also],
    }
    check_same_search(study, facts)
    if not study.get_trials(deepcopy=False):
        study.enqueue_trial(own_values(plan.space, plan.recipe), skip_if_exists=True)
    return study


def open_plan(plan: Plan, worker: int = 0) -> "optuna.Study":
    """Open the study of a plan, as one of its workers."""
    return open_study(
        plan.out_dir,
        plan.study or plan.recipe.name,
        storage=plan.storage,
        seed=(plan.seed, worker),
        prune=plan.prune,
    )


def work(plan: Plan, worker: int = 0) -> None:
    """Take trials and run them, until all are settled or with others.

    Args:
        plan: What to search.
        worker: Number of this worker; those side by side have different ones.
    """
    study = open_plan(plan, worker)
    drawn_from = distributions(plan.space)
    while (trial := claim(study, plan.trials, drawn_from)) is not None:
        _say(plan, study, trial)
        with heartbeat(trial):
            _run(plan, study, trial)


def recipe_of(plan: Plan, values: dict[str, Any]) -> Recipe:
    """Put a trial's values into the recipe.

    Raises:
        RecipeError: If they do not go together.
    """
    return override(plan.recipe, to_changes(plan.space, values))


def job_of(plan: Plan, study: "optuna.Study", trial: "optuna.Trial") -> Job | None:
    """Say what a trial is to do; None if its values do not go together, which the study is told."""
    from optuna.trial import TrialState

    try:
        recipe = recipe_of(plan, trial.params)
    except RecipeError as error:
        # Each value is fine by itself; the sampler learns that these do not go together.
        trial.set_user_attr("why", f"the recipe refuses this: {error}")
        study.tell(trial, state=TrialState.PRUNED)
        return None
    return Job(
        recipe=recipe,
        data=plan.data,
        out_dir=plan.out_dir / "trials" / f"{first_attempt(trial):03d}",
        validation=plan.validation,
        also=plan.also,
        report=plan.report,
        kind=plan.kind,
        skip_bad=plan.skip_bad,
        accelerator=plan.accelerator,
        quiet=plan.quiet,
    )


def _run(plan: Plan, study: "optuna.Study", trial: "optuna.Trial") -> None:
    """Run one trial and tell the study how it ended."""
    from optuna.trial import TrialState

    job = job_of(plan, study, trial)
    if job is None:
        return
    try:
        value = run_trial(job, _watch(trial) if plan.prune else None)
    except KeyboardInterrupt:
        give_back(study, trial, "stopped", "stopped by the user")
        raise
    except Exception as error:
        from attire.train import DivergedError

        if not isinstance(error, GivenUpError | DivergedError):
            give_back(study, trial, "error", f"{type(error).__name__}: {error}")
            raise
        trial.set_user_attr("why", str(error))
        study.tell(trial, state=TrialState.PRUNED)
    else:
        # After a long sleep of this machine, another one may have taken the trial over.
        study.tell(trial, value, skip_if_finished=True)


def _watch(trial: "optuna.Trial") -> Watch:
    told: set[int] = set()

    def watch(place: int, value: float) -> bool:
        if place in told:
            return True
        told.add(place)
        trial.report(value, place)
        return not trial.should_prune()

    return watch


def _say(plan: Plan, study: "optuna.Study", trial: "optuna.Trial") -> None:
    """Say which trial comes now, and how the best so far did; on stderr, so that results stay pipeable."""
    if plan.quiet:
        return
    rows = rows_of(study)
    settled, best = sum(row.state in ("done", "given up") for row in rows), best_row(rows)
    so_far = "" if best is None else f"; best so far {best.value:.3f} (trial {best.folder})"
    took = [row.seconds for row in rows if row.state == "done" and row.seconds is not None]
    if took:
        minutes = sum(took) / len(took) * (plan.trials - settled) / 60
        so_far += f", about {minutes:.0f} min left"
    values = ", ".join(f"{name}={_shown(value)}" for name, value in trial.params.items())
    line = f"Trial {first_attempt(trial):03d}, {settled} of {plan.trials} done{so_far}: {values}"
    Console(stderr=True).print(Text(line), soft_wrap=True)


def _shown(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def with_quiet(plan: Plan) -> Plan:
    """Give the plan for workers side by side."""
    return replace(plan, quiet=True)
