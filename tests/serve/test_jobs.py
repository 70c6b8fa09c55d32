"""Photos on their way into the catalogue, whatever happens to who brings them there."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from PIL import Image, ImageOps
from tests.serve.jobs_client import here, send, wait_for

from attire.catalog.store import Store
from attire.samples import sample_looks
from attire.serve import Settings, create_app
from attire.serve.jobs import Job
from attire.serve.jobs.folder import UploadsFolder
from attire.serve.jobs.job import MOST_TRIES


def looks(count: int) -> dict[str, bytes]:
    """So many photos of looks, each another one."""
    photos: dict[str, bytes] = {}
    drawn = sorted((sample_looks() / "photos").iterdir())
    for n in range(count):
        with Image.open(drawn[n % len(drawn)]) as image:
            turned = ImageOps.mirror(image.convert("RGB")) if n // len(drawn) % 2 else image.convert("RGB")
            file = io.BytesIO()
            turned.save(file, "JPEG", quality=90 - n // len(drawn))
        photos[f"look {n}.jpg"] = file.getvalue()
    return photos


def rows_of(catalog: Path) -> list[dict]:
    return Store.open(catalog).rows(["garment_id", "photo_id", "photo_uri", "source"]).to_pylist()


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A service that started with nothing, and what asks it."""
    catalog = tmp_path_factory.mktemp("begun") / "catalog"
    with here(create_app(Settings(catalog=str(catalog)))) as client:
        yield catalog, client


def test_photos_are_found_once_their_job_is_done(begun):
    catalog, client = begun
    photos = looks(3)
    own = {
        "look 0.jpg": {"brand": "Adler", "price": 20, "seen_at": "2026-05-01T12:00:00+02:00"},
        "look 1.jpg": {"brand": "<b>Birke</b>", "price": 29.5},
    }
    before = client.get("/v1/garments").json()["total"]
    answer = send(client, {**photos, "notes.txt": b"no photo"}, source="spring", own=own)
    job = wait_for(client, answer)
    assert (job["state"], job["done"], job["total"]) == ("done", 4, 4)
    assert [one["photo"] for one in job["broken"]] == ["notes.txt"]
    page = client.get("/v1/garments", params={"limit": 200}).json()
    assert page["total"] == before + job["garments"] > before
    by_photo = {one["photo"]: one for one in page["garments"]}
    assert set(by_photo) == set(photos)
    assert by_photo["look 0.jpg"]["own"] == {"brand": "Adler", "price": 20.0}
    assert by_photo["look 0.jpg"]["seen_at"].startswith("2026-05-01T10:00:00")
    assert by_photo["look 1.jpg"]["own"] == {"brand": "<b>Birke</b>", "price": 29.5}
    assert by_photo["look 2.jpg"]["own"] == {"brand": None, "price": None}
    assert {one["source"] for one in page["garments"]} == {"spring"}
    facets = {one["column"]: one["values"] for one in client.get("/v1/facets").json()["facets"]}
    assert sum(one["count"] for one in facets["category"]) == page["total"]
    assert {one["value"] for one in facets["brand"]} == {"Adler", "<b>Birke</b>"}
    garment = page["garments"][0]
    assert client.get(garment["picture"]).status_code == 200
    assert client.get(f"/v1/recommend/{garment['garment_id']}").status_code == 200
    words = client.app.state.services.catalog.search(text=garment["category"])
    assert garment["garment_id"] in {one.garment.garment_id for one in words[0].results}
    assert str(catalog.parent) not in json.dumps([job, page])


def test_a_photo_sent_again_changes_nothing_but_its_columns(begun):
    catalog, client = begun
    photos = looks(2)
    wait_for(client, send(client, photos, source="spring", own={"look 0.jpg": {"brand": "Adler"}}))
    rows = sorted(rows_of(catalog), key=lambda row: row["garment_id"])
    garments = client.get("/v1/garments", params={"limit": 200}).json()
    again = wait_for(
        client, send(client, {f"other name {n}.jpg": data for n, data in enumerate(photos.values())})
    )
    assert again["garments"] > 0
    assert sorted(rows_of(catalog), key=lambda row: row["garment_id"]) == rows
    assert client.get("/v1/garments", params={"limit": 200}).json() == garments
    wait_for(client, send(client, {"look 0.jpg": photos["look 0.jpg"]}, own={"look 0.jpg": {"price": 99}}))
    changed = client.get("/v1/garments", params={"limit": 200}).json()["garments"]
    own = {one["photo"]: one["own"] for one in changed}
    assert own["look 0.jpg"]["price"] == 99
    assert own["look 0.jpg"]["brand"] == "Adler"
    assert len(changed) == len(garments["garments"])


def test_no_photo_is_kept_that_no_garment_is_of(begun, served):
    catalog, client = begun
    kept = {path.name for path in (catalog / "uploads" / "photos").rglob("*.*")}
    job = wait_for(client, send(client, {"nothing.png": served.nothing.read_bytes()}))
    if job["garments"]:
        pytest.fail("the photo of nothing has a garment")
    assert job["state"] == "done"
    assert {path.name for path in (catalog / "uploads" / "photos").rglob("*.*")} == kept
    assert not any((catalog / "uploads" / "arriving").iterdir())


def test_rows_are_as_attire_index_would_write_them(begun, tmp_path):
    from typer.testing import CliRunner

    from attire.cli.app import app

    catalog, client = begun
    wait_for(client, send(client, looks(3)))
    done = CliRunner().invoke(
        app, ["index", str(catalog / "uploads" / "photos"), "--catalog", str(catalog), "--json"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told["read"] == 0
    assert told["known"] == told["photos"]
    anew = tmp_path / "anew"
    photos = str(catalog / "uploads" / "photos")
    assert CliRunner().invoke(app, ["index", photos, "--catalog", str(anew)]).exit_code == 0
    columns = ["garment_id", "category", "attributes", "colours", "mask", "photo_look"]
    by_id = [
        sorted(Store.open(path).rows(columns).to_pylist(), key=lambda row: row["garment_id"])
        for path in (catalog, anew)
    ]
    assert by_id[0] == by_id[1]


def test_a_stopping_service_leaves_the_rest_to_the_next(tmp_path):
    catalog = tmp_path / "catalog"
    settings = Settings(catalog=str(catalog))
    photos = looks(12)
    with here(create_app(settings)) as client:
        answer = send(client, photos)
        while client.get(answer.headers["location"]).json()["done"] < 2:
            time.sleep(0.02)
    waiting = UploadsFolder(catalog / "uploads").pending()
    assert [job.state for job in waiting] == ["queued"]
    with here(create_app(settings)) as client:
        job = wait_for(client, answer)
    assert job["state"] == "done"
    assert job["garments"] == len(rows_of(catalog)) > 0


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def test_a_killed_service_loses_no_photo_and_adds_none_twice(tmp_path):
    catalog, port = tmp_path / "catalog", free_port()
    code = (
        "import uvicorn; from attire.serve import *; "
        f"uvicorn.run(create_app(Settings(catalog={str(catalog)!r})), port={port}, log_level='warning')"
    )
    photos = looks(16)
    process = subprocess.Popen([sys.executable, "-c", code], env=dict(os.environ))
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                try:
                    if client.get("/readyz").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.1)
            answer = send(client, photos, source="spring")
            assert answer.status_code == 202, answer.text
            link = answer.headers["location"]
            while not 2 <= client.get(link).json()["done"] < len(photos):
                assert process.poll() is None
                time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert [job.state for job in UploadsFolder(catalog / "uploads").pending()] == ["running"]
    with here(create_app(Settings(catalog=str(catalog)))) as client:
        job = wait_for(client, answer)
        assert client.get("/v1/catalog").json()["photos"] == len(photos)
    assert (job["state"], job["done"], job["broken"]) == ("done", len(photos), [])
    rows = rows_of(catalog)
    assert set(Counter(row["garment_id"] for row in rows).values()) == {1}
    assert len({row["photo_uri"] for row in rows}) == len(photos)
    assert len(rows) == job["garments"]
    assert {row["source"] for row in rows} == {"spring"}


def test_a_job_that_ends_the_service_each_time_is_given_up(begun):
    catalog, client = begun
    folder = UploadsFolder(catalog / "uploads")
    job = Job(state="running", tries=MOST_TRIES)
    folder.write(job)
    until = time.monotonic() + 20
    while (
        time.monotonic() < until and client.get(f"/v1/catalog/jobs/{job.job_id}").json()["state"] == "running"
    ):
        time.sleep(0.1)
    told = client.get(f"/v1/catalog/jobs/{job.job_id}").json()
    assert told["state"] == "failed"
    assert str(MOST_TRIES) in told["status"]
    assert folder.pending() == []


def test_a_photo_that_is_gone_is_listed_and_the_rest_go_on(begun):
    catalog, client = begun
    folder = UploadsFolder(catalog / "uploads")
    there = next(path for path in folder.photos.rglob("*.jpg"))
    kept = there.relative_to(folder.path).as_posix()
    job = Job(photos=[{"name": "gone.jpg", "file": "photos/0/gone.jpg"}, {"name": "there.jpg", "file": kept}])
    folder.submit(job)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        told = client.get(f"/v1/catalog/jobs/{job.job_id}").json()
        if told["state"] == "done":
            break
        time.sleep(0.1)
    assert told["state"] == "done"
    assert [one["photo"] for one in told["broken"]] == ["gone.jpg"]
    assert str(catalog.parent) not in json.dumps(told)
    assert told["garments"] > 0


def test_one_process_at_a_time_has_the_turn(tmp_path):
    folder = UploadsFolder(tmp_path / "uploads")
    with folder.turn() as first:
        assert first
        code = (
            "from pathlib import Path; from attire.serve.jobs.folder import UploadsFolder\n"
            f"with UploadsFolder(Path({str(folder.path)!r})).turn() as free: print(free)"
        )
        with UploadsFolder(tmp_path / "uploads").turn() as second:
            assert not second
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert other.stdout.strip() == "False"
    with folder.turn() as again:
        assert again


def test_jobs_wait_in_the_order_they_came_and_finished_ones_are_forgotten_in_time(tmp_path, monkeypatch):
    from attire.serve.jobs import folder as module

    monkeypatch.setattr(module, "_FINISHED", 2)
    folder = UploadsFolder(tmp_path / "uploads")
    jobs = [Job() for _ in range(4)]
    for job in reversed(jobs):
        folder.submit(job)
    assert [job.job_id for job in folder.pending()] == [job.job_id for job in jobs]
    for n, job in enumerate(jobs):
        job.state = "done"
        folder.write(job)
        os.utime(tmp_path / "uploads" / "finished" / f"{job.job_id}.json", (n, n))
    folder.write(jobs[-1])
    assert folder.pending() == []
    assert [folder.read(job.job_id) is not None for job in jobs] == [False, False, True, True]


def test_what_a_dead_request_left_half_sent_is_cleared(tmp_path):
    folder = UploadsFolder(tmp_path / "uploads")
    for name in ("old", "new"):
        (tmp_path / "uploads" / "arriving" / name).mkdir(parents=True)
    os.utime(tmp_path / "uploads" / "arriving" / "old", (0, 0))
    folder.clear_stale()
    assert [path.name for path in (tmp_path / "uploads" / "arriving").iterdir()] == ["new"]
    shutil.rmtree(tmp_path / "uploads")
    folder.clear_stale()
