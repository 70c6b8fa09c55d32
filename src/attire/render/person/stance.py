"""Poses: what the arms do and how the legs stand."""

from dataclasses import dataclass

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.paths import Floats
from attire.render.person.figure import LEVEL, Figure, Limb

__all__ = [
    "ARMS", "FOREARM", "STANCES", "UPPER_ARM", "Gesture", "choose_gestures", "pose_arm", "pose_legs",
]  # fmt: skip

UPPER_ARM, FOREARM = 28.0, 25.0
"""Lengths of the arm's bones, centimetres; one that points at the viewer is seen shorter."""

STANCES = {
    "straight": 0.24, "apart": 0.16, "weight on one leg": 0.32, "walking": 0.2, "crossed": 0.08,
}  # fmt: skip
"""How often a stance is taken."""


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """What one arm does."""

    lift: float
    """Degrees of the upper arm from the vertical outwards."""
    seen: float = 1.0
    """Share of the upper arm's length that is seen."""
    bend: float = 0.0
    """Degrees of the forearm against the upper arm outwards, where there is no ``wrist``."""
    wrist: tuple[float, float] | None = None
    """Where the wrist goes: a place of the straight body, x from its axis outwards, centimetres."""
    share: float
    """How often it is chosen."""


ARMS = {
    "hanging": Gesture(lift=9, bend=-6, share=0.3),
    "loose": Gesture(lift=17, bend=-20, share=0.17),
    "hip": Gesture(lift=45, seen=0.9, wrist=(17.0, 72.0), share=0.13),
    "pocket": Gesture(lift=25, seen=0.97, wrist=(15.6, 81.5), share=0.13),
    "front": Gesture(lift=11, seen=0.93, wrist=(4.5, 63.0), share=0.1),
    "strap": Gesture(lift=13, seen=0.86, wrist=(11.0, 49.0), share=0.06),
    "raised": Gesture(lift=24, seen=0.84, wrist=(31.0, 37.0), share=0.05),
    "crossed": Gesture(lift=8, seen=0.9, wrist=(-4.0, 58.0), share=0.04),
    "head": Gesture(lift=112, seen=0.82, wrist=(11.5, 13.0), share=0.02),
}
"""The catalogue of gestures."""


def choose_gestures(rng: Rng) -> tuple[str, str]:
    """Choose what each arm does; no more than one arm does something out of the common."""
    names, shares = [*ARMS], np.array([gesture.share for gesture in ARMS.values()])
    first = str(rng.choice(names, p=shares / shares.sum()))
    calm = names[:4] if first in ("hanging", "loose", "pocket", "hip") else names[:2]
    second = str(rng.choice(calm)) if rng.random() < 0.85 else first
    if second in ("crossed", "head", "raised", "strap"):
        second = "hanging"
    return (first, second) if rng.random() < 0.5 else (second, first)


def pose_arm(body: Figure, side: int, rng: Rng) -> Limb:
    """Put one arm where its gesture wants it."""
    out, gesture = (-1, 1)[side], ARMS[body.gestures[side]]
    jitter = rng.uniform(-1, 1, 4)
    lift = np.radians(gesture.lift + 4 * jitter[0] + 8 * max(0.0, body.breadth - 1))
    shoulder = np.array(body.at(out * (body.half_width("shoulder") - 3.8), LEVEL["shoulder"] + 3.2))
    upper = UPPER_ARM * gesture.seen * np.array([out * np.sin(lift), np.cos(lift)])
    elbow = shoulder + upper
    if gesture.wrist is None:
        bend = lift + np.radians(gesture.bend + 5 * jitter[1])
        return _limb(shoulder, elbow, elbow + FOREARM * 0.98 * np.array([out * np.sin(bend), np.cos(bend)]))
    across, down = gesture.wrist
    wide = body.half_width("hip" if down > 70 else "bust") / (16.4 if down > 70 else 14.6)
    if 20 < down < 70:
        wide = 0.5 + 0.5 * wide
    wrist = np.array(body.at(out * across * wide, down)) + jitter[2:] * (0.8, 1.4)
    reach = wrist - elbow
    length = float(np.linalg.norm(reach))
    return _limb(shoulder, elbow, elbow + reach / length * np.clip(length, 0.5 * FOREARM, FOREARM))


def pose_legs(body: Figure, stance: str, rng: Rng) -> tuple[Limb, Limb]:
    """Put both legs; the hips are shifted over the leg that bears the weight."""
    low, wide = body.lean[1], body.half_width("hip") / 16.4
    bearing = 1 if low > 0 else 0
    limbs = []
    for side, out in enumerate((-1, 1)):
        hip = np.array(body.at(out * 7.9 * wide, LEVEL["hip"] + 4))
        apart, forward = _stand(stance, side == bearing, rng)
        ankle = np.array([out * apart * wide + 0.3 * low, LEVEL["ankle"] + forward])
        middle = 0.52 * hip[0] + 0.48 * ankle[0]
        knee = np.array([middle - out * 0.25 * max(0.0, apart - 6), LEVEL["knee"] + 0.35 * forward])
        limbs.append(_limb(hip, knee, ankle))
    return limbs[0], limbs[1]


def _stand(stance: str, bearing: bool, rng: Rng) -> tuple[float, float]:
    """Give how far outwards an ankle stands and how much nearer (lower in the photo) than the other."""
    jitter = float(rng.uniform(-0.6, 0.6))
    places = {
        "straight": ((4.9, 0.0), (4.9, 0.0)),
        "apart": ((8.2, 0.0), (8.2, 0.0)),
        "weight on one leg": ((4.2, -1.0), (8.4, 0.6)),
        "walking": ((3.4, -5.0), (2.4, 1.2)),
        "crossed": ((2.8, -2.5), (-2.2, 0.6)),
    }[stance]
    apart, forward = places[0 if bearing else 1]
    return apart + jitter, forward


def _limb(first: Floats, middle: Floats, last: Floats) -> Limb:
    return (
        (float(first[0]), float(first[1])),
        (float(middle[0]), float(middle[1])),
        (float(last[0]), float(last[1])),
    )
