"""A photo's mirror image, and what is found in it moved back."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from attire.predict.runtime import RawDetections

__all__ = ["mirror_detections", "mirror_input"]


def mirror_input(array: npt.NDArray[np.uint8], content_width: int) -> npt.NDArray[np.uint8]:
    """Mirror the part of an input that shows the photo; padding stays at the right.

    Args:
        array: Shape ``(3, height, width)``.
        content_width: Columns that show the photo.
    """
    mirrored = array.copy()
    mirrored[:, :, :content_width] = array[:, :, :content_width][:, :, ::-1]
    return mirrored


def mirror_detections(raw: RawDetections, content_width: int) -> RawDetections:
    """Mirror detections of a mirrored input back."""
    x1, y1, x2, y2 = raw.boxes.T
    boxes = np.stack([content_width - x2, y1, content_width - x1, y2], axis=1).astype(np.float32)
    return replace(raw, boxes=boxes, masks=raw.masks[:, :, ::-1])
