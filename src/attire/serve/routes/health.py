"""``/healthz`` and ``/readyz``: whether the process lives, and whether it takes requests."""

from fastapi import APIRouter
from pydantic import BaseModel

from attire.serve.problems import Problem
from attire.serve.services import ServicesOf

__all__ = ["router"]

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """It is well."""

    status: str = "ok"


@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process lives."""
    return Health()


@router.get("/readyz")
async def readyz(services: ServicesOf) -> Health:
    """Say that it takes requests: the network is warm, and it is not stopping."""
    if not services.ready:
        raise Problem(503, "Not ready: starting or stopping.", headers={"Retry-After": "1"})
    return Health()
