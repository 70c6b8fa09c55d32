"""Which of the processes that train together this one is, and who of them speaks."""

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass

from attire.errors import AttireError, RecipeError

__all__ = ["LostProcessError", "Processes", "find_processes", "is_started", "others_silent", "rank_here"]

_RANKS = ("RANK", "LOCAL_RANK", "SLURM_PROCID")
"""Where launchers put the number of a process, the first that is set: those that Lightning looks at, too."""


class LostProcessError(AttireError):
    """A process of a training by several failed or is gone, so the others cannot go on."""


@dataclass(frozen=True, kw_only=True)
class Processes:
    """The processes that train together."""

    rank: int
    """Number of this one, from 0; the first one writes and speaks."""
    here: int
    """How many there are on this machine …"""
    nodes: int
    """… and on how many machines."""

    @property
    def world_size(self) -> int:
        """How many there are in all."""
        return self.here * self.nodes


def rank_here(environment: Mapping[str, str] = os.environ) -> int:
    """Say which of the processes this is, as its launcher says; the first where there was none.

    Example:
        >>> rank_here({"RANK": "5", "LOCAL_RANK": "1"}), rank_here({})
        (5, 0)
    """
    return next((int(environment[name]) for name in _RANKS if name in environment), 0)


def is_started(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a launcher started this process as one of several.

    Example:
        >>> is_started({"TORCHELASTIC_RUN_ID": "7"}), is_started({"LOCAL_RANK": "1"}), is_started({})
        (True, True, False)
    """
    return "TORCHELASTIC_RUN_ID" in environment or any(name in environment for name in _RANKS)


def find_processes(devices: int | None, environment: Mapping[str, str] = os.environ) -> Processes:
    """Find out who trains together: whom ``torchrun`` started, or as many as were asked for.

    Args:
        devices: How many there shall be on this machine; None for as many as were started, or one.
        environment: What ``torchrun`` left there.

    Raises:
        RecipeError: If ``torchrun`` started another number, or different numbers on different machines.

    Example:
        >>> started = {"TORCHELASTIC_RUN_ID": "7", "RANK": "3", "WORLD_SIZE": "4", "LOCAL_WORLD_SIZE": "2"}
        >>> find_processes(None, started)
        Processes(rank=3, here=2, nodes=2)
        >>> find_processes(None, {}).world_size
        1
    """
    if "TORCHELASTIC_RUN_ID" not in environment:
        return Processes(rank=rank_here(environment), here=devices or 1, nodes=1)
    world, here = int(environment["WORLD_SIZE"]), int(environment["LOCAL_WORLD_SIZE"])
    if devices not in (None, here):
        raise RecipeError(
            f"--devices {devices}, but torchrun started {here} processes on this machine. Leave it out."
        )
    if world % here:
        raise RecipeError(
            f"torchrun started {here} of {world} processes on this machine. Start as many on each machine: "
            "the same --nproc-per-node."
        )
    return Processes(rank=rank_here(environment), here=here, nodes=world // here)


@contextmanager
def others_silent(rank: int) -> Iterator[None]:
    """Let the first process speak for all.

    What goes wrong before the training begins goes wrong in all of them, so the others end with code 2 and
    without a word. What goes wrong in one of them alone is said: see :class:`LostProcessError`.

    Args:
        rank: Which process this is.
    """
    if rank == 0:
        yield
        return
    with open(os.devnull, "w") as nothing, warnings.catch_warnings():  # noqa: PTH123
        warnings.simplefilter("ignore")
        with redirect_stdout(nothing), redirect_stderr(nothing):
            try:
                yield
            except LostProcessError:
                raise
            except AttireError as error:
                raise SystemExit(2) from error
            except KeyboardInterrupt:
                raise SystemExit(130) from None
