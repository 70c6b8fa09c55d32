"""From probabilities of single attributes to that of whole sets: learnt by :mod:`attire.select`.

A garment's attributes of one group (its length, its opening, its patterns) are decided as one choice among
the sets that people give: P(set) grows with the network's log odds for what is in it, with how common the set
is, and with how common it is in the category. A set that is never seen in a well-known category is impossible
there. Groups are taken as independent, so the likeliest set of a garment joins the likeliest of each group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.errors import WeightsError
from attire.predict.selection.features import log_odds

__all__ = ["AttributeSets", "GroupSets"]

_Floats = npt.NDArray[np.float64]
_NEVER = 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupSets:
    """One group of W attributes with O sets to choose from."""

    columns: npt.NDArray[np.int64]
    """Places of its attributes in the ontology, shape ``(W,)``."""
    options: npt.NDArray[np.bool_]
    """Which attributes each set holds, shape ``(O, W)``."""
    weights: _Floats
    """Of the network's log odds for what the set holds; of its size; of the logarithms of ``common`` and of
    ``typical``; shape ``(4,)``."""
    common: _Floats
    """Share of garments with that set, shape ``(O,)``."""
    typical: _Floats
    """How many times as common it is in each category, 0 where it never occurs, shape ``(C, O)``."""

    def __call__(self, probs: _Floats, category_ids: npt.NDArray[np.int64]) -> _Floats:
        """Give the probability of each set.

        Args:
            probs: The network's, of every attribute, shape ``(N, A)``.
            category_ids: Shape ``(N,)``.

        Returns:
            Shape ``(N, O)``; rows add up to 1.
        """
        odds = self.terms(probs, category_ids) @ self.weights
        odds = np.where(self.typical[category_ids] > 0, odds, -np.inf)
        odds -= odds.max(axis=1, keepdims=True)
        chances = np.exp(odds)
        shares: _Floats = chances / chances.sum(axis=1, keepdims=True)
        return shares

    def terms(self, probs: _Floats, category_ids: npt.NDArray[np.int64]) -> _Floats:
        """What the weights weigh, shape ``(N, O, 4)``."""
        held = self.options.astype(np.float64)
        within = log_odds(probs[:, self.columns]) @ held.T
        typical = np.log(np.maximum(self.typical[category_ids], _NEVER))
        return np.stack(
            [
                within,
                np.broadcast_to(held.sum(axis=1), within.shape),
                np.broadcast_to(np.log(self.common), within.shape),
                typical,
            ],
            axis=2,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class AttributeSets:
    """How attributes are decided: as people would, or letter by letter as the score of 2019 asks."""

    groups: tuple[GroupSets, ...]
    """For people: which set, given that somebody looked."""
    literal: tuple[GroupSets, ...]
    """For the score: which set stands in the file, where nobody looking means the empty set."""
    bare: _Floats
    """Share of each category's garments whose file has no attribute at all, shape ``(C,)``."""
    threshold: float
    """Probability in 0 … 1 that an attribute has to exceed to be said, for the best F1."""

    def marginals(self, probs: _Floats, category_ids: npt.NDArray[np.int64]) -> _Floats:
        """Probability of each attribute, given that somebody looked, shape ``(N, A)``."""
        out = np.zeros(probs.shape)
        for group in self.groups:
            out[:, group.columns] = group(probs, category_ids) @ group.options
        return out

    def decide(self, marginals: _Floats, category_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Say what is likely enough, among the sets that people give.

        Of every group the set is taken whose members exceed the threshold by most, all together; none if
        none does. Were all sets allowed, these would be the attributes over the threshold.

        Args:
            marginals: What :meth:`marginals` gives, shape ``(N, A)``.
            category_ids: Shape ``(N,)``.

        Returns:
            Shape ``(N, A)``.
        """
        held = np.zeros(marginals.shape, bool)
        for group in self.groups:
            worth = (marginals[:, group.columns] - self.threshold) @ group.options.T.astype(np.float64)
            worth[group.typical[category_ids] <= 0] = -np.inf
            best = worth.argmax(axis=1)
            pays = worth[np.arange(len(best)), best] > 0
            held[:, group.columns] = group.options[best] & pays[:, None]
        return held

    def likeliest(
        self, probs: _Floats, category_ids: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.bool_], _Floats]:
        """Give the likeliest set of the file, and its probability.

        Args:
            probs: The network's, shape ``(N, A)``.
            category_ids: Shape ``(N,)``.

        Returns:
            Sets of shape ``(N, A)`` and probabilities of shape ``(N,)``.
        """
        held, chance = np.zeros(probs.shape, bool), 1 - self.bare[category_ids]
        for group in self.literal:
            shares = group(probs, category_ids)
            best = shares.argmax(axis=1)
            held[:, group.columns] = group.options[best]
            chance = chance * shares[np.arange(len(best)), best]
        bare = self.bare[category_ids] >= chance
        held[bare] = False
        return held, np.where(bare, self.bare[category_ids], chance)

    def to_arrays(self) -> dict[str, _Floats]:
        """Give everything as arrays by name."""
        arrays = {"sets.bare": self.bare, "sets.threshold": np.array([self.threshold])}
        for kind, groups in (("known", self.groups), ("literal", self.literal)):
            for place, group in enumerate(groups):
                for name in ("columns", "options", "weights", "common", "typical"):
                    array = np.asarray(getattr(group, name), np.float64)
                    arrays[f"sets.{kind}.{place}.{name}"] = array
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.float64]]) -> "AttributeSets | None":
        """Read back what :meth:`to_arrays` gave; None if there is nothing of it.

        Raises:
            WeightsError: If something is missing or does not fit.
        """
        if "sets.threshold" not in arrays:
            return None
        try:
            return cls(
                groups=_groups(arrays, "known"),
                literal=_groups(arrays, "literal"),
                bare=arrays["sets.bare"],
                threshold=float(arrays["sets.threshold"][0]),
            )
        except (KeyError, IndexError) as error:
            raise WeightsError(f"Selector: {error} is missing. Fit it again: attire select.") from None


def _groups(arrays: Mapping[str, npt.NDArray[np.float64]], kind: str) -> tuple[GroupSets, ...]:
    prefix = f"sets.{kind}."
    places = sorted({int(name.split(".")[2]) for name in arrays if name.startswith(prefix)})
    return tuple(_group({n: arrays[f"{prefix}{place}.{n}"] for n in _NAMES}) for place in places)


def _group(own: Mapping[str, npt.NDArray[np.float64]]) -> GroupSets:
    sets, width = own["options"].shape
    if own["columns"].shape != (width,) or own["common"].shape != (sets,) or own["typical"].shape[1] != sets:
        raise WeightsError("Selector: arrays of attribute sets do not fit. Fit it again: attire select.")
    return GroupSets(
        columns=own["columns"].astype(np.int64),
        options=own["options"].astype(bool),
        weights=own["weights"],
        common=own["common"],
        typical=own["typical"],
    )


_NAMES: Sequence[str] = ("columns", "options", "weights", "common", "typical")
