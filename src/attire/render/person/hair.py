"""The catalogue of hair styles."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from attire.render.person.figure import Figure
from attire.render.person.hair_long import bob, braids, curls, fringe, locs, ponytail, straight, wavy
from attire.render.person.hair_short import afro, bald, bun, buzz, crop, pixie, side_part
from attire.render.person.tresses import Hair

__all__ = ["STYLES", "Style"]


@dataclass(frozen=True, kw_only=True)
class Style:
    """One entry of the catalogue."""

    make: Callable[[Figure], Hair]
    """Lays the hair around a head."""
    share: float
    """How often it is worn."""
    leaning: float = 0.0
    """Worn more by narrow-hipped (-1) or by wide-hipped bodies (1)."""
    curly: float = 1.0
    """How much more often it is worn with dark skin."""
    fall: tuple[float, float] = (12.0, 14.0)
    """How far it falls below the crown, centimetres."""

    def weight(self, build: float, dark: bool) -> float:
        """How likely a body wears it."""
        return self.share * (self.curly if dark else 1.0) * float(np.exp(1.6 * self.leaning * build))


STYLES: dict[str, Style] = {
    "bald": Style(make=bald, share=0.25, leaning=-1.6),
    "buzz": Style(make=buzz, share=0.45, leaning=-1.2, curly=1.6),
    "crop": Style(make=crop, share=0.9, leaning=-1),
    "side part": Style(make=side_part, share=0.9, leaning=-0.9, curly=0.5),
    "pixie": Style(make=pixie, share=0.6, leaning=0.3, curly=0.6),
    "bob": Style(make=bob, share=1.0, leaning=0.6, fall=(20, 27)),
    "fringe": Style(make=fringe, share=0.8, leaning=0.7, fall=(22, 48)),
    "straight": Style(make=straight, share=1.4, leaning=0.6, curly=0.6, fall=(33, 56)),
    "wavy": Style(make=wavy, share=1.3, leaning=0.7, fall=(32, 54)),
    "curls": Style(make=curls, share=0.7, leaning=0.4, curly=2.0, fall=(26, 34)),
    "afro": Style(make=afro, share=0.25, curly=6.0),
    "bun": Style(make=bun, share=0.8, leaning=0.6),
    "ponytail": Style(make=ponytail, share=0.8, leaning=0.7, fall=(36, 54)),
    "braids": Style(make=braids, share=0.4, leaning=0.8, curly=2.0, fall=(40, 56)),
    "locs": Style(make=locs, share=0.15, leaning=-0.1, curly=4.0, fall=(26, 46)),
}  # fmt: skip
"""Hair styles by name; adding one is a function in ``hair_short`` or ``hair_long`` and a line here."""
