"""When a question is sent again, and how long until then (RFC 9110, section 10.2.3)."""

import json
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx

from attire.client.asking import Ask
from attire.errors import ServiceError

__all__ = ["Answer", "Attempts", "retry_after_s"]

T = TypeVar("T")

FIRST_S, LONGEST_S = 0.25, 8.0
"""Pauses where the service does not say how long; each is up to twice the one before."""
CONNECT_S = 10.0
"""For one connection to be made, at most."""
_REFUSED = frozenset({429, 503})
"""Answers to what was never begun."""
_UNLUCKY = frozenset({502, 504})
"""Answers that may be others a moment later."""
_NEVER_BEGUN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_BROKEN_OFF = (httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: httpx.Headers
    body: bytes


class Attempts:
    """The attempts at one question, within a number and a time."""

    def __init__(self, ask: Ask[Any], *, retries: int, timeout_s: float) -> None:
        self._ask = ask
        self._left = retries
        self._made = 0
        self._timeout_s = timeout_s
        self._until = time.monotonic() + timeout_s

    @property
    def left_s(self) -> float:
        """Seconds that are left, at least a thousandth."""
        return max(self._until - time.monotonic(), 0.001)

    def check_time(self) -> None:
        """End an answer that trickles.

        Raises:
            httpx.ReadTimeout: If no time is left.
        """
        if time.monotonic() >= self._until:
            raise httpx.ReadTimeout("no time is left")

    def request(self) -> dict[str, Any]:
        """Give the arguments of the request to be built; the service is told how long somebody waits."""
        ask, left_s = self._ask, self.left_s
        deadline_ms = min(max(int(1000 * left_s), 1), 999_999_999)
        return {
            "method": ask.method,
            "url": ask.path,
            "params": ask.params,
            "data": ask.data or None,
            "files": list(ask.files) or None,
            "json": ask.json,
            "headers": {"Accept": ask.accept, "X-Deadline-Ms": str(deadline_ms)},
            "timeout": httpx.Timeout(left_s, connect=min(left_s, CONNECT_S)),
        }

    def pause_s(self, outcome: Answer | httpx.RequestError) -> float | None:
        """Say how long to wait before the next attempt; None if there is to be none.

        Never less than ``Retry-After`` asks for: if that is more than the time left, it is not waited for.
        """
        if self._left <= 0 or not self._again(outcome):
            return None
        asked_s = retry_after_s(outcome.headers) if isinstance(outcome, Answer) else None
        if asked_s is None:
            pause_s = min(FIRST_S * float(2**self._made), LONGEST_S) * random.uniform(0.5, 1.0)
        else:
            pause_s = asked_s + random.uniform(0.0, FIRST_S)  # Not all who were refused at the same moment.
        if time.monotonic() + pause_s >= self._until:
            return None
        self._left -= 1
        self._made += 1
        return pause_s

    def finish(self, outcome: Answer | httpx.RequestError, base_url: str) -> Any:
        """Read the answer as what was asked for.

        Raises:
            ServiceError: If there is none, or it is a problem.
        """
        if isinstance(outcome, httpx.TimeoutException) and not isinstance(outcome, _NEVER_BEGUN):
            raise ServiceError(
                f"{base_url} did not answer {self._what} within {self._timeout_s:g} s. Allow more: timeout."
            ) from None
        if isinstance(outcome, httpx.RequestError):
            raise ServiceError(
                f"{base_url} cannot be asked {self._what}: {outcome or type(outcome).__name__}. Is the "
                "service running there?"
            ) from None
        if not 200 <= outcome.status < 300:
            raise _refusal(self._what, outcome, base_url)
        try:
            return self._ask.read(outcome.body)
        except (ValueError, OSError):
            raise ServiceError(
                f"{base_url} answers {self._what} as no service of Attire does. Check the address, and that "
                "client and service are of the same version.",
                status=outcome.status,
            ) from None

    @property
    def _what(self) -> str:
        return f"{self._ask.method} {self._ask.path}"

    def _again(self, outcome: Answer | httpx.RequestError) -> bool:
        if isinstance(outcome, Answer):
            repeatable = self._ask.method == "GET"
            return outcome.status in _REFUSED or (outcome.status in _UNLUCKY and repeatable)
        if isinstance(outcome, _NEVER_BEGUN):
            return True
        return self._ask.safe and isinstance(outcome, _BROKEN_OFF)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Read ``Retry-After``: seconds, or a date, which counts from the answer's own ``Date``.

    Returns:
        Seconds, at least 0; None if there is none, or it cannot be understood.

    Example:
        >>> retry_after_s({"retry-after": "3"})
        3.0
        >>> dates = ("Wed, 01 Jul 2026 10:00:00 GMT", "Wed, 01 Jul 2026 10:00:05 GMT")
        >>> retry_after_s(dict(zip(("date", "retry-after"), dates)))
        5.0
    """
    asked = headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]{1,9}", asked):
        return float(asked)
    until = _date(asked)
    if until is None:
        return None
    now = _date(headers.get("date", "")) or datetime.fromtimestamp(time.time(), UTC)
    return max((until - now).total_seconds(), 0.0)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _refusal(what: str, answer: Answer, base_url: str) -> ServiceError:
    problem = None
    if answer.headers.get("content-type", "").partition(";")[0].strip() == "application/problem+json":
        try:
            problem = json.loads(answer.body)
        except ValueError:
            problem = None
    if not isinstance(problem, dict):
        return ServiceError(
            f"{base_url} answers {what} with status {answer.status}, and not as a service of Attire does. "
            "Check the address.",
            status=answer.status,
        )
    said = problem.get("detail") or problem.get("title") or "no reason given"
    return ServiceError(f"{what}: {answer.status}: {said}", status=answer.status, problem=problem)
