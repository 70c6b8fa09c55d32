"""Draw the pictures of README and docs anew: ``python docs/pictures.py`` (needs the render extra)."""

from pathlib import Path

from PIL import Image

from attire.atomic import atomic_path
from attire.drawing import draw_instances
from attire.render import draw_look

IMAGES = Path(__file__).parent / "images"
SHOWN = (1, 3, 7, 9)


def looks_with_labels() -> Image.Image:
    """Drawn looks side by side, each with its labels drawn on."""
    height, width = size = (640, 427)
    strip = Image.new("RGB", (width * len(SHOWN), height))
    for place, index in enumerate(SHOWN):
        look = draw_look(7, index, size)
        garments = look.instances[look.instances.boxes[:, 3] - look.instances.boxes[:, 1] > 16]
        strip.paste(draw_instances(look.photo, garments), (place * width, 0))
    return strip


def main() -> None:
    """Write every picture."""
    with atomic_path(IMAGES / "looks.jpg") as path:
        looks_with_labels().save(path, quality=88)


if __name__ == "__main__":
    main()
