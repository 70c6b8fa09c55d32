"""Whether trends keep their word: false alarms, power and intervals on made-up photos whose truth is known.

    python benchmarks/trends.py [--repeat 200] [--only NAME]

Photos of one to three garments that resemble each other, unevenly spread over periods, read by a detector
that is in doubt. Without a plant, no line grows; with it, a fifth of them does, by 1.2 in log-odds over the
whole time. `alarms` is the share of reports on nothing that list anything, which is then all false; `false`
the mean share of false alarms among what is listed, with a plant; both are promised to be at most 0.05.
`p < 0.05` is the share of such p-values where nothing is; `found` the share of planted lines listed; `held`
the share of true growths that lie in their 95 % intervals; `waves` the share of reports on nothing that list
a season.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from attire.catalog.trends.counts import Counts
from attire.catalog.trends.growth import measure_growth, supported
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
    likeness: float = 0.4
    """Chance that a garment copies what its photo has, so that garments of a photo resemble each other."""
    shock: float = 0.0
    """Standard deviation of what a period does to a line, in log-odds, beyond trend and chance."""
    detector: float | None = 2.0
    """Distance between garments that show a line and those that do not, in standard deviations of what the
    detector sees; None where it makes no error."""
    exclusive: bool = False
    """Whether a garment shows exactly one line, as it has one main colour."""


PLAIN = World()
WORLDS = {
    "flawless labels, one garment each": replace(PLAIN, garments=1, detector=None),
    "flawless labels": replace(PLAIN, detector=None),
    "alike within photos": replace(PLAIN, detector=None, likeness=0.8),
    "detector in doubt": PLAIN,
    "detector in much doubt": replace(PLAIN, detector=1.5),
    "one main colour each": replace(PLAIN, lines=12, exclusive=True, detector=None),
    "few photos": replace(PLAIN, photos=40),
    "restless periods": replace(PLAIN, shock=0.2),
    "4 periods": replace(PLAIN, periods=4),
    "4 restless periods": replace(PLAIN, periods=4, shock=0.2),
    "2 periods": replace(PLAIN, periods=2),
    "36 months": replace(PLAIN, periods=36, photos=100),
    "36 restless months": replace(PLAIN, periods=36, photos=100, shock=0.2),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--repeat", type=int, default=200, help="reports of each kind")
    parser.add_argument("--only", help="part of the name of what to try")
    options = parser.parse_args()
    columns = ("", "alarms", "p < 0.05", "false", "found", "held", "waves")
    print(" | ".join([f"{columns[0]:34}", *(f"{name:>8}" for name in columns[1:])]))
    for name, world in WORLDS.items():
        if options.only is None or options.only in name:
            row = " | ".join(f"{figure:8.3f}" for figure in judge(world, options.repeat))
            print(f"{name:34} | {row}", flush=True)


def judge(world: World, repeat: int) -> Iterator[float]:
    """Give the figures of a row."""
    alarms, waves, p, false, found, held = [], [], [], [], [], []
    for seed in range(repeat):
        _, growth = report(world, np.random.default_rng(seed), np.zeros(world.lines))
        alarms.append((growth.q <= 0.05).any())
        waves.append(((growth.wave_q <= 0.05) & growth.stable).any())
        p += (growth.p < 0.05).tolist()
    planted = np.zeros(world.lines)
    planted[: world.lines // 5] = 1.2 / world.periods
    for seed in range(repeat):
        random = np.random.default_rng(100_000 + seed)
        truth, growth = report(world, random, planted * random.choice([-1, 1], world.lines))
        listed = growth.q <= 0.05
        false.append((listed & (truth == 0)).sum() / max(listed.sum(), 1))
        found += listed[truth != 0].tolist()
        held += ((growth.low <= truth) & (truth <= growth.high)).tolist()
    if world.exclusive:  # where some colours grow, all others have to shrink: nothing is false
        false, found, held = [np.nan], [np.nan], [np.nan]
    yield from (float(np.mean(figure)) for figure in (alarms, p, false, found, held, waves))


def report(world: World, random: np.random.Generator, slope: np.ndarray):
    """Give the true growth of the lines tested, and what was found."""
    counts = draw(world, random, slope)
    rows = np.flatnonzero(supported(counts))
    cycle = 12.0 if world.periods >= 24 else None
    return slope[rows], measure_growth(counts.take(rows), np.arange(world.periods, dtype=float), cycle)


def draw(
    world: World,
    random: np.random.Generator,
    slope: np.ndarray | None = None,
    season: np.ndarray | None = None,
) -> Counts:
    """Draw photos and count them.

    slope: change of each line's log-odds per period, shape (K,). season: height of its wave over 12 periods.
    The detector is calibrated over all periods together, as the catalogue's is.
    """
    size = np.maximum(world.photos * np.exp(random.uniform(-1.1, 1.1, world.periods)), 20).astype(int)
    of_photo = np.repeat(np.arange(world.periods), size)
    photo = np.repeat(np.arange(len(of_photo)), random.integers(1, world.garments + 1, len(of_photo)))
    period = of_photo[photo]
    chance = shares(world, random, slope, season)[:, period].T
    copies = random.random(len(photo)) < world.likeness
    shows = (
        _exclusive(chance, photo, copies, random) if world.exclusive else _free(chance, photo, copies, random)
    )
    seen = shows.astype(np.float32)
    if world.detector is not None:
        usual, apart = chance.mean(axis=0), world.detector
        odds = (
            usual
            / (1 - usual)
            * np.exp(apart * (apart * shows + random.normal(size=shows.shape)) - apart**2 / 2)
        )
        seen = (odds / (1 + odds)).astype(np.float32)
    return count_matrix(seen, random.uniform(0.5, 1.0, len(photo)), photo, period, world.periods)


def shares(
    world: World, random: np.random.Generator, slope: np.ndarray | None, season: np.ndarray | None
) -> np.ndarray:
    """True shares, shape (K, T)."""
    time = np.arange(world.periods)
    logit = random.uniform(-4.2, -0.4, world.lines)[:, None] + np.zeros(world.periods)
    if slope is not None:
        logit = logit + slope[:, None] * (time - time.mean())
    if season is not None:
        logit = logit + season[:, None] * np.cos(2 * np.pi * time / 12)
    logit = logit + world.shock * random.normal(size=logit.shape)
    odds = np.exp(logit)
    return odds / odds.sum(axis=0) if world.exclusive else odds / (1 + odds)


def _free(
    chance: np.ndarray, photo: np.ndarray, copies: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    luck = random.random((int(photo[-1]) + 1, chance.shape[1]), dtype=np.float32)
    own = random.random(chance.shape, dtype=np.float32)
    return np.where(copies[:, None], luck[photo], own) < chance


def _exclusive(
    chance: np.ndarray, photo: np.ndarray, copies: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    luck = np.where(copies, random.random(int(photo[-1]) + 1)[photo], random.random(len(photo)))
    which = np.minimum((luck[:, None] > np.cumsum(chance, axis=1)).sum(axis=1), chance.shape[1] - 1)
    return which[:, None] == np.arange(chance.shape[1])


if __name__ == "__main__":
    main()
