"""The client against the real service, which listens on a loopback port and wants keys."""

import asyncio
import inspect
import io
import re
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.serve.conftest import LOOKS

import attire
from attire.client import asking
from attire.errors import ServiceError


@pytest.fixture(scope="module")
def reader(live):
    with attire.Client(live.url, live.read_key) as client:
        yield client


@pytest.fixture(scope="module")
def first(reader):
    return next(reader.garments(order="surest"))


def test_a_photo_is_read_in_whatever_form_it_comes(reader, served) -> None:
    by_path = reader.predict(served.new_look)
    assert by_path.photo.name == "new look.jpg"
    assert {"garment", "part"} == {one.kind for one in by_path.instances}
    content = served.new_look.read_bytes()
    for photo in (content, io.BytesIO(content), str(served.new_look)):
        assert reader.predict(photo).instances == by_path.instances
    with Image.open(served.new_look) as image:
        as_image = reader.predict(image)
    assert as_image.photo == by_path.photo
    found = {one.category for one in by_path.instances if one.score > 0.6}
    assert found <= {one.category for one in as_image.instances}


def test_outlines_and_more_can_be_asked_for(reader, served) -> None:
    every = reader.predict(served.new_look, keep="all", masks="polygons")
    assert all(one.polygons and one.segmentation is None for one in every.instances)
    assert len(every.instances) > len(reader.predict(served.new_look, masks="none").instances)


def test_a_photo_is_drawn_on(reader, served) -> None:
    drawn = reader.overlay(served.new_look)
    with Image.open(served.new_look) as photo:
        assert drawn.size == photo.size
        changed = np.abs(np.asarray(drawn.convert("RGB"), int) - np.asarray(photo, int)).max(axis=2) > 20
    assert 0.02 < changed.mean() < 0.98


def test_garments_alike_are_found(reader, served, first) -> None:
    found = reader.search(served.photos[0], garment=1, k=3, where="score > 0", weights={"shape": 2})
    assert len(found.answers) == 1
    assert [one.rank for one in found.answers[0].results] == [1, 2, 3]
    assert len(reader.search(served.photos[0]).answers) > 1
    alike = reader.search(like=first.garment_id, but="in red", k=2).answers[0]
    assert alike.query is not None
    assert alike.query.garment_id == first.garment_id
    assert "but red" in alike.asked
    words = reader.search(text=first.category, k=4).answers[0].results
    assert {one.garment.category for one in words} == {first.category}


def test_the_catalogue_can_be_looked_through(reader, first) -> None:
    held = reader.catalog()
    assert held.photos >= LOOKS
    every = list(reader.garments(page=5))
    assert len(every) == len({one.garment_id for one in every}) == held.garments > 5
    some = list(reader.garments(f'category = "{first.category}"', page=2))
    assert {one.category for one in some} == {first.category}
    assert len(some) == reader.facets(f'category = "{first.category}"').total
    assert reader.garment(first.garment_id) == first
    assert reader.picture(first.garment_id, width=96, height=128).size == (96, 128)
    assert len(reader.ontology().categories) == 46


def test_garments_are_recommended(reader, first) -> None:
    others = reader.recommend(first.garment_id, k=3, any_stock=True).results
    assert 0 < len(others) <= 3
    assert first.garment_id not in {one.garment.garment_id for one in others}
    person = reader.recommend_for(liked=first.garment_id, wish=f"a {first.category}", k=2).results
    assert person
    assert all(one.reasons for one in person)


def test_trends_are_told(reader) -> None:
    report = reader.trends(by="brand", of=["categories", "colours"], examples=1, untested=True)
    assert report.by == "brand"
    assert {line.kind for line in report.lines} == {"categories", "colours"}


def test_photos_are_added_and_found(live, served, jpeg_of) -> None:
    with attire.Client(live.url, live.write_key) as client:
        before = client.catalog().garments
        told = []
        with Image.open(served.new_look) as look:
            photos = {"mine.jpg": look, "no photo.jpg": b"text"}
            own = {"mine.jpg": {"brand": "Erle", "price": np.int32(12), "seen_at": date(2026, 5, 1)}}
            job = client.add_photos(photos, source="upload", own=own)
        assert job.wait(told.append, timeout=60).state == "done"
        assert (job.done, job.total) == (2, 2)
        assert [one.photo for one in job.broken] == ["no photo.jpg"]
        assert told[-1].garments == job.garments > 0
        assert client.catalog().garments == before + job.garments
        added = list(client.garments('brand = "Erle"'))
        assert len(added) == job.garments
        assert {(one.source, one.own["price"], one.seen_at[:10]) for one in added} == {
            ("upload", 12, "2026-05-01")
        }
        assert client.job(job.job_id).status == job.status


def test_what_is_wrong_is_said_with_its_parts(reader, live, served) -> None:
    with pytest.raises(ServiceError, match="POST /v1/predict: 415: ") as caught:
        reader.predict(b"no photo")
    assert (caught.value.status, caught.value.problem["title"]) == (415, "Unsupported Media Type")
    assert caught.value.detail
    with pytest.raises(ServiceError, match="Did you mean") as caught:
        next(reader.garments("categry = coat"))
    assert caught.value.status == 400
    with pytest.raises(ServiceError, match=r"404: No garment"):
        reader.garment("nobody")
    with pytest.raises(ServiceError) as caught:
        reader.add_photos([served.new_look])
    assert caught.value.status == 403
    with attire.Client(live.url) as stranger, pytest.raises(ServiceError, match="401"):
        stranger.catalog()


def test_a_service_is_ready_or_not(live) -> None:
    with attire.Client(live.url) as there, attire.Client("http://127.0.0.1:9") as nowhere:
        assert there.ready()
        assert not nowhere.ready()


def test_the_same_is_asked_asynchronously(live, reader, served, first) -> None:
    async def ask():
        async with attire.AsyncClient(live.url, live.write_key) as client:
            assert await client.ready()
            reading, catalog, drawn = await asyncio.gather(
                client.predict(served.new_look), client.catalog(), client.overlay(served.new_look)
            )
            garments = [one async for one in client.garments(page=4)]
            job = await client.add_photos([served.photos[0]])
            await job.wait(timeout=60)
            again = await client.job(job.job_id)
            return reading, catalog, drawn, garments, (job.state, again.status == job.status)

    reading, catalog, drawn, garments, added = asyncio.run(ask())
    assert reading.instances == reader.predict(served.new_look).instances
    assert len(garments) == catalog.garments
    assert drawn.size == (reading.photo.width, reading.photo.height)
    assert added == ("done", True)


def test_what_the_docs_say_runs(live, served, tmp_path, monkeypatch, capsys) -> None:
    page = (Path(__file__).parents[2] / "docs" / "serve.md").read_text()
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    shutil.copy(served.photos[1], tmp_path / "photo.jpg")
    monkeypatch.chdir(tmp_path)
    assert "http://localhost:8000" in code
    assert "api_key=None" in code
    exec(
        code.replace("http://localhost:8000", live.url).replace(
            "api_key=None", f"api_key={live.write_key!r}"
        ),
        {},
    )
    said = capsys.readouterr().out
    assert "1 photo done" in said
    with Image.open("read.png") as drawn, Image.open("photo.jpg") as photo:
        assert drawn.size == photo.size


def test_both_clients_ask_all_that_can_be_asked() -> None:
    public = {name for name in dir(attire.Client) if not name.startswith("_")}
    assert public == {name for name in dir(attire.AsyncClient) if not name.startswith("_")}
    assert {name for name in asking.__all__ if name != "Ask"} <= public
    for name in public:
        assert inspect.getdoc(getattr(attire.Client, name)), name
        ours, theirs = (inspect.signature(getattr(one, name)) for one in (attire.Client, attire.AsyncClient))
        assert list(ours.parameters) == list(theirs.parameters), name
        assert "self" in ours.parameters


def test_every_endpoint_has_its_method(service) -> None:
    paths = service.openapi()["paths"]
    asked = {"/healthz", "/readyz", "/metrics", "/"}
    made = [
        asking.predict(b"x"), asking.search(b"x"), asking.recommend("{garment_id}"),
        asking.recommend_for(),
        asking.trends(), asking.garment("{garment_id}"), asking.picture("{garment_id}"),
        asking.garments_page(),
        asking.facets(), asking.catalog(), asking.ontology(), asking.add_photos([]), asking.job("{job_id}"),
    ]  # fmt: skip
    asked |= {one.path.replace("%7B", "{").replace("%7D", "}") for one in made}
    assert {path for path in paths if not path.startswith("/static")} <= asked
