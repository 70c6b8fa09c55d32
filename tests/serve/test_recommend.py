import pytest


@pytest.fixture
def garments(client):
    return client.get("/v1/garments", params={"limit": 200, "order": "surest"}).json()["garments"]


def test_alternatives_are_other_garments_of_its_category_with_reasons(client, garments):
    counts = {one["category"]: [g for g in garments if g["category"] == one["category"]] for one in garments}
    alike = max(counts.values(), key=len)
    found = client.get(f"/v1/recommend/{alike[0]['garment_id']}", params={"k": 2}).json()["results"]
    assert 0 < len(found) <= 2
    for one in found:
        assert one["garment"]["category"] == alike[0]["category"]
        assert one["garment"]["garment_id"] != alike[0]["garment_id"]
        assert one["reasons"]
        assert one["slot"] is None
        assert client.get(one["garment"]["picture"]).status_code == 200


def test_an_outfit_names_its_places(client, garments):
    top = next(one for one in garments if one["category"] not in ("shoe", "bag", "glasses", "hat"))
    found = client.get(f"/v1/recommend/{top['garment_id']}", params={"mode": "outfit"}).json()["results"]
    slots = [one["slot"] for one in found]
    assert slots
    assert all(slots)
    assert len(set(slots)) == len(slots)


def test_what_is_recommended_can_be_filtered(client, garments):
    asked = {"mode": "goes-with", "where": 'brand = "Adler"', "k": 50}
    found = client.get(f"/v1/recommend/{garments[0]['garment_id']}", params=asked).json()["results"]
    assert {one["garment"]["own"]["brand"] for one in found} <= {"Adler"}
    every = client.get(f"/v1/recommend/{garments[0]['garment_id']}", params={**asked, "where": ""})
    assert len(every.json()["results"]) > len(found)


def test_a_source_that_shows_nothing_worn_together_is_a_conflict(client, garments):
    asked = {"mode": "goes-with", "worn_in": "nowhere"}
    answer = client.get(f"/v1/recommend/{garments[0]['garment_id']}", params=asked)
    assert answer.status_code == 409
    assert "--" not in answer.json()["detail"]


def test_an_unknown_garment_is_not_found(client):
    assert client.get("/v1/recommend/0-0").status_code == 404
    assert client.post("/v1/recommend", json={"liked": ["0-0"]}).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [{"mode": "best"}, {"k": 0}, {"k": 101}],
    ids=["no such mode", "no garment", "too many"],
)
def test_questions_that_there_are_not_are_refused(client, garments, asked):
    assert client.get(f"/v1/recommend/{garments[0]['garment_id']}", params=asked).status_code == 422


def test_a_person_gets_what_they_like_and_wish(client, garments):
    liked = garments[0]
    found = client.post("/v1/recommend", json={"liked": [liked["garment_id"]], "k": 3}).json()["results"]
    assert 0 < len(found) <= 3
    assert liked["garment_id"] not in {one["garment"]["garment_id"] for one in found}
    category = garments[1]["category"]
    wished = client.post("/v1/recommend", json={"wish": category}).json()["results"]
    assert {one["garment"]["category"] for one in wished} == {category}
    assert all(one["reasons"] for one in wished)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({}, 400),
        ({"wish": " "}, 400),
        ({"wish": "qwertyuiop"}, 400),
        ({"liked": "x"}, 422),
        ({"wish": "dress", "where": "nope = 1"}, 400),
        ({"wish": "dress", "taste": 1}, 422),
    ],
    ids=["nothing", "a blank", "no word", "no list", "no column", "no such field"],
)
def test_a_person_who_says_nothing_that_is_known_is_told_so(client, person, status):
    answer = client.post("/v1/recommend", json=person)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_who_likes_and_dislikes_the_same_is_told_so(client, garments):
    one = garments[0]["garment_id"]
    assert client.post("/v1/recommend", json={"liked": [one], "disliked": [one]}).status_code == 400
