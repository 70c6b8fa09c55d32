"""Which detections to say, given how likely each is right.

With c the expected hits among the n said and m the truths expected in the photo, TP + FP + FN is n + m − c,
so the score is expected to be J(n) = c(n) / (n + m − c(n)): adding the next one, right with probability p,
raises J exactly if p / (1 − p) > J, that is p > J / (1 + J). Taken in falling order of p, J rises and then
falls, and the best n is found by trying all.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from attire.errors import RecipeError

__all__ = ["Target", "TargetName", "choose", "parse_target"]

TargetName: TypeAlias = Literal["categories", "score2019", "f1", "precision", "all"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a choice of detections is to be best at."""

    name: TargetName
    """``categories``: the score of 2019 by category; ``score2019``: with exact attribute sets; ``f1``: of
    detections right at IoU 0.5; ``precision``: all that are as sure as ``level``; ``all``: everything, for
    measures such as average precision that rank for themselves."""
    level: float = 0.0
    """Of ``precision``: share in 0 … 1 that shall be right."""

    def __str__(self) -> str:
        return f"{self.name}={self.level:g}" if self.name == "precision" else self.name


def parse_target(text: str) -> Target:
    """Read a target such as ``score2019`` or ``precision=0.95``.

    Raises:
        RecipeError: If there is no such target.

    Example:
        >>> parse_target("precision=0.95")
        Target(name='precision', level=0.95)
    """
    name, _, level = text.partition("=")
    if name == "precision":
        try:
            share = float(level)
        except ValueError:
            share = -1.0
        if 0 < share < 1:
            return Target("precision", share)
        raise RecipeError(f"Target {text!r}: say the share that shall be right, such as precision=0.95.")
    if not level:
        for known in ("categories", "score2019", "f1", "all"):
            if name == known:
                return Target(known)
    raise RecipeError(
        f"There is no target {text!r}. There are: categories, score2019, f1, precision=0.95 and all."
    )


def choose(
    hits: npt.NDArray[np.float64],
    sets: npt.NDArray[np.float64] | None,
    target: Target,
    *,
    missed: float,
    blank: float = 1.0,
    least: float = 0.0,
) -> npt.NDArray[np.int64]:
    """Choose among the detections of one photo.

    Args:
        hits: Probability of being right at each of ten IoU thresholds, shape ``(N, 10)``.
        sets: Probability that the attribute set is right, given that the rest is, shape ``(N,)``; None for
            certainty. Only ``score2019`` asks.
        target: What the choice is to be best at.
        missed: Truths that a photo is expected to hold beside what the detections account for.
        blank: Share of photos that hold nothing, at most; saying nothing is right in those alone.
        least: Of ``precision``: probability from which so many are right.

    Returns:
        Places of those to say, rising.

    Example:
        >>> hits = np.repeat([[0.9], [0.3], [0.1]], 10, axis=1)
        >>> choose(hits, None, Target("categories"), missed=1.0).tolist()
        [0, 1]
    """
    if target.name == "all":
        return np.arange(len(hits))
    if target.name == "precision":
        return np.flatnonzero(hits[:, 0] >= least)
    gains = hits[:, :1] if target.name == "f1" else hits
    if target.name == "score2019" and sets is not None:
        gains = gains * sets[:, None]
    order = np.argsort(-gains.mean(axis=1), kind="stable")
    expected = np.cumsum(gains[order], axis=0)
    said = np.arange(1, len(order) + 1)[:, None]
    truths = hits[:, 0].sum() + missed
    reached = 2 * expected / (said + truths) if target.name == "f1" else expected / (said + truths - expected)
    scores = reached.mean(axis=1)
    # Saying nothing is right where nothing is there: with so many expected, of a Poisson law, that often, and
    # not more often than photos are without anything at all.
    if not len(scores) or scores.max() <= min(blank, np.exp(-truths)):
        return np.zeros(0, np.int64)
    return np.sort(order[: int(scores.argmax()) + 1])
