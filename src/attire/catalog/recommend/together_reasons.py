"""Why a garment goes with another, in words that are true of the photos counted."""

from dataclasses import dataclass

from attire.catalog.garment import Garment
from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.wording import is_plain
from attire.wording import plural

__all__ = ["TOLD_LIFT", "TogetherReasons"]

TOLD_LIFT = 1.15
"""How many times as often as by chance is worth saying."""
_LEAST_PHOTOS = 3
"""Photos from which on a pair of colours or attributes is worth saying."""


@dataclass(frozen=True, kw_only=True)
class TogetherReasons:
    """Says how often categories and traits are worn together."""

    matching: Matching

    def __call__(self, query: Garment, other: Garment) -> tuple[str, ...]:
        """Give the reasons: categories first, then what is most above chance."""
        return (
            *self._categories(query, other),
            *self._traits(query, other, "colour"),
            *self._traits(query, other, "attribute"),
        )

    def _categories(self, query: Garment, other: Garment) -> list[str]:
        seen, chance = self.matching.worn.category_counts(query.category, other.category)
        if round(seen) < 1:
            return [f"{other.category} can be worn with {query.category}; no photo shows it yet"]
        pair = f"{query.category} with {other.category}"
        return [_counted(pair, seen, chance if seen >= TOLD_LIFT * chance else None)]

    def _traits(self, query: Garment, other: Garment, kind: str) -> list[str]:
        worn = self.matching.worn
        for lift, mine, theirs in self.matching.pulls(query, other, kind):
            if lift < TOLD_LIFT:
                break
            if kind == "attribute" and (is_plain(mine) or is_plain(theirs)):
                continue
            one, two = (query.category, kind, mine), (other.category, kind, theirs)
            seen, chance = worn.trait_counts(one, two)  # type: ignore[arg-type]
            # Other categories may have taught the lift; what is said has to be seen in these two.
            if seen >= _LEAST_PHOTOS and seen >= TOLD_LIFT * chance:
                return [_counted(f"{mine} {query.category} with {theirs} {other.category}", seen, chance)]
        return []


def _counted(pair: str, seen: float, chance: float | None) -> str:
    """Say in how many photos a pair is worn.

    Example:
        >>> _counted("red skirt with white shirt", 12.2, 7.9), _counted("hat with bag", 1.0, None)
        ('red skirt with white shirt in about 12 photos, 8 by chance', 'hat with bag in about 1 photo')
    """
    photos = f"about {plural(round(seen), 'photo')}"
    if chance is None:
        return f"{pair} in {photos}"
    return (
        f"{pair} in {photos}, {chance:.0f} by chance"
        if chance >= 1
        else f"{pair} in {photos}, under 1 by chance"
    )
