"""Which colours cloth comes in, and which go together."""

from dataclasses import replace

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import lightness

__all__ = ["DENIM", "DYES", "LEATHER", "METAL", "choose_cloth", "choose_dye"]

DYES = (
    "#f4f1ea", "#17181c", "#23304f", "#7d8794", "#b9a88b", "#8c2f39", "#c4553f", "#d9a441", "#4c6444",
    "#2f6f73", "#6d8fb3", "#d8a7a7", "#5b3a29", "#58476e", "#e4d7c3", "#3a4a3d", "#a33c5d", "#e7e2da",
    "#c9d3dc", "#0f4c5c", "#e36414", "#9a031e", "#ffd6c0", "#84a59d", "#f2cc8f", "#3d405b", "#dfe0e2",
)  # fmt: skip
DENIM = ("#2b3d5b", "#46618a", "#6f8cb0", "#1d2433", "#9db4cd")
LEATHER = ("#17120f", "#3b2417", "#6e4526", "#8c2f39", "#e4d7c3", "#23304f", "#f4f1ea", "#a8652f")
METAL = ("#c9b46a", "#b8bcc2", "#8a6f3a", "#e3e5e8", "#4a4a4d")


def choose_dye(rng: Rng, dyes: tuple[str, ...] = DYES, against: str | None = None) -> str:
    """Pick a colour, one that stands out ``against`` another on request."""
    if against is not None:
        ground = lightness(against)
        dyes = tuple(dye for dye in dyes if abs(lightness(dye) - ground) > 0.28) or dyes
    return str(rng.choice(dyes))


def choose_cloth(rng: Rng, pattern: str, dyes: tuple[str, ...] = DYES, weave: str = "plain") -> Cloth:
    """Dye and print a cloth in a pattern, with inks that stand out against its ground."""
    color = choose_dye(rng, dyes)
    inks = (choose_dye(rng, against=color), choose_dye(rng, against=color), choose_dye(rng))
    cloth = Cloth(color=color, inks=inks, pattern=pattern, weave=weave)
    return replace(cloth, motif=float(rng.uniform(0.8, 1.35)))
