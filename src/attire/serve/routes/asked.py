"""What several routes ask for, and how they say no."""

from typing import Annotated, Any

from fastapi import Query

from attire.serve.problems import MEDIA_TYPE
from attire.serve.schemas.documented import problems

__all__ = ["ANY", "NOT_UNDERSTOOD", "NO_GARMENT", "Responses", "Where", "problem_response"]

Responses = dict[int | str, dict[str, Any]]
"""What FastAPI takes of answers beside the usual one."""

Where = Annotated[
    str | None,
    Query(
        max_length=4000,
        description="What garments have to be, in the language of `attire search --where`.",
        openapi_examples={
            "everything": {"value": None},
            "by name": {"value": 'category = "dress" and "floral" in attributes'},
            "by colour": {"value": "colour = navy and not category = shoe"},
        },
    ),
]


def problem_response(status: int, description: str, detail: str) -> Responses:
    """Describe an error for OpenAPI in words of its own.

    Args:
        status: HTTP status.
        description: When it is answered.
        detail: An example of what it says.
    """
    said = problems(status)[status]
    content = said["content"][MEDIA_TYPE]
    example = {**content["example"], "detail": detail}
    return {status: {"description": description, "content": {MEDIA_TYPE: {**content, "example": example}}}}


ANY = problems(401, 403, 422, 429)
"""What any route may answer."""
NOT_UNDERSTOOD = problem_response(
    400,
    "The question cannot be understood.",
    "'dres' is no category. Did you mean dress?\n  category = dres\n             ^",
)
NO_GARMENT = problem_response(
    404,
    "The catalogue does not hold this garment, or there is no catalogue.",
    "No garment '05f09429021ea0cf-0' in the catalogue. /v1/search gives ids.",
)
