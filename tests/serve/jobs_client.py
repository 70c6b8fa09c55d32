"""Asking a service to add photos, and waiting until it has."""

import json
import time
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

__all__ = ["here", "send", "wait_for"]


def here(app: FastAPI) -> TestClient:
    """Ask an application from its own machine: without keys, nobody else may write."""
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))


def send(client: Any, photos: dict[str, bytes], *, own: Any = None, **fields: str) -> Any:
    """Post photos by name."""
    if own is not None:
        fields["own"] = own if isinstance(own, str) else json.dumps(own)
    files = [("photos", (name, data)) for name, data in photos.items()]
    return client.post("/v1/catalog", files=files, data=fields)


def wait_for(client: Any, answer: Any, within_s: float = 60.0) -> dict[str, Any]:
    """Wait until a job is done, and give how it ended."""
    assert answer.status_code == 202, answer.text
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(answer.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return job
        assert job["done"] <= job["total"]
        time.sleep(0.05)
    raise AssertionError(f"not done within {within_s:g} s: {job}")
