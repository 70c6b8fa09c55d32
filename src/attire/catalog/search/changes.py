"""What is to be other than in the garment that is searched for: ``longer``, ``floral``, ``in red``."""

from collections.abc import Sequence

from attire.catalog.search.names import Names
from attire.catalog.search.phrases import read_phrases
from attire.catalog.search.scales import STEPS
from attire.catalog.search.wishes import Wish
from attire.errors import QueryError
from attire.wording import did_you_mean

__all__ = ["parse_changes"]


def parse_changes(texts: Sequence[str], names: Names) -> tuple[Wish, ...]:
    """Read changes, each of which may name several.

    Raises:
        QueryError: If a word is not understood; unlike in free text there is nothing else that it could mean.

    Example:
        >>> from attire.ontology import Ontology
        >>> names = Names.of(Ontology.imaterialist2019(), ["red"])
        >>> [str(wish) for wish in parse_changes(["longer and floral", "in red", "without pockets"], names)]
        ['longer', 'floral', 'red', 'no pocket']
    """
    wishes: list[Wish] = []
    for text in texts:
        found = read_phrases(text, names)
        if found.rest:
            word = found.rest[0]
            raise QueryError(
                f"but {text!r}: {word!r} is no category, attribute, colour or part."
                f"{did_you_mean(names.near(word))}\n"
                f"  It can also be {', '.join(STEPS)}."
            )
        if not found.wishes:
            raise QueryError(f"but {text!r} changes nothing. Say for example: longer, or: in red")
        wishes += [wish for wish in found.wishes if wish not in wishes]
    return tuple(wishes)
