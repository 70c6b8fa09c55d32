"""Which colours cloth comes in, and which go together."""

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import lightness, mixed, rgb

__all__ = ["DENIM", "DYES", "LEATHER", "METAL", "choose_cloth", "choose_dye", "colored_for"]

DYES = (
    "#f4f1ea", "#17181c", "#23304f", "#7d8794", "#b9a88b", "#8c2f39", "#c4553f", "#d9a441", "#4c6444",
    "#2f6f73", "#6d8fb3", "#d8a7a7", "#5b3a29", "#58476e", "#e4d7c3", "#3a4a3d", "#a33c5d", "#e7e2da",
    "#c9d3dc", "#0f4c5c", "#e36414", "#9a031e", "#ffd6c0", "#84a59d", "#f2cc8f", "#3d405b", "#dfe0e2",
)  # fmt: skip
DENIM = ("#2b3d5b", "#46618a", "#6f8cb0", "#1d2433", "#9db4cd")
BLOOMS = (
    "#e8557a", "#f6a5b8", "#fbe3e6", "#f3c13a", "#e0483e", "#fff6ec", "#f08a5d", "#b088c9",
    "#5f86c9", "#9d2449",
)  # fmt: skip
PAINTS = (
    "#e8352e",
    "#f2b21c",
    "#1769c8",
    "#0f9d6b",
    "#e83e8c",
    "#7a3bbd",
    "#ff7a1a",
    "#12b5c9",
    "#fbfaf7",
    "#17181c",
)
LEATHER = ("#17120f", "#3b2417", "#6e4526", "#8c2f39", "#e4d7c3", "#23304f", "#f4f1ea", "#a8652f")
METAL = ("#c9b46a", "#b8bcc2", "#8a6f3a", "#e3e5e8", "#4a4a4d")

CONTRAST = 0.32
"""Least difference in lightness between a ground and its first two inks."""

Colors = tuple[str, tuple[str, str, str]]

NATURAL: dict[str, tuple[Colors, ...]] = {
    "leopard": (
        ("#d9ae6c", ("#1f140d", "#a8692f", "#1f140d")),
        ("#e8cfa2", ("#2a1a10", "#b9803f", "#2a1a10")),
        ("#d8d3cb", ("#17181c", "#8d8880", "#17181c")),
    ),
    "cheetah": (
        ("#e3b86a", ("#1c130d", "#1c130d", "#1c130d")),
        ("#efd9ac", ("#2a1c12", "#2a1c12", "#2a1c12")),
        ("#cf9a52", ("#17100b", "#17100b", "#17100b")),
    ),
    "zebra": (("#f4f1ea", ("#121214", "#121214", "#121214")), ("#e9dfca", ("#2b1d15", "#2b1d15", "#2b1d15"))),
    "giraffe": (
        ("#ecd9ae", ("#8a4f22", "#a5662e", "#8a4f22")),
        ("#f3e8cf", ("#6b3d1c", "#8a4f22", "#6b3d1c")),
        ("#e2c48a", ("#5a2f16", "#8a4f22", "#5a2f16")),
    ),
    "snakeskin (pattern)": (
        ("#cdbf9f", ("#2e261b", "#85714c", "#2e261b")),
        ("#c9c6bf", ("#26262a", "#7b7a78", "#26262a")),
        ("#9fa877", ("#262d18", "#5f6c3a", "#262d18")),
    ),
    "peacock": (
        ("#0e4f4c", ("#c79a3a", "#1fa7b0", "#161a5c")),
        ("#1d3f6b", ("#b7b04a", "#2bb3a3", "#1a1447")),
        ("#2b6b3f", ("#d3a648", "#2aa9c4", "#1b1f66")),
    ),
    "camouflage": (
        ("#8c8a5c", ("#4c5a32", "#5b4227", "#1d1f18")),
        ("#cdb68c", ("#a5814f", "#7c5a36", "#e6d8b8")),
        ("#b4b7b9", ("#75797d", "#3f4347", "#18191c")),
        ("#7d9470", ("#3e5f3c", "#29402c", "#a89a64")),
        ("#8fa3b5", ("#4a637f", "#26364f", "#dbe3ea")),
    ),
    "toile de jouy": (
        ("#f5efe1", ("#27407a", "#27407a", "#27407a")),
        ("#f6ece0", ("#9a2a35", "#9a2a35", "#9a2a35")),
        ("#f2eee0", ("#3f5a3c", "#3f5a3c", "#3f5a3c")),
        ("#f4ead6", ("#5b3a29", "#5b3a29", "#5b3a29")),
        ("#f3f2ee", ("#222226", "#222226", "#222226")),
        ("#e3ecf0", ("#2a4a66", "#2a4a66", "#2a4a66")),
    ),
    "plant": (
        ("#f4f1ea", ("#2f6b45", "#5d9256", "#2f6b45")),
        ("#14231d", ("#4f9a62", "#86b873", "#4f9a62")),
        ("#f6dcd3", ("#24624f", "#5f9c72", "#24624f")),
        ("#1f2c4a", ("#5aa27c", "#a9cfa0", "#5aa27c")),
        ("#efe3b8", ("#3c7040", "#6f9a4a", "#3c7040")),
    ),
    "cartoon": (
        ("#f6d6df", ("#ffffff", "#f2b33d", "#7cc4d8")),
        ("#cfe6f2", ("#ffffff", "#f28fa6", "#f6d55c")),
        ("#fdf3d8", ("#ef6f6c", "#6cb3a8", "#f6c445")),
        ("#2f3d69", ("#ffd84d", "#f6f4ee", "#f28fa6")),
        ("#d9cdea", ("#ffffff", "#ffd45e", "#f4a0b5")),
        ("#2c9c8f", ("#fff3d6", "#ff9a56", "#ffd84d")),
    ),
    "fair isle": (
        ("#f1ebdd", ("#9a2631", "#27406a", "#c8b48a")),
        ("#24365a", ("#f1ebdd", "#c9483f", "#7fa0bd")),
        ("#7a2530", ("#f3e6cf", "#e0aa4e", "#2f4a46")),
        ("#8a8f95", ("#f4f1ea", "#23304f", "#b34a45")),
        ("#2f4f45", ("#f1ead8", "#d9a441", "#7c2f33")),
    ),
    "houndstooth (pattern)": (("#f4f1ea", ("#17181c", "#17181c", "#17181c")),),
    "herringbone (pattern)": (
        ("#c3c0b8", ("#3b3b3f", "#3b3b3f", "#3b3b3f")),
        ("#cbb998", ("#55402c", "#55402c", "#55402c")),
        ("#a9b3bd", ("#2a3447", "#2a3447", "#2a3447")),
    ),
}  # fmt: skip
"""Colours in which a pattern is found in nature or by tradition: ground, and its inks."""

PRINTED = {"floral": BLOOMS, "abstract": PAINTS}
"""Patterns whose inks are of their own kind on any ground."""

SHADED = ("leopard", "snakeskin (pattern)")
"""Patterns whose second ink lies between the ground and the first."""

FREE = {
    "houndstooth (pattern)": 0.5,
    "herringbone (pattern)": 0.4,
    "fair isle": 0.25,
    "toile de jouy": 0.0,
    "plant": 0.2,
}
"""Share of cloths in other colours than those, where it is not the usual 0.12."""


def choose_dye(rng: Rng, dyes: tuple[str, ...] = DYES, against: str | None = None) -> str:
    """Pick a colour, one that stands out ``against`` another on request."""
    if against is not None:
        dyes = tuple(dye for dye in dyes if _stands_out(dye, against)) or dyes
    return str(rng.choice(dyes))


def colored_for(pattern: str, rng: Rng) -> Colors | None:
    """Pick the colours that a pattern brings along; None where it takes any, as it now and then does."""
    if pattern not in NATURAL or rng.random() < FREE.get(pattern, 0.12):
        return None
    ways = NATURAL[pattern]
    return ways[int(rng.integers(len(ways)))]


def choose_cloth(
    rng: Rng,
    pattern: str,
    dyes: tuple[str, ...] = DYES,
    weave: str = "plain",
    palette: tuple[str, ...] | None = None,
) -> Cloth:
    """Dye and print a cloth in a pattern, with inks that stand out against its ground.

    Args:
        rng: Makes the choices.
        pattern: An attribute of the group ``pattern``, by full name.
        dyes: Colours that its ground may have.
        weave: A name of the catalogue of weaves.
        palette: Colours of the outfit, from which ground and inks are mostly taken; only for cloth that
            takes any dye, not for denim, leather or metal.
    """
    motif = float(rng.uniform(0.8, 1.35))
    if pattern == "fair isle" and weave == "plain":
        weave = "knit"
    brought = colored_for(pattern, rng)
    if brought is not None:
        return Cloth(color=brought[0], inks=brought[1], pattern=pattern, weave=weave, motif=motif)
    ground = dyes
    if palette and dyes == DYES and rng.random() < 0.88:
        ground = palette
    color = choose_dye(rng, ground)
    inks = _inks(rng, color, palette, PRINTED.get(pattern, DYES))
    if pattern in SHADED:
        inks = (inks[0], mixed(color, inks[0], 0.45), inks[0])
    return Cloth(color=color, inks=inks, pattern=pattern, weave=weave, motif=motif)


def _inks(
    rng: Rng, ground: str, palette: tuple[str, ...] | None, dyes: tuple[str, ...]
) -> tuple[str, str, str]:
    """Three inks that differ from each other, the outfit's own colours first (but flowers keep theirs)."""
    own = [dye for dye in palette or () if _stands_out(dye, ground)] if dyes == DYES else []
    others = [dye for dye in dyes if _stands_out(dye, ground)]
    others += [dye for dye in DYES if _stands_out(dye, ground)] if len(others) < 3 else []
    order = [*(own[i] for i in rng.permutation(len(own))), *(others[i] for i in rng.permutation(len(others)))]
    inks: list[str] = []
    for distance in (0.3, 0.12, -1.0):
        for dye in order:
            if len(inks) < 3 and all(_apart(dye, ink) > distance for ink in inks):
                inks.append(dye)
    return inks[0], inks[1], inks[2]


def _stands_out(dye: str, ground: str) -> bool:
    return abs(lightness(dye) - lightness(ground)) > CONTRAST


def _apart(dye: str, other: str) -> float:
    """Distance of two colours, 0 … about 1.7."""
    pairs = zip(rgb(dye), rgb(other), strict=True)
    return float(sum(((a - b) / 255) ** 2 for a, b in pairs) ** 0.5)
