"""Ray Tune asks here for values and tells what became of them: the study of the search, shared and lasting.

Ray's own OptunaSearch would begin anew what a driver's death cut off, and take its trials from a study that
no other command may share; with this one, a search goes on here or on a cluster alike.
"""

from contextlib import ExitStack
from typing import Any

from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import Trial, TrialState
from ray.tune.search import Searcher

from attire.tune.claims import claim, first_attempt, give_back, heartbeat
from attire.tune.measure import MEASURES
from attire.tune.searching import Plan, job_of, open_plan
from attire.tune.study import distributions

__all__ = ["StudySearcher"]


class StudySearcher(Searcher):
    """Takes trials from a study as a worker here does: see :mod:`attire.tune.claims`.

    While Ray has a trial, this process gives its signs of life.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(metric="value", mode="max")
        self.plan = plan
        self.study = open_plan(plan)
        self.errors: list[str] = []
        self._drawn_from = distributions(plan.space)
        self._running: dict[str, tuple[Trial, ExitStack]] = {}

    def suggest(self, trial_id: str) -> Any:
        """Give the next trial's job to Ray; after an error none is begun any more."""
        while not self.errors:
            trial = claim(self.study, self.plan.trials, self._drawn_from)
            if trial is None:
                break
            job = job_of(self.plan, self.study, trial)
            if job is not None:
                alive = ExitStack()
                alive.enter_context(heartbeat(trial))
                self._running[trial_id] = trial, alive
                return {"job": job}
        return Searcher.FINISHED

    def on_trial_result(self, trial_id: str, result: dict[str, Any]) -> None:
        """Note a validation; one that went on tells its earlier ones again."""
        place = result.get("validation")
        if place is not None and trial_id in self._running:
            trial, _ = self._running[trial_id]
            if place - 1 not in self.study.trials[trial.number].intermediate_values:
                trial.report(result["value"], place - 1)

    def on_trial_complete(
        self, trial_id: str, result: dict[str, Any] | None = None, error: bool = False
    ) -> None:
        """Tell the study how a trial ended."""
        if trial_id not in self._running:
            return
        trial, alive = self._running.pop(trial_id)
        alive.close()
        end = (result or {}).get("end")
        if result is None and not error:
            give_back(self.study, trial, "stopped", "stopped by the user")
        elif error or result is None:
            self.errors.append(f"Trial {first_attempt(trial):03d}: its worker died again and again.")
            give_back(self.study, trial, "lost", self.errors[-1])
        elif end == "error":
            self.errors.append(f"Trial {first_attempt(trial):03d}: {result['why']}")
            give_back(self.study, trial, "error", result["why"])
        elif end == "done":
            self.study.tell(trial, result["value"], skip_if_finished=True)
        else:
            self._give_up(trial, result)

    def begun_again(self, trial_id: str) -> None:
        """Note that Ray begins a trial again whose worker died."""
        if trial_id in self._running:
            trial, _ = self._running[trial_id]
            trial.set_user_attr("begun_again", trial.user_attrs.get("begun_again", 0) + 1)

    def let_go(self) -> int:
        """Give back what still runs as the search is stopped, and say how many these are."""
        stopped = len(self._running)
        for trial, alive in self._running.values():
            alive.close()
            give_back(self.study, trial, "stopped", "stopped by the user")
        self._running.clear()
        return stopped

    def save(self, checkpoint_path: str) -> None:
        """Write nothing down for Ray: all there is to know is in the study."""
        with open(checkpoint_path, "wb"):  # noqa: PTH123
            pass

    def restore(self, checkpoint_path: str) -> None:
        """Take nothing back."""

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def _give_up(self, trial: Trial, result: dict[str, Any]) -> None:
        found = f"{MEASURES[self.plan.kind]} {result['value']:.3f} at validation {result.get('validation')}"
        try:
            trial.set_user_attr("why", result.get("why") or f"{found}: others did better by then (ASHA).")
            self.study.tell(trial, state=TrialState.PRUNED)
        except UpdateFinishedTrialError:
            return  # somebody took us for dead and went on with it
