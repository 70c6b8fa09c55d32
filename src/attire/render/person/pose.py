"""Bodies and the ways they stand."""

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.person.figure import LEVEL, Figure, Limb

__all__ = ["HAIR", "SKIN", "pose_figure"]

SKIN = ("#f6d7c3", "#eec1a2", "#dfa985", "#c68a63", "#a86f4a", "#82502f", "#5f3922", "#452a1b")
HAIR = ("#17120f", "#2e2018", "#4b3221", "#7a4e2b", "#a9743d", "#d2ab6b", "#8d2f1d", "#8e8a86")

UPPER_ARM, FOREARM = 29.0, 25.0

ARMS = {
    "hanging": (10.0, -6.0),
    "hip": (48.0, -105.0),
    "loose": (20.0, -22.0),
    "pocket": (30.0, -48.0),
    "bent": (14.0, 60.0),
    "raised": (62.0, 95.0),
}
"""Degrees of the upper arm from the vertical outwards, and of the forearm against it."""


def pose_figure(rng: Rng) -> Figure:
    """Choose a body and a pose: weight on one leg, shoulders against hips, arms hanging, bent or on a hip."""
    build, breadth = float(rng.uniform(-1, 1)), float(np.clip(rng.normal(1.02, 0.1), 0.86, 1.32))
    sway = float(rng.normal(0, 2.2))
    body = Figure(
        build=build, breadth=breadth, lean=(-0.3 * sway, sway), tilt=(0.55 * sway, -0.7 * sway),
        turn=float(rng.uniform(-0.34, 0.34)), nod=float(rng.normal(0, 5)),
        arms=_REST, legs=_REST,
        skin=str(rng.choice(SKIN)), hair=str(rng.choice(HAIR)),
        hair_length=float(rng.choice([14.0, 20.0, 32.0, 46.0])),
    )  # fmt: skip
    arms = (_arm(body, -1, rng), _arm(body, 1, rng))
    stance = str(rng.choice(["straight", "apart", "walking", "crossed"], p=[0.35, 0.3, 0.25, 0.1]))
    legs = (_leg(body, -1, stance, rng), _leg(body, 1, stance, rng))
    return Figure(**{**vars(body), "arms": arms, "legs": legs})


_REST: tuple[Limb, Limb] = (((0, 0), (0, 1), (0, 2)), ((0, 0), (0, 1), (0, 2)))


def _arm(body: Figure, side: int, rng: Rng) -> Limb:
    name = str(rng.choice([*ARMS], p=[0.4, 0.14, 0.2, 0.12, 0.1, 0.04]))
    lift, bend = (np.radians(angle + rng.uniform(-6, 6)) for angle in ARMS[name])
    shoulder = np.array(body.at(side * (body.half_width("shoulder") - 3.6), LEVEL["shoulder"] + 3.4))
    elbow = shoulder + UPPER_ARM * np.array([side * np.sin(lift), np.cos(lift)])
    wrist = elbow + FOREARM * np.array([side * np.sin(lift + bend), np.cos(lift + bend)])
    return _limb(shoulder, elbow, wrist)


def _leg(body: Figure, side: int, stance: str, rng: Rng) -> Limb:
    hip = np.array(body.at(side * 8.2 * body.breadth, LEVEL["hip"] + 4))
    low = body.lean[1]
    out = {"straight": 5.8, "apart": 13.0, "walking": 5.0, "crossed": -1.5}[stance] + rng.uniform(-1, 1.5)
    ankle = np.array([side * out + 0.15 * low, LEVEL["ankle"]])
    knee = np.array([0.5 * hip[0] + 0.5 * ankle[0] + side * 0.9, LEVEL["knee"]])
    if stance == "walking" and side == (1 if low > 0 else -1):
        ankle[1] -= rng.uniform(2, 5)
        knee += (side * rng.uniform(-1.5, 1.0), -1.5)
    return _limb(hip, knee, ankle)


def _limb(first: np.ndarray, middle: np.ndarray, last: np.ndarray) -> Limb:  # type: ignore[type-arg]
    return (
        (float(first[0]), float(first[1])),
        (float(middle[0]), float(middle[1])),
        (float(last[0]), float(last[1])),
    )
