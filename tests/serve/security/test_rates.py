import asyncio
import sys
from typing import Any

import httpx
import pytest
from limits.aio.storage import MemoryStorage
from pydantic import ValidationError
from structlog.testing import capture_logs
from tests.serve.echo import echo_app

from attire.errors import AttireError, MissingExtraError
from attire.serve import Settings
from attire.serve.security import Keys, RateLimit, new_key

KEYS = [new_key() for _ in range(2)]


def asks(app: Any, *requests: tuple[str, str, dict[str, str]]) -> list[httpx.Response]:
    """Ask one after the other, each from an address, for a path, with headers."""

    async def run() -> list[httpx.Response]:
        answers = []
        for address, path, headers in requests:
            transport = httpx.ASGITransport(app, client=(address, 5000))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                answers.append(await client.get(path, headers=headers))
        return answers

    return asyncio.run(run())


def statuses(app: Any, *requests: tuple[str, str, dict[str, str]]) -> list[int]:
    return [answer.status_code for answer in asks(app, *requests)]


def ask(
    address: str = "203.0.113.9", path: str = "/v1/ontology", **headers: str
) -> tuple[str, str, dict[str, str]]:
    return address, path, {name.replace("_", "-"): value for name, value in headers.items()}


def test_more_is_refused_until_there_is_room_again() -> None:
    answers = asks(echo_app(rate_limit="2/minute"), ask(), ask(), ask())
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    refused = answers[2]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Limit"] == "2"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_after_the_time_it_says_requests_pass() -> None:
    app = echo_app(rate_limit="1/second")

    async def run() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            first = [await client.get("/v1/ontology") for _ in range(2)]
            await asyncio.sleep(int(first[1].headers["Retry-After"]))
            return [answer.status_code for answer in [*first, await client.get("/v1/ontology")]]

    assert asyncio.run(run()) == [200, 429, 200]


def test_addresses_are_counted_apart_and_networks_of_ipv6_together() -> None:
    app = echo_app(rate_limit="1/minute")
    assert statuses(app, ask("203.0.113.9"), ask("203.0.113.10"), ask("203.0.113.9")) == [200, 200, 429]
    assert statuses(app, ask("2001:db8:1:2::1"), ask("2001:db8:1:2:ffff::9")) == [200, 429]
    assert statuses(app, ask("2001:db8:1:3::1"), ask("::ffff:198.51.100.1"), ask("198.51.100.1")) == [
        200,
        200,
        429,
    ]


def test_keys_are_counted_wherever_they_come_from_and_false_ones_are_not_believed() -> None:
    app = echo_app(rate_limit="1/minute", read_keys=[hashed for _, hashed in KEYS])
    first, second = ({"X_API_Key": key} for key, _ in KEYS)
    assert statuses(app, ask(**first), ask(**second), ask("198.51.100.7", **first)) == [200, 200, 429]
    false = [ask(X_API_Key=f"attire_{number}") for number in range(3)]
    assert statuses(app, *false) == [401, 429, 429]


def test_health_is_not_counted() -> None:
    assert statuses(echo_app(rate_limit="1/hour"), *4 * [ask(path="/healthz")]) == 4 * [200]


def test_addresses_that_are_forwarded_are_believed_of_known_proxies_alone() -> None:
    forwarded = [ask("10.0.0.7", X_Forwarded_For=f"203.0.113.{number}") for number in range(3)]
    assert statuses(echo_app(rate_limit="1/minute"), *forwarded) == [200, 429, 429]
    behind = echo_app(rate_limit="1/minute", trusted_proxies="10.0.0.0/24")
    assert statuses(behind, *forwarded, forwarded[0]) == [200, 200, 200, 429]
    made_up = [ask("10.0.0.7", X_Forwarded_For=f"198.51.100.{n}, 203.0.113.99") for n in range(2)]
    assert statuses(behind, *made_up) == [200, 429]
    stranger = [ask("192.0.2.1", X_Forwarded_For=f"203.0.113.{number}") for number in range(50, 52)]
    assert statuses(behind, *stranger) == [200, 429]


class Slow(MemoryStorage):
    async def acquire_entry(self, *_: Any, **__: Any) -> bool:
        await asyncio.sleep(60)
        return True


class Broken(MemoryStorage):
    async def acquire_entry(self, *_: Any, **__: Any) -> bool:
        raise ConnectionError("redis://user:password@host")


@pytest.mark.parametrize("storage", [Broken, Slow])
def test_if_counting_fails_requests_pass_and_it_is_logged(
    storage: type[MemoryStorage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attire.serve.security.rates.PATIENCE_S", 0.1)
    settings = Settings(rate_limit="1/minute")

    async def run() -> list[int]:
        app = RateLimit(echo_app(), settings, Keys(settings), storage=Broken())
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            return [(await client.get("/v1/ontology")).status_code for _ in range(3)]

    with capture_logs() as logged:
        assert asyncio.run(run()) == [200, 200, 200]
    assert logged[0]["log_level"] == "error"
    assert "password" not in str(logged)


def test_a_storage_that_cannot_be_used_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)  # as if it were not installed
    with pytest.raises(MissingExtraError, match="redis"):
        echo_app(rate_limit="1/minute", rate_storage="redis://localhost:6379")
    with pytest.raises(AttireError, match="memory://"):
        echo_app(rate_limit="1/minute", rate_storage="floppy://a")


@pytest.mark.parametrize(
    ("settings", "cure"),
    [
        ({"rate_limit": "lots"}, "60/minute"),
        ({"trusted_proxies": "everybody"}, "10.0.0.0/24"),
        ({"cors_origins": "shop.example"}, "https://shop.example"),
    ],
)
def test_settings_that_cannot_be_understood_are_refused(settings: dict[str, str], cure: str) -> None:
    with pytest.raises(ValidationError, match=cure):
        Settings(**settings)
