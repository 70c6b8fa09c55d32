"""What is worn together more often than chance would have it, counted over the photos of a catalogue.

All figures are ratios of seen to expected, drawn towards what is believed without seeing: with ``n`` photos
seen where ``e`` were expected, a belief ``p`` worth ``κ`` expected photos gives ``(n + κ p) / (e + κ)``, the
mean of a gamma-Poisson model (DuMouchel, The American Statistician 1999). Where little was expected the
belief stands, so that one odd photo does not make a rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from attire.catalog.recommend.slots import clash
from attire.catalog.recommend.tokens import Token, Tokens

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["CLASHING", "SMOOTHING", "WornTogether", "shrunk_lift"]

SMOOTHING = 5.0
"""κ: how many expected photos the belief is worth."""
CLASHING = 0.2
"""What is believed of categories whose slots clash: a fifth of what chance would give."""

Block = npt.NDArray[np.float64]


def shrunk_lift(
    seen: npt.NDArray[np.float64] | float,
    expected: npt.NDArray[np.float64] | float,
    belief: npt.NDArray[np.float64] | float = 1.0,
    smoothing: float = SMOOTHING,
) -> Any:
    """Give how many times as often as expected something is seen, drawn towards a belief.

    Example:
        >>> float(shrunk_lift(40.0, 20.0)), float(shrunk_lift(0.0, 0.0, belief=0.2))
        (1.8, 0.2)
    """
    return (np.asarray(seen) + smoothing * np.asarray(belief)) / (np.asarray(expected) + smoothing)


@dataclass(frozen=True, kw_only=True, eq=False)
class WornTogether:
    """Counts of photos, and the ratios that follow from them."""

    photos: int
    """Photos that show two categories or more."""
    tokens: tuple[Token, ...]
    counts: Any
    """Photos that show both of two tokens, each counted with the product of their probabilities: sparse,
    shape ``(T, T)``; its diagonal holds the photos that show a token at all."""
    slots: Mapping[str, str]
    """Slot of every category."""
    smoothing: float = SMOOTHING
    _blocks: dict[tuple[str, str, str], Block] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, rows: "pa.Table", slots: Mapping[str, str], smoothing: float = SMOOTHING) -> Self:
        """Count rows with the columns of :data:`attire.catalog.recommend.tokens.COLUMNS`."""
        found = Tokens.of(rows)
        counts = (found.matrix.T @ found.matrix).tocsr()
        counts.setdiag(np.asarray(found.matrix.sum(axis=0)).ravel())
        return cls(
            photos=found.matrix.shape[0],
            tokens=found.tokens,
            counts=counts,
            slots=slots,
            smoothing=smoothing,
        )

    @cached_property
    def index(self) -> Mapping[Token, int]:
        """Place of every token."""
        return {token: place for place, token in enumerate(self.tokens)}

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Categories that were seen, most common first."""
        names = [name for name, kind, _ in self.tokens if kind == ""]
        return tuple(sorted(names, key=lambda name: -self.seen((name, "", ""))))

    @cached_property
    def traits(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """Places of the tokens of a category and kind."""
        places: dict[tuple[str, str], list[int]] = {}
        for place, (name, kind, _) in enumerate(self.tokens):
            places.setdefault((name, kind), []).append(place)
        return {key: tuple(found) for key, found in places.items()}

    @cached_property
    def names(self) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """Row, in :meth:`lifts`, of the traits of a category and kind by their names."""
        return {
            key: {self.tokens[place][2]: row for row, place in enumerate(places)}
            for key, places in self.traits.items()
        }

    def seen(self, one: Token, other: Token | None = None) -> float:
        """Give how many photos show a token, or two, weighed with how sure they are."""
        first, second = self.index.get(one), self.index.get(one if other is None else other)
        return 0.0 if first is None or second is None else float(self.counts[first, second])

    def share(self, category: str) -> float:
        """Give the share of photos that show a category, in 0 … 1 without the ends."""
        return self._shares.get(category, 0.5 / (self.photos + 1.0))

    @cached_property
    def _shares(self) -> Mapping[str, float]:
        return {name: (self.seen((name, "", "")) + 0.5) / (self.photos + 1.0) for name in self.categories}

    def category_lift(self, one: str, other: str) -> float:
        """Give how many times as often as by chance two categories are worn together.

        Before anything is seen, categories whose slots clash are believed to go together :data:`CLASHING`
        times as often as by chance, others as often.
        """
        places = self._category_places
        first, second = places.get(one), places.get(other)
        if first is None or second is None:
            clashing = clash(self.slots.get(one, one), self.slots.get(other, other))
            return CLASHING if clashing else 1.0
        return float(self._category_lifts[first, second])

    @cached_property
    def _category_places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.categories)}

    @cached_property
    def _category_lifts(self) -> Block:
        places = [self.index[name, "", ""] for name in self.categories]
        seen = self.counts[places][:, places].toarray().astype(np.float64)
        alone = seen.diagonal()
        slots = [self.slots.get(name, name) for name in self.categories]
        belief = np.array([[CLASHING if clash(one, other) else 1.0 for other in slots] for one in slots])
        expected = np.outer(alone, alone) / max(self.photos, 1)
        np.fill_diagonal(seen, 0.0)
        return np.asarray(shrunk_lift(seen, expected, belief, self.smoothing))

    def category_counts(self, one: str, other: str) -> tuple[float, float]:
        """Give in how many photos two categories are worn together, and in how many by chance."""
        first: Token = (one, "", "")
        second: Token = (other, "", "")
        return self.seen(first, second), self.seen(first) * self.seen(second) / max(self.photos, 1)

    def trait_counts(self, one: Token, other: Token) -> tuple[float, float]:
        """Give in how many photos two traits meet, and in how many by chance, given their categories."""
        if one not in self.index or other not in self.index:
            return 0.0, 0.0
        together = self.seen((one[0], "", ""), (other[0], "", ""))
        chance = self.seen(one, (other[0], "", "")) * self.seen((one[0], "", ""), other)
        return self.seen(one, other), chance / together if together > 0 else 0.0

    def trait_lift(self, one: Token, other: Token) -> float:
        """Give how many times as often as by chance two traits meet where their categories do."""
        if one not in self.index or other not in self.index or one[1] != other[1]:
            return 1.0
        row, column = self.names[one[:2]][one[2]], self.names[other[:2]][other[2]]
        return float(self.lifts(one[0], other[0], one[1])[row, column])

    def lifts(self, one: str, other: str, kind: str) -> Block:
        """Give the lifts between all traits of two categories, shape ``(traits of one, traits of other)``.

        What is expected takes the traits as independent, given that both categories are worn. The belief
        is the lift of the same two names over all pairs of categories: red with white is learnt from
        skirts and shirts for coats and hats, too.
        """
        key = (one, other, kind)
        if key not in self._blocks:
            rows, columns = self.traits.get((one, kind), ()), self.traits.get((other, kind), ())
            seen, expected = self._block(one, other, kind)
            belief = self._pooled(kind)[np.ix_(self._names(rows, kind), self._names(columns, kind))]
            self._blocks[key] = shrunk_lift(seen, expected, belief, self.smoothing)
        return self._blocks[key]

    def _block(self, one: str, other: str, kind: str) -> tuple[Block, Block]:
        rows, columns = list(self.traits.get((one, kind), ())), list(self.traits.get((other, kind), ()))
        together = self.seen((one, "", ""), (other, "", ""))
        if not rows or not columns or together <= 0:
            return np.zeros((len(rows), len(columns))), np.zeros((len(rows), len(columns)))
        seen = self.counts[rows][:, columns].toarray()
        with_other = self.counts[rows][:, [self.index[other, "", ""]]].toarray()
        with_one = self.counts[[self.index[one, "", ""]]][:, columns].toarray()
        return seen, with_other @ with_one / together

    @cached_property
    def _name_places(self) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for _, kind, name in self.tokens:
            places = found.setdefault(kind, {})
            places.setdefault(name, len(places))
        return found

    def _names(self, places: Sequence[int], kind: str) -> list[int]:
        return [self._name_places[kind][self.tokens[place][2]] for place in places]

    def _pooled(self, kind: str) -> Block:
        """Lifts of names whatever the categories, drawn towards independence."""
        key = ("", "", kind)
        if key not in self._blocks:
            size = len(self._name_places.get(kind, {}))
            seen, expected = np.zeros((size, size)), np.zeros((size, size))
            for one in self.categories:
                for other in self.categories:
                    if one == other or self.seen((one, "", ""), (other, "", "")) <= 0:
                        continue
                    rows = self._names(self.traits.get((one, kind), ()), kind)
                    columns = self._names(self.traits.get((other, kind), ()), kind)
                    block = self._block(one, other, kind)
                    seen[np.ix_(rows, columns)] += block[0]
                    expected[np.ix_(rows, columns)] += block[1]
            # Every photo was counted once from either side.
            self._blocks[key] = shrunk_lift(seen / 2, expected / 2, 1.0, self.smoothing)
        return self._blocks[key]
