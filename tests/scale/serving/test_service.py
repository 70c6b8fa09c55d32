"""The service on a Ray cluster of this machine, as its users run it: two replicas, one of which is killed.

Started once, by the command, in a process of its own. Its processes are known by a word in their environment.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

pytest.importorskip("ray", reason="replicas need the extra scale")
if not Path("/proc/self/environ").exists():
    pytest.skip("processes are found by /proc", allow_module_level=True)

from fastapi.testclient import TestClient

from attire.samples import sample_looks
from attire.serve import Settings, create_app

LOOKS = sorted((sample_looks() / "photos").iterdir())
PATIENCE_S = 150
REPLICA = "ray::ServeReplica:attire:network"
_MARK = "ATTIRE_TEST_MARK"


class OnRay:
    """``attire serve --on ray`` in a process of its own, and all that Ray starts for it."""

    def __init__(self, folder: Path) -> None:
        self.catalog, self.log, self.mark = folder / "shop", folder / "log", secrets.token_hex(8)
        command = [sys.executable, "-c", "from attire.cli.app import main; main()", "serve"]
        flags = ["--on", "ray", "--replicas", "2", "--port", "0", "--catalog", str(self.catalog), "--no-page"]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "RAY_ADDRESS": "", _MARK: self.mark}
        with self.log.open("w") as file:
            self.process = subprocess.Popen(
                [*command, *flags], stdout=subprocess.PIPE, stderr=file, text=True, env=environment
            )
        assert self.process.stdout is not None
        self.said = ""
        while (found := re.search(r"http://127\.0\.0\.1:\d+", self.said)) is None:
            line = self.process.stdout.readline()
            self.said += line
            assert line, f"{self.said}{self.log.read_text()}"
        self.url = found[0]

    def pids(self, name: str = "") -> list[int]:
        """Processes whose names begin so, the oldest first."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                theirs = f"{_MARK}={self.mark}".encode() in (folder / "environ").read_bytes().split(b"\0")
                called = (folder / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if theirs and called.startswith(name):
                found.append(int(folder.name))
        return sorted(found)

    def stop(self) -> int:
        """Tell it to stop, and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The service, killed with all of its processes if a test left it alive."""
    service = OnRay(tmp_path_factory.mktemp("ray"))
    yield service
    service.stop()
    service.process.communicate()
    for pid in service.pids():
        os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def client(service):
    with httpx.Client(base_url=service.url, timeout=PATIENCE_S) as client:
        yield client


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The same service without Ray."""
    catalog = tmp_path_factory.mktemp("here") / "shop"
    app = create_app(Settings(catalog=str(catalog)))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as client:
        yield client


def predicted(client: httpx.Client, look: Path, **query: str) -> dict:
    answer = client.post("/v1/predict", files={"photo": (look.name, look.read_bytes())}, params=query)
    assert answer.status_code == 200, answer.text
    reading = answer.json()
    assert reading.pop("milliseconds") > 0
    return reading


def added(client: httpx.Client, looks: list[Path]) -> dict:
    answer = client.post("/v1/catalog", files=[("photos", (look.name, look.read_bytes())) for look in looks])
    assert answer.status_code == 202, answer.text
    until = time.monotonic() + PATIENCE_S
    while (job := client.get(answer.headers["Location"]).json())["state"] in ("queued", "running"):
        assert time.monotonic() < until, job
        time.sleep(0.1)
    return {k: job[k] for k in ("state", "done", "total", "garments", "broken")}


def test_one_line_says_where_and_how(service) -> None:
    assert re.fullmatch(
        r"Serving at http://127\.0\.0\.1:\d+/ \(no page\): 0 garments, photos read by \S+ in 2 replicas on "
        r"Ray\. Ctrl-C stops\.\n",
        service.said,
    )
    noise = [line for line in service.log.read_text().splitlines() if not line.startswith("{")]
    assert [line for line in noise if "oken authentication" not in line] == []


def test_a_photo_gets_the_answer_that_it_gets_without_ray(client, here) -> None:
    assert predicted(client, LOOKS[0], masks="both") == predicted(here, LOOKS[0], masks="both")
    assert predicted(client, LOOKS[1], keep="all") == predicted(here, LOOKS[1], keep="all")
    drawn = [
        one.post(
            "/v1/predict", files={"photo": LOOKS[0].read_bytes()}, headers={"Accept": "image/png"}
        ).content
        for one in (client, here)
    ]
    assert drawn[0] == drawn[1]


def test_photos_are_added_and_found_as_without_ray(client, here) -> None:
    jobs = [added(one, LOOKS[:2]) for one in (client, here)]
    assert jobs[0] == jobs[1]
    assert jobs[0]["state"] == "done"
    assert jobs[0]["garments"] > 0
    found = []
    for one in (client, here):
        answer = one.post("/v1/search", files={"photo": LOOKS[0].read_bytes()}, data={"k": "3"})
        assert answer.status_code == 200, answer.text
        found.append([
            (round(result["similarity"], 4), result["garment"]["category"], result["same_picture"])
            for each in answer.json()["answers"]
            for result in each["results"]
        ])  # fmt: skip
    assert found[0] == found[1]
    assert any(same for _, _, same in found[0])


def test_what_is_refused_is_refused_as_without_ray(client, here) -> None:
    for sent in (
        {"files": {"photo": b"GIF89a"}},
        {"data": {"other": "x"}},
        {"files": {"photo": b"\xff\xd8\xff"}},
    ):
        answers = [one.post("/v1/predict", **sent) for one in (client, here)]
        assert answers[0].status_code == answers[1].status_code >= 400
        assert answers[0].json() == answers[1].json()
        assert len(answers[0].headers.get_list("X-Request-Id")) == 1
    late = client.post("/v1/predict", files={"photo": LOOKS[0].read_bytes()}, headers={"X-Deadline-Ms": "1"})
    assert late.status_code in (503, 504)
    assert late.headers["Content-Type"] == "application/problem+json"


def test_it_is_ready_and_counts(client) -> None:
    assert client.get("/readyz").status_code == client.get("/healthz").status_code == 200
    assert (
        'attire_requests_total{method="POST",route="/v1/predict",status="200"}' in client.get("/metrics").text
    )


def test_nothing_else_of_serve_listens(service) -> None:
    mine = {
        link.readlink().name
        for pid in service.pids()
        for link in Path(f"/proc/{pid}/fd").iterdir()
        if link.is_symlink() and link.readlink().name.startswith("socket:")
    }
    listening = {}
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = row.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in mine:
                address, port = fields[1].split(":")
                listening[int(port, 16)] = address
    assert listening[int(service.url.rsplit(":", 1)[1])] == "0100007F", "HTTP is on the address asked for"
    assert not {8000, 8265, 8500, 9000, 9500} & set(listening), "no dashboard, no gRPC, no second proxy"


def test_a_replica_killed_under_load_costs_no_photo(service) -> None:
    statuses, lost = Counter(), []
    killed, end = threading.Event(), threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=service.url, timeout=PATIENCE_S) as client:
            while not end.is_set():
                try:
                    answer = client.post("/v1/predict", files={"photo": LOOKS[2].read_bytes()})
                except httpx.HTTPError as error:
                    lost.append(repr(error))
                    return
                statuses[answer.status_code, killed.is_set()] += 1

    before = service.pids(REPLICA)
    assert len(before) == 2
    askers = [threading.Thread(target=ask) for _ in range(4)]
    for one in askers:
        one.start()
    until = time.monotonic() + PATIENCE_S
    while statuses[200, False] < 4:
        assert time.monotonic() < until, statuses
        time.sleep(0.02)
    os.kill(before[0], signal.SIGKILL)
    killed.set()
    while statuses[200, True] < 8 or len(service.pids(REPLICA)) < 2:
        assert time.monotonic() < until, statuses
        time.sleep(0.1)
    end.set()
    for one in askers:
        one.join()
    assert lost == []
    assert {status for status, _ in statuses} == {200}, statuses
    assert set(service.pids(REPLICA)) - set(before), "another one took its place"


def test_sigterm_ends_it_and_all_of_ray(service) -> None:
    assert service.stop() == 0
    assert "ServeController" not in service.process.stdout.read(), "nothing is told of how Serve itself ends"
    until = time.monotonic() + 20
    while service.pids():
        assert time.monotonic() < until, f"left behind: {service.pids()}"
        time.sleep(0.2)
    lines = [json.loads(line) for line in service.log.read_text().splitlines() if line.startswith("{")]
    events = [line["event"] for line in lines if not str(line["event"]).startswith("still starting")]
    assert events == ["stopping"]
