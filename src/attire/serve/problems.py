"""Errors as problem details (RFC 9457): every answer that is none says what, why and how to mend it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from attire.errors import AttireError

__all__ = ["MEDIA_TYPE", "Problem", "answer_problem", "handle_problems"]

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818 - the standard's name
    """Something that is answered with problem details."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        """Describe it.

        Args:
            status: HTTP status, from 400.
            detail: What, where and how to mend it; never a path, query or trace of the server.
            headers: Of the answer, such as ``Retry-After``.
            members: Further members of the details.
        """
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, headers, members


def answer_problem(problem: Problem) -> JSONResponse:
    """Make the answer."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        **problem.members,
    }
    headers = dict(problem.headers or {})
    return JSONResponse(body, problem.status, headers=headers, media_type=MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Answer all that goes wrong in an application with problem details."""

    async def problem(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Problem)
        return answer_problem(error)

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if "Allow" in headers:
            headers["Allow"] = ", ".join(_methods_at(request))
        return answer_problem(Problem(error.status_code, str(error.detail), headers=headers))

    async def invalid(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        faults = [
            {"where": "/".join(str(step) for step in one["loc"]), "what": one["msg"]}
            for one in error.errors()
        ]
        told = "; ".join(f"{fault['where']}: {fault['what']}" for fault in faults)
        return answer_problem(Problem(422, f"The request is not as it should be. {told}", faults=faults))

    async def ours(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, AttireError)
        return answer_problem(Problem(400, str(error)))

    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(AttireError, ours)


def _methods_at(request: Request) -> list[str]:
    """Give the methods that a path takes: Starlette names those of the first of its routes alone."""
    routes = request.app.router.routes
    return [
        method
        for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
