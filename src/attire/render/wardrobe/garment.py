"""A garment while it is sewn: sheets, what is cut out of them, what is sewn on, and what is said about it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from attire.render.cloth import Cloth, Rng, choose_cloth
from attire.render.cloth.dyes import DYES
from attire.render.cloth.patterns import PATTERNS
from attire.render.layer import Detail, Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, intersect, subtract, union
from attire.render.person import Figure
from attire.render.taste import Taste

if TYPE_CHECKING:
    import skia

__all__ = ["Garment", "cloth_for"]


@dataclass(kw_only=True, eq=False)
class Garment:
    """Filled by the catalogue's functions, turned into pieces at the end."""

    category: str
    """Full category name."""
    figure: Figure
    """Who wears it."""
    taste: Taste
    """Makes the choices."""
    cloth: Cloth
    """What it is made of."""
    body: Panel
    """The sheet of its front that openings, prints, pockets and finishes go on."""
    panels: list[Panel] = field(default_factory=list)
    """Every other sheet, in drawing order after ``body``: second leg, skirt, sleeves."""
    skirt: Panel | None = None
    """Its lower sheet, if it falls below the waist; also among ``panels`` where it is not ``body``."""
    sleeves: list[Panel] = field(default_factory=list)
    """Left and right sleeve; also among ``panels``."""
    legs: list[Panel] = field(default_factory=list)
    """Left and right trouser leg; also among ``panels``. ``body`` is then the seat beneath them."""
    cuts: "list[skia.Path]" = field(default_factory=list)
    """Cut out of it: necklines, slits, holes."""
    additions: "list[skia.Path]" = field(default_factory=list)
    """Added to its outline: collars, frills, threads."""
    details: list[Detail] = field(default_factory=list)
    """Drawn on it."""
    parts: list[Piece] = field(default_factory=list)
    """Sewn on it, each labelled for itself."""
    behind: list[Layer] = field(default_factory=list)
    """What of it lies behind the wearer."""
    front: "tuple[Floats, Floats] | None" = None
    """Edges of an open front in the photo's left and right half, top to bottom, centimetres, shape (N, 2);
    one line twice for a closed front that is not in the middle; None where it closes in the middle."""
    overlays: "list[skia.Path]" = field(default_factory=list)
    """Added to its outline after everything is cut: collars and lapels that reach over an opening."""
    witnesses: "dict[str, skia.Path]" = field(default_factory=dict)
    """Where a group of attributes shows, for groups that something else may hide: waistband, fly, buttons."""
    said: list[str] = field(default_factory=list)
    """Full names of the attributes that hold."""

    @property
    def rng(self) -> Rng:
        """Where numbers come from."""
        return self.taste.rng

    def say(self, *names: str) -> None:
        """State attributes; what is said must be seen."""
        self.said.extend(name for name in names if name not in self.said)

    def replace_panel(self, old: Panel, new: Panel) -> None:
        """Put a changed sheet (with folds, another hem) in the place of an old one, wherever that is kept."""
        self.panels = [new if panel is old else panel for panel in self.panels]
        self.sleeves = [new if panel is old else panel for panel in self.sleeves]
        self.legs = [new if panel is old else panel for panel in self.legs]
        self.body = new if self.body is old else self.body
        self.skirt = new if self.skirt is old else self.skirt

    def outline(self) -> "skia.Path":
        """What the garment covers."""
        whole = union([self.body.outline(), *(panel.outline() for panel in self.panels), *self.additions])
        whole = subtract(whole, union(self.cuts)) if self.cuts else whole
        return union([whole, *self.overlays]) if self.overlays else whole

    def pieces(self) -> list[Piece]:
        """Finish it: the garment first, then its parts cut to it."""
        path = self.outline()
        layer = Layer(
            path=path, cloth=self.cloth, panels=(self.body, *self.panels), details=tuple(self.details)
        )
        whole = Piece(
            category=self.category,
            layers=(*self.behind, layer),
            attributes=tuple(self.said),
            witnesses=(*self.witnesses.items(),),
        )
        sleeves = [
            Piece(category="sleeve", layers=(), marks=(intersect(sleeve.outline(), path),), on_garment=True)
            for sleeve in self.sleeves
        ]
        return [whole, *sleeves, *self.parts]


def cloth_for(
    taste: Taste, weave: str = "plain", dyes: tuple[str, ...] = DYES, patterns: tuple[str, ...] = (*PATTERNS,)
) -> Cloth:
    """Choose a cloth in one of the patterns that suit."""
    return choose_cloth(taste.rng, taste.pick(*patterns), dyes, weave, taste.palette)
