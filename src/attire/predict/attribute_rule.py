"""From probabilities to the set of attributes said to hold."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.errors import RecipeError
from attire.ontology import Ontology

__all__ = ["AttributeRule"]


@dataclass(frozen=True, kw_only=True)
class AttributeRule:
    """The default way of deciding: one attribute at most per single-choice group, a cut-off for the rest.

    Example:
        >>> ontology = Ontology.imaterialist2019()
        >>> probs = np.zeros((1, len(ontology.attributes)), np.float32)
        >>> for name, prob in (("mini (length)", 0.6), ("micro (length)", 0.7), ("floral", 0.8)):
        ...     probs[0, ontology.attribute_index(name)] = prob
        >>> held = AttributeRule().decide(probs, np.array([10]), ontology)
        >>> [ontology.attributes[a].name for a in np.flatnonzero(held[0])]
        ['micro (length)', 'floral']
    """

    single_choice: float = 0.3
    """Probability in 0 … 1 above which the likeliest attribute of a single-choice group is taken. It is
    lower because one of them holds: F1 is best at half of what it reaches (Lipton et al. 2014), about 0.6."""
    others: float = 0.35
    """Probability in 0 … 1 above which an attribute of any other group is taken. The focal loss keeps
    probabilities low; measured on street photos, 0.35 and 0.4 say more right than 0.3 or 0.5."""

    def __post_init__(self) -> None:
        """Refuse cut-offs that are no probabilities."""
        if not (0 <= self.single_choice <= 1 and 0 <= self.others <= 1):
            raise RecipeError(f"Attribute cut-offs lie between 0 and 1; found {self}.")

    def decide(
        self,
        probs: npt.NDArray[np.float32],
        category_ids: npt.NDArray[np.int64],
        ontology: Ontology,
        carriers: Collection[int] | None = None,
    ) -> npt.NDArray[np.bool_]:
        """Say which attributes hold.

        Args:
            probs: In 0 … 1, shape ``(N, A)``.
            category_ids: Ontology ids, shape ``(N,)``.
            ontology: Names the groups.
            carriers: Category ids that carry attributes at all; None means all of them.

        Returns:
            Bool, shape ``(N, A)``.
        """
        held = probs > self.others
        for group in ontology.groups:
            if group.single_choice:
                columns = np.array(group.indices)
                within = probs[:, columns]
                best = np.zeros(within.shape, bool)
                best[np.arange(len(within)), within.argmax(axis=1)] = True
                held[:, columns] = best & (within > self.single_choice)
        if carriers is not None:
            held &= np.isin(category_ids, list(carriers))[:, None]
        return held
