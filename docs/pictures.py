"""Draw the pictures of README and docs and the package's sample looks: ``python docs/pictures.py [NAME …]``.

Needs the render and train extras. Every picture is drawn by ``attire.render``; nobody in them is real.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFont

from attire.atomic import atomic_path, write_bytes
from attire.drawing import draw_instances
from attire.ontology import Ontology
from attire.parts import attach_parts
from attire.predict import Predictor
from attire.progress import track
from attire.render import Look, draw_look, render_folder
from attire.samples import sample_looks

IMAGES = Path(__file__).parent / "images"
SHOWN = (13, 9, 4, 15)
"""Looks of seed 7 on the README's first screen."""
PAIRS = (0, 1, 2, 3)
"""Looks of two people, of seed 61, whose parts are attached."""
SHEET = range(32)
"""Looks of seed 21 on the contact sheet."""
SAMPLES, SAMPLE_SEED = 24, 2019
"""How many looks ship with the package, and of which seed."""
TILE = (208, 152)
"""Height and width of a tile of the labelled sheets, pixels."""
FEW = 4
"""How many instances a tile is chosen from."""


def looks() -> None:
    """Four looks side by side, each with its labels drawn on."""
    height, width = size = (640, 427)
    strip = Image.new("RGB", (width * len(SHOWN), height))
    for place, index in enumerate(SHOWN):
        look = draw_look(7, index, size)
        garments = look.instances[look.instances.boxes[:, 3] - look.instances.boxes[:, 1] > 16]
        strip.paste(draw_instances(look.photo, garments), (place * width, 0))
    _save(strip, "looks.jpg")


def read() -> None:
    """Four looks as the model in the box reads them."""
    height, width = size = (640, 427)
    predictor = Predictor.load(device="cpu")
    strip = Image.new("RGB", (width * len(SHOWN), height))
    for place, index in enumerate(SHOWN):
        strip.paste(predictor(draw_look(7, index, size).photo).draw(), (place * width, 0))
    _save(strip, "read.jpg")


def parts() -> None:
    """Looks of two people with their true labels, every part named with its garment."""
    height, width = size = (640, 427)
    strip = Image.new("RGB", (width * len(PAIRS), height))
    for place, index in enumerate(PAIRS):
        look = draw_look(61, index, size, wanted=("two people",))
        picture = draw_instances(look.photo, look.instances, owners=attach_parts(look.instances))
        strip.paste(picture, (place * width, 0))
    _save(strip, "parts.jpg")


def contact_sheet() -> None:
    """What comes out without choosing: the first looks of one seed."""
    _save(_grid([draw_look(21, index, (288, 192)).photo for index in SHEET], columns=8), "contact-sheet.jpg")


def categories() -> None:
    """Every category once, with its name."""
    names = [category.name for category in Ontology.imaterialist2019().categories]
    _save(
        _grid([_tile(name, _shows_category) for name in track(names, "Categories")], columns=10),
        "categories.jpg",
    )


def attributes() -> None:
    """Every attribute once, with its name."""
    names = [attribute.name for attribute in Ontology.imaterialist2019().attributes]
    _save(
        _grid([_tile(name, _shows_attribute) for name in track(names, "Attributes")], columns=10),
        "attributes.jpg",
    )


def samples() -> None:
    """The two dozen looks that ship with the package, as ``attire render`` writes them."""
    with TemporaryDirectory() as folder:
        render_folder(folder, SAMPLES, size=(384, 256), seed=SAMPLE_SEED)
        for name in (
            "train.csv",
            "label_descriptions.json",
            *(f"photos/{i:06d}.jpg" for i in range(SAMPLES)),
        ):
            write_bytes(sample_looks() / name, (Path(folder) / name).read_bytes())


def _tile(name: str, shows: Callable[[Look, int, str], bool], tries: int = 40) -> Image.Image:
    """Crop an instance that shows something out of a look that wants it, and write its name below.

    The best of the first few is taken: large, and hardly interrupted by what lies over it.
    """
    best: tuple[float, Look, int] | None = None
    found = 0
    for index in range(tries):
        look = draw_look(sum(map(ord, name)), index, (576, 384), uniform=True, wanted=(name,))
        for i in range(len(look.instances)):
            if shows(look, i, name) and look.instances.masks is not None:
                left, top, right, bottom = look.instances.boxes[i].tolist()
                area = float(look.instances.masks.areas[i])
                worth = area**0.5 * area / ((right - left) * (bottom - top))
                best = (worth, look, i) if best is None or worth > best[0] else best
                found += 1
        if found >= FEW:
            break
    return _captioned(name, best)


def _captioned(name: str, found: tuple[float, Look, int] | None) -> Image.Image:
    height, width = TILE
    tile = Image.new("RGB", (width, height + 18), "white")
    if found:
        _, look, i = found
        left, top, right, bottom = look.instances.boxes[i].tolist()
        half = 0.58 * max((right - left) / width * height, bottom - top, 40)
        x, y = (left + right) / 2, (top + bottom) / 2
        half = min(half, look.photo.height / 2, look.photo.width / 2 / width * height)
        x = min(max(x, half * width / height), look.photo.width - half * width / height)
        y = min(max(y, half), look.photo.height - half)
        box = (x - half * width / height, y - half, x + half * width / height, y + half)
        tile.paste(
            look.photo.transform((width, height), Image.Transform.EXTENT, box, Image.Resampling.BICUBIC)
        )
    text = name.replace(" (pattern)", "").split(",")[0][:24]
    ImageDraw.Draw(tile).text(
        (width / 2, height + 3), text, fill="#222222", font=ImageFont.load_default(12), anchor="ma"
    )
    return tile


def _shows_attribute(look: Look, i: int, name: str) -> bool:
    return name in look.instances.attribute_names(i)


def _shows_category(look: Look, i: int, name: str) -> bool:
    return look.instances.category_name(i) == name


def _grid(tiles: list[Image.Image], columns: int) -> Image.Image:
    width, height = tiles[0].size
    sheet = Image.new("RGB", (columns * width, -(-len(tiles) // columns) * height), "white")
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (place % columns * width, place // columns * height))
    return sheet


def _save(image: Image.Image, name: str) -> None:
    with atomic_path(IMAGES / name) as path:
        image.save(path, quality=86)


PICTURES = {
    picture.__name__: picture
    for picture in (looks, read, parts, contact_sheet, categories, attributes, samples)
}


def main(names: Iterable[str]) -> None:
    """Draw all pictures, or those that are named."""
    for name in names or PICTURES:
        PICTURES[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
