import pytest

from attire.serve.uploads import clean_name
from attire.serve.uploads.names import MAX_NAME


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("look.jpg", "look.jpg"),
        ("été à Paris.jpg", "été à Paris.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\photos\\look.jpg", "look.jpg"),
        (".htaccess", "htaccess"),
        ("look\x00.jpg", "look.jpg"),
        ("look\r\nSet-Cookie: a=b.jpg", "lookSet-Cookie: a=b.jpg"),
        ("gpj.\u202ekool", "gpj.kool"),
        ("\ud800.jpg", "jpg"),
        ("e\u0301.jpg", "\u00e9.jpg"),
        ("<script>alert(1)<\\/script>.jpg", "script>.jpg"),
        ("/", "photo"),
        ("  ", "photo"),
        ("...", "photo"),
        ("", "photo"),
        (None, "photo"),
    ],
)
def test_of_a_name_the_base_is_kept_without_signs_that_nobody_sees(given: str | None, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize("name", ["x" * 5000 + ".jpg", "x." + "y" * 5000, "." + "y" * 5000, "x" * 5000])
def test_a_long_name_is_cut(name: str) -> None:
    assert len(clean_name(name)) == MAX_NAME


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 5000 + ".jpg").endswith("x.jpg")
