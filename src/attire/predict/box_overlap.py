"""How far boxes overlap."""

import numpy as np
import numpy.typing as npt

__all__ = ["box_ious"]

_LEAST = 1e-6
"""Square pixels that a union has at least, so that empty boxes overlap nothing."""


def box_ious(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """IoU of every box with every box.

    Args:
        a: xyxy, shape ``(N, 4)``.
        b: xyxy, shape ``(M, 4)``.

    Returns:
        Shape ``(N, M)``.
    """
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=2)
    areas_a, areas_b = np.prod(a[:, 2:] - a[:, :2], axis=1), np.prod(b[:, 2:] - b[:, :2], axis=1)
    union = areas_a[:, None] + areas_b[None, :] - common
    ious: npt.NDArray[np.float32] = (common / np.maximum(union, _LEAST)).astype(np.float32)
    return ious
