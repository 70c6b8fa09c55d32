"""``/docs``: the API described for people, without scripts and without anything from elsewhere."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

__all__ = ["router", "write_docs"]

router = APIRouter(include_in_schema=False)

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid GrayText; margin-top: 2rem; }
h2 { font-size: 1.1rem; } h2 code { margin-right: 0.5rem; }
div { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Describe the API."""
    described = request.app.openapi()
    return HTMLResponse(write_docs(described), headers={"Content-Security-Policy": _POLICY})


def write_docs(described: Mapping[str, Any]) -> str:
    """Write a page about an API.

    Args:
        described: Its OpenAPI document.

    Returns:
        HTML in which all of the document's words are escaped.
    """
    title = escape(f"{described['info']['title']} {described['info']['version']}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f'<h1>{title}</h1><p>For machines: <a href="openapi.json">openapi.json</a>.</p>'
        f"<nav><ul>{''.join(_entries(described))}</ul></nav>"
        f"<main>{''.join(_sections(described))}</main></body></html>"
    )


def _operations(described: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _entries(described: Mapping[str, Any]) -> Iterator[str]:
    for method, path, operation in _operations(described):
        anchor = escape(operation["operationId"])
        yield f'<li><a href="#{anchor}">{escape(method)} {escape(path)}</a></li>'


def _sections(described: Mapping[str, Any]) -> Iterator[str]:
    for method, path, operation in _operations(described):
        yield f'<section id="{escape(operation["operationId"])}">'
        yield f"<h2><code>{escape(method)}</code><code>{escape(path)}</code></h2>"
        for paragraph in operation.get("description", operation.get("summary", "")).split("\n\n"):
            yield f"<p>{escape(paragraph)}</p>"
        if "security" in operation:
            yield "<p>Takes a key, if the service has keys: <code>X-API-Key</code>.</p>"
        yield _table(("Parameter", "In", "Form", ""), _parameters(operation))
        yield _table(("Field", "Form", ""), _fields(operation, described))
        yield _table(("Answer", "As", ""), _answers(operation))
        yield "</section>"


def _parameters(operation: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for one in operation.get("parameters", ()):
        yield one["name"], one["in"], _form(one["schema"]), one.get("description", "")


def _fields(operation: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        name = schema.get("$ref", "").rsplit("/", 1)[-1]
        schema = described["components"]["schemas"][name] if name else schema
        for field, one in schema.get("properties", {}).items():
            yield field, _form(one), one.get("description", "")


def _answers(operation: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for status, one in operation["responses"].items():
        yield status, ", ".join(one.get("content", {})), one.get("description", "")


def _form(schema: Mapping[str, Any]) -> str:
    """Say in a word or two what values look like."""
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(form for one in schema["anyOf"] if (form := _form(one)) != "null")
    if schema.get("type") == "array":
        return f"several: {_form(schema.get('items', {}))}"
    if schema.get("format") == "binary":
        return "file"
    return str(schema.get("$ref", "").rsplit("/", 1)[-1] or schema.get("type", ""))


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
    return f"<div><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>" if body else ""
