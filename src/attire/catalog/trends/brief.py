"""What a designer wants, from a sentence or a file."""

import json
import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from attire.errors import DataError, MissingExtraError

__all__ = ["Brief", "Words", "priced", "read_brief", "understand"]

_LISTS = ("categories", "attributes", "colours", "avoid")
_KEYS = ("title", "text", "audience", "price", *_LISTS)
_NOT = re.compile(r"\b(?:no|not|without|avoid|never|nothing|except|but not)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;,\n]|\bbut\b(?! not)", re.IGNORECASE)
_NUMBER = r"(\d+(?:\.\d+)?)"
_BETWEEN = re.compile(rf"{_NUMBER}\s*(?:-|–|to|and)\s*[€$£]?\s*{_NUMBER}")
_UNDER = re.compile(
    rf"\b(?:under|below|at most|up to|less than)\s*(?:[€$£]|eur|usd|gbp)?\s*{_NUMBER}", re.IGNORECASE
)
_OVER = re.compile(
    rf"\b(?:over|above|at least|from|more than)\s*(?:[€$£]|eur|usd|gbp)?\s*{_NUMBER}", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Brief:
    """Stated preferences; an empty list leaves the choice open."""

    title: str = "Design brief"
    text: str = ""
    """In the designer's own words."""
    categories: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    """Categories, attributes and colours that are not wanted."""
    price: tuple[float | None, float | None] = (None, None)
    """From and up to, in the catalogue's currency."""
    audience: str = ""
    """For whom, such as ``women``."""
    unread: tuple[str, ...] = field(default=())
    """Wanted names that the catalogue does not know."""


@dataclass(frozen=True, slots=True)
class Words:
    """Names that the catalogue knows."""

    categories: Collection[str]
    attributes: Collection[str]
    colours: Collection[str]


def read_brief(source: Path | str) -> Brief:
    """Read a brief from a TOML, JSON or YAML file, from a text file, or take the text itself.

    Keys of a file: title, text, audience, price (from and up to), categories, attributes, colours, avoid.

    Raises:
        DataError: If a file's contents are not that.
        MissingExtraError: If it is YAML, and PyYAML is not installed.

    Example:
        >>> read_brief("Midi dresses in red, no animal prints, under 80").text
        'Midi dresses in red, no animal prints, under 80'
    """
    path = _as_file(source)
    if path is None:
        return Brief(text=str(source).strip())
    text = path.read_text(encoding="utf-8")
    suffix = path.suffix.lower()
    if suffix not in (".toml", ".json", ".yaml", ".yml"):
        return Brief(title=path.stem.replace("_", " ").replace("-", " "), text=text.strip())
    try:
        if suffix == ".toml":
            entries = tomllib.loads(text)
        else:
            entries = json.loads(text) if suffix == ".json" else _yaml(text)
    except ValueError as error:
        raise DataError(f"{path}: is no {suffix[1:].upper()}: {error}") from None
    return _from_entries(entries, path)


def understand(brief: Brief, words: Words) -> Brief:
    """Find the catalogue's names in a brief: in its lists, and in its text.

    Words after "no", "not", "without" or "avoid", up to the next comma, are not wanted.

    Example:
        >>> words = Words(["dress", "skirt"], ["midi", "stripe", "leopard"], ["red"])
        >>> found = understand(Brief(text="Striped midi dresses in red, no leopard, under 80"), words)
        >>> found.categories, found.attributes, found.colours, found.avoid, found.price
        (('dress',), ('midi', 'stripe'), ('red',), ('leopard',), (None, 80.0))
    """
    known = {kind: {_key(name): name for name in getattr(words, kind)} for kind in _LISTS[:3]}
    everything = known["categories"] | known["attributes"] | known["colours"]
    unread: list[str] = []
    listed: dict[str, tuple[str, ...]] = {}
    for kind in _LISTS:
        names = known.get(kind, everything)
        stated = [(name, _find(name, names)) for name in getattr(brief, kind)]
        listed[kind] = tuple(found for _, found in stated if found)
        unread += [name for name, found in stated if not found]
    wanted, unwanted = _clauses(brief.text)
    avoid = (*listed["avoid"], *_mentioned(unwanted, everything))
    for kind in _LISTS[:3]:
        said = (*listed[kind], *_mentioned(wanted, known[kind]))
        listed[kind] = tuple(dict.fromkeys(name for name in said if name not in avoid))
    return Brief(
        title=brief.title,
        text=brief.text,
        categories=listed["categories"],
        attributes=listed["attributes"],
        colours=listed["colours"],
        avoid=tuple(dict.fromkeys(avoid)),
        price=priced(brief).price,
        audience=brief.audience,
        unread=tuple(unread),
    )


def priced(brief: Brief) -> Brief:
    """Take the price from a brief's text, unless it states one apart.

    Example:
        >>> priced(Brief(text="skirts from 30 to 80")).price, priced(Brief(text="under 50")).price
        ((30.0, 80.0), (None, 50.0))
    """
    stated = any(end is not None for end in brief.price)
    return brief if stated else replace(brief, price=_price(brief.text))


def _as_file(source: Path | str) -> Path | None:
    if isinstance(source, Path):
        if not source.is_file():
            raise DataError(f"{source}: no such file. Give a brief as a file or as text.")
        return source
    try:
        return Path(source) if "\n" not in source and Path(source).is_file() else None
    except OSError:  # a text longer than any file name
        return None


def _yaml(text: str) -> Any:
    try:
        yaml = import_module("yaml")
    except ModuleNotFoundError:
        raise MissingExtraError(
            "A brief in YAML needs PyYAML. Run: pip install pyyaml, or write it as TOML or JSON."
        ) from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def _from_entries(entries: Any, path: Path) -> Brief:
    if not isinstance(entries, dict) or set(entries) - set(_KEYS):
        odd = (
            sorted(map(str, set(entries) - set(_KEYS)))
            if isinstance(entries, dict)
            else [type(entries).__name__]
        )
        raise DataError(f"{path}: found {odd[0]!r}, expected keys of {', '.join(_KEYS)}.")
    lists: dict[str, Any] = {}
    for key in _LISTS:
        value = entries.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise DataError(f"{path}: {key} is {value!r}, expected a list of names.")
        lists[key] = tuple(value)
    price = entries.get("price", [None, None])
    if not isinstance(price, list) or len(price) != 2 or not all(_is_price(end) for end in price):
        raise DataError(f"{path}: price is {price!r}, expected [from, up to] such as [30, 80].")
    low, high = (None if end is None else float(end) for end in price)
    stated: dict[str, Any] = {
        key: str(entries[key]) for key in ("title", "text", "audience") if key in entries
    }
    return replace(Brief(**lists), price=(low, high), **stated)


def _is_price(end: Any) -> bool:
    return end is None or (isinstance(end, int | float) and not isinstance(end, bool) and end >= 0)


def _clauses(text: str) -> tuple[str, str]:
    """Split a text into what is wanted and what is not."""
    wanted, unwanted = [], []
    for clause in _CLAUSE.split(text):
        parts = _NOT.split(clause, maxsplit=1)
        wanted.append(parts[0])
        unwanted += parts[1:]
    return " . ".join(wanted), " . ".join(unwanted)


def _mentioned(text: str, names: dict[str, str]) -> Iterable[str]:
    """Names that a text holds, in the order of the vocabulary; the longest name takes its words."""
    words = " " + " ".join(_stem(word) for word in re.findall(r"[\w'-]+|\.", text.lower())) + " "
    found = []
    for key in sorted(names, key=len, reverse=True):
        if f" {key} " in words:
            found.append(names[key])
            words = words.replace(f" {key} ", " | ")
    order = list(names.values())
    return sorted(found, key=order.index)


def _find(name: str, names: dict[str, str]) -> str | None:
    return names.get(_key(name))


def _key(name: str) -> str:
    return " ".join(_stem(word) for word in re.findall(r"[\w'-]+", name.lower()))


def _stem(word: str) -> str:
    """Cut what makes a noun plural or an adjective.

    Example:
        >>> [_stem(word) for word in ("dresses", "shoes", "shoe", "striped", "stripe", "dotted", "red")]
        ['dress', 'sho', 'sho', 'strip', 'strip', 'dot', 'red']
    """
    if len(word) <= 3:
        return word
    if word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("ed") and len(word) > 4:
        word = word[:-2]
        word = word[:-1] if word[-1:] == word[-2:-1] else word
    return word.removesuffix("e") if len(word) > 3 else word


def _price(text: str) -> tuple[float | None, float | None]:
    if found := _BETWEEN.search(text):
        low, high = sorted(float(end) for end in found.groups())
        return low, high
    under, over = _UNDER.search(text), _OVER.search(text)
    return (float(over[1]) if over else None, float(under[1]) if under else None)
