"""All names that a question in free words may use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from attire.catalog.filters import Vocabulary
from attire.catalog.search.wishes import Kind
from attire.ontology import Ontology

__all__ = ["Names"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """Vocabularies, in the order in which a word is looked up."""

    ontology: Ontology
    categories: Vocabulary
    attributes: Vocabulary
    colours: Vocabulary
    parts: Vocabulary

    @classmethod
    def of(cls, ontology: Ontology, colours: Sequence[str]) -> Self:
        """Take an ontology's names, and those of colours."""
        return cls(
            ontology=ontology,
            categories=Vocabulary.categories(ontology),
            attributes=Vocabulary.attributes(ontology),
            colours=Vocabulary.colours(colours),
            parts=Vocabulary.parts(ontology),
        )

    def __iter__(self) -> Iterator[Vocabulary]:
        return iter((self.categories, self.attributes, self.colours, self.parts))

    def kinds(self) -> Iterator[tuple[Kind, Vocabulary]]:
        """Give each vocabulary with the kind of what it names."""
        kinds: tuple[Kind, ...] = ("category", "attribute", "colour", "part")
        return zip(kinds, self, strict=True)

    def find(self, phrase: str) -> tuple[Kind, str] | None:
        """Give what a phrase names: by its own name first, then by everyday words.

        Example:
            >>> names = Names.of(Ontology.imaterialist2019(), ["red"])
            >>> names.find("Gowns"), names.find("animal print"), names.find("leather")
            (('category', 'dress'), ('attribute', 'leopard'), None)
        """
        for kind, vocabulary in self.kinds():
            name = vocabulary.find(phrase)
            if name is not None:
                return kind, name
        for kind, vocabulary in self.kinds():
            name = vocabulary.find_everyday(phrase)
            if name is not None:
                return kind, name
        return None

    def near(self, word: str) -> tuple[str, ...]:
        """Propose up to three names for a word that is none."""
        return tuple(dict.fromkeys(name for one in self for name in one.near(word)))[:3]
