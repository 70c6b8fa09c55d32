"""What the service's own OpenAPI promises, held to by schemathesis over HTTP.

No fault of its own, and no answer that is not described.
"""

from collections import defaultdict
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from attire.serve import Settings, create_app

BUSY_OR_LATE = ["503", "504"]
"""Promised answers of 500 and more: it sheds load, and heeds X-Deadline-Ms, which may be 1."""
DESCRIPTION = create_app(Settings()).openapi()
FEW, MANY = 6, 150
"""Cases of each endpoint, beside those that cover every bound of every parameter."""


def described(mode: str) -> Any:
    """The service as it describes itself, to be sent what that allows (``positive``) or ``all`` else, too."""
    checks = {"not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", *BUSY_OR_LATE]}}
    config = {"checks": checks, "cache": {"enabled": False}, "generation": {"mode": mode}}
    return schemathesis.openapi.from_dict(DESCRIPTION, config=SchemathesisConfig.from_dict(config))


def cases(most: int) -> settings:
    return settings(
        max_examples=most,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


anything, allowed = described("all"), described("positive")


@pytest.fixture(scope="module")
def answered():
    """Statuses by operation, of all cases that were sent."""
    return defaultdict(set)


@pytest.fixture(scope="module")
def real(live, served):
    """What is really there: an id of a garment, and a photo."""
    page = httpx.get(f"{live.url}/v1/garments", params={"limit": 1}, headers={"X-API-Key": live.read_key})
    return page.json()["garments"][0]["garment_id"], served.new_look.read_bytes()


def send(case, live, answered) -> None:
    # Of what the description allows, a photo may still be none, and a filter nonsense.
    answer = case.call_and_validate(
        live.url, headers={"X-API-Key": live.write_key}, excluded_checks=[positive_data_acceptance]
    )
    answered[case.operation.label].add(answer.status_code)


def name_real(case, garment_id: str, photo: bytes) -> None:
    """Ask about what is there, with filters left out; everything else stays as it was drawn."""
    if "garment_id" in (case.path_parameters or {}):
        case.path_parameters["garment_id"] = garment_id
    for name in ("where", "by", "of", "worn_in"):
        (case.query or {}).pop(name, None)
    if case.operation.label == "GET /v1/trends":
        case.query = {**(case.query or {}), "by": "brand"}
    if isinstance(case.body, dict):
        for name in ("url", "like", "where", "garment", "at", "but", "weights", "text", "own"):
            case.body.pop(name, None)
        if case.path == "/v1/recommend":
            case.body = {"liked": [garment_id], "k": case.body.get("k", 3)}
        elif case.path == "/v1/catalog":
            case.body["photos"] = [photo]
        else:
            case.body["photo"] = photo


@anything.parametrize()
@cases(FEW)
def test_every_endpoint_keeps_its_promises(case, live) -> None:
    send(case, live, defaultdict(set))


@allowed.parametrize()
@cases(FEW)
def test_what_is_really_there_is_answered_as_promised(case, live, real, answered) -> None:
    name_real(case, *real)
    send(case, live, answered)


def test_every_endpoint_had_something_to_answer(answered) -> None:
    assert len(answered) == sum(len(methods) for methods in DESCRIPTION["paths"].values())
    fruitless = {label: found for label, found in answered.items() if not any(s < 300 for s in found)}
    assert fruitless.keys() <= {"GET /v1/catalog/jobs/{job_id}"}, "ids of jobs are not to be guessed"


@pytest.mark.slow
@anything.parametrize()
@cases(MANY)
def test_every_endpoint_keeps_its_promises_for_long(case, live) -> None:
    send(case, live, defaultdict(set))


def test_it_is_the_running_service_s_own_description(live) -> None:
    assert httpx.get(f"{live.url}/openapi.json").json() == DESCRIPTION
