"""Categories, attributes and their groups as one immutable value."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from attire.errors import OntologyError
from attire.wording import did_you_mean

__all__ = ["Attribute", "AttributeGroup", "Category", "Ontology"]

_PART_FAMILIES = frozenset({"garment parts", "closures", "decorations"})
"""Supercategories, of iMaterialist and Fashionpedia alike, whose things belong to a garment."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of garment, part or decoration."""

    id: int
    """Position in the ontology, 0 … C−1; the same number in every file."""
    name: str
    """Full name, such as ``shirt, blouse``."""
    supercategory: str = ""
    """Region or family, such as ``upperbody`` or ``garment parts``."""

    @property
    def short_name(self) -> str:
        """The name up to its first comma, for drawings and tables."""
        return self.name.split(",")[0]

    @property
    def is_part(self) -> bool:
        """Whether it belongs to a garment: a part, closure or decoration."""
        return self.supercategory in _PART_FAMILIES


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a garment. Its place in the ontology is its index; its file id may differ."""

    id: int
    """The number that stands in files; not necessarily contiguous (Fashionpedia's are not)."""
    name: str
    """Full name, such as ``above-the-hip (length)``."""
    group: str
    """Name of the group it belongs to."""
    supercategory: str = ""
    """The group's name as the source file has it."""

    @property
    def short_name(self) -> str:
        """The name without its trailing parenthesis."""
        return self.name.split(" (")[0]


@dataclass(frozen=True, slots=True)
class AttributeGroup:
    """Attributes that answer the same question about a garment."""

    name: str
    """``length``, ``opening``, ``symmetry``, ``shape``, ``fit``, ``finishing``, ``pattern``, …"""
    single_choice: bool
    """Whether exactly one of them holds for a garment."""
    indices: tuple[int, ...]
    """Positions of its attributes in :attr:`Ontology.attributes`."""


@dataclass(frozen=True)
class Ontology:
    """What a data set or a model can name.

    Attribute arrays everywhere else have one column per entry of :attr:`attributes`, in that order;
    ids appear only in files.
    """

    name: str
    """``imaterialist-2019``, ``fashionpedia``, or the file it was read from."""
    categories: tuple[Category, ...]
    """In id order; ``categories[i].id == i``."""
    attributes: tuple[Attribute, ...]
    """In rising id order."""
    groups: tuple[AttributeGroup, ...]
    """Every attribute is in exactly one."""

    def __post_init__(self) -> None:
        """Refuse what later stages could not index."""
        for place, category in enumerate(self.categories):
            if category.id != place:
                raise OntologyError(
                    f"{self.name}: category {category.name!r} has id {category.id} at place {place}; "
                    "category ids must be 0, 1, 2, … without gaps."
                )
        for what, names in (
            ("category", [c.name for c in self.categories]),
            ("attribute", [a.name for a in self.attributes]),
        ):
            twice = sorted({n for n in names if names.count(n) > 1})
            if twice:
                raise OntologyError(f"{self.name}: {what} name {twice[0]!r} stands there twice.")
        ids = [a.id for a in self.attributes]
        if any(b <= a for a, b in pairwise(ids)):
            raise OntologyError(f"{self.name}: attribute ids must rise and be unique.")
        if sorted(i for g in self.groups for i in g.indices) != list(range(len(self.attributes))):
            raise OntologyError(f"{self.name}: every attribute must be in exactly one group.")

    @classmethod
    def imaterialist2019(cls) -> "Ontology":
        """Return the 46 categories and 92 attributes of iMaterialist (Fashion) 2019."""
        from attire.ontology.imaterialist2019 import IMATERIALIST_2019

        return IMATERIALIST_2019

    @cached_property
    def attribute_ids(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """File ids of the attributes, int64, shape ``(A,)``, rising."""
        return np.array([a.id for a in self.attributes], dtype=np.int64)

    @cached_property
    def index_of_attribute_id(self) -> dict[int, int]:
        """Place in :attr:`attributes` of every file id."""
        return {a.id: i for i, a in enumerate(self.attributes)}

    @cached_property
    def group_of_attribute(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Place in :attr:`groups` of every attribute, int64, shape ``(A,)``."""
        out = np.zeros(len(self.attributes), dtype=np.int64)
        for place, group in enumerate(self.groups):
            out[list(group.indices)] = place
        return out

    def category(self, name: str) -> Category:
        """Find a category by full or short name, ignoring case.

        Raises:
            OntologyError: If none has that name; the message proposes the nearest.
        """
        return self.categories[_find(name, self.categories, f"category of {self.name}")]

    def attribute_index(self, name: str) -> int:
        """Find an attribute's index by full or short name, ignoring case.

        Raises:
            OntologyError: If none has that name; the message proposes the nearest.
        """
        return _find(name, self.attributes, f"attribute of {self.name}")

    def join(self, other: "Ontology") -> tuple[dict[int, int], dict[int, int]]:
        """Match another ontology to this one by name, never by number.

        Args:
            other: Where the numbers to translate come from.

        Returns:
            ``other``'s category ids → this one's, and ``other``'s attribute indices → this one's;
            names that only ``other`` has are left out.
        """
        mine = {_key(c.name): c.id for c in self.categories}
        categories = {c.id: mine[_key(c.name)] for c in other.categories if _key(c.name) in mine}
        named = {_key(a.name): i for i, a in enumerate(self.attributes)}
        attributes = {i: named[_key(a.name)] for i, a in enumerate(other.attributes) if _key(a.name) in named}
        return categories, attributes

    def to_dict(self) -> dict[str, Any]:
        """Describe the ontology in the shape of ``label_descriptions.json``; read back without loss."""
        return {
            "info": {"name": self.name},
            "categories": [
                {"id": c.id, "name": c.name, "supercategory": c.supercategory} for c in self.categories
            ],
            "attributes": [
                {"id": a.id, "name": a.name, "supercategory": a.supercategory} for a in self.attributes
            ],
        }


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _find(name: str, entries: Sequence[Category | Attribute], what: str) -> int:
    from difflib import get_close_matches

    wanted = _key(name)
    full = {_key(e.name): i for i, e in enumerate(entries)}
    short = {_key(e.short_name): i for i, e in reversed(list(enumerate(entries)))}
    if wanted in full:
        return full[wanted]
    if wanted in short:
        return short[wanted]
    near = get_close_matches(wanted, [*full, *short], n=3)
    hint = did_you_mean(near)
    raise OntologyError(f"{name!r} is no {what}.{hint}")
