"""What OpenAPI says of forms with a photo and of errors, which routes have in common."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from attire.serve.problems import MEDIA_TYPE

__all__ = ["photo_form", "problems"]

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
    401: "The service wants an API key, and none that it knows came.",
    403: "The API key may not do this, or a photo was named by its URL and the service fetches none.",
    404: "There is no such thing here.",
    406: "The client takes none of the forms that answers have.",
    408: "The body came too slowly.",
    409: "The catalogue's garments were encoded by another encoder, and cannot be compared with photos.",
    413: "The request is too large, or its photo has too many pixels.",
    415: "The upload is no photo of a kind that is read here.",
    422: "A field is missing, or not as it should be.",
    429: "Too many requests from here: try again after Retry-After seconds.",
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


def photo_form(*, required: bool = True, **fields: Mapping[str, Any]) -> dict[str, Any]:
    """Describe for OpenAPI a form with a photo; a route takes it as ``openapi_extra``.

    Args:
        required: Whether there has to be a form.
        fields: JSON schemas of further fields, by name.

    Example:
        >>> body = photo_form(at={"type": "string"})["requestBody"]
        >>> sorted(body["content"]["multipart/form-data"]["schema"]["properties"])
        ['at', 'photo', 'url']
    """
    photo = {"type": "string", "format": "binary", "description": "JPEG, PNG, WebP or AVIF."}
    url = {
        "type": "string",
        "format": "uri",
        "description": "In place of photo, where the service allows it: an https address of one.",
    }
    schema = {"type": "object", "properties": {"photo": photo, "url": url, **fields}}
    return {"requestBody": {"required": required, "content": {"multipart/form-data": {"schema": schema}}}}
