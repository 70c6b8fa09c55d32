"""What a designer wants, from a sentence or a file."""

import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from attire.errors import DataError, MissingExtraError

__all__ = ["Brief", "priced", "read_brief"]

_LISTS = ("categories", "attributes", "colours", "avoid")
_KEYS = ("title", "text", "audience", "price", *_LISTS)
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
    """Names in its lists that the catalogue does not know."""
    notes: tuple[str, ...] = field(default=())
    """What could not be read, and what was perhaps meant, in sentences."""


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


def _price(text: str) -> tuple[float | None, float | None]:
    if found := _BETWEEN.search(text):
        low, high = sorted(float(end) for end in found.groups())
        return low, high
    under, over = _UNDER.search(text), _OVER.search(text)
    return (float(over[1]) if over else None, float(under[1]) if under else None)
