"""What a garment is made of."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

__all__ = ["Cloth", "Rng"]

Rng: TypeAlias = np.random.Generator


@dataclass(frozen=True, kw_only=True)
class Cloth:
    """Colours, pattern and weave of a cloth, skin or leather."""

    color: str
    """Ground colour, hex."""
    inks: tuple[str, ...] = ("#17181c", "#f4f1ea")
    """Colours of the pattern, hex, at least two."""
    pattern: str = "plain (pattern)"
    """An attribute of the group ``pattern``, by full name."""
    weave: str = "plain"
    """A name of the catalogue of weaves."""
    gloss: float = 0.0
    """How much light it mirrors: 0 (cotton) … 1 (patent leather)."""
    opacity: float = 1.0
    """1 hides what is beneath; chiffon and tights let it through."""
    motif: float = 1.0
    """Size of the pattern's motif relative to the usual."""
    angle: float = 0.0
    """Turn of the pattern against the garment, degrees."""
