"""The catalogue of materials: what cloth of a kind looks like, and in which colours it comes."""

from dataclasses import dataclass, replace

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.dyes import DENIM, DYES, LEATHER, METAL, choose_cloth

__all__ = ["MATERIALS", "Material", "cloth_of"]

KNITS = (
    "#f1ebdd",
    "#8a8f95",
    "#24365a",
    "#7a2530",
    "#2f4f45",
    "#d9a441",
    "#c9a78b",
    "#17181c",
    "#d8a7a7",
    "#b34a45",
)
WOOLS = (
    "#3b3b3f",
    "#55402c",
    "#b9a88b",
    "#23304f",
    "#7d8794",
    "#17181c",
    "#c3a274",
    "#5b2a2e",
    "#3a4a3d",
    "#e4d7c3",
)
JEWELS = ("#7a1f33", "#123d3a", "#2b2358", "#17181c", "#0f3b66", "#58304f", "#5b3a1f", "#1f4d2f")
SILKS = (
    "#f3e6d3",
    "#d8a7a7",
    "#17181c",
    "#7a1f33",
    "#0f4c5c",
    "#c9b48a",
    "#5f7fa8",
    "#4c6444",
    "#e9c9b1",
    "#a33c5d",
)
NETS = ("#17181c", "#f4f1ea", "#e9d8c7", "#7a1f33", "#23304f", "#d8a7a7")
FURS = ("#e8dfd0", "#5b3a29", "#17181c", "#9a7b56", "#b8b2aa", "#d8a7a7", "#8c5a34")
EARTHS = ("#a8754a", "#6e4526", "#c2a27a", "#3b2c22", "#7d7a6a", "#4f5b46", "#8c4f3a", "#2b3346")
PATENTS = ("#111114", "#8c1020", "#f4f1ea", "#23304f", "#d8a7a7")

Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Material:
    """What is alike in all cloth of a kind."""

    weave: str
    """A name of the catalogue of weaves."""
    dyes: tuple[str, ...] = DYES
    """Colours it comes in, hex."""
    gloss: Range = (0.0, 0.0)
    """From … to, 0 (cotton) … 1 (patent leather)."""
    opacity: Range = (1.0, 1.0)
    """From … to; below 1 one sees what is beneath."""


MATERIALS: dict[str, Material] = {
    "cotton": Material(weave="plain"),
    "jersey": Material(weave="plain"),
    "linen": Material(weave="linen"),
    "denim": Material(weave="denim", dyes=DENIM),
    "gabardine": Material(weave="twill"),
    "wool": Material(weave="plain", dyes=WOOLS),
    "tweed": Material(weave="tweed", dyes=WOOLS),
    "fleece": Material(weave="suede"),
    "knit": Material(weave="knit", dyes=KNITS),
    "cable knit": Material(weave="cable", dyes=KNITS),
    "rib knit": Material(weave="rib", dyes=KNITS),
    "corduroy": Material(weave="corduroy", dyes=EARTHS),
    "velvet": Material(weave="velvet", dyes=JEWELS, gloss=(0.12, 0.25)),
    "silk": Material(weave="satin", dyes=SILKS, gloss=(0.25, 0.45)),
    "satin": Material(weave="satin", dyes=SILKS, gloss=(0.4, 0.65)),
    "lamé": Material(weave="lamé", dyes=METAL, gloss=(0.6, 0.9)),
    "chiffon": Material(weave="chiffon", dyes=(*SILKS, *NETS), opacity=(0.62, 0.8)),
    "lace": Material(weave="lace", dyes=NETS, opacity=(0.9, 1.0)),
    "mesh": Material(weave="mesh", dyes=NETS, opacity=(0.75, 0.95)),
    "leather": Material(weave="leather", dyes=LEATHER, gloss=(0.2, 0.45)),
    "patent leather": Material(weave="smooth", dyes=PATENTS, gloss=(0.75, 1.0)),
    "suede": Material(weave="suede", dyes=EARTHS),
    "fur": Material(weave="pile", dyes=FURS),
    "nylon": Material(weave="satin", gloss=(0.15, 0.35)),
}
"""Every material by its name."""


def cloth_of(
    rng: Rng,
    material: str,
    pattern: str = "plain (pattern)",
    *,
    dyes: tuple[str, ...] | None = None,
    palette: tuple[str, ...] | None = None,
) -> Cloth:
    """Choose a cloth of a material in a pattern.

    Args:
        rng: Makes the choices.
        material: A name of :data:`MATERIALS`.
        pattern: An attribute of the group ``pattern``, by full name.
        dyes: Colours instead of the material's own.
        palette: Colours of the outfit, for materials that take any dye.
    """
    kind = MATERIALS[material]
    cloth = choose_cloth(rng, pattern, dyes or kind.dyes, kind.weave, palette)
    gloss, opacity = float(rng.uniform(*kind.gloss)), float(rng.uniform(*kind.opacity))
    return replace(cloth, gloss=gloss, opacity=opacity)
