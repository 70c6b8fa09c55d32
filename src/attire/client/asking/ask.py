"""A question to the service, before anything is sent."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from PIL import Image
from pydantic import BaseModel

from attire.errors import QueryError

__all__ = ["Ask", "FilePart", "as_image", "as_model", "given", "path_of"]

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

FilePart = tuple[str, tuple[str, bytes, str]]
"""Field of a form, and the file's name, content and media type."""


@dataclass(frozen=True, kw_only=True)
class Ask(Generic[T]):
    """What is sent, and what its answer is read as."""

    method: str
    path: str
    """From ``/``, quoted."""
    read: Callable[[bytes], T]
    """Makes the answer's value of its body; ``ValueError`` or ``OSError`` if it is none."""
    params: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    """Fields of a form."""
    files: Sequence[FilePart] = ()
    json: Any = None
    accept: str = "application/json"
    safe: bool = True
    """Whether it changes nothing, so that it can be sent again though the first may have been begun."""


def as_model(model: type[M]) -> Callable[[bytes], M]:
    """Give what reads JSON as a model; members that it does not know, of a newer service, are left out.

    Example:
        >>> from attire.serve.schemas.catalog import BrokenOut
        >>> as_model(BrokenOut)(b'{"photo": "a.jpg", "reason": "cut short", "new": 1}')
        BrokenOut(photo='a.jpg', reason='cut short')
    """
    return lambda body: model.model_validate_json(body, extra="ignore")


def as_image(body: bytes) -> Image.Image:
    """Decode a picture."""
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def given(**fields: Any) -> dict[str, Any]:
    """Leave out what was not given; the service has its own defaults.

    Example:
        >>> given(k=3, where=None)
        {'k': 3}
    """
    return {name: value for name, value in fields.items() if value is not None}


def path_of(template: str, name: str) -> str:
    """Put a name into a path.

    Raises:
        QueryError: If it would change the path's meaning.

    Example:
        >>> path_of("/v1/garments/{}", "a/b-0")
        '/v1/garments/a%2Fb-0'
    """
    if name in ("", ".", ".."):
        raise QueryError(f"{name!r} is no id. Ids come with garments: garment.garment_id.")
    return template.format(quote(name, safe=""))
