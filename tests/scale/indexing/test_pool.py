"""How many readers a cluster gets: it goes on without its largest machine."""

import pytest

from attire.errors import ClusterError
from attire.scale import Cluster
from attire.scale.indexing import plan_pool
from attire.scale.indexing.pool import OTHERS_CPUS

MACHINES = [(1,), (2,), (1, 1), (4, 2), (9, 9), (8, 8, 8, 64), (96,) * 10, (99, 512)]


@pytest.mark.parametrize("machines", MACHINES, ids=str)
def test_whatever_machine_is_lost_what_is_left_holds_the_least_and_the_other_stages(machines):
    pool = plan_pool(Cluster(nodes=len(machines), cpus=sum(machines), gpus=0, largest=max(machines)))
    assert 1 <= pool.least <= pool.most == sum(machines)
    for lost in range(len(machines)):
        left = [cpus for place, cpus in enumerate(machines) if place != lost]
        readers = [int(cpus / pool.cpus) for cpus in left]
        assert not left or sum(readers) >= pool.least
        for cpus, there in zip(left, readers, strict=True):
            assert cpus - there * pool.cpus >= OTHERS_CPUS - 1e-9, "fetching and writing find room"
    assert pool.writers >= 1
    assert pool.fetchers >= 2
    assert 1 <= pool.groups_per_fragment <= 64


def test_more_machines_than_one_leave_the_pool_room_to_shrink():
    for machines in MACHINES:
        pool = plan_pool(Cluster(nodes=len(machines), cpus=sum(machines), gpus=0, largest=max(machines)))
        assert pool.least < pool.most or pool.most == 1


@pytest.mark.parametrize(
    ("device", "runtime", "gpus"),
    [(None, None, 1), (None, "torch", 1), ("cuda", None, 1), ("cpu", None, 0), (None, "openvino", 0)],
)
def test_readers_have_a_gpu_each_where_there_are_some_and_they_may_be_used(device, runtime, gpus):
    pool = plan_pool(Cluster(nodes=2, cpus=16, gpus=2, largest=8), device=device, runtime=runtime)
    assert pool.gpus == gpus
    assert pool.most == (2 if gpus else 16)


def test_what_the_cluster_has_not_is_said():
    with pytest.raises(ClusterError, match="--device cuda: no machine of the Ray cluster has a GPU"):
        plan_pool(Cluster(nodes=1, cpus=4, gpus=0, largest=4), device="cuda")
    with pytest.raises(ClusterError, match="has a processor"):
        plan_pool(Cluster(nodes=1, cpus=0, gpus=0, largest=0))
