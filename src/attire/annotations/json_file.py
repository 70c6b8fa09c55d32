"""JSON files, with errors that say which one."""

import json
from pathlib import Path
from typing import Any

from attire.errors import AnnotationError

__all__ = ["read_json"]


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises:
        AnnotationError: If it is absent, or no JSON.
    """
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        raise AnnotationError(f"{path}: no such file.") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise AnnotationError(f"{path}: not readable as JSON ({error}). Fetch or write it again.") from None
