"""Lines of a garment along which decorations are sewn."""

import numpy as np

from attire.render.panel import Panel
from attire.render.paths import Floats
from attire.render.person import LEVEL
from attire.render.wardrobe.finishes.places import drape, to_hem
from attire.render.wardrobe.garment import Garment

__all__ = ["across", "from_shoulders", "hems", "neck_edge", "spread", "waist"]


def from_shoulders(garment: Garment) -> bool:
    """Tell whether the garment hangs from the shoulders, and so has an edge at the neck."""
    return float(garment.body.points[0, :, 1].mean()) < LEVEL["armpit"]


def across(panel: Panel, t: float, s: tuple[float, float] = (-0.97, 0.97), count: int = 16) -> Floats:
    """Lead a line across a sheet at the height ``t``, centimetres, shape (N, 2)."""
    return panel.on(np.stack([np.linspace(*s, count), np.full(count, t)], axis=1))


def hems(garment: Garment) -> list[Floats]:
    """Give the lower edges of the garment, each centimetres from left to right, shape (N, 2)."""
    return [across(panel, 0.99, (-1, 1), 24) for panel in to_hem(garment)]


def waist(garment: Garment) -> Floats:
    """Lead a line across the waist, centimetres, shape (N, 2)."""
    panel = drape(garment)
    if not from_shoulders(garment) or panel is garment.skirt:
        return across(panel, min(3.0 / max(panel.height, 1), 0.4))
    return across(panel, float(np.clip(panel.t_for(LEVEL["waist"]), 0.4, 0.95)))


def neck_edge(garment: Garment, below: float = 1.0) -> Floats:
    """Find the edge of the opening for the neck, whatever was cut out, from left to right.

    Args:
        garment: It hangs from the shoulders.
        below: Centimetres under the edge.

    Returns:
        Centimetres, shape (N, 2).
    """
    whole, (left, right) = garment.outline(), (garment.body.points[0, 0], garment.body.points[0, -1])
    edge = []
    for share in np.linspace(0.0, 1.0, 19):
        x, top = (left + (right - left) * share).tolist()
        y = next((y for y in np.arange(top - 1.0, top + 45.0, 0.7) if whole.contains(x, float(y))), top)
        edge.append((x, y + below))
    points = np.array(edge)
    points[1:-1, 1] = (points[:-2, 1] + 2 * points[1:-1, 1] + points[2:, 1]) / 4
    return points


def spread(line: Floats, step: float) -> Floats:
    """Walk along a line in equal steps of about ``step`` centimetres."""
    place = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    steps = np.linspace(0, place[-1], max(2, round(place[-1] / step) + 1))
    return np.stack([np.interp(steps, place, line[:, axis]) for axis in (0, 1)], axis=1)
