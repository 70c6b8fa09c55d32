"""Lightning without its asides: each warning silenced here is a false alarm, with the reason beside it."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_lightning"]

_FALSE_ALARMS = (
    # Lightning 2.6 asks torch's pytree the old way; nothing of ours.
    r".*isinstance\(treespec, LeafSpec\).*",
    # The number of workers and the accelerator are what the recipe and the caller asked for.
    r".*does not have many workers.*",
    r".*GPU available but not used.*",
    # A run may log every step and yet have fewer steps than the default interval.
    r".*smaller than the logging interval.*",
    # Our means are taken over all processes before they are logged.
    r".*sync_dist=True.* when logging on epoch level.*",
    # The successor's name is not known to every torch that will do.
    r".*`broadcast_buffers` is deprecated.*",
)


@contextmanager
def quiet_lightning() -> Iterator[None]:
    """Keep notes on devices, tips and false alarms off the screen; other warnings and errors stay."""
    loggers = [logging.getLogger(name) for name in ("lightning.pytorch", "lightning.fabric")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            for message in _FALSE_ALARMS:
                warnings.filterwarnings("ignore", message=message)
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
