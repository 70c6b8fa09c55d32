"""A Ray cluster to work on: one that runs already, or one on this machine for as long as it is needed."""

import logging
import os
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from attire.errors import ClusterError
from attire.extras import require

__all__ = ["Cluster", "on_cluster"]

_ADDRESS = "RAY_ADDRESS"
_NAMESPACE = "attire"
_CONNECT_S = 5.0
_USAGE_STATS = "RAY_USAGE_STATS_ENABLED"
"""Ray tells its makers how it is used; nothing is told to anyone outside without being asked for."""
_ACCESS = "RAY_AUTH_MODE"
"""Whoever reaches a cluster can run programs on it. Ray's own default for one on this machine is to ask for a
token, which it makes; asked for, it does not warn of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What a cluster has, as it was when the work began."""

    nodes: int
    """Machines that are alive."""
    cpus: int
    """Processors of all of them together."""
    gpus: int
    """Graphics processors of all of them together."""
    largest: int
    """Processors of the machine that has most: what is gone when that one is lost."""


@contextmanager
def on_cluster(address: str | None = None, *, cpus: int | None = None) -> Iterator[Cluster]:
    """Work on a cluster.

    A process that is connected to one already uses that, and stays connected. Ray's dashboard, whose job API
    asks nobody who they are, is not started.

    Args:
        address: Of the cluster, such as ``10.0.0.1:6379`` or ``auto`` for the one on this machine; that of
            ``RAY_ADDRESS`` if None, and without it a cluster on this machine that ends with the work.
        cpus: Processors of a cluster on this machine; all of them if None.

    Yields:
        What the cluster has.

    Raises:
        MissingExtraError: If Ray is not installed.
        ClusterError: If there is no cluster at that address.
    """
    address = address or os.environ.get(_ADDRESS) or None
    os.environ.setdefault(_USAGE_STATS, "0")
    if address is None and "ray" not in sys.modules:  # it looks only when it is imported
        os.environ.setdefault(_ACCESS, "token")
    ray = require("ray", "scale")
    if ray.is_initialized():
        yield _describe(ray)
        return
    try:
        if address is not None:
            _knock(address)
        with warnings.catch_warnings():
            # Ray's own programs are started by a fork; they are others by the next moment.
            warnings.filterwarnings("ignore", message="lance(db)? .*fork")
            ray.init(
                address=address or "local",
                num_cpus=cpus if address is None else None,
                namespace=_NAMESPACE,
                include_dashboard=None if address else False,
                logging_level=logging.WARNING,
                log_to_driver=False,
            )
    except (OSError, RuntimeError, ValueError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ClusterError(
            f"No Ray cluster at {address or 'this machine'}: {first}. Start one with ray start --head, or "
            f"leave out --ray-address and {_ADDRESS} to use this machine."
        ) from None
    try:
        yield _describe(ray)
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """See whether anybody is there: Ray itself asks for minutes."""
    host, colon, port = address.rpartition(":")
    if "://" in address or (address not in ("auto", "local") and not (colon and port.isdigit())):
        raise ValueError("an address is written as host:port")
    if colon:
        socket.create_connection((host, int(port)), timeout=_CONNECT_S).close()


def _describe(ray: Any) -> Cluster:
    alive = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    processors = [int(resources.get("CPU", 0)) for resources in alive]
    return Cluster(
        nodes=len(alive),
        cpus=sum(processors),
        gpus=int(sum(resources.get("GPU", 0) for resources in alive)),
        largest=max(processors, default=0),
    )
