"""What OpenAPI says of requests and errors that the routes have in common."""

from http import HTTPStatus
from typing import Any

from attire.serve.problems import MEDIA_TYPE

__all__ = ["PHOTO_FIELDS", "multipart", "problems"]

PHOTO_FIELDS: dict[str, Any] = {
    "photo": {"type": "string", "format": "binary", "description": "The photo: JPEG, PNG, WebP, …"},
    "url": {
        "type": "string",
        "format": "uri",
        "description": "Where the photo is, in place of it; only where the service allows it.",
        "example": "https://example.com/look.jpg",
    },
}
"""Fields of a form that brings a photo."""

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What, where and how to mend it."},
    },
}
_WHEN = {
    400: "The question cannot be understood.",
    404: "There is no such thing here.",
    406: "The client takes none of the forms that answers have.",
    413: "The request is too large, or its photo has too many pixels.",
    415: "The upload is no photo of a kind that is read here.",
    422: "A field is missing, or not as it should be.",
    503: "Too many requests are waiting: try again after Retry-After seconds.",
    504: "The answer was not ready by the deadline.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe errors for OpenAPI.

    Args:
        statuses: Those that a route answers with.

    Example:
        >>> list(problems(404)[404]["content"])
        ['application/problem+json']
    """
    return {
        status: {
            "description": _WHEN[status],
            "content": {
                MEDIA_TYPE: {
                    "schema": _PROBLEM,
                    "example": {
                        "type": "about:blank",
                        "title": HTTPStatus(status).phrase,
                        "status": status,
                        "detail": _WHEN[status],
                    },
                }
            },
        }
        for status in statuses
    }


def multipart(properties: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    """Describe a form for OpenAPI; give it as ``openapi_extra``.

    Args:
        properties: Its fields as JSON schema.
        required: Whether there has to be one.
    """
    schema = {"type": "object", "properties": properties}
    return {"requestBody": {"required": required, "content": {"multipart/form-data": {"schema": schema}}}}
