"""How many readers a cluster is given, so that it goes on when a machine is lost."""

from dataclasses import dataclass

from attire.errors import ClusterError
from attire.scale.cluster import Cluster

__all__ = ["OTHERS_CPUS", "Pool", "plan_pool"]

OTHERS_CPUS = 0.001
"""Share of a processor that fetching and writing ask for: readers leave it free on every processor, so that
neither waits for the other whatever machine is lost. What they do take is little beside reading."""
_READER_CPUS = 1 - OTHERS_CPUS
"""So near to 1 that a machine has no room for another reader."""
_READERS_PER_FETCHER = 4
"""Eight photos come at once, which a slow bucket gives sooner than so many processors read them."""
_PER_GPU = 4
"""Fetchers of a reader with a GPU."""
_READERS_PER_WRITER = 8
_GROUPS_PER_READER = 4
"""Groups of photos that each reader reads, on average, between two fragments: a dozen seconds' work."""
_MOST_GROUPS = 64
"""Of a fragment: about a thousand photos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Readers, each of which has the model open."""

    least: int
    """What has to fit when the largest machine is lost: fewer readers than this and nothing is read."""
    most: int
    """What is there as long as all machines are."""
    cpus: float | None
    """Processors that each asks for; None for readers with a GPU, which take what Ray gives them."""
    gpus: int
    """Graphics processors that each asks for."""

    @property
    def fetchers(self) -> int:
        """Groups that are fetched at once; each in a process of its own, which takes seconds to start.

        Example:
            >>> Pool(least=1, most=2, cpus=0.999, gpus=0).fetchers
            2
            >>> Pool(least=1, most=2, cpus=None, gpus=1).fetchers
            8
        """
        return _PER_GPU * self.most if self.gpus else max(2, self.most // _READERS_PER_FETCHER)

    @property
    def writers(self) -> int:
        """Files of rows that are written at once.

        Example:
            >>> Pool(least=1, most=2, cpus=0.999, gpus=0).writers
            1
        """
        return max(1, self.most // _READERS_PER_WRITER)

    @property
    def groups_per_fragment(self) -> int:
        """Groups of photos whose rows are written into one file: a few seconds' work of all readers.

        Example:
            >>> Pool(least=1, most=2, cpus=0.999, gpus=0).groups_per_fragment
            8
        """
        return min(_GROUPS_PER_READER * self.most, _MOST_GROUPS)


def plan_pool(cluster: Cluster, *, device: str | None = None, runtime: str | None = None) -> Pool:
    """Plan the readers.

    Each has one processor and computes in one thread: readers side by side need not wait for each other, as
    the threads of one reader do. Where there are GPUs that may be used, each reader has one of them instead.

    Args:
        cluster: What there is.
        device: What the user says of it: ``cpu``, ``cuda`` or nothing.
        runtime: What the user says of what runs the model.

    Raises:
        ClusterError: If a GPU is asked for and there is none, or no machine has a processor.

    Example:
        >>> two = Cluster(nodes=2, cpus=8, gpus=0, largest=6)
        >>> plan_pool(two)
        Pool(least=2, most=8, cpus=0.999, gpus=0)
        >>> plan_pool(Cluster(nodes=1, cpus=2, gpus=0, largest=2))
        Pool(least=1, most=2, cpus=0.999, gpus=0)
        >>> plan_pool(Cluster(nodes=4, cpus=64, gpus=4, largest=16)).gpus
        1
        >>> plan_pool(Cluster(nodes=4, cpus=64, gpus=4, largest=16), device="cpu").gpus
        0
    """
    if cluster.cpus < 1:
        raise ClusterError("No machine of the Ray cluster has a processor to work with. Add one that has.")
    wants_gpu = device is not None and device != "cpu"
    if wants_gpu and not cluster.gpus:
        raise ClusterError(
            f"--device {device}: no machine of the Ray cluster has a GPU. Leave it out, or add one that has."
        )
    if cluster.gpus and (wants_gpu or (device is None and runtime in (None, "torch"))):
        return Pool(least=1, most=cluster.gpus, cpus=None, gpus=1)
    return Pool(least=max(1, cluster.cpus - cluster.largest), most=cluster.cpus, cpus=_READER_CPUS, gpus=0)
