import io
import tempfile

import pytest
from PIL import Image
from tests.serve.echo import Client, echo_app

MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}


def jpeg(side: int = 32) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).save(file, "JPEG", quality=95)
    return file.getvalue()


def part(name: str, body: bytes, filename: str | None = None) -> bytes:
    told = f'form-data; name="{name}"' + ("" if filename is None else f'; filename="{filename}"')
    return b"--b\r\nContent-Disposition: " + told.encode() + b"\r\n\r\n" + body + b"\r\n"


def test_a_photo_arrives(client: Client) -> None:
    answer = client.post("/photo", files={"photo": ("../look.jpg", jpeg(), "text/html")})
    assert answer.json() == {"name": "look.jpg", "size": [32, 32], "mode": "RGB"}


def test_a_photo_may_be_left_out_where_it_is_optional(client: Client) -> None:
    assert client.post("/perhaps").json() == {"photo": None, "but": []}
    assert client.post("/perhaps", data={"but": ["longer", "in red"]}).json()["but"] == ["longer", "in red"]
    files = {"photo": ("a.jpg", jpeg())}
    answer = client.post("/perhaps", data={"but": ["longer", "in red"]}, files=files)
    assert answer.json() == {"photo": "a.jpg", "but": ["longer", "in red"]}


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        pytest.param(422, part("photo", b"text") + b"--b--\r\n", MULTIPART, id="a photo that is text"),
        pytest.param(422, part("other", jpeg(), "a.jpg") + b"--b--\r\n", MULTIPART, id="another field"),
        pytest.param(422, 2 * part("photo", jpeg(), "a.jpg") + b"--b--\r\n", MULTIPART, id="two photos"),
        pytest.param(422, b"", {}, id="nothing"),
        pytest.param(400, b"", MULTIPART, id="an empty form"),
        pytest.param(400, part("photo", b"", "a.jpg") + b"--b--\r\n", MULTIPART, id="an empty photo"),
        pytest.param(400, part("photo", jpeg(), "a.jpg"), MULTIPART, id="no closing boundary"),
        pytest.param(400, b"x", {"Content-Type": "multipart/form-data"}, id="no boundary named"),
        pytest.param(
            400, b"x", {"Content-Type": "multipart/form-data; boundary=" + 999 * "b"}, id="a long boundary"
        ),
        pytest.param(
            400,
            part("photo", jpeg(), "a.jpg") + b"--b--\r\n",
            {"Content-Type": "multipart/form-data; boundary=b; charset=idna"},
            id="an odd charset",
        ),
        pytest.param(400, b"no form at all", MULTIPART, id="no form"),
        pytest.param(400, b"--b\r\n\r\nx\r\n--b--\r\n", MULTIPART, id="a part without a name"),
        pytest.param(400, b"--b\r\n" + 50 * b"A: b\r\n" + b"\r\n--b--\r\n", MULTIPART, id="many headers"),
        pytest.param(
            400, b"--b\r\nA: " + 9000 * b"b" + b"\r\n\r\n--b--\r\n", MULTIPART, id="a header of 9,000 bytes"
        ),
        pytest.param(400, 1000 * part("a", b"b") + b"--b--\r\n", MULTIPART, id="a thousand fields"),
        pytest.param(400, 1000 * part("a", b"b", "c") + b"--b--\r\n", MULTIPART, id="a thousand files"),
        pytest.param(400, part("a", 99_000 * b"b") + b"--b--\r\n", MULTIPART, id="a field of 99,000 bytes"),
        pytest.param(415, jpeg(), {"Content-Type": "image/jpeg"}, id="the photo without a form"),
        pytest.param(415, jpeg(), {}, id="bytes of no kind"),
        pytest.param(415, b"{}", {"Content-Type": "application/json"}, id="JSON"),
    ],
)
def test_what_is_no_form_with_one_photo_is_refused(
    client: Client, status: int, body: bytes, headers: dict[str, str]
) -> None:
    answer = client.post("/photo", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_names_of_several_files_are_cleaned(client: Client) -> None:
    files = [("photos", (name, b"x")) for name in ("../a.jpg", "b/c.jpg", 99 * "long" + ".jpg")]
    names = client.post("/v1/catalog", files=files).json()["names"]
    assert names[:2] == ["a.jpg", "c.jpg"]
    assert len(names[2]) == 120


def test_no_photo_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "TemporaryFile", forbidden)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", forbidden)
    photo = jpeg(3000)
    assert len(photo) > 2 * 1024 * 1024
    assert Client(echo_app()).post("/photo", files={"photo": ("a.jpg", photo)}).status_code == 200


def test_urls_are_refused_unless_allowed(client: Client) -> None:
    answer = client.post("/photo", data={"url": "https://example.com/look.jpg"})
    assert answer.status_code == 403
    assert "Send the photo itself" in answer.json()["detail"]
