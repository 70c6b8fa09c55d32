"""What was found, put into the words of the schemas."""

from attire.serve.answers.garments import colours_out, file_name, garment_out
from attire.serve.answers.model_name import model_name
from attire.serve.answers.overlay import draw_overlay
from attire.serve.answers.reading import MaskForm, instances_seen, photo_seen

__all__ = [
    "MaskForm",
    "colours_out",
    "draw_overlay",
    "file_name",
    "garment_out",
    "instances_seen",
    "model_name",
    "photo_seen",
]
