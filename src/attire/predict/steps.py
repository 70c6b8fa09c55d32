"""How the network gets there, as a row of pictures: proposals, refined boxes, suppression, masks."""

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.drawing import draw_boxes, draw_instances, side_by_side
from attire.errors import RecipeError
from attire.predict.look import Look
from attire.predict.postprocess import postprocess
from attire.predict.runtime import RawDetections, Runtime
from attire.preprocess import preprocess

__all__ = ["Steps", "TracingRuntime", "draw_steps"]

_MAX_BOXES = 100
_MAX_NAMES = 25


@dataclass(frozen=True, kw_only=True, eq=False)
class Steps:
    """What the network thought of one input on its way; all boxes xyxy in input pixels."""

    proposals: npt.NDArray[np.float32]
    """Where something might be, best first, shape ``(P, 4)``."""
    objectness: npt.NDArray[np.float32]
    """How sure of it, in 0 … 1, shape ``(P,)``."""
    refined: npt.NDArray[np.float32]
    """Boxes of the second stage before suppression, shape ``(K, 4)``."""
    refined_scores: npt.NDArray[np.float32]
    """Confidence of each, in 0 … 1, shape ``(K,)``."""
    detections: RawDetections
    """What suppression keeps, outlined and described."""


@runtime_checkable
class TracingRuntime(Runtime, Protocol):
    """A runtime that can show its steps; exported networks cannot."""

    def trace(self, array: npt.NDArray[np.uint8]) -> Steps:
        """Run the network on one input, shape ``(3, height, width)``, and keep its steps."""


def draw_steps(runtime: Runtime, look: Look, *, max_side: int = 900) -> Image.Image:
    """Draw the way to a look, as in the slides of the founding project.

    Args:
        runtime: What found it; its network runs once more, on the photo as it is (no mirror image).
        look: What was found, already selected.
        max_side: Longest side of each picture in pixels.

    Returns:
        Four titled pictures in a row.

    Raises:
        RecipeError: If this runtime cannot show its steps.
    """
    if not isinstance(runtime, TracingRuntime):
        raise RecipeError(
            f"{type(runtime).__name__} gives results only, no steps. Use the model that attire train wrote."
        )
    photo = look.photo
    array, geometry = preprocess(photo, runtime.input_spec)
    steps = runtime.trace(array)
    first = np.argsort(-steps.objectness, kind="stable")[:_MAX_BOXES]
    second = np.argsort(-steps.refined_scores, kind="stable")[:_MAX_BOXES]
    kept = postprocess(steps.detections, geometry, image_id=look.image_id, ontology=look.ontology)
    pictures = {
        f"1  proposals: {len(first)} surest of {len(steps.proposals)}": draw_boxes(
            photo,
            geometry.to_photo(steps.proposals[first]),
            scores=steps.objectness[first],
            max_side=max_side,
        ),
        f"2  refined: {len(second)} surest of {len(steps.refined)}": draw_boxes(
            photo,
            geometry.to_photo(steps.refined[second]),
            scores=steps.refined_scores[second],
            max_side=max_side,
        ),
        f"3  after suppression: {len(kept)}": draw_instances(
            photo, replace(kept, masks=None), names=len(kept) <= _MAX_NAMES, max_side=max_side
        ),
        f"4  masks of the {len(look)} selected": look.draw(max_side=max_side),
    }
    return side_by_side(list(pictures.values()), list(pictures))
