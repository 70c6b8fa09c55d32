"""Letters and numbers, drawn with strokes of its own so that no font is needed."""

from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import canvas_library, line

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["GLYPHS", "glyph", "letters"]

GLYPHS = {
    "A": "0,6 2,0 4,6|.8,4 3.2,4", "B": "0,0 0,6|~0,0 3,.2 3,2.7 0,3|~0,3 3.6,3.2 3.6,5.8 0,6",
    "C": "~4,1 2.2,0 0,3 2.2,6 4,5", "D": "0,0 0,6|~0,0 3,.5 4,3 3,5.5 0,6",
    "E": "4,0 0,0 0,6 4,6|0,3 3,3", "F": "4,0 0,0 0,6|0,3 3,3",
    "G": "~4,1 2.2,0 0,3 2.2,6 4,5|4,5 4,3.3 2.4,3.3", "H": "0,0 0,6|4,0 4,6|0,3 4,3", "I": "2,0 2,6",
    "K": "0,0 0,6|4,0 0,3.5|1.2,2.6 4,6", "L": "0,0 0,6 3.8,6", "M": "0,6 0,0 2,3.5 4,0 4,6",
    "N": "0,6 0,0 4,6 4,0", "O": "~2,0 0,1.2 0,4.8 2,6 4,4.8 4,1.2 2,0",
    "P": "0,6 0,0|~0,0 3.8,.2 3.8,3 0,3.3", "R": "0,6 0,0|~0,0 3.8,.2 3.8,3 0,3.2|1.6,3.2 4,6",
    "S": "~4,.8 2,0 .1,1.5 2,3 3.9,4.5 2,6 0,5.2", "T": "0,0 4,0|2,0 2,6", "U": "~0,0 0,4 2,6 4,4 4,0",
    "V": "0,0 2,6 4,0", "W": "0,0 1,6 2,2 3,6 4,0", "X": "0,0 4,6|4,0 0,6", "Y": "0,0 2,3 4,0|2,3 2,6",
    "Z": "0,0 4,0 0,6 4,6", "0": "~2,0 .3,1.2 .3,4.8 2,6 3.7,4.8 3.7,1.2 2,0", "1": "1,1.2 2.2,0 2.2,6",
    "2": "~.2,1.2 2,0 3.8,1.6 2,4 0,6|0,6 4,6",
    "3": "~.2,.6 2.6,.1 3.4,1.7 1.6,2.8|~1.6,2.8 4,3.6 3.4,5.6 0,5.4", "4": "3,6 3,0 0,4.2 4,4.2",
    "5": "3.8,0 .6,0 .4,2.6|~.4,2.6 3,2.4 3.8,4.4 2.2,6 0,5.4",
    "6": "~3.6,.4 1.2,1.4 .2,4.2 2,6 3.8,4.4 2.2,2.8 .4,4", "7": "0,0 4,0 1.4,6",
    "8": "~2,0 .5,1.4 2,2.8 3.8,4.4 2,6 .2,4.4 2,2.8 3.5,1.4 2,0",
    "9": "~.4,5.6 2.8,4.8 3.8,2 2,0 .2,1.6 1.8,3.2 3.6,2.2",
    "&": "~4,6 .8,1.6 1.8,0 3,1.3 .4,4 1.6,6 3.8,3.8", " ": "",
}  # fmt: skip
"""Strokes of each sign in a box of 4 by 6, from the top left; a stroke after ``~`` is a curve."""
WORDS = ("LOVE", "PARIS 75", "STUDIO", "NEW YORK", "1984", "CLUB 23", "ATELIER", "MODE 07", "TOKYO 8", "& CO")


def letters(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Lines of words, one big word over and over, or signs tossed about."""
    kind = str(rng.choice(["lines", "tossed", "numbers"]))
    thick = float(rng.uniform(0.13, 0.2))
    if kind == "lines":
        rows = 2 * round(32 / (cloth.motif * 6.4) / 2)
        high = swatch.side / rows
        for row in range(rows):
            word = " ".join(str(part) for part in rng.choice(WORDS, 3)) + " "
            count = round(swatch.side / (0.62 * high))
            _write(swatch, (word * 3)[:count], row * high, high, thick, cloth.inks[row % 2])
        return
    signs = "0123456789" if kind == "numbers" else "".join(sign for sign in GLYPHS if sign != " ")
    step = cloth.motif * 6.2
    size = swatch.steps(step, even=True) * 0.125
    spots = swatch.spots(step, rng, jitter=0.06, turn=35, sizes=(0.85, 1.15))
    for ink in range(3):
        for spot in spots[ink::3]:
            sign = signs[int(rng.integers(len(signs)))]
            path = swatch.spread(glyph(sign, size), [spot])
            swatch.ink(path, cloth.inks[ink], 1.0, size * 6 * thick)


def glyph(sign: str, size: float) -> "skia.Path":
    """Strokes of a sign around the origin; its box is four times by six times ``size`` centimetres."""
    path = canvas_library().Path()
    for stroke in GLYPHS[sign].split("|"):
        points = [tuple(map(float, point.split(","))) for point in stroke.lstrip("~").split()]
        knots = [((x - 2) * size, (y - 3) * size) for x, y in points]
        if stroke.startswith("~"):
            path.addPath(line(knots))
        elif knots:
            path.moveTo(*knots[0])
            for knot in knots[1:]:
                path.lineTo(*knot)
    return path


def _write(swatch: "Swatch", text: str, top: float, high: float, thick: float, ink: str) -> None:
    """Fill one line of the square with a text."""
    skia = canvas_library()
    advance, size = swatch.side / len(text), high * 0.118
    path = skia.Path()
    for place, sign in enumerate(text):
        path.addPath(glyph(sign, size), skia.Matrix.Translate((place + 0.5) * advance, top + high / 2))
    swatch.ink(path, ink, 1.0, high * 0.72 * thick)
