"""What a recipe may do to a photo before the network sees it."""

from dataclasses import dataclass, fields

from attire.errors import RecipeError

__all__ = ["AugmentConfig"]


@dataclass(frozen=True, kw_only=True)
class AugmentConfig:
    """Probabilities and ranges of every augmentation; what has probability 0 or a range of nothing is off.

    The ontologies know no left and right, so a mirrored photo keeps its labels.

    Example:
        >>> AugmentConfig(scale=(0.1, 2.0), paste=0.5).flip
        0.5
    """

    flip: float = 0.5
    """Probability of mirroring left and right."""
    scale: tuple[float, float] = (0.8, 1.25)
    """Smallest and largest factor on the photo's size at the network; (0.1, 2.0) is large-scale jitter. What
    grows over the input is cropped at a random place, what shrinks is padded."""
    brightness: float = 0.2
    """Largest relative change of brightness, 0 … 1."""
    contrast: float = 0.2
    """Largest relative change of contrast, 0 … 1."""
    saturation: float = 0.2
    """Largest relative change of saturation, 0 … 1."""
    hue: float = 0.0
    """Largest turn of the hue as a share of the colour circle, 0 … 0.5."""
    rotation: float = 0.0
    """Probability of turning."""
    rotation_degrees: float = 5.0
    """Largest angle, in degrees, either way."""
    erase: float = 0.0
    """Probability of painting over a random rectangle; masks lose what lies beneath (Zhong et al., 2017)."""
    erase_area: tuple[float, float] = (0.02, 0.1)
    """Smallest and largest share of the input that the rectangle covers."""
    paste: float = 0.0
    """Probability of pasting garments from another photo; masks beneath lose them (Ghiasi et al., 2021)."""
    min_visible: float = 0.1
    """Share of an instance's pixels that must be left for it to be kept, 0 … 1."""

    def __post_init__(self) -> None:
        """Refuse values out of range."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                least, most = (0.01, 10.0) if field.name == "scale" else (0.0, 0.5)
                if not least <= value[0] <= value[1] <= most:
                    raise RecipeError(
                        f"Augmentation {field.name}={value}: expected (smallest, largest) from {least} to "
                        f"{most}."
                    )
                continue
            most = {"hue": 0.5, "rotation_degrees": 45.0}.get(field.name, 1.0)
            if not 0 <= value <= most:
                raise RecipeError(f"Augmentation {field.name}={value}: expected a number from 0 to {most}.")
