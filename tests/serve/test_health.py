"""What a supervisor asks: does it live, does it take requests, how does it fare."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from tests.serve.asked import Asked, bare_app

from attire.serve import Settings, create_app
from attire.serve.lifecycle import serving
from attire.serve.routes import health
from attire.serve.services import Services


@pytest.fixture
def bare() -> tuple[FastAPI, Services]:
    app, services = bare_app()
    app.include_router(health.router)
    del app.state.services
    services.ready = False
    return app, services


def test_it_is_ready_from_warm_to_told_to_stop(bare) -> None:
    app, services = bare

    async def body() -> list[Any]:
        async def ask(path: str) -> int | None:
            asked = Asked(app, path)
            await asked.task
            return asked.status

        seen = [await ask("/readyz"), await ask("/healthz")]
        async with serving(app, services.settings, services.metrics, services):
            seen += [await ask("/readyz"), await ask("/healthz")]
            services.begin_stop()
            seen += [await ask("/readyz"), await ask("/healthz")]
        return [*seen, await ask("/readyz")]

    assert asyncio.run(body()) == [503, 503, 200, 200, 503, 200, 503]


def test_a_service_that_no_longer_reads_is_not_well(bare) -> None:
    app, services = bare

    async def body() -> int | None:
        async with serving(app, services.settings, services.metrics, services):
            await services.reader.stop(within_s=1)
            asked = Asked(app, "/healthz")
            await asked.task
            return asked.status

    assert asyncio.run(body()) == 500


def test_before_it_starts_every_route_says_so() -> None:
    app = create_app(Settings())

    async def body() -> Asked:
        asked = Asked(app, "/v1/ontology")
        await asked.task
        return asked

    asked = asyncio.run(body())
    assert asked.status == 503
    assert asked.headers["retry-after"] == "2"


def test_figures_are_in_the_text_format(bare) -> None:
    app, services = bare
    services.metrics.batch(3)

    async def body() -> Asked:
        asked = Asked(app, "/metrics")
        await asked.task
        return asked

    asked = asyncio.run(body())
    assert asked.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert b"# HELP attire_batch_photos Photos in a batch." in asked.body
    assert b'attire_batch_photos_bucket{le="3.0"} 1.0' in asked.body
    assert b"_created" not in asked.body
