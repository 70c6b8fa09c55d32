"""The catalogue's names in a brief, by the words of a search."""

import re
from collections.abc import Sequence
from dataclasses import replace

from attire.catalog.search.names import Names
from attire.catalog.search.phrases import read_phrases
from attire.catalog.search.wishes import Kind, Named
from attire.catalog.trends.brief import Brief, priced
from attire.wording import did_you_mean

__all__ = ["understand"]

_KINDS: dict[str, Kind] = {"categories": "category", "attributes": "attribute", "colours": "colour"}
"""Lists of a brief that name one kind of thing."""
_NOT = re.compile(r"\b(?:no|not|without|avoid|never|nothing|except|but not)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;,\n]|\bbut\b(?! not)", re.IGNORECASE)


def understand(brief: Brief, names: Names) -> Brief:
    """Find the catalogue's names in a brief, in lists and in text, as a search finds them in its words.

    Words after "no", "not", "without" or "avoid", up to the next comma, are not wanted.

    Args:
        brief: As it was read.
        names: What is understood, everyday words included.

    Returns:
        The brief with the catalogue's own names.

    Example:
        >>> from attire.ontology import Ontology
        >>> names = Names.of(Ontology.imaterialist2019(), ["red"])
        >>> found = understand(Brief(text="Striped midi gowns in red, no animal prints, under 80"), names)
        >>> found.categories, found.attributes, found.colours, found.avoid, found.price
        (('dress',), ('stripe', 'midi'), ('red',), ('leopard',), (None, 80.0))
        >>> understand(Brief(avoid=("leoprd",)), names).notes
        ("'leoprd' in the brief is no category, attribute or colour. Did you mean 'leopard' or 'tiered'?",)
    """
    read = _Read(names)
    listed = {kind: read.list_of(kind, getattr(brief, key)) for key, kind in _KINDS.items()}
    wanted, unwanted = _clauses(brief.text)
    said = read.said(wanted)
    avoid = [*read.avoided(brief.avoid), *(wish.name for wish in said if not wish.wanted)]
    avoid += [wish.name for wish in read.said(unwanted)]

    def asked(kind: Kind) -> tuple[str, ...]:
        named = [*listed[kind], *(wish.name for wish in said if wish.kind == kind and wish.wanted)]
        return tuple(dict.fromkeys(name for name in named if name not in avoid))

    return replace(
        brief,
        categories=asked("category"),
        attributes=asked("attribute"),
        colours=asked("colour"),
        avoid=tuple(dict.fromkeys(avoid)),
        price=priced(brief).price,
        unread=tuple(read.unread),
        notes=tuple(dict.fromkeys(read.notes)),
    )


class _Read:
    """Reads names, and keeps what it could not read."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.unread: list[str] = []
        self.notes: list[str] = []

    def list_of(self, kind: Kind, stated: Sequence[str]) -> list[str]:
        """Give the names of one kind that a list states."""
        vocabulary = dict(self.names.kinds())[kind]
        found = []
        for word in stated:
            name = vocabulary.find_everyday(word)
            if name is None:
                self._miss(word, kind, vocabulary.near(word))
            else:
                found.append(name)
        return found

    def avoided(self, stated: Sequence[str]) -> list[str]:
        """Give the names of any kind that a list states."""
        found = []
        for word in stated:
            named = self.names.find(word)
            if named is None:
                self._miss(word, "category, attribute or colour", self.names.near(word))
            else:
                found += [one.name for one in self._counted([Named(kind=named[0], name=named[1])])]
        return found

    def said(self, text: str) -> list[Named]:
        """Give what a text names."""
        return self._counted(
            [wish for wish in read_phrases(text, self.names).wishes if isinstance(wish, Named)]
        )

    def _counted(self, named: Sequence[Named]) -> list[Named]:
        """Leave out parts, which trends do not count."""
        parts = [one.name for one in named if one.kind == "part"]
        self.notes += [f"{part!r} in the brief is a part; trends do not count parts." for part in parts]
        return [one for one in named if one.kind != "part"]

    def _miss(self, word: str, what: str, near: Sequence[str]) -> None:
        self.unread.append(word)
        self.notes.append(f"{word!r} in the brief is no {what}.{did_you_mean(near)}")


def _clauses(text: str) -> tuple[str, str]:
    """Split a text into what is wanted and what is not."""
    wanted, unwanted = [], []
    for clause in _CLAUSE.split(text):
        parts = _NOT.split(clause, maxsplit=1)
        wanted.append(parts[0])
        unwanted += parts[1:]
    return ", ".join(wanted), ", ".join(unwanted)
