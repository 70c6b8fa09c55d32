"""Made-up looks: drawn figures with exact masks and attributes, from a seed."""

from attire.render.folder import render_folder
from attire.render.look import Look, draw_look

__all__ = ["Look", "draw_look", "render_folder"]
