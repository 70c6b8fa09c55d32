"""More than 200 hostile uploads against the service as users run it."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serve.hostile.files import hostile_files, odd_photos
from tests.serve.hostile.forms import NAMES, hostile_requests, with_photo
from tests.serve.hostile.made import saved
from tests.serve.hostile.server import MEGABYTE, Answer, Server

from attire.samples import sample_looks
from attire.serve.uploads import clean_name

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")

LONGEST_S = 1.0
MOST_GROWN = 64 * MEGABYTE
MOST_AT_ONCE = 256 * MEGABYTE


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("log") / "stderr.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        with Server("--no-page", "--threads", "1", log=log) as server:
            yield server


def good_photo(server: Server) -> Answer:
    look = next(iter(sorted((sample_looks() / "photos").iterdir())))
    return server.send(with_photo(look.read_bytes(), "look.jpg"))


def quickest(server: Server, request: bytes) -> Answer:
    """Ask again if it took long: other processes of this machine may have kept it waiting."""
    answer = server.send(request)
    return answer if answer.seconds < LONGEST_S else server.send(request)


def test_hostile_uploads_are_refused_quickly_in_little_memory_and_the_service_goes_on(
    server: Server, temporary: Path
) -> None:
    corpus = [(name, with_photo(data)) for name, data in hostile_files()]
    corpus += list(hostile_requests())
    assert len({name for name, _ in corpus}) == len(corpus) >= 200
    assert good_photo(server).status == 200
    for _, request in corpus[::9]:
        server.send(request)
    before, most_before = server.memory(), server.memory("VmHWM")
    faults, statuses, longest_s = [], Counter[int](), 0.0
    for name, request in corpus:
        answer = quickest(server, request)
        statuses[answer.status] += 1
        longest_s = max(longest_s, answer.seconds)
        kind = answer.headers.get("content-type", "")
        if not 400 <= answer.status < 500 or answer.seconds >= LONGEST_S or "html" in kind:
            faults.append(f"{name}: {answer.status} {kind} in {answer.seconds:.2f} s {answer.body[:200]!r}")
        elif kind != "text/plain; charset=utf-8":  # uvicorn's own, of what is no HTTP
            assert kind == "application/problem+json", name
            assert json.loads(answer.body)["status"] == answer.status, name
            assert answer.headers["x-content-type-options"] == "nosniff"
    assert not faults, "\n".join(faults)
    grown, at_once = server.memory() - before, server.memory("VmHWM") - most_before
    print(
        f"{len(corpus)} uploads: {dict(statuses.most_common())}, the slowest after {longest_s:.2f} s; "
        f"memory grew by {grown / MEGABYTE:.0f} MB, its peak by {at_once / MEGABYTE:.0f} MB"
    )
    assert grown < MOST_GROWN
    assert at_once < MOST_AT_ONCE
    assert server.get("/healthz").status == 200
    answer = good_photo(server)
    assert answer.status == 200
    assert json.loads(answer.body)["instances"]
    assert not [line for line in server.log().splitlines() if "Traceback" in line or '"status": 5' in line]
    assert not list(temporary.iterdir())


def test_odd_photos_are_read_or_refused_but_break_nothing(server: Server) -> None:
    for name, data in odd_photos():
        answer = server.send(with_photo(data))
        assert answer.status == 200, f"{name}: {answer.status} {answer.body[:300]!r}"
        assert json.loads(answer.body)["photo"]["name"] == "look.jpg"
    assert good_photo(server).status == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_photo_is_read_whatever_it_is_called(server: Server, name: str) -> None:
    answer = server.send(with_photo(saved(), name))
    kept = json.loads(answer.body)["photo"]["name"]
    assert answer.headers["content-type"] == "application/json"
    assert kept == clean_name(kept)
    assert not set(kept) & set("/\\\x00\x1b\u202e")
    assert len(kept) <= 120
