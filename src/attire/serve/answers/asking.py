"""The form of a search, understood."""

from collections.abc import Mapping
from typing import Any, TypedDict

from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile

from attire.catalog.search import parse_weights
from attire.errors import QueryError
from attire.serve.problems import Problem
from attire.serve.schemas.search import SearchForm

__all__ = ["Asked", "asked_of", "read_form"]

_REPEATED = frozenset({"but"})
_PHOTO = frozenset({"photo", "url"})


class Asked(TypedDict):
    """What :meth:`attire.catalog.Catalog.question` takes."""

    text: str | None
    where: str | None
    but: list[str]
    weights: Mapping[str, float] | None
    k: int
    duplicates: bool


def read_form(form: FormData) -> SearchForm:
    """Check the fields of a search; empty ones count as left out.

    Raises:
        Problem: 422 if one is unknown, comes twice, or is not as it should be.
    """
    fields: dict[str, Any] = {}
    for name in dict.fromkeys(form):
        values = [value for value in form.getlist(name) if value != ""]
        if name in _PHOTO or not values:
            continue
        if any(isinstance(value, UploadFile) for value in values):
            raise Problem(422, f"{name} is a file. Send it as text.")
        if name not in _REPEATED and len(values) > 1:
            raise Problem(422, f"{name} comes {len(values)} times. Send it once.")
        fields[name] = values if name in _REPEATED else values[0]
    try:
        return SearchForm.model_validate(fields)
    except ValidationError as error:
        faults = [
            {"where": "/".join(str(step) for step in one["loc"]), "what": one["msg"]}
            for one in error.errors(include_url=False, include_input=False)
        ]
        told = "; ".join(f"{fault['where']}: {fault['what']}" for fault in faults)
        raise Problem(422, f"The form is not as it should be. {told}", faults=faults) from None


def asked_of(form: SearchForm, *, photo: bool) -> Asked:
    """Give what is asked beside what is searched with.

    Args:
        form: The fields.
        photo: Whether a photo came with them.

    Raises:
        QueryError: If nothing is searched with, or fields contradict each other.
    """
    if photo and form.like is not None:
        raise QueryError("Search by a photo or by like, a garment of the catalogue, not by both.")
    if not photo and (form.garment is not None or form.at is not None):
        raise QueryError("garment and at say which garment of a photo. Send a photo.")
    if form.garment is not None and form.at is not None:
        raise QueryError("garment and at both say which garment: give one of them.")
    if not photo and form.like is None and form.text is None:
        raise QueryError("Nothing to search with. Send a photo, or like or text.")
    if not photo and form.like is None and form.but:
        raise QueryError("but says what is to be other than in a garment: send a photo or like with it.")
    return Asked(
        text=form.text,
        where=form.where,
        but=form.but,
        weights=None if form.weights is None else parse_weights(form.weights),
        k=form.k,
        duplicates=form.duplicates,
    )
