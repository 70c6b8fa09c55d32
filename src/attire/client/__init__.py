"""The service's client: its endpoints as methods, its answers as values."""

from attire.client.asynchronous import AsyncClient, AsyncJob
from attire.client.synchronous import Client, Job

__all__ = ["AsyncClient", "AsyncJob", "Client", "Job"]
