"""Many thin boxes on a photo, for showing how a network gets to its answer."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from attire.drawing.looks import fit
from attire.drawing.palette import Color, oklch_to_rgb
from attire.errors import AnnotationError

__all__ = ["draw_boxes", "score_color"]

_FEW = 60
"""Up to so many boxes, each gets a line that stands out alone."""


def draw_boxes(
    photo: Image.Image,
    boxes: npt.ArrayLike,
    *,
    scores: npt.ArrayLike | None = None,
    color: Color = (255, 210, 70),
    max_side: int | None = None,
) -> Image.Image:
    """Draw boxes as thin lines, the surest on top.

    Args:
        photo: The photo, upright.
        boxes: xyxy in pixels of the photo, shape ``(N, 4)``.
        scores: Confidence in 0 … 1, shape ``(N,)``; colours the boxes from violet (0) to yellow (1),
            and a box is the more opaque the surer it is.
        color: Of all boxes where there are no scores.
        max_side: Longest side of the result in pixels; a smaller photo stays as it is.

    Returns:
        A new RGB picture.

    Raises:
        AnnotationError: If boxes and scores do not fit together.
    """
    corners = np.asarray(boxes, np.float64)
    corners = corners.reshape(0, 4) if corners.size == 0 else corners
    sure = None if scores is None else np.asarray(scores, np.float64)
    if corners.ndim != 2 or corners.shape[1] != 4 or (sure is not None and sure.shape != (len(corners),)):
        raise AnnotationError(
            f"Boxes have shape {corners.shape} and scores {None if sure is None else sure.shape}; "
            "expected (N, 4) and (N,)."
        )
    canvas = fit(photo, max_side)
    draw = ImageDraw.Draw(canvas, "RGBA")
    corners = corners * (np.array([canvas.width, canvas.height] * 2) / np.array([*photo.size, *photo.size]))
    few = len(corners) <= _FEW
    opacity = 235 if few else 150
    width = max(1, round(max(canvas.size) / (380 if few else 700)))
    order = np.arange(len(corners)) if sure is None else np.argsort(sure, kind="stable")
    for i in order.tolist():
        x1, y1, x2, y2 = corners[i].tolist()
        if x2 <= x1 or y2 <= y1:
            continue
        ink = color if sure is None else score_color(float(sure[i]))
        solid = opacity if sure is None else round(60 + (opacity - 60) * min(max(float(sure[i]), 0.0), 1.0))
        draw.rectangle((x1, y1, max(x1, x2 - 1), max(y1, y2 - 1)), outline=(*ink, solid), width=width)
    return canvas


def score_color(score: float) -> Color:
    """Give the colour of a confidence: violet at 0 through red to yellow at 1, ever lighter.

    Example:
        >>> score_color(1.0)[0] > score_color(0.0)[0]
        True
    """
    share = min(max(score, 0.0), 1.0)
    return oklch_to_rgb(0.50 + 0.40 * share, 0.17, 0.83 + 0.45 * share)
