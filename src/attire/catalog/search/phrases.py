"""Free words cut into the names that they mean, each wanted or not, and the rest."""

import re
from dataclasses import dataclass, field

from attire.catalog.search.names import Names
from attire.catalog.search.scales import STEPS
from attire.catalog.search.wishes import Named, Step, Wish

__all__ = ["Phrases", "read_phrases"]

_LONGEST = 4
_NOT = frozenset({"without", "no", "not", "non", "w/o", "minus", "never"})
_JOINS = frozenset({"and", "or", ",", "&", "/", "+"})
_FILLERS = frozenset(
    {
        "a",
        "an",
        "the",
        "with",
        "in",
        "of",
        "for",
        "from",
        "to",
        "like",
        "that",
        "is",
        "are",
        "some",
        "my",
        "on",
        "at",
        "by",
        "but",
        "more",
        "very",
        "colour",
        "color",
        "coloured",
        "colored",
        "pattern",
        "patterned",
        "style",
        "styled",
        "made",
        "garment",
        "clothes",
        "clothing",
        "length",
        "fit",
        "something",
        "as",
        "it",
        "be",
        "i",
        "want",
        "need",
        "please",
    }
)


@dataclass(kw_only=True)
class Phrases:
    """What free words come to."""

    wishes: list[Wish] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    """Words that are no names, as they were written."""


def read_phrases(text: str, names: Names) -> Phrases:
    """Find names in free words, the longest first: ``polka dot`` before ``dot``.

    ``without``, ``no`` and ``not`` turn the name after them round. Of categories that follow each other
    directly, the last one is meant, as in English: a *shirt dress* is a dress; joined by ``and``, ``or`` or
    a comma, all are.

    Example:
        >>> from attire.ontology import Ontology
        >>> names = Names.of(Ontology.imaterialist2019(), ["red", "blue"])
        >>> found = read_phrases("Red polka-dot shirt dress without pockets, organic cotton", names)
        >>> [str(wish) for wish in found.wishes], found.rest
        (['red', 'dot', 'dress', 'no pocket'], ['organic', 'cotton'])
    """
    words = re.findall(r"[^\s,;&+]+|[,;&+]", text)
    plain = [re.sub(r"^[^\w]+|[^\w]+$", "", word.lower()) or word for word in words]
    found = Phrases()
    place, wanted, joined = 0, True, True
    while place < len(words):
        length, wish = _longest(plain, place, names, wanted)
        if wish is not None:
            _add(found.wishes, wish, joined)
            wanted, joined = True, False
        elif plain[place] in _NOT:
            wanted = False
        elif plain[place] in _JOINS:
            joined = True
        elif plain[place] not in _FILLERS and re.search(r"\w", plain[place]):
            found.rest.append(words[place].strip("\"'“”"))
            wanted = True
        place += length
    return found


def _longest(words: list[str], place: int, names: Names, wanted: bool) -> tuple[int, Wish | None]:
    """Read the longest name that begins at a place: how many words it has, and what it is."""
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        phrase = " ".join(words[place : place + length])
        if length == 1 and (phrase in _FILLERS or phrase in _NOT or phrase in _JOINS):
            break
        if phrase in STEPS:
            scale, up = STEPS[phrase]
            return length, Step(word=phrase, scale=scale, up=up)
        named = names.find(phrase)
        if named is not None:
            kind, name = named
            return length, Named(kind=kind, name=name, wanted=wanted)
    return 1, None


def _add(wishes: list[Wish], wish: Wish, joined: bool) -> None:
    last = wishes[-1] if wishes else None
    both = isinstance(last, Named) and isinstance(wish, Named) and last.kind == wish.kind == "category"
    if (
        both
        and not joined
        and isinstance(last, Named)
        and isinstance(wish, Named)
        and last.wanted == wish.wanted
    ):
        wishes[-1] = wish
    elif wish not in wishes:
        wishes.append(wish)
