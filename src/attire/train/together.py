"""Several processes on this machine that train together, started and watched by torch's elastic agent."""

import logging
import os
import signal
import sys
import uuid
from collections.abc import Sequence

from torch.distributed.elastic.multiprocessing.api import SignalException
from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
from torch.distributed.launcher.api import LaunchConfig, elastic_launch

from attire.train.processes import LostProcessError

__all__ = ["start_together"]

_SAID = 2
"""Exit code of a process that said itself what was wrong."""
_STOPPED = 130


def start_together(arguments: Sequence[str], processes: int) -> int:
    """Run the ``attire`` command as several processes, as ``torchrun`` does, until all have ended.

    When one of them dies, the others are stopped: asked to, and half a minute later made to.

    Args:
        arguments: Of the command, such as ``["train", "quick", …]``.
        processes: How many.

    Returns:
        Exit code: 0, or that of a process that said itself what was wrong.

    Raises:
        LostProcessError: If a process died without a word.
        KeyboardInterrupt: If they were stopped by Ctrl-C.
    """
    # As torchrun does: each process with all threads would wait for the others' more than it computes.
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // processes)))
    # In each stage all parameters that learn are used, of which DDP warns as it must look for others.
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    logging.getLogger("torch.distributed.elastic").setLevel(logging.CRITICAL)
    config = LaunchConfig(
        min_nodes=1,
        max_nodes=1,
        nproc_per_node=processes,
        run_id=uuid.uuid4().hex,
        rdzv_backend="c10d",
        rdzv_endpoint="localhost:0",
        local_addr="localhost",
        max_restarts=0,
    )
    try:
        elastic_launch(config, sys.executable)("-m", "attire.cli.app", *arguments)
    except SignalException:
        raise KeyboardInterrupt from None
    except ChildFailedError as error:
        rank, failure = error.get_first_failure()
        code = int(failure.exitcode)
        if code in (_SAID, 1):
            return code
        if code == _STOPPED:
            raise KeyboardInterrupt from None
        raise LostProcessError(
            f"Process {rank} of {processes} {_death(code)}, so the others were stopped. The same command "
            "with --resume goes on from the last state."
        ) from None
    return 0


def _death(code: int) -> str:
    """Say how a process ended.

    Example:
        >>> _death(-9), _death(3)
        ('was killed by SIGKILL, maybe for lack of memory', 'ended with code 3')
    """
    if code >= 0:
        return f"ended with code {code}"
    name = signal.Signals(-code).name
    return f"was killed by {name}" + (", maybe for lack of memory" if name == "SIGKILL" else "")
