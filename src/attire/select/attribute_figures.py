"""How well attributes are decided, by the fixed rule and by learnt sets, on photos not learnt from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.evaluate import Bootstrap
from attire.evaluate.reliability import Reliability, reliability
from attire.predict.attribute_rule import AttributeRule
from attire.select.attribute_fitting import AttributeEvidence, cross_fitted_sets

__all__ = ["AttributeFigures", "AttributeWay", "attribute_figures"]

_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class AttributeWay:
    """One way to decide attributes."""

    name: str
    f1: float
    """Over known entries of all garments together."""
    exact: float
    """Share of garments with every known entry right."""
    letter: float
    """Share of garments whose set is, letter by letter, what stands in the file."""
    confidence: Reliability | None
    """Probabilities of single attributes against what holds, over known entries; None where it gives none."""


@dataclass(frozen=True, kw_only=True)
class AttributeFigures:
    """All ways on the same garments."""

    garments: int
    """Garments that the network found and whose attributes somebody looked at."""
    ways: tuple[AttributeWay, ...]
    """The fixed rule, the sets for people, the sets for the score."""


def attribute_figures(
    evidence: AttributeEvidence, parts: list[_Bools], bootstrap: Bootstrap
) -> AttributeFigures | None:
    """Decide attributes by what other photos teach, and hold that against the truth.

    Args:
        evidence: Garments that were found.
        parts: Photos of each part, shape ``(P,)`` each.
        bootstrap: How to draw photos anew.

    Returns:
        None if nobody looked at the attributes of any.
    """
    annotated = evidence.known.any(axis=1)
    if not annotated.any():
        return None
    fitted = cross_fitted_sets(evidence, parts)
    fixed = AttributeRule().decide(
        evidence.probs.astype(np.float32), evidence.category_ids, evidence.ontology
    )
    photos = len(parts[0])

    def way(name: str, said: _Bools, probs: npt.NDArray[np.float64] | None) -> AttributeWay:
        own, truth, known = said[annotated], evidence.truth[annotated], evidence.known[annotated]
        wrong = (own != truth) & known
        hits = int((own & truth & known).sum())
        measured = None
        if probs is not None:
            garment, column = np.nonzero(evidence.known)
            measured = reliability(
                probs[garment, column],
                evidence.truth[garment, column],
                evidence.photo[garment],
                photos,
                bootstrap,
            )
        return AttributeWay(
            name=name,
            f1=2 * hits / max(2 * hits + int(wrong.sum()), 1),
            exact=float((~wrong.any(axis=1)).mean()),
            letter=float((own == truth).all(axis=1).mean()),
            confidence=measured,
        )

    return AttributeFigures(
        garments=int(annotated.sum()),
        ways=(
            way("fixed rule", fixed, evidence.probs),
            way("sets for people", fitted.people, fitted.probs),
            way("sets for the score", fitted.letters, None),
        ),
    )
