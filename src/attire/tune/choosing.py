"""The search for values of post-processing, and how far its best holds on photos it was not chosen by."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from attire.errors import DataError
from attire.evaluate import Bootstrap, Value
from attire.predict import ChoiceValues
from attire.progress import track
from attire.select.fitting import FOLDS, folds
from attire.tune.claims import claim
from attire.tune.sheet import Sheets
from attire.tune.study import draw_seed, quiet_optuna

if TYPE_CHECKING:
    import optuna
    from optuna.distributions import FloatDistribution

__all__ = ["Aim", "Honesty", "choose_values", "cross_fit", "steps", "values_of"]

Aim: TypeAlias = Literal["categories", "score2019"]
"""The score by category, or with exact attribute sets; both per image."""

_STEPS: dict[str, tuple[float, float, float]] = {
    "least_score": (0.05, 0.95, 0.01),
    "rival_iou": (0.3, 1.0, 0.05),
    "repeat_iou": (0.2, 1.0, 0.05),
    "mask_threshold": (0.3, 0.7, 0.05),
}
"""Value → least, greatest, step. Steps make trials meet again, which then cost nothing."""
_ATTRIBUTE_STEPS: dict[str, tuple[float, float, float]] = {
    "single_choice": (0.05, 0.95, 0.05),
    "others": (0.05, 0.95, 0.05),
}
"""Those that only the score with attribute sets depends on."""


@dataclass(frozen=True, kw_only=True)
class Honesty:
    """What a search is worth, on the photos it searched and on those it did not."""

    before: Value
    """By the model's own values."""
    best: Value
    """By the best values found, on the same photos: optimistic, as they were chosen by them."""
    cross_fitted: Value
    """Each photo by values that were searched for on the others."""
    gain: Value
    """How much more the cross-fitted ones are than before, on the same photos."""
    photos: int
    parts: int
    """Parts that the photos were cut into; each was judged by what a search on the others found."""
    repeats: int
    """How often they were cut anew; each photo's score is the mean of as many."""


def steps(aim: Aim) -> "dict[str, FloatDistribution]":
    """Say in Optuna's terms what may be drawn.

    Example:
        >>> sorted(steps("categories"))
        ['least_score', 'mask_threshold', 'repeat_iou', 'rival_iou']
    """
    from optuna.distributions import FloatDistribution

    chosen = _STEPS if aim == "categories" else {**_STEPS, **_ATTRIBUTE_STEPS}
    return {name: FloatDistribution(low, high, step=step) for name, (low, high, step) in chosen.items()}


def values_of(params: dict[str, float], start: ChoiceValues) -> ChoiceValues:
    """Turn a trial's values into those of post-processing; what was not searched stays as it is."""
    return replace(start, **{name: round(value, 4) for name, value in params.items()})


def choose_values(study: "optuna.Study", sheets: Sheets, aim: Aim, trials: int, start: ChoiceValues) -> None:
    """Run trials on all photos until there are so many.

    Args:
        study: Goes on where it ended.
        sheets: Readings and truth.
        aim: What to be best at.
        trials: How many there shall be in all.
        start: The first to be tried.
    """
    from optuna.trial import TrialState

    drawn_from = steps(aim)
    if not study.get_trials(deepcopy=False):
        study.enqueue_trial({name: getattr(start, name) for name in drawn_from})
    have = len(study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,)))

    def claimed() -> "Iterator[optuna.Trial]":
        while (trial := claim(study, trials, drawn_from)) is not None:
            yield trial

    for trial in track(claimed(), "tune", total=max(trials - have, 0)):
        study.tell(trial, float(_of(sheets, values_of(trial.params, start), aim).mean()))


def cross_fit(
    sheets: Sheets,
    aim: Aim,
    trials: int,
    start: ChoiceValues,
    best: ChoiceValues,
    *,
    bootstrap: Bootstrap | None = None,
    parts: int = FOLDS,
    repeats: int = 2,
    seed: int = 0,
) -> Honesty:
    """Search anew without each part of the photos, and judge what is found on that part.

    Choosing from the trials of one search on all photos would leak: where its sampler looked was decided by
    the photos that are to judge. So every part has a search of its own that never sees it.

    Args:
        sheets: Readings and truth.
        aim: What to be best at.
        trials: Of each search.
        start: The model's own values, the first that each search tries.
        best: What the search on all photos found.
        bootstrap: How to draw photos anew for the intervals.
        parts: Parts that the photos are cut into.
        repeats: How often they are cut anew.
        seed: Of the cuts, and of what is drawn.

    Raises:
        DataError: If there are fewer photos than two.
    """
    photos = len(sheets.truth)
    if photos < 2:
        raise DataError("To judge values on photos they were not chosen by takes two photos at least.")
    bootstrap = bootstrap or Bootstrap()
    judged = np.zeros(photos)
    cuts = [part for repeat in range(repeats) for part in folds(photos, parts, seed + repeat)]
    for place, part in enumerate(track(cuts, "cross-fit")):
        found = _search(sheets, aim, ~part, trials, start, seed=(seed, place))
        judged[part] += _of(sheets, found, aim)[part] / repeats
    before = _of(sheets, start, aim)
    return Honesty(
        before=bootstrap.mean(before),
        best=bootstrap.mean(_of(sheets, best, aim)),
        cross_fitted=bootstrap.mean(judged),
        gain=bootstrap.mean(judged - before),
        photos=photos,
        parts=min(parts, photos),
        repeats=repeats,
    )


def _search(
    sheets: Sheets,
    aim: Aim,
    chosen: npt.NDArray[np.bool_],
    trials: int,
    start: ChoiceValues,
    seed: tuple[int, ...],
) -> ChoiceValues:
    """Find the best values for some photos, in memory."""
    quiet_optuna()
    import optuna

    sampler = optuna.samplers.TPESampler(seed=draw_seed(seed))
    study = optuna.create_study(direction="maximize", sampler=sampler)
    drawn_from = steps(aim)
    study.enqueue_trial({name: getattr(start, name) for name in drawn_from})
    for _ in range(trials):
        trial = study.ask(dict(drawn_from))
        study.tell(trial, float(_of(sheets, values_of(trial.params, start), aim)[chosen].mean()))
    return values_of(study.best_params, start)


def _of(sheets: Sheets, values: ChoiceValues, aim: Aim) -> npt.NDArray[np.float64]:
    return sheets.scores(values)[0 if aim == "categories" else 1]
