"""How the mask areas of each category spread."""

import numpy as np
import numpy.typing as npt

from attire.explore.numbers import Numbers

__all__ = ["area_quantiles"]

_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def area_quantiles(numbers: Numbers) -> npt.NDArray[np.float64]:
    """Take the 5, 25, 50, 75 and 95 % quantiles of each category's area shares.

    Returns:
        Shares of the photo, 0 … 1, shape ``(C, 5)``; NaN for categories without instances.
    """
    out = np.full((len(numbers.ontology.categories), len(_QUANTILES)), np.nan)
    order = np.argsort(numbers.category_ids, kind="stable")
    begins = np.concatenate([[0], np.cumsum(numbers.category_instances)])
    for category in numbers.seen.tolist():
        own = numbers.area_shares[order[begins[category] : begins[category + 1]]]
        out[category] = np.quantile(own, _QUANTILES)
    return out
