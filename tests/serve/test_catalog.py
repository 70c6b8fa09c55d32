"""What the catalogue holds, and what of what is sent is taken."""

import asyncio

import pytest
from PIL import Image
from tests.serve.jobs_client import here, send
from tests.serve.test_garments import serving

from attire.errors import DataError
from attire.serve import Settings
from attire.serve.catalogs import is_new, open_adding, open_store
from attire.serve.jobs import Adding
from attire.serve.services import Services


@pytest.fixture
def look(served):
    return served.new_look.read_bytes()


@pytest.fixture
def full(service, client, monkeypatch, tmp_path):
    """The running service, whose uploads go to a folder of their own and are not worked off."""
    services = service.state.services
    settings = services.settings.model_copy(update={"uploads": tmp_path / "uploads", "max_jobs": 2})
    adding = open_adding(services.catalog.store, services.reader, settings)
    monkeypatch.setattr(services, "adding", adding)
    return here(service)


def test_the_catalogue_says_what_it_holds(client, served):
    found = client.get("/v1/catalog").json()
    garments = client.get("/v1/garments", params={"limit": 200}).json()
    assert found["garments"] == garments["total"]
    assert found["photos"] == len({one["photo"] for one in garments["garments"]})
    assert found["own_columns"] == [
        {"name": "brand", "kind": "text"},
        {"name": "price", "kind": "number"},
    ]
    assert found["sources"] == []
    assert found["encoder"]
    assert found["takes_photos"]


@pytest.mark.parametrize(
    ("photos", "fields", "status"),
    [
        ({}, {}, 422),
        ({"a.jpg": b""}, {}, 400),
        ({"a.jpg": b"GIF89a"}, {}, 415),
        ({"a.jpg": b"\xff\xd8\xff\xe0 cut"}, {}, 400),
        ({"a.jpg": b"", "b.jpg": b"GIF89a"}, {}, 400),
        ({"a.jpg": None}, {"own": "{"}, 422),
        ({"a.jpg": None}, {"own": "[" * 50_000}, 422),
        ({"a.jpg": None}, {"own": "[]"}, 422),
        ({"a.jpg": None}, {"own": '{"b.jpg": {}}'}, 422),
        ({"a.jpg": None}, {"own": '{"a.jpg": []}'}, 422),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"size": [1]}}'}, 422),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"size": NaN}}'}, 422),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"seen_at": "soon"}}'}, 422),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"category": "dress"}}'}, 400),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"price": "dear"}}'}, 400),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"huge": 1e999999}}'}, 422),
        ({"a.jpg": None}, {"own": '{"a.jpg": {"huge": 99999999999999999999}}'}, 400),
        ({"a.jpg": None}, {"source": "x" * 201}, 422),
        ({"a.jpg": None}, {"source": "a\nb"}, 422),
    ],
    ids=[
        "no photo", "an empty file", "another format", "cut short", "two that are none", "no JSON",
        "deep JSON", "no object", "a photo not sent", "columns that are none", "a list", "no number",
        "no time", "a name of the catalogue's", "text for a number", "a number too large",
        "a whole number too large",
        "a source too long", "a source of two lines",
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_refused_and_leaves_nothing(full, look, photos, fields, status, tmp_path):
    photos = {name: look if data is None else data for name, data in photos.items()}
    answer = send(full, photos, **fields)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(tmp_path) not in answer.text
    left = [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]
    assert left == []


def test_more_requests_than_may_wait_are_refused(full, look):
    for n in range(2):
        assert send(full, {f"{n}.jpg": look}).status_code == 202
    answer = send(full, {"one more.jpg": look})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


def test_few_requests_hold_photos_in_memory_at_once(full, service, look):
    async def with_two_others():
        adding = service.state.services.adding
        async with adding.place(), adding.place():
            return await asyncio.to_thread(send, full, {"a.jpg": look})

    answer = asyncio.run(with_two_others())
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert send(full, {"a.jpg": b""}).status_code == 400
    assert send(full, {"a.jpg": look}).status_code == 202


def test_a_folder_of_uploads_may_be_said_from_here(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert Adding.folder_for(Settings(catalog="c", uploads="../up")) == tmp_path / "up"
    assert Adding.folder_for(Settings(catalog="../c")) == tmp_path / "c" / "uploads"


def test_a_job_that_there_is_not_is_not_found(client):
    for name in ("0" * 20, "%2e%2e%2fphotos", "a" * 5000, "é"):
        assert client.get(f"/v1/catalog/jobs/{name}").status_code == 404


def test_photos_are_kept_upright_and_without_what_else_is_in_the_file(full, jpeg_of, tmp_path):
    image = Image.new("RGB", (60, 40), (250, 250, 250))
    image.paste((200, 0, 0), (0, 0, 20, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 0.0)}
    exif.get_ifd(0x8769)[0x9003] = "2024:05:01 10:00:00"
    sent = {"a.jpg": jpeg_of(image, exif=exif, comment=b"secret"), "b.png": jpeg_of(image, "PNG", exif=exif)}
    answer = send(full, sent)
    assert answer.status_code == 202
    for path in (tmp_path / "uploads" / "photos").rglob("*.*"):
        with Image.open(path) as kept:
            assert kept.size == (40, 60)
            assert not kept.getexif()
            assert {"exif", "comment", "icc_profile"}.isdisjoint(kept.info)
            red = kept.convert("RGB").getpixel((20, 5))
            assert red[0] > 150 > red[1]
            assert kept.format == ("PNG" if path.suffix == ".png" else "JPEG")
    job = next((tmp_path / "uploads" / "jobs").glob("*.json")).read_text()
    assert "2024-05-01T10:00:00Z" in job


@pytest.mark.parametrize(
    "name",
    ["../../../etc/x.jpg", "ä" * 120 + ".jpg", ".jpg", "a/b\\c.jpg", "*.jpg", "<script>.jpg", "x.csv"],
)
def test_names_of_photos_lead_nowhere(full, look, name, tmp_path):
    answer = send(full, {name: look})
    assert answer.status_code == 202, answer.text
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix in (".jpg", ".png")]
    assert len(files) == 1
    assert files[0].parents[2] == tmp_path / "uploads"


def test_without_a_catalogue_there_is_nothing_to_add_to(service, client, monkeypatch):
    monkeypatch.setattr(service.state.services, "catalog", None)
    for link in ("/v1/catalog", "/v1/garments", "/v1/facets", "/v1/trends", "/v1/catalog/jobs/x"):
        assert client.get(link).status_code == 404
    assert send(here(service), {"a.jpg": b""}).status_code == 404


def test_a_catalogue_with_nowhere_to_keep_photos_says_so(service, client, monkeypatch, look):
    services: Services = service.state.services
    monkeypatch.setattr(services, "adding", None)
    answer = send(here(service), {"a.jpg": look})
    assert answer.status_code == 409
    assert "ATTIRE_UPLOADS" in answer.json()["detail"]
    assert not client.get("/v1/catalog").json()["takes_photos"]


def test_a_bucket_needs_a_folder_for_uploads(service, client, tmp_path):
    services: Services = service.state.services
    store, reader = services.catalog.store, services.reader
    assert open_adding(store, reader, Settings(catalog="s3://shop/catalog")) is None
    beside = Settings(catalog="s3://shop/catalog", uploads=tmp_path / "photos")
    assert open_adding(store, reader, beside).folder.path == tmp_path / "photos"


def test_a_catalogue_that_is_not_there_is_begun_and_nothing_else_is_touched(service, client, tmp_path):
    encoder = service.state.services.reader.encoder
    new = tmp_path / "a" / "new"
    assert is_new(str(new))
    store = open_store(str(new), encoder)
    assert len(store) == 0
    assert store.encoder == encoder.version
    assert not is_new(str(new))
    assert len(open_store(str(new), encoder)) == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    with pytest.raises(DataError, match="holds no catalogue"):
        open_store(str(other), encoder)
    assert [path.name for path in other.iterdir()] == ["notes.txt"]


def test_an_empty_catalogue_answers_every_question(tmp_path, service, client):
    services: Services = service.state.services
    store = open_store(str(tmp_path / "new"), services.reader.encoder)
    with serving(service, store):
        assert client.get("/v1/garments").json()["total"] == 0
        assert client.get("/v1/facets").json()["total"] == 0
        assert client.get("/v1/catalog").json()["garments"] == 0
        assert client.get("/v1/trends").status_code == 400
        assert client.post("/v1/recommend", json={"wish": "dress"}).json() == {"results": []}


def test_openapi_shows_how_photos_are_added(service):
    spec = service.openapi()
    add = spec["paths"]["/v1/catalog"]["post"]
    form = add["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert set(form) == {"photos", "source", "own"}
    assert {"202", "400", "409", "503"} <= set(add["responses"])
    for path, verb in (("/v1/garments", "get"), ("/v1/recommend/{garment_id}", "get"), ("/v1/trends", "get")):
        problem = spec["paths"][path][verb]["responses"]["400"]["content"]
        assert problem["application/problem+json"]["example"]["status"] == 400
