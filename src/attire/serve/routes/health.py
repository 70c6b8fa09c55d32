"""``/healthz``, ``/readyz`` and ``/metrics``: whether the process lives, takes requests, and how it fares."""

import asyncio

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import BaseModel

from attire.serve.problems import Problem
from attire.serve.services import ServicesOf

__all__ = ["router"]

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """It is well."""

    status: str = "ok"


@router.get("/healthz")
async def healthz(services: ServicesOf) -> Health:
    """Say that the process lives, and that what reads photos does."""
    if services.ready and not services.reader.alive:
        raise Problem(500, "Photos are no longer read. Restart the service.")
    return Health()


@router.get("/readyz")
async def readyz(services: ServicesOf) -> Health:
    """Say that it takes requests: the network is warm, and it is not stopping."""
    if not services.ready:
        raise Problem(503, "Not ready: starting or stopping.", headers={"Retry-After": "1"})
    return Health()


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """Give figures in Prometheus's text format, of all workers together."""
    text = await asyncio.to_thread(request.app.state.metrics.exposition)
    return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4)
