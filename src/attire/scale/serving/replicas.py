"""How many processes with a network there are, and what each of them takes of a machine."""

import re
from dataclasses import dataclass
from typing import Any, Self

from attire.errors import RecipeError

__all__ = ["Replicas"]

_WRITTEN = re.compile(r"([0-9]+)(?:-([0-9]+))?", re.ASCII)
_UPSCALE_S = 5.0
"""How long there has to be more to read than replicas are for before further ones are started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicas:
    """Replicas of the network: always at least so many, and more while there is work for them."""

    least: int = 1
    """That run even if there is nothing to read, at least 1."""
    most: int = 1
    """That run at once."""
    gpus: float = 0.0
    """Graphics processors that each is given, such as 1 or 0.5."""

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.most:
            raise RecipeError(
                f"Replicas from {self.least} to {self.most}: expected 1 or more, and a range that rises."
            )
        if self.gpus < 0:
            raise RecipeError(f"{self.gpus:g} graphics processors per replica: expected 0 or more.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number, or a least and a greatest one.

        Raises:
            RecipeError: If it is neither.

        Example:
            >>> Replicas.parse("2"), Replicas.parse("1-8").most
            (Replicas(least=2, most=2, gpus=0.0), 8)
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise RecipeError(f"--replicas {text!r}: expected a number such as 2, or a range such as 1-4.")
        least = int(found[1])
        return cls(least=least, most=int(found[2] or least))

    def __str__(self) -> str:
        if self.most == 1:
            return "1 replica"
        return f"{self.least}{'' if self.least == self.most else f' to {self.most}'} replicas"

    def options(self, *, batch_size: int, threads: int) -> dict[str, Any]:
        """Give them as options of a deployment.

        Each is sent no more photos than keep it busy: one batch in the network, one that is prepared or
        finished meanwhile, and two photos on their way. The rest wait where they came from, and go to
        whichever is free first.

        Args:
            batch_size: Photos that the network sees at once.
            threads: Processors that each takes.
        """
        sent = 2 * batch_size + 2
        chosen: dict[str, Any] = {
            "max_ongoing_requests": sent,
            "ray_actor_options": {"num_cpus": threads, "num_gpus": self.gpus},
        }
        if self.least == self.most:
            return chosen | {"num_replicas": self.most}
        return chosen | {
            "autoscaling_config": {
                "min_replicas": self.least,
                "max_replicas": self.most,
                "target_ongoing_requests": batch_size + 1,
                "upscale_delay_s": _UPSCALE_S,
            }
        }
