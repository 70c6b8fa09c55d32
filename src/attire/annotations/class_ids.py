"""``ClassId`` (``6_20_36_40``) ↔ a category and its attributes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from attire.annotations.assembly import attribute_table
from attire.errors import AnnotationError
from attire.ontology import Ontology

__all__ = ["ClassIds", "find_class_id_problem", "format_class_id", "parse_class_id"]

_DIGITS = 9
_CHECK = "Check the ids"


def find_class_id_problem(text: str, ontology: Ontology) -> tuple[str, str] | None:
    """Say what is wrong with a ``ClassId``.

    Args:
        text: Category id, then attribute ids, joined with ``_``.
        ontology: What may stand there.

    Returns:
        What was found beside what was expected, and the cure, both without a full stop; None if all is
        well. Attributes that repeat or do not rise are no problem here: they say the same set.

    Example:
        >>> find_class_id_problem("6_200", Ontology.imaterialist2019())
        ("ClassId '6_200' has attribute 200, which imaterialist-2019 does not have", 'Check the ids')
    """
    parts = text.split("_")
    if not all(part.isascii() and part.isdigit() and len(part) <= _DIGITS for part in parts):
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        return f"ClassId {shown!r} is not ids joined by '_'", "Write the category and its attributes: 6_20_36"
    category_id, *attribute_ids = map(int, parts)
    if category_id >= len(ontology.categories):
        last = len(ontology.categories) - 1
        return f"ClassId {text!r} has category {category_id}, but {ontology.name} ends at {last}", _CHECK
    for attribute_id in attribute_ids:
        if attribute_id not in ontology.index_of_attribute_id:
            return (
                f"ClassId {text!r} has attribute {attribute_id}, which {ontology.name} does not have",
                _CHECK,
            )
    return None


def parse_class_id(text: str, ontology: Ontology) -> tuple[int, tuple[int, ...]]:
    """Read one ``ClassId``.

    Args:
        text: Category id, then attribute ids, joined with ``_``; in any order, repeats allowed.
        ontology: What may stand there.

    Returns:
        The category id, and the indices (not ids) of the attributes as they stand.

    Raises:
        AnnotationError: If it is malformed or names ids that the ontology does not have.

    Example:
        >>> parse_class_id("6_20_36", Ontology.imaterialist2019())
        (6, (20, 36))
    """
    problem = find_class_id_problem(text, ontology)
    if problem:
        raise AnnotationError("{}. {}.".format(*problem))
    category_id, *attribute_ids = map(int, text.split("_"))
    return category_id, tuple(ontology.index_of_attribute_id[attribute_id] for attribute_id in attribute_ids)


def format_class_id(category_id: int, attribute_ids: Sequence[int]) -> str:
    """Write one ``ClassId``, attribute ids rising.

    Example:
        >>> format_class_id(6, [36, 20])
        '6_20_36'
    """
    return "_".join(map(str, (category_id, *sorted(attribute_ids))))


class ClassIds:
    """The distinct ``ClassId`` texts of a file, each parsed once."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._places: dict[str, int] = {}
        self._parsed: list[tuple[int, tuple[int, ...]]] = []
        self.problems: dict[str, tuple[str, str]] = {}
        """What is wrong with those that are, and the cure, by text."""

    def place(self, text: str) -> int:
        """Number a text among the distinct ones; one with a problem counts as a bare category 0."""
        if text not in self._places:
            problem = find_class_id_problem(text, self._ontology)
            if problem:
                self.problems[text] = problem
            self._places[text] = len(self._places)
            self._parsed.append((0, ()) if problem else parse_class_id(text, self._ontology))
        return self._places[text]

    def category_ids(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Category of each instance, given the numbers of their texts, shape ``(N,)``."""
        return np.array([category_id for category_id, _ in self._parsed], np.int64)[places]

    def attributes(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which attributes hold for each instance, given the numbers of their texts, shape ``(N, A)``."""
        return attribute_table([held for _, held in self._parsed], self._ontology)[places]
