"""``POST /v1/predict``: what it says of a photo, in every form it is asked for."""

import io

import numpy as np
import pytest
from PIL import Image

from attire.masks import RunLengths
from attire.photos import read_photo
from attire.serve.schemas.examples import READING
from attire.serve.schemas.reading import Reading


@pytest.fixture(scope="module")
def read(client, served):
    """Asks for a reading; checked against its own schema."""

    def ask(photo=served.new_look, status=200, **query):
        headers = query.pop("headers", {})
        with photo.open("rb") as file:
            answer = client.post("/v1/predict", files={"photo": file}, params=query, headers=headers)
        assert answer.status_code == status, answer.text
        if status == 200 and answer.headers["content-type"] == "application/json":
            Reading.model_validate_json(answer.content, strict=True)
        return answer

    return ask


def test_a_look_is_read(read, served) -> None:
    said = read().json()
    width, height = read_photo(served.new_look).size
    assert said["photo"] == {"name": "new look.jpg", "width": width, "height": height, "kind": "street"}
    assert said["model"].startswith("box ")
    assert said["milliseconds"] > 0
    instances = said["instances"]
    assert {one["kind"] for one in instances} == {"garment", "part"}
    scores = [one["score"] for one in instances]
    assert scores == sorted(scores, reverse=True)
    assert [one["id"] for one in instances] == list(range(len(instances)))


def test_outlines_boxes_areas_and_points_agree(read) -> None:
    for one in read().json()["instances"]:
        mask = RunLengths.from_coco([one["segmentation"]]).decode(0)
        assert mask.sum() == one["area"]
        x, y = one["point"]
        assert mask[int(y), int(x)]
        rows, columns = np.nonzero(mask)
        left, top, wide, high = one["bbox"]
        assert left - 2 <= columns.min()
        assert columns.max() <= left + wide + 2
        assert top - 2 <= rows.min()
        assert rows.max() <= top + high + 2


def test_attributes_are_named_and_those_that_hold_are_there(read, client) -> None:
    known = {one["id"]: one for one in client.get("/v1/ontology").json()["attributes"]}
    carrying = 0
    for one in read().json()["instances"]:
        probabilities = [attribute["probability"] for attribute in one["attributes"]]
        assert probabilities == sorted(probabilities, reverse=True)
        for attribute in one["attributes"]:
            assert attribute["holds"] or attribute["probability"] >= 0.2
            assert known[attribute["attribute_id"]]["short_name"] == attribute["name"]
            assert known[attribute["attribute_id"]]["group"] == attribute["group"]
        carrying += bool(one["attributes"])
        if one["category"] in ("shoe", "sleeve", "pocket"):
            assert not one["attributes"], "nobody says of these what they are like"
    assert carrying


def test_parts_belong_to_garments(read) -> None:
    instances = read().json()["instances"]
    owned = 0
    for one in instances:
        for part in one["parts"]:
            assert instances[part]["part_of"] == one["id"]
            assert (one["kind"], instances[part]["kind"]) == ("garment", "part")
            owned += 1
    assert owned == sum(one["part_of"] is not None for one in instances) > 0


def test_a_score_under_one_half_is_not_sure(read) -> None:
    instances = read(keep="all").json()["instances"]
    assert {one["sure"] for one in instances} == {True, False}
    assert all(one["sure"] == (one["score"] >= 0.5) for one in instances if abs(one["score"] - 0.5) > 1e-3)


def test_everything_is_more_than_what_is_chosen(read) -> None:
    chosen, every = (read(keep=keep).json()["instances"] for keep in ("selected", "all"))
    assert len(every) > len(chosen)
    assert {one["garment"] for one in every} == {None}
    garments = [one["garment"] for one in chosen if one["kind"] == "garment"]
    assert garments == list(range(1, len(garments) + 1))


@pytest.mark.parametrize(
    ("form", "given"),
    [
        ("rle", {"segmentation"}),
        ("polygons", {"polygons"}),
        ("both", {"segmentation", "polygons"}),
        ("none", set()),
    ],
)
def test_outlines_come_in_the_form_asked_for(read, form, given) -> None:
    for one in read(masks=form).json()["instances"]:
        assert {name for name in ("segmentation", "polygons") if one[name]} == given


def test_polygons_stay_on_the_mask(read) -> None:
    for one in read(masks="both").json()["instances"]:
        points = np.concatenate([np.reshape(outline, (-1, 2)) for outline in one["polygons"]])
        x1, y1, x2, y2 = RunLengths.from_coco([one["segmentation"]]).boxes[0]
        assert (points.min(axis=0) >= (x1, y1)).all()
        assert (points.max(axis=0) <= (x2, y2)).all()


def test_a_product_on_white_is_read_in_its_photo(read, served) -> None:
    said = read(served.product).json()
    assert said["photo"]["kind"] == "product"
    first = said["instances"][0]
    assert first["colours"][0]["name"] == "red"
    assert int(first["colours"][0]["hex"][1:3], 16) > 150
    mask = RunLengths.from_coco([first["segmentation"]]).decode(0)
    assert mask.shape == (600, 600)
    shirt = np.asarray(read_photo(served.product))[..., 1] < 150
    assert (mask & shirt).sum() / (mask | shirt).sum() > 0.95
    assert read(served.product, photos="street").json()["photo"]["kind"] == "street"


def test_nothing_found_is_an_answer(read, served) -> None:
    assert read(served.nothing).json()["instances"] == []


@pytest.mark.parametrize("accept", ["image/png", "image/*", "application/json;q=0.4, image/png;q=0.9"])
def test_the_photo_is_drawn_on_for_who_accepts_pictures(read, served, accept) -> None:
    for photo in (served.new_look, served.product, served.nothing):
        answer = read(photo, headers={"accept": accept})
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["vary"] == "Accept"
        picture = Image.open(io.BytesIO(answer.content))
        plain = read_photo(photo)
        assert picture.size == plain.size
        changed = np.asarray(picture) != np.asarray(plain)
        assert changed.any() == (photo != served.nothing)


def test_pictures_are_at_most_1600_pixels_long(client, jpeg_of) -> None:
    large = jpeg_of(Image.new("RGB", (2400, 600), "grey"))
    answer = client.post("/v1/predict", files={"photo": large}, headers={"accept": "image/png"})
    assert Image.open(io.BytesIO(answer.content)).size == (1600, 400)


def test_a_client_that_takes_neither_form_is_told(read) -> None:
    answer = read(status=406, headers={"accept": "text/html, image/png;q=0"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert "image/png" in answer.json()["detail"]


def test_a_deadline_that_is_too_near_is_kept(read) -> None:
    answer = read(status=504, headers={"x-deadline-ms": "1"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_unknown_values_are_refused(read) -> None:
    assert "keep" in read(status=422, keep="some").json()["detail"]


def test_openapi_describes_form_answers_and_errors(client) -> None:
    said = client.get("/openapi.json").json()["paths"]["/v1/predict"]["post"]
    assert set(said["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]) == {
        "photo",
        "url",
    }
    assert set(said["responses"]["200"]["content"]) == {"application/json", "image/png"}
    assert set(said["responses"]["406"]["content"]) == {"application/problem+json"}
    example = said["responses"]["200"]["content"]["application/json"]["example"]
    assert Reading.model_validate(example) == Reading.model_validate(READING)
