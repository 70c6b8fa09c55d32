"""What a person likes and wishes, and what follows from it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.catalog.garment import Garment
from attire.catalog.recommend.frequencies import Frequencies, Trait, traits_of
from attire.catalog.recommend.worn_together import shrunk_lift
from attire.catalog.search.wishes import Named
from attire.errors import DataError, QueryError

__all__ = ["AWAY", "PRIOR", "Taste", "Wishes", "preferences", "taste_vectors"]

AWAY = 0.25
"""How far the mean of what was disliked pushes away (Rocchio, 1971; the usual 0.25 beside 1 for liked)."""
PRIOR = 2.0
"""Garments' worth of belief that a person prefers no trait over others."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was asked for in words or chosen from lists."""

    categories: tuple[str, ...] = ()
    """Any one of these has to be met; empty for all."""
    attributes: tuple[str, ...] = ()
    """Wished for: the more of them and the surer, the better."""
    colours: tuple[str, ...] = ()
    """Any one of these is wished for."""
    parts: tuple[str, ...] = ()
    """Parts and decorations, wished for as attributes are."""
    unwanted: tuple[Named, ...] = ()
    """Wished away (``wanted=False``): categories must not be it, anything else counts against a garment."""
    words: tuple[str, ...] = ()
    """Wished for in the user's own columns of text, such as a brand; as part of the text, ignoring case."""
    price_min: float | None = None
    """Has to be met."""
    price_max: float | None = None
    """Has to be met."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """Values that the user's own columns have to have, such as a brand."""

    def __post_init__(self) -> None:
        """Refuse what is wanted among what is not."""
        wanted = [wish.name for wish in self.unwanted if wish.wanted]
        if wanted:
            raise QueryError(f"{wanted[0]!r} is among what is unwanted; give it with wanted=False.")

    def __bool__(self) -> bool:
        return self != Wishes()

    @property
    def disfavoured(self) -> tuple[Named, ...]:
        """What is unwanted and excludes nothing: attributes, colours and parts."""
        return tuple(wish for wish in self.unwanted if wish.kind != "category")


@dataclass(frozen=True, kw_only=True)
class Taste:
    """Garments liked and disliked, by id, and wishes; each may be empty, not all."""

    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)

    def __post_init__(self) -> None:
        """Refuse what says nothing, or two things at once."""
        both = sorted(set(self.liked) & set(self.disliked))
        if both:
            raise DataError(f"Garment {both[0]} is both liked and disliked. Say one of them.")
        if not self.liked and not self.wishes:
            raise DataError(
                "Nothing is known of this person. Give a garment that they like (--liked ID) or a wish "
                "(--wish 'midi dress in green')."
            )


def taste_vectors(
    liked: Sequence[Garment], disliked: Sequence[Garment]
) -> dict[str, npt.NDArray[np.float32]]:
    """Give a query for each category that was liked: the mean of liked, away from that of disliked.

    Means over several categories would lie between them, where no garment is; so each has its own.

    Args:
        liked: With their embeddings.
        disliked: Likewise.

    Returns:
        Vectors of length 1 by category.
    """
    found: dict[str, npt.NDArray[np.float32]] = {}
    for category in dict.fromkeys(one.category for one in liked):
        towards, away = _mean(liked, category), _mean(disliked, category)
        if towards is None:
            continue
        vector = towards if away is None else towards - AWAY * away
        length = float(np.linalg.norm(vector))
        if length > 0:
            found[category] = (vector / length).astype(np.float32)
    return found


def preferences(
    liked: Sequence[Garment], disliked: Sequence[Garment], frequencies: Frequencies
) -> dict[Trait, float]:
    """Give how much each trait is preferred: log lift among liked less log lift among disliked.

    A lift compares how many garments have a trait with how many would, drawn at random from their
    categories; :data:`PRIOR` draws it towards 1, so that one liked garment is a hint and ten are a taste.

    Example:
        >>> def dress(*attributes):
        ...     return Garment(garment_id="", photo_id="", photo_uri="", photo_look="", photo_size=(1, 1),
        ...                    garment=0, category_id=10, category="dress", score=1.0, attributes=attributes)
        >>> known = Frequencies(garments={"dress": 99}, having={("dress", ("attribute", "floral")): 9})
        >>> once = preferences([dress("floral")], [], known)[("attribute", "floral")]
        >>> thrice = preferences([dress("floral")] * 3, [], known)[("attribute", "floral")]
        >>> round(once, 2), round(thrice, 2)
        (0.36, 0.78)
    """
    found: dict[Trait, float] = {}
    for sign, garments in ((1.0, liked), (-1.0, disliked)):
        seen = Counter(trait for one in garments for trait in set(traits_of(one)))
        for trait, count in seen.items():
            expected = sum(frequencies.share(one.category, trait) for one in garments)
            lift = shrunk_lift(float(count), expected, smoothing=PRIOR)
            found[trait] = found.get(trait, 0.0) + sign * float(np.log(lift))
    return found


def _mean(garments: Sequence[Garment], category: str) -> npt.NDArray[np.float32] | None:
    rows = [one.embedding for one in garments if one.category == category and one.embedding is not None]
    return np.mean(rows, axis=0) if rows else None
