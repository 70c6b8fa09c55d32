"""Names that may stand in a question, the ways people write them, and what was perhaps meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from attire.catalog.filters.synonyms import ATTRIBUTE_WORDS, CATEGORY_WORDS, COLOUR_WORDS, PART_WORDS
from attire.ontology import Attribute, Category, Ontology

__all__ = ["Vocabulary", "key"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """The names of one kind of thing."""

    what: str
    """``category``, ``attribute``, ``part`` or ``colour``."""
    names: Mapping[str, str]
    """What people may write, in lower case, to the name that stands in the table."""
    everyday: Mapping[str, str]
    """Everyday words that are no names, such as ``jeans``; they are proposed, and understood in free text."""

    @classmethod
    def categories(cls, ontology: Ontology) -> Self:
        """Take the garments of an ontology.

        Example:
            >>> garments = Vocabulary.categories(Ontology.imaterialist2019())
            >>> garments.find("T-Shirt"), garments.find("dresses"), garments.find("sleeve")
            ('top', 'dress', None)
        """
        return cls._of("category", (c for c in ontology.categories if not c.is_part), CATEGORY_WORDS)

    @classmethod
    def parts(cls, ontology: Ontology) -> Self:
        """Take the parts and decorations of an ontology."""
        return cls._of("part", (c for c in ontology.categories if c.is_part), PART_WORDS)

    @classmethod
    def attributes(cls, ontology: Ontology) -> Self:
        """Take the attributes of an ontology.

        Example:
            >>> Vocabulary.attributes(Ontology.imaterialist2019()).find("maxi (length)")
            'maxi'
        """
        return cls._of("attribute", ontology.attributes, ATTRIBUTE_WORDS)

    @classmethod
    def colours(cls, names: Sequence[str]) -> Self:
        """Take names of colours."""
        known = {key(name): name for name in names}
        return cls(what="colour", names=known, everyday=_those_known(COLOUR_WORDS, known))

    @classmethod
    def _of(
        cls, what: str, entries: Iterable[Category | Attribute], everyday: Mapping[str, Sequence[str]]
    ) -> Self:
        entries = list(entries)
        names: dict[str, str] = {}
        for ways in (_full, _short, _alternatives):
            for entry in entries:
                for way in ways(entry):
                    names.setdefault(key(way), entry.short_name)
        return cls(what=what, names=names, everyday=_those_known(everyday, names))

    def find(self, word: str) -> str | None:
        """Give the name that is meant, whatever its case and number; None if there is none."""
        return next((self.names[way] for way in _numbers(key(word)) if way in self.names), None)

    def find_everyday(self, word: str) -> str | None:
        """Give the name that is meant, by everyday words too."""
        ways = list(_numbers(key(word)))
        meant = next((self.everyday[way] for way in ways if way in self.everyday), None)
        return self.find(word) or meant

    def near(self, word: str) -> tuple[str, ...]:
        """Propose up to three names for a word that is none."""
        meant = self.find_everyday(word)
        close = get_close_matches(key(word), [*self.names, *self.everyday], n=4, cutoff=0.6)
        found = [self.names.get(way) or self.everyday[way] for way in close]
        return tuple(dict.fromkeys([meant, *found] if meant else found))[:3]


def key(word: str) -> str:
    """Write a word in the one way that names are compared in.

    Example:
        >>> key("  Double-BREASTED ")
        'double breasted'
    """
    return " ".join(word.lower().replace("-", " ").split())


def _full(entry: Category | Attribute) -> list[str]:
    return [entry.name]


def _short(entry: Category | Attribute) -> list[str]:
    return [entry.short_name]


def _alternatives(entry: Category | Attribute) -> list[str]:
    return entry.name.split(",")


def _numbers(word: str) -> Iterator[str]:
    """A word as it is, and what it may be the plural of."""
    yield word
    if len(word) > 3 and word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"


def _those_known(everyday: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> dict[str, str]:
    """Keep the everyday words for names that are there."""
    known = {
        word: next((names[way] for way in ways if way in names), None) for word, ways in everyday.items()
    }
    return {word: name for word, name in known.items() if name is not None and word not in names}
