"""Optional dependencies: said by name, with the line that installs them."""

from importlib import import_module
from types import ModuleType

from attire.errors import MissingExtraError

__all__ = ["require"]


def require(module: str, extra: str) -> ModuleType:
    """Import an optional dependency, or say how to get it.

    Args:
        module: Dotted name to import, such as ``polars``.
        extra: Attire's extra that installs it, such as ``data``.

    Returns:
        The imported module.

    Raises:
        MissingExtraError: If the module is not installed.

    Example:
        >>> require("json", "data").__name__
        'json'
        >>> require("no_such_module", "data")
        Traceback (most recent call last):
        ...
        attire.errors.MissingExtraError: no_such_module is not installed. Run: pip install 'attire[data]'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and module.split(".")[0] == error.name.split(".")[0]:
            package = module.split(".")[0]
            raise MissingExtraError(
                f"{package} is not installed. Run: pip install 'attire[{extra}]'"
            ) from None
        raise
