"""Search for values by trial: of a recipe, by training, and of post-processing, on stored readings.

Names that need Optuna or torch are imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attire.tune.searching import Plan, search
    from attire.tune.side_by_side import search_side_by_side
    from attire.tune.space import Choice, Range, Space, default_space, read_space
    from attire.tune.trial import Job, run_trial

__all__ = [
    "Choice",
    "Job",
    "Plan",
    "Range",
    "Space",
    "default_space",
    "read_space",
    "run_trial",
    "search",
    "search_side_by_side",
]

_PLACES = {
    "Choice": "space",
    "Job": "trial",
    "Plan": "searching",
    "Range": "space",
    "Space": "space",
    "default_space": "space",
    "read_space": "space",
    "run_trial": "trial",
    "search": "searching",
    "search_side_by_side": "side_by_side",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from attire.extras import require

    require("optuna", "tune")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
