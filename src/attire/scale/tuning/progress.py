"""How far a search on a cluster is, in the bar that a search here shows."""

from typing import Any

from ray.tune import Callback

from attire.progress import progress_bar
from attire.scale.tuning.searcher import StudySearcher
from attire.tune.results import best_row, rows_of
from attire.tune.searching import Plan

__all__ = ["SearchProgress"]


class SearchProgress(Callback):
    """Moves the bar whenever a trial ends; begin and end with ``with``."""

    def __init__(self, plan: Plan, searcher: StudySearcher) -> None:
        self._searcher = searcher
        self._bar = progress_bar()
        self._task = self._bar.add_task("tune", total=plan.trials)

    def __enter__(self) -> "SearchProgress":
        self._bar.start()
        self._show()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def on_trial_complete(self, iteration: int, trials: list[Any], trial: Any, **info: Any) -> None:
        """Move the bar."""
        self._show()

    def on_trial_recover(self, iteration: int, trials: list[Any], trial: Any, **info: Any) -> None:
        """Note that a trial is begun again."""
        self._searcher.begun_again(trial.trial_id)

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def _show(self) -> None:
        rows = rows_of(self._searcher.study)
        best, settled = best_row(rows), sum(row.state in ("done", "given up") for row in rows)
        said = "tune" if best is None else f"tune, best {best.value:.3f} (trial {best.folder})"
        self._bar.update(self._task, completed=settled, description=said)
