"""Say only what pays, and mean the confidence that is printed: selectors learnt from validation photos."""

from attire.select.attribute_figures import AttributeFigures, attribute_figures
from attire.select.comparison import Comparison, compare
from attire.select.evidence import Evidence, gather
from attire.select.fitting import Fit, cross_fitted, fit_hit_model, fit_selector, folds
from attire.select.picture import draw_selection

__all__ = [
    "AttributeFigures",
    "Comparison",
    "Evidence",
    "Fit",
    "attribute_figures",
    "compare",
    "cross_fitted",
    "draw_selection",
    "fit_hit_model",
    "fit_selector",
    "folds",
    "gather",
]
