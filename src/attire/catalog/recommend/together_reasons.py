"""Why a garment goes with another, in words that are true of the photos counted."""

from dataclasses import dataclass

from attire.catalog.garment import Garment
from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.wording import is_plain

__all__ = ["TOLD_LIFT", "TogetherReasons"]

TOLD_LIFT = 1.15
"""How many times as often as by chance is worth saying."""
_LEAST_PHOTOS = 0.95
"""Expected photos from which on they are counted in words."""


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
        worn = self.matching.worn
        photos = worn.seen((query.category, "", ""), (other.category, "", ""))
        if photos < _LEAST_PHOTOS:
            return [f"{other.category} can be worn with {query.category}; no photo shows it yet"]
        lift = worn.category_lift(query.category, other.category)
        many = f"{round(photos)} photos" if round(photos) != 1 else "1 photo"
        often = f", {lift:.1f} times as often as by chance" if lift >= TOLD_LIFT else ""
        return [f"{query.category} with {other.category} in about {many}{often}"]

    def _traits(self, query: Garment, other: Garment, kind: str) -> list[str]:
        for lift, mine, theirs in self.matching.pulls(query, other, kind):
            if lift < TOLD_LIFT:
                break
            if kind == "attribute" and (is_plain(mine) or is_plain(theirs)):
                continue
            pair = f"{mine} {query.category} with {theirs} {other.category}"
            return [f"{pair}: {lift:.1f} times as often as by chance"]
        return []
