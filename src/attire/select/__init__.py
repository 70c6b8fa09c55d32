"""Say only what pays, and mean the confidence that is printed: selectors learnt from validation photos."""

from attire.select.comparison import Comparison, compare
from attire.select.evidence import Evidence, gather
from attire.select.fitting import Fit, cross_fitted, fit_hit_model, fit_selector

__all__ = [
    "Comparison",
    "Evidence",
    "Fit",
    "compare",
    "cross_fitted",
    "fit_hit_model",
    "fit_selector",
    "gather",
]
