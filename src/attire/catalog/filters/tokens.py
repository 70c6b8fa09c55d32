"""A filter's text cut into words, quoted texts and signs, each with its place."""

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from attire.errors import QueryError

__all__ = ["KEYWORDS", "Token", "is_plain", "refuse", "tokenize"]

KEYWORDS = frozenset({"and", "or", "not", "in", "is", "has", "between", "missing", "empty"})
"""Words, of any case, that cannot stand unquoted for a name."""

_LONGEST = 10_000
_TOKEN = re.compile(
    r"""\s*(?:
      "(?P<double>(?:[^"]|"")*)"
    | '(?P<single>(?:[^']|'')*)'
    | “(?P<curly>[^”]*)”
    | `(?P<name>(?:[^`]|``)*)`
    | (?P<sign><=|>=|!=|<>|==|[=<>(),])
    | (?P<word>[^\s"'“”`<>=!(),]+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a filter."""

    kind: Literal["text", "name", "sign", "word", "keyword", "end"]
    value: str
    """Without quotes; keywords in lower case."""
    place: int
    """Where it begins in the text."""


def tokenize(text: str) -> list[Token]:
    """Cut a filter's text.

    Raises:
        QueryError: If a quote is not closed, a sign is none of ours, or the text is over 10,000 characters.

    Example:
        >>> [(token.kind, token.value) for token in tokenize('price<50 AND brand = "H&M"')][:4]
        [('word', 'price'), ('sign', '<'), ('word', '50'), ('keyword', 'and')]
    """
    if len(text) > _LONGEST:
        raise QueryError(
            f"The filter has {len(text)} characters, more than {_LONGEST}. Ask for less at once."
        )
    tokens: list[Token] = []
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        begin = place + len(text[place:]) - len(text[place:].lstrip())
        if found is None:
            closed = (
                "This quote is not closed." if text[begin] in "\"'“`" else "This sign has no meaning here."
            )
            refuse(text, begin, closed)
        tokens.append(_token(found, begin))
        place = found.end()
    return [*tokens, Token("end", "", len(text.rstrip()))]


def is_plain(name: str) -> bool:
    """Whether a column's name can be written without quotes.

    Example:
        >>> is_plain("price"), is_plain("price in EUR"), is_plain("in")
        (True, False, False)
    """
    found = _TOKEN.fullmatch(name)
    return found is not None and found["word"] == name and name.lower() not in KEYWORDS


def refuse(text: str, place: int, what: str) -> NoReturn:
    """Say what is wrong with a text, with a caret under the place.

    Raises:
        QueryError: Always.
    """
    begin = max(0, place - 60)
    cut = "…" if begin else ""
    line = " ".join([cut + text[begin : place + 60].replace("\n", " ").replace("\t", " ")])
    raise QueryError(f"{what}\n  {line}\n  {' ' * (place - begin + len(cut))}^")


def _token(found: re.Match[str], begin: int) -> Token:
    if found["double"] is not None:
        return Token("text", found["double"].replace('""', '"'), begin)
    if found["single"] is not None:
        return Token("text", found["single"].replace("''", "'"), begin)
    if found["curly"] is not None:
        return Token("text", found["curly"], begin)
    if found["name"] is not None:
        return Token("name", found["name"].replace("``", "`"), begin)
    if found["sign"] is not None:
        return Token("sign", {"==": "=", "<>": "!="}.get(found["sign"], found["sign"]), begin)
    word = found["word"]
    return Token("keyword", word.lower(), begin) if word.lower() in KEYWORDS else Token("word", word, begin)
