"""What a replica with a network does: read photos that are sent to it."""

import asyncio
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.encoder import Encoder
from attire.catalog.items import PhotoKind
from attire.errors import AttireError
from attire.ontology import Ontology
from attire.predict import Selector
from attire.serve.problems import Problem
from attire.serve.reading import Make, PhotoReader
from attire.serve.settings import Settings

__all__ = ["NETWORK", "About", "Asked", "Network", "Pixels", "Refused"]

NETWORK = "network"
"""Name of the deployment."""

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""A photo: RGB, upright, shape ``(height, width, 3)``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class About:
    """What whoever sends photos has to know of the network."""

    ontology: Ontology
    selector: Selector
    encoder: Encoder | None
    """None where no catalogue is served."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """What is wanted of a photo, beside its pixels."""

    make: Make[Any]
    """What is made of it."""
    within_s: float
    """How long somebody waits for it."""
    maps: bool
    kind: PhotoKind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refused:
    """Why there is no answer: an exception that whoever asked raises.

    Ray would wrap it in one of its own, and log it as a fault.
    """

    why: Problem | AttireError

    def __reduce__(self) -> tuple[Any, ...]:
        if isinstance(self.why, Problem):
            problem = self.why
            return _refused, (problem.status, problem.detail, dict(problem.headers or {}), problem.members)
        return _faulty, (type(self.why), str(self.why))


class Network:
    """A network and the queue before it, in a process of its own."""

    def __init__(self, settings: Settings) -> None:
        """Load the network, and make it warm: Serve sends photos once this is done.

        Args:
            settings: Of the service; the model's file lies at the same place on every node.

        Raises:
            AttireError: If it cannot be loaded.
        """
        self._settings = settings
        self._reader = PhotoReader.open(settings)
        self._reader.warm_up()
        self._started = False

    async def about(self) -> About:
        """Say what names, choices and vectors are like."""
        catalog = self._settings.catalog is not None
        return About(
            ontology=self._reader.ontology,
            selector=self._reader.selector,
            encoder=self._reader.encoder if catalog else None,
        )

    async def read(self, photo: Pixels, asked: Asked) -> Any:
        """Read a photo and make of it what is asked for.

        Returns:
            What was made of it, or :class:`Refused`.
        """
        if not self._started:
            self._reader.start()  # in the loop that photos come in
            self._started = True
        try:
            return await self._reader.make(
                Image.fromarray(photo),
                asked.make,
                deadline=asyncio.get_running_loop().time() + asked.within_s,
                maps=asked.maps,
                kind=asked.kind,
            )
        except (Problem, AttireError) as why:
            return Refused(why=why)

    def check_health(self) -> None:
        """Let Serve start another replica if this one reads no more."""
        if self._started and not self._reader.alive:
            raise RuntimeError("Photos are no longer read here.")

    async def __del__(self) -> None:
        await self._reader.stop(within_s=self._settings.shutdown_s)


def _refused(status: int, detail: str, headers: dict[str, str], members: dict[str, Any]) -> Refused:
    return Refused(why=Problem(status, detail, headers=headers, **members))


def _faulty(kind: type[AttireError], message: str) -> Refused:
    return Refused(why=kind(message))
