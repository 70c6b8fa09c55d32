"""``POST /v1/search``: garments by a photo, by another garment, or by words."""

import pytest

from attire.catalog.catalog import Catalog
from attire.errors import DataError
from attire.serve.schemas.examples import FOUND
from attire.serve.schemas.search import SearchOut


@pytest.fixture(scope="module")
def ask(client):
    """Asks a question; checked against its own schema."""

    def ask(photo=None, status=200, **fields):
        files = None if photo is None else {"photo": (photo.name, photo.read_bytes())}
        answer = client.post("/v1/search", files=files, data=fields)
        assert answer.status_code == status, answer.text
        if status == 200:
            SearchOut.model_validate_json(answer.content, strict=True)
        else:
            assert answer.headers["content-type"] == "application/problem+json"
        return answer.json()

    return ask


@pytest.fixture(scope="module")
def garments(client, served):
    """What ``/v1/predict`` says of the new look, garments alone."""
    answer = client.post("/v1/predict", files={"photo": served.new_look.read_bytes()})
    return [one for one in answer.json()["instances"] if one["kind"] == "garment"]


@pytest.fixture(scope="module")
def known(served):
    """The catalogue, asked without the service."""
    return Catalog.open(served.catalog)


def test_every_garment_of_a_photo_is_searched_for(ask, garments, served) -> None:
    said = ask(served.new_look, k=3)
    assert said["photo"]["name"] == "new look.jpg"
    asked = [(one["query"]["number"], one["query"]["category"]) for one in said["answers"]]
    assert asked == [(one["garment"], one["category"]) for one in garments]
    for answer in said["answers"]:
        assert [one["rank"] for one in answer["results"]] == [1, 2, 3]
        relevances = [one["relevance"] for one in answer["results"]]
        assert relevances == sorted(relevances, reverse=True)


def test_it_finds_what_the_library_finds(ask, known, served) -> None:
    said = ask(served.new_look, k=5, but=["red"], where="price < 60")
    expected = known.search(served.new_look, k=5, but=["red"], where="price < 60")
    for ours, theirs in zip(said["answers"], expected, strict=True):
        assert ours["asked"] == theirs.asked
        # Files are decoded smaller than photos that come as pixels, so that colours differ a little.
        likely = [one["garment"]["garment_id"] for one in ours["results"]]
        assert set(likely) & {one.garment.garment_id for one in theirs.results}
        assert all(one["garment"]["own"]["price"] < 60 for one in ours["results"])
        assert all(set(one["wishes"]) == {"red"} for one in ours["results"])


def test_a_photo_of_the_catalogue_finds_itself_first(ask, served) -> None:
    photo = served.photos[0]
    first = ask(photo, garment=1)["answers"][0]["results"][0]
    assert first["garment"]["photo"] == photo.name
    assert first["same_picture"]
    assert first["similarity"] > 0.99
    others = ask(photo, garment=1, duplicates="false")["answers"][0]["results"]
    assert photo.name not in {one["garment"]["photo"] for one in others}


def test_a_garment_is_taken_by_its_number_or_by_its_point(ask, garments, served) -> None:
    for one in garments:
        by_number = ask(served.new_look, garment=one["garment"])["answers"]
        by_place = ask(served.new_look, at="{},{}".format(*one["point"]))["answers"]
        assert [answer["query"]["number"] for answer in by_number] == [one["garment"]]
        assert by_place == by_number


def test_a_product_has_the_number_that_predict_gives(ask, client, served) -> None:
    read = client.post("/v1/predict", files={"photo": served.product.read_bytes()}).json()
    said = ask(served.product)
    assert said["photo"]["kind"] == "product"
    asked = {one["query"]["number"]: one["query"]["category"] for one in said["answers"]}
    assert asked == {one["garment"]: one["category"] for one in read["instances"] if one["garment"]}


def test_a_garment_of_the_catalogue_finds_others_like_it(ask, known) -> None:
    own = known.store.rows(["garment_id"], limit=1)["garment_id"].to_pylist()[0]
    (answer,) = ask(like=own, weights="colour=2,shape=0")["answers"]
    assert answer["query"]["garment_id"] == own
    assert answer["query"]["number"] is None
    assert answer["query"]["picture"] == f"/v1/garments/{own}/picture"
    assert own not in {one["garment"]["garment_id"] for one in answer["results"]}
    expected = known.search(like=own, weights={"colour": 2, "shape": 0})[0].results
    found = [one["garment"]["garment_id"] for one in answer["results"]]
    assert found == [one.garment.garment_id for one in expected]


def test_words_alone_are_a_search(ask) -> None:
    said = ask(text="dress under 50", k=4)
    assert said["photo"] is None
    (answer,) = said["answers"]
    assert answer["query"] is None
    assert answer["results"]
    for one in answer["results"]:
        assert one["similarity"] is None
        assert one["garment"]["category"] == "dress"
        assert one["garment"]["own"]["price"] <= 50


def test_own_columns_come_as_they_are_and_no_path_does(ask, served) -> None:
    results = ask(text="adler", k=50)["answers"][0]["results"]
    assert results
    assert "Adler" in {one["garment"]["own"]["brand"] for one in results}
    assert str(served.catalog.parent) not in str(ask(served.new_look))


def test_a_photo_of_nothing_has_no_answers(ask, served) -> None:
    assert ask(served.nothing)["answers"] == []


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 400, "photo, or like or text"),
        ({"text": ""}, 400, "photo, or like or text"),
        ({"text": "dress", "where": "pricee < 5"}, 400, "pricee"),
        ({"text": "dress", "where": "price < < 5"}, 400, "^"),
        ({"text": "dress", "but": "longer"}, 400, "photo or like"),
        ({"text": "dress", "garment": "1"}, 400, "Send a photo"),
        ({"text": "dress", "at": "1,2"}, 400, "Send a photo"),
        ({"text": "dress", "weights": "shape"}, 400, "is no weight"),
        ({"text": "dress", "k": "101"}, 422, "k: "),
        ({"text": "dress", "k": "many"}, 422, "k: "),
        ({"text": "dress", "at": "here"}, 422, "such as 240,310"),
        ({"text": ["dress", "coat"]}, 422, "comes 2 times"),
        ({"text": "dress", "colour": "red"}, 422, "colour: "),
        ({"like": "0000-0"}, 404, "0000-0"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_what_cannot_be_answered_is_said(ask, fields, status, said) -> None:
    assert said in ask(status=status, **fields)["detail"]


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"like": "0000-0"}, 400, "not by both"),
        ({"garment": "99"}, 400, "no garment 99"),
        ({"garment": "1", "at": "1,1"}, 400, "give one of them"),
        ({"at": "99999,1"}, 400, "outside the photo"),
        ({"but": "wobblier"}, 400, "wobblier"),
        ({"weights": "smell=1"}, 400, "smell"),
    ],
    ids=str,
)
def test_what_a_photo_cannot_answer_is_said(ask, served, fields, status, said) -> None:
    assert said in ask(served.new_look, status=status, **fields)["detail"]


def test_a_catalogue_of_another_encoder_is_said_before_the_network_runs(
    ask, service, served, monkeypatch
) -> None:
    def refuse(_):
        raise DataError("The catalogue's garments were encoded by another encoder.")

    monkeypatch.setattr(Catalog, "check_encoder", refuse)
    monkeypatch.setattr(service.state.services.reader, "batcher", None)
    assert "another encoder" in ask(served.new_look, status=409)["detail"]


def test_openapi_describes_every_field(client) -> None:
    said = client.get("/openapi.json").json()["paths"]["/v1/search"]["post"]
    fields = said["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert set(fields) == {
        "photo", "url", "like", "text", "garment", "at", "where", "but", "weights", "k", "duplicates",
        "photos",
    }  # fmt: skip
    assert all(field["description"] for field in fields.values())
    assert "anyOf" not in str(fields)
    example = said["responses"]["200"]["content"]["application/json"]["example"]
    assert set(example["answers"][0]) == {"query", "asked", "notes", "results"}
    SearchOut.model_validate(FOUND)
