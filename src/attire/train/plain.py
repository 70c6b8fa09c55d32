"""Configuration values to plain JSON values and back, with errors that say where."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from attire.errors import AttireError, RecipeError

__all__ = ["from_plain", "to_plain"]

Value = TypeVar("Value")


def to_plain(value: Any) -> Any:
    """Turn dataclasses into dicts and tuples into lists, so that JSON can hold them.

    Example:
        >>> from attire.preprocess import InputSpec
        >>> to_plain((InputSpec(height=64, width=32),))[0]["height"]
        64
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value) if field.init}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[Value], value: Any, where: str = "") -> Value:
    """Build a value of a type from what JSON gave back; missing fields take their defaults.

    Args:
        kind: Dataclass, tuple, Literal, Optional or scalar type.
        value: What :func:`to_plain` gave, or a person wrote.
        where: Dotted path of the value, for messages.

    Raises:
        RecipeError: If a name is unknown, a value is missing or of another type, or the dataclass
            refuses it.

    Example:
        >>> from_plain(tuple[int, ...], [1, 2])
        (1, 2)
        >>> from_plain(float, "fast", "stages.0.lr")
        Traceback (most recent call last):
        ...
        attire.errors.RecipeError: stages.0.lr: found 'fast', expected a number.
    """
    result: Value = _convert(kind, value, where)
    return result


def _convert(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value, where)
    if origin is Literal:
        if value not in get_args(kind):
            raise RecipeError(f"{where}: found {value!r}, expected one of {_listed(get_args(kind))}.")
        return value
    if origin is tuple:
        return _tuple(get_args(kind), value, where)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, value, where)
    return _scalar(kind, value, where)


def _dataclass(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise RecipeError(
            f"{where or kind.__name__}: found {value!r}, expected the fields of {kind.__name__}."
        )
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.init]
    retired = getattr(kind, "retired", {}).items()
    unknown = [name for name in value if name not in names and (name, value[name]) not in retired]
    prefix = f"{where}." if where else ""
    if unknown:
        raise RecipeError(
            f"{prefix}{unknown[0]} is no field of {kind.__name__}; it has {', '.join(sorted(names))}."
        )
    given = {name: _convert(hints[name], value[name], f"{prefix}{name}") for name in names if name in value}
    needed = [
        f.name for f in fields(kind) if f.init and f.default is MISSING and f.default_factory is MISSING
    ]
    missing = [name for name in needed if name not in given]
    if missing:
        raise RecipeError(f"{prefix}{missing[0]} is missing; {kind.__name__} cannot do without.")
    try:
        return kind(**given)
    except AttireError as error:
        raise RecipeError(f"{where}: {error}" if where else str(error)) from None


def _tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise RecipeError(f"{where}: found {value!r}, expected a list.")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise RecipeError(f"{where}: found {len(value)} values, expected {len(kinds)}.")
    return tuple(
        _convert(kind, item, f"{where}.{i}") for i, (kind, item) in enumerate(zip(kinds, value, strict=True))
    )


def _one_of(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in kinds:
        return None
    failures = []
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _convert(kind, value, where)
        except RecipeError as error:
            failures.append(error)
    raise failures[0]


def _scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise RecipeError(f"{where}: found {value!r}, expected {names.get(kind, kind.__name__)}.")
    return value


def _listed(choices: tuple[Any, ...]) -> str:
    return ", ".join(repr(choice) for choice in choices)
