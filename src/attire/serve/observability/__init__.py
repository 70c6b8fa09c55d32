"""What the service tells its keepers: a line of log for each request, and figures for Prometheus."""

from attire.serve.observability.logs import configure_logs, service_log
from attire.serve.observability.metrics import Metrics, forget_dead
from attire.serve.observability.requests import Requests

__all__ = ["Metrics", "Requests", "configure_logs", "forget_dead", "service_log"]
