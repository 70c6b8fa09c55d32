"""How far two runtimes agree on what they see."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from attire.predict.runtime import RawDetections

__all__ = ["SAME_PX", "Agreement", "agreement"]

SAME_PX = 0.25
"""Input pixels within which all sides of two boxes lie to be the same one."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What is left of one runtime's detections in another's."""

    detections: int
    """How many were looked for."""
    found: int
    """How many of them the other has, too: same label, box within a quarter of an input pixel."""
    box_px: float
    """Largest difference of a side of those, input pixels."""
    score: float
    """Largest difference of their scores."""
    mask: float
    """Largest difference of a cell of their masks."""
    attribute: float
    """Largest difference of an attribute's probability."""

    @property
    def share(self) -> float:
        """Share of detections that were found; 1 if there was nothing to find."""
        return self.found / self.detections if self.detections else 1.0


def agreement(pairs: Iterable[tuple[RawDetections, RawDetections]]) -> Agreement:
    """Look for the detections of the first of each pair among those of the second.

    Args:
        pairs: What two runtimes say of the same inputs.

    Returns:
        The agreement over all of them.
    """
    detections = found = 0
    worst = {"box_px": 0.0, "score": 0.0, "mask": 0.0, "attribute": 0.0}
    for first, second in pairs:
        detections += len(first)
        if not len(first) or not len(second):
            continue
        apart = np.abs(first.boxes[:, None] - second.boxes[None]).max(axis=2)
        apart[first.labels[:, None] != second.labels[None]] = np.inf
        twin = apart.argmin(axis=1)
        own = np.flatnonzero(apart[np.arange(len(first)), twin] <= SAME_PX)
        twin = twin[own]
        found += len(own)
        for name, a, b in (
            ("box_px", first.boxes, second.boxes),
            ("score", first.scores, second.scores),
            ("mask", first.masks, second.masks),
            ("attribute", first.attribute_probs, second.attribute_probs),
        ):
            worst[name] = max(worst[name], float(np.abs(a[own] - b[twin]).max(initial=0)))
    return Agreement(detections=detections, found=found, **worst)
