"""Photos in every form that they are handed over in."""

import io

import numpy as np
import pytest
from PIL import Image

from attire.client.asking import garment, search
from attire.client.asking.photo_parts import photo_file
from attire.errors import DataError, QueryError


def pixels(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.fixture
def look(tmp_path):
    path = tmp_path / "a look.jpg"
    Image.linear_gradient("L").resize((60, 90)).convert("RGB").save(path, exif=_turned())
    return path


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def test_files_are_sent_as_they_are(look) -> None:
    content = look.read_bytes()
    assert photo_file(look)[:2] == ("a look.jpg", content)
    assert photo_file(str(look))[:2] == ("a look.jpg", content)
    assert photo_file(content)[:2] == ("photo", content)
    assert photo_file(io.BytesIO(content))[:2] == ("photo", content)
    with look.open("rb") as file:
        assert photo_file(file)[:2] == ("a look.jpg", content)


def test_images_are_sent_upright_and_nearly_unchanged(look) -> None:
    with Image.open(look) as image:
        name, content, media = photo_file(image)
        upright = np.asarray(image.transpose(Image.Transpose.ROTATE_270), float)
    assert (name, media) == ("a look.jpg", "image/jpeg")
    sent = pixels(content)
    assert sent.size == (90, 60)
    assert not sent.getexif()
    assert np.abs(np.asarray(sent, float) - upright).mean() < 1


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "CMYK"])
def test_images_of_any_mode_can_be_sent(mode) -> None:
    _, content, media = photo_file(Image.new(mode, (8, 8)))
    assert media == "image/jpeg"
    assert pixels(content).mode == "RGB"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "I;16"])
def test_what_jpeg_cannot_hold_is_sent_as_png(mode) -> None:
    name, content, media = photo_file(Image.new(mode, (8, 8)))
    assert (name, media, pixels(content).mode) == ("photo.png", "image/png", mode)


@pytest.mark.parametrize("photo", [3, None, io.StringIO("text"), np.zeros((2, 2, 3), np.uint8)])
def test_what_is_no_photo_is_said(photo) -> None:
    with pytest.raises(DataError, match="A photo is a path, bytes"):
        photo_file(photo)


def test_a_file_that_is_not_there_is_said(tmp_path) -> None:
    with pytest.raises(DataError, match=r"gone\.jpg: cannot be read: No such file"):
        photo_file(tmp_path / "gone.jpg")


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_ids_never_lead_elsewhere(name) -> None:
    with pytest.raises(QueryError, match="is no id"):
        garment(name)


def test_ids_are_quoted() -> None:
    assert garment("../x?y#z").path == "/v1/garments/..%2Fx%3Fy%23z"


def test_questions_are_written_as_forms_have_them() -> None:
    asked = search(
        b"p", at=(240, 310.5), weights={"shape": 2, "colour": 0.5}, but="longer", duplicates=False
    ).data
    assert asked == {
        "at": "240.00,310.50", "weights": "shape=2,colour=0.5", "but": ["longer"], "duplicates": "false",
        "k": 10, "photos": "auto",
    }  # fmt: skip
