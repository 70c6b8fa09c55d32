"""Bodies: slim to plus-size, broad-shouldered to wide-hipped, and how they stand."""

from dataclasses import replace

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.person.figure import Figure, Limb
from attire.render.person.stance import ARMS, STANCES, choose_gestures, pose_arm, pose_legs

__all__ = ["ARMS", "DYED", "HAIR", "SKIN", "STANCES", "pose_figure"]

SKIN = (
    "#f7ddcd", "#f3cfb8", "#ecbd9c", "#e0aa84", "#d0946c", "#bd7f58", "#a56a46", "#8a5636", "#6d412a",
    "#54301f", "#41251a",
)  # fmt: skip
HAIR = (
    "#15110f", "#231914", "#38261c", "#523626", "#6f4a2e", "#8f6440", "#b58c58", "#d6b67e", "#a6492a",
    "#7a2f1c", "#9a9691", "#d8d4cd",
)  # fmt: skip
DYED = ("#c45a86", "#3f7fa6", "#7a4f9c", "#2f8f7d", "#c23a3a", "#e7e0d2", "#e08a3c")

_REST: tuple[Limb, Limb] = (((0, 0), (0, 1), (0, 2)), ((0, 0), (0, 1), (0, 2)))


def pose_figure(rng: Rng) -> Figure:
    """Choose a body, a pose and hair; nobody in particular."""
    build = float(np.clip(rng.normal(0.15, 0.75), -1, 1))
    breadth = float(
        np.clip(rng.normal(0.98, 0.08) + (0.22 * rng.random() if rng.random() < 0.22 else 0), 0.86, 1.32)
    )
    stance = str(rng.choice([*STANCES], p=[*STANCES.values()]))
    sway = float(np.clip(rng.normal(0, 2.4 if stance == "weight on one leg" else 1.0), -3.6, 3.6))
    if stance == "weight on one leg":
        sway = float(np.copysign(max(abs(sway), 1.6), sway))
    three_quarter = rng.random() < 0.3
    turn = float(rng.choice([-1, 1]) * (rng.uniform(0.26, 0.42) if three_quarter else rng.uniform(0, 0.2)))
    body = Figure(
        build=build, breadth=breadth, lean=(-0.3 * sway, sway), tilt=(0.5 * sway, -0.6 * sway),
        turn=turn, nod=float(np.clip(rng.normal(0, 3.6), -8, 8)), gaze=float(rng.normal(0, 0.14)),
        head_size=float(rng.uniform(0.93, 1.03)),
        toes=(float(rng.uniform(1, 4.5)), float(rng.uniform(1, 4.5))),
        gestures=choose_gestures(rng), arms=_REST, legs=_REST,
        skin=str(rng.choice(SKIN)), hair="#000000", hair_length=20.0, face_seed=int(rng.integers(1 << 30)),
    )  # fmt: skip
    body = _with_hair(body, rng)
    return replace(
        body,
        arms=(pose_arm(body, 0, rng), pose_arm(body, 1, rng)),
        legs=pose_legs(body, stance, rng),
        hands_shown=(body.gestures[0] != "pocket", body.gestures[1] != "pocket"),
    )


def _with_hair(body: Figure, rng: Rng) -> Figure:
    """Choose hair: dark with dark skin, grey or dyed now and then; long more often with wider hips."""
    from attire.render.person.hair import STYLES

    dark = SKIN.index(body.skin) >= 5
    natural = HAIR[:4] if dark else HAIR[:10]
    old = rng.random() < 0.1
    color = str(rng.choice(HAIR[10:] if old else DYED if rng.random() < 0.09 else natural))
    names = [*STYLES]
    weights = np.array([STYLES[name].weight(body.build, dark) for name in names])
    name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
    return replace(body, hair=color, hair_style=name, hair_length=float(rng.uniform(*STYLES[name].fall)))
