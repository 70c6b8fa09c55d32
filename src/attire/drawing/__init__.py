"""Pictures of what was found: masks, names, boxes and contact sheets on photos."""

from attire.drawing.boxes import draw_boxes, score_color
from attire.drawing.looks import draw_instances, fit
from attire.drawing.palette import Color, category_colors, ink_on
from attire.drawing.phrases import telling_attributes
from attire.drawing.sheets import grid, side_by_side

__all__ = [
    "Color",
    "category_colors",
    "draw_boxes",
    "draw_instances",
    "fit",
    "grid",
    "ink_on",
    "score_color",
    "side_by_side",
    "telling_attributes",
]
