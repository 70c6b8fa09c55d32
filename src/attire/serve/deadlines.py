"""Until when a request wants its answer: a placeholder until load's own is here."""

import asyncio
from typing import Annotated

from fastapi import Depends

from attire.serve.services import ServicesOf

__all__ = ["DeadlineOf"]


async def _deadline(services: ServicesOf) -> float:
    return asyncio.get_running_loop().time() + services.settings.deadline_s


DeadlineOf = Annotated[float, Depends(_deadline)]
