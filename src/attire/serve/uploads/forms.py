"""Forms that carry photos, parsed within limits and in memory."""

import sys
from collections.abc import Mapping

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from attire.serve.problems import Problem
from attire.serve.uploads.names import clean_name

__all__ = ["form_fields"]

KILOBYTE = 1024
MAX_FIELDS = 100
"""Text fields of one form."""


class _InMemory(MultiPartParser):
    """Keeps every part in memory: the body's limit bounds it, and no photo reaches the disk."""

    spool_max_size = sys.maxsize
    complete = False

    def on_end(self) -> None:
        self.complete = True


async def form_fields(
    request: Request, *, max_files: int = 4, max_field_bytes: int = 64 * KILOBYTE
) -> FormData:
    """Parse the form that a request carries; the second call gives the same.

    Args:
        request: With a body of ``multipart/form-data``, of ``application/x-www-form-urlencoded``, or none.
        max_files: Files at most.
        max_field_bytes: Of each text field at most.

    Returns:
        Text fields as strings, files as ``UploadFile`` with a cleaned name, in memory.

    Raises:
        Problem: 400 if it is malformed or beyond these limits, 413 beyond the body's limit, 415 if it is no
            form.
    """
    known = getattr(request.state, "form", None)
    if isinstance(known, FormData):
        return known
    kind, options = parse_options_header(request.headers.get("content-type"))
    try:
        if kind == b"multipart/form-data":
            form = await _multipart(request, options, max_files, max_field_bytes)
        elif kind == b"application/x-www-form-urlencoded":
            form = await FormParser(
                request.headers, request.stream(), max_fields=MAX_FIELDS, max_part_size=max_field_bytes
            ).parse()
        elif not kind and not await request.body():
            form = FormData()
        else:
            raise Problem(415, "Send a form: multipart/form-data with the photo in the field photo.")
    except MultiPartException as error:
        raise Problem(400, f"The form cannot be read: {error.message} Send it again.") from None
    except (FormParserError, ValueError, LookupError):
        raise Problem(
            400, "The form is malformed. Let your HTTP library write multipart/form-data and its boundary."
        ) from None
    request.state.form = form
    return form


async def _multipart(
    request: Request, options: Mapping[bytes, bytes], max_files: int, max_field_bytes: int
) -> FormData:
    if options.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"us-ascii"):
        raise MultiPartException("Its fields are not in UTF-8.")
    parser = _InMemory(
        request.headers,
        request.stream(),
        max_files=max_files,
        max_fields=MAX_FIELDS,
        max_part_size=max_field_bytes,
    )
    form = await parser.parse()
    if not parser.complete:
        for file in parser._files_to_close_on_error:
            file.close()
        raise MultiPartException("It ends before its closing boundary.")
    for _, value in form.multi_items():
        if isinstance(value, UploadFile):
            value.filename = clean_name(value.filename)
    return form
