"""Figures for Prometheus, of one process or of all workers together."""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics import disable_created_metrics
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from attire.serve.batching import Lost

__all__ = ["MULTIPROCESS_DIR", "Metrics", "forget_dead"]

MULTIPROCESS_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable that names the folder in which workers put their figures together."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_PHOTOS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64)
_LIVE = "gauge_live*_*.db"


class Metrics:
    """All of them; also what a batcher and an admission tell of their doings."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "attire_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "attire_request_seconds",
            "From a request's arrival to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.photos = Counter("attire_photos_read", "Photos the network has read.", registry=self._registry)
        self.batches = Histogram(
            "attire_batch_photos", "Photos in a batch.", buckets=_PHOTOS, registry=self._registry
        )
        self.queue = Gauge(
            "attire_queue_photos",
            "Photos that wait for the network.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        self.held = Gauge(
            "attire_photos_in_process",
            "Requests with photos, from before their body is read until they are answered.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        self.shed = Counter(
            "attire_photos_shed",
            "Photos not read: no room (full), stopping, past their deadline (late), client gone (left).",
            ["why"],
            registry=self._registry,
        )

    def waiting(self, items: int) -> None:
        """So many photos wait."""
        self.queue.set(items)

    def batch(self, items: int) -> None:
        """A batch of so many begins."""
        self.batches.observe(items)

    def lost(self, why: Lost) -> None:
        """A photo is not read."""
        self.shed.labels(why).inc()

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def exposition(self) -> bytes:
        """Give all figures in Prometheus's text format."""
        if MULTIPROCESS_DIR not in os.environ:
            return bytes(generate_latest(self._registry))
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return bytes(generate_latest(together))


def forget_dead() -> None:
    """Take what dead workers said of the present out of the figures of all; counts of theirs stay."""
    if MULTIPROCESS_DIR not in os.environ:
        return
    for path in Path(os.environ[MULTIPROCESS_DIR]).glob(_LIVE):
        pid = int(path.stem.rsplit("_", 1)[1])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
        except PermissionError:
            continue
