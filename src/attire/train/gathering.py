"""What processes that train together tell each other besides gradients; one process alone tells itself."""

from datetime import timedelta
from typing import Any, TypeVar

import torch.distributed as dist

__all__ = ["from_first", "gather", "patient_group"]

Value = TypeVar("Value")
_PATIENCE = timedelta(days=7)


def gather(value: Value) -> list[Value]:
    """Give every process what all of them have, in the order of their numbers.

    Args:
        value: What this one has: plain values, the same type in all of them.

    Example:
        >>> gather({"loss": 0.5})
        [{'loss': 0.5}]
    """
    if not _several():
        return [value]
    found: list[Any] = [None] * dist.get_world_size()
    dist.all_gather_object(found, value)
    return found


def patient_group() -> Any:
    """Make a way to wait for each other that does not give up before a week is over.

    The way that gradients take gives up after minutes, so that a machine that hangs is noticed; a process
    that dies is noticed at once on either.
    """
    return dist.new_group(backend="gloo", timeout=_PATIENCE)


def from_first(value: Value, group: Any) -> Value:
    """Give every process what the first one has.

    Args:
        value: Of this process; looked at in the first one only.
        group: What :func:`patient_group` gave.
    """
    found: list[Any] = [value]
    dist.broadcast_object_list(found, src=0, group=group)
    told: Value = found[0]
    return told


def _several() -> bool:
    return dist.is_available() and dist.is_initialized() and dist.get_world_size() > 1
