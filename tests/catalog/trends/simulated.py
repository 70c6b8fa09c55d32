"""Made-up photos over time whose true shares are known, counted as the catalogue's are."""

from dataclasses import dataclass

import numpy as np

from attire.catalog.trends.counts import Counts
from attire.catalog.trends.matrix_counts import count_matrix


@dataclass(frozen=True, kw_only=True)
class World:
    """What the photos are drawn from."""

    periods: int = 12
    lines: int = 60
    photos: int = 150
    """Per period, on average; drawn unevenly, from a third of it to thrice."""
    garments: int = 3
    """Per photo at most."""
    likeness: float = 1.0
    """Standard deviation of a photo's own taste, in log-odds: its garments resemble each other."""
    shock: float = 0.0
    """Standard deviation of what a period does to a line, in log-odds."""
    detector: float | None = 2.0
    """Distance between garments that show a line and those that do not, in standard deviations; None: no
    error."""
    score: tuple[float, float] = (0.5, 1.0)
    """Between which calibrated scores lie."""


def start_shares(world: World, rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(-4.2, -0.4, world.lines)


def draw(
    world: World, rng: np.random.Generator, start: np.ndarray, slope: np.ndarray, season: np.ndarray
) -> tuple[Counts, np.ndarray]:
    """Draw photos; give the counts and the true log-odds, shape (K, T).

    slope: change of the log-odds per period, shape (K,). season: height of a yearly wave of 12 periods.
    """
    size = np.maximum(world.photos * np.exp(rng.uniform(-1.1, 1.1, world.periods)), 5).astype(int)
    photo_period = np.repeat(np.arange(world.periods), size)
    held = rng.integers(1, world.garments + 1, len(photo_period))
    photo = np.repeat(np.arange(len(photo_period)), held)
    period = photo_period[photo]
    time = np.arange(world.periods) - (world.periods - 1) / 2
    logit = start[:, None] + slope[:, None] * time + season[:, None] * np.cos(2 * np.pi * time / 12)
    logit = logit + world.shock * rng.normal(size=logit.shape)
    taste = world.likeness * rng.normal(size=(len(photo_period), world.lines))
    chance = 1 / (1 + np.exp(-(logit.T[period] + taste[photo])))
    shows = rng.random(chance.shape) < chance
    score = rng.uniform(*world.score, len(photo))
    right = rng.random(len(photo)) < score
    kept = right | True
    if world.detector is None:
        probability = shows.astype(np.float32)
    else:
        usual = chance.mean(axis=0)
        distance = world.detector
        seen = distance * shows + rng.normal(size=shows.shape)
        odds = usual / (1 - usual) * np.exp(distance * seen - distance**2 / 2)
        probability = (odds / (1 + odds)).astype(np.float32)
    counts = count_matrix(probability[kept], score[kept], photo[kept], period[kept], world.periods)
    return counts, logit
