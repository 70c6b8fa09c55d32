"""What several routes ask for, and how they say no."""

from typing import Annotated, Any

from fastapi import Query

from attire.serve.problems import MEDIA_TYPE

__all__ = ["NOT_UNDERSTOOD", "NO_GARMENT", "Responses", "Where", "problem_response"]

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
    """Describe an error for OpenAPI.

    Args:
        status: HTTP status.
        description: When it is answered.
        detail: An example of what it says.
    """
    example = {"type": "about:blank", "status": status, "detail": detail}
    return {status: {"description": description, "content": {MEDIA_TYPE: {"example": example}}}}


NOT_UNDERSTOOD = problem_response(
    400,
    "The question cannot be understood.",
    "category = dres\n           ^\n'dres' is no category. Perhaps: dress",
)
NO_GARMENT = problem_response(
    404,
    "The catalogue does not hold this garment, or there is none.",
    "No garment '05f09429021ea0cf-0' in the catalogue. /v1/search gives ids.",
)
