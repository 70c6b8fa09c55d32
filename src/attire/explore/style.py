"""How the figures look: quiet paper, one dark tone for data, one warm accent for what matters."""

from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

__all__ = [
    "ACCENT",
    "BAR",
    "HEAT",
    "INK",
    "PALE",
    "QUIET",
    "RULE",
    "WIDTH_IN",
    "clean",
    "house_style",
    "new_figure",
    "to_png",
]

PAPER = "#fbf9f5"
INK = "#24211e"
QUIET = "#8b857c"
RULE = "#ddd7cc"
PALE = "#efeae1"
BAR = "#43525f"
ACCENT = "#b4472d"
HEAT = LinearSegmentedColormap.from_list(
    "attire", [PAPER, "#efd9bd", "#dd9d6c", "#b4472d", "#6b1f24", "#2b0f18"]
)
"""Sequential, ever darker: from paper to almost black."""

WIDTH_IN = 9.6
_DPI = 170

_STYLE: dict[Any, Any] = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.axisbelow": True,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
}


def house_style() -> AbstractContextManager[None]:
    """Draw in the house style while the context lasts; matplotlib's own settings come back after it."""
    style: AbstractContextManager[None] = rc_context(_STYLE)
    return style


def new_figure(height_in: float, width_in: float = WIDTH_IN) -> Figure:
    """Make an empty figure outside pyplot's global state."""
    return Figure(figsize=(width_in, height_in), layout="constrained")


def clean(axes: Axes, *, keep: str = "") -> None:
    """Take away the frame but for the sides named, such as ``"bottom"``."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)


def to_png(figure: Figure) -> bytes:
    """Render a figure."""
    file = BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, bbox_inches="tight", pad_inches=0.12)
    return file.getvalue()
