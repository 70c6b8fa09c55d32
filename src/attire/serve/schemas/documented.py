"""What OpenAPI says of errors, which the routes have in common."""

from http import HTTPStatus
from typing import Any

from attire.serve.problems import MEDIA_TYPE

__all__ = ["problems"]

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
    400: "The question cannot be understood, or the form is malformed.",
    403: "A photo was named by its URL, and this service fetches none.",
    404: "There is no such thing here.",
    406: "The client takes none of the forms that answers have.",
    409: "The catalogue's garments were encoded by another encoder, and cannot be compared with photos.",
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
