import io
from contextlib import contextmanager

import numpy as np
import pytest
from PIL import Image
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.catalog import Catalog
from attire.catalog.store import Store


@contextmanager
def serving(service, store):
    """Let the running service answer from another catalogue."""
    services = service.state.services
    own, services.catalog = services.catalog, Catalog(store)
    try:
        yield services.catalog
    finally:
        services.catalog = own


@pytest.fixture
def row(service, client):
    return service.state.services.catalog.store.rows(limit=1).to_pylist()[0]


def every_page(client, **asked):
    """Ids of all garments, page by page."""
    ids, total = [], 1
    while len(ids) < total:
        page = client.get("/v1/garments", params={**asked, "offset": len(ids), "limit": 3}).json()
        total = page["total"]
        assert page["garments"]
        assert page["offset"] == len(ids)
        ids += [one["garment_id"] for one in page["garments"]]
    return ids


def test_a_garment_is_given_with_a_link_and_without_a_path(client, row, served):
    answer = client.get(f"/v1/garments/{row['garment_id']}")
    assert answer.status_code == 200
    garment = answer.json()
    assert garment["photo"] in {photo.name for photo in served.photos}
    assert garment["category"] == row["category"]
    assert garment["own"] == {"brand": row["brand"], "price": row["price"]}
    assert client.get(garment["picture"]).status_code == 200


@pytest.mark.parametrize(
    "link",
    [
        "/v1/garments",
        "/v1/garments/{id}",
        "/v1/garments/nope",
        "/v1/garments/nope/picture",
        "/v1/garments?where=photo_uri has x",
        "/v1/facets",
        "/v1/recommend/{id}",
        "/v1/recommend/{id}?mode=outfit",
        "/v1/recommend/{id}?mode=goes-with&worn_in=/etc",
        "/v1/trends?by=brand",
        "/v1/catalog",
        "/v1/catalog/jobs/nope",
        "/openapi.json",
    ],
)
def test_no_answer_says_where_things_lie_on_the_server(client, row, served, link):
    said = client.get(link.format(id=row["garment_id"])).text
    assert said
    assert str(served.catalog.parent) not in said


@pytest.mark.parametrize("order", ["mixed", "surest", "newest"])
def test_pages_give_every_garment_once(client, service, order):
    ids = every_page(client, order=order)
    every = service.state.services.catalog.store.rows(["garment_id", "score"]).to_pylist()
    assert sorted(ids) == sorted(one["garment_id"] for one in every)
    if order == "surest":
        scores = {one["garment_id"]: one["score"] for one in every}
        assert [scores[one] for one in ids] == sorted(scores.values(), reverse=True)


def test_a_filter_leaves_what_it_says(client):
    page = client.get("/v1/garments", params={"where": 'brand = "Adler" and price < 30'}).json()
    assert page["total"] == len(page["garments"]) > 0
    assert {one["own"]["brand"] for one in page["garments"]} == {"Adler"}
    assert client.get("/v1/garments", params={"where": "price > 1000"}).json()["total"] == 0
    assert client.get("/v1/garments", params={"where": "  "}).json()["total"] > page["total"]


def test_a_filter_that_cannot_be_understood_is_answered_with_a_caret(client):
    answer = client.get("/v1/garments", params={"where": "category = dres"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "^" in answer.json()["detail"]
    assert "dress" in answer.json()["detail"]


def test_filters_cannot_guess_where_photos_lie(client, served):
    for where in (f'photo_uri has "{served.catalog.parent}"', 'photo has "/"'):
        assert client.get("/v1/garments", params={"where": where}).status_code == 400
        assert client.get("/v1/facets", params={"where": where}).status_code == 400
        assert client.post("/v1/search", data={"text": "dress", "where": where}).status_code == 400


@pytest.mark.parametrize(
    "asked",
    [{"limit": 201}, {"limit": 0}, {"offset": -1}, {"order": "best"}, {"where": "x" * 4001}],
    ids=["more than a page holds", "no garment", "before the first", "no such order", "too long"],
)
def test_pages_that_there_are_not_are_refused(client, asked):
    assert client.get("/v1/garments", params=asked).status_code == 422


def test_an_unknown_garment_is_not_found(client):
    for link in ("/v1/garments/0-0", "/v1/garments/0-0/picture"):
        answer = client.get(link)
        assert answer.status_code == 404
        assert "'0-0'" in answer.json()["detail"]


def test_a_picture_has_the_size_and_form_asked_for(client, row):
    link = f"/v1/garments/{row['garment_id']}/picture"
    plain = client.get(link, params={"width": 100, "height": 140}, headers={"Accept": "*/*"})
    image = Image.open(io.BytesIO(plain.content))
    assert (image.format, image.size) == ("JPEG", (100, 140))
    assert np.asarray(image).std() > 10
    modern = client.get(link, headers={"Accept": "image/avif,image/webp,*/*;q=0.8"})
    assert modern.headers["content-type"] == "image/webp"
    assert Image.open(io.BytesIO(modern.content)).format == "WEBP"
    assert modern.headers["vary"] == "Accept"
    for side in (31, 1025):
        assert client.get(link, params={"width": side}).status_code == 422


def test_a_picture_that_is_known_is_not_sent_again(client, row):
    link = f"/v1/garments/{row['garment_id']}/picture"
    first = client.get(link)
    tag = first.headers["etag"]
    assert first.headers["cache-control"].startswith("private, max-age=")
    for known in (tag, f'W/{tag}, "other"'):
        again = client.get(link, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(link, params={"width": 99}).headers["etag"] != tag
    assert client.get(link, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_photo_that_is_gone_leaves_a_field_and_comes_back(service, client, row, tmp_path):
    photo = tmp_path / "a.png"
    size = (row["photo_width"], row["photo_height"])
    Image.new("RGB", size, (200, 20, 20)).save(photo)
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    box = [10.0, 10.0, size[0] - 10.0, size[1] - 10.0]
    store.add(
        [made_up_row(0, photo_uri=str(photo), box=box, mask="", photo_width=size[0], photo_height=size[1])]
    )
    with serving(service, store):
        link = f"/v1/garments/{store.rows(['garment_id'])['garment_id'][0].as_py()}/picture"
        there = client.get(link)
        photo.rename(tmp_path / "away.png")
        gone = client.get(link, headers={"If-None-Match": there.headers["etag"]})
        assert gone.status_code == 200
        assert gone.headers["cache-control"] == "private, no-cache"
        assert Image.open(io.BytesIO(gone.content)).size == Image.open(io.BytesIO(there.content)).size
        assert gone.content != there.content
        (tmp_path / "away.png").rename(photo)
        assert client.get(link).content == there.content


def test_own_values_that_json_has_not_become_null(service, client, tmp_path):
    import pyarrow as pa

    store = Store.create(tmp_path / "catalog", DIMENSIONS, [pa.field("weight", pa.float64())])
    store.add([made_up_row(0, weight=float("nan")), made_up_row(1, weight=2.5)])
    with serving(service, store):
        garments = client.get("/v1/garments").json()["garments"]
        assert sorted((one["own"]["weight"] for one in garments), key=str) == [2.5, None]
        ranges = client.get("/v1/facets").json()["ranges"]
        assert ranges == [{"column": "weight", "min": 2.5, "max": 2.5}]


def test_new_rows_are_seen_at_once(service, client, tmp_path):
    store = Store.create(tmp_path / "catalog", DIMENSIONS)
    with serving(service, store):
        assert client.get("/v1/garments").json() == {"total": 0, "offset": 0, "garments": []}
        other = Store.open(tmp_path / "catalog")
        other.add([made_up_row(0), made_up_row(1)])
        assert client.get("/v1/garments").json()["total"] == 2
        assert client.get("/v1/facets").json()["total"] == 2
        other.remove([made_up_row(0)["photo_id"]])
        assert client.get("/v1/garments").json()["total"] == 1
        assert client.get("/v1/catalog").json()["photos"] == 1
