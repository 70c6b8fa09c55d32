"""Which form of an answer a client takes."""

import pytest

from attire.serve.accepting import choose_media

JSON, PNG = "application/json", "image/png"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("image/png", PNG),
        ("IMAGE/PNG", PNG),
        ("image/*", PNG),
        ("application/json;q=0.5, image/png", PNG),
        ("application/json;q=0.5, image/png;q=0.4", JSON),
        ("image/png;q=0.0, */*;q=0.1", JSON),
        ("application/json;q=0, */*", PNG),
        ("application/*;q=0.2, image/png;q=0.1", JSON),
        ("text/html,application/xhtml+xml,image/avif,image/webp,*/*;q=0.8", JSON),
        ("image/png;q=nonsense", PNG),
        ("image/png;q=nan, application/json;q=0.5", PNG),
        ("text/html", None),
        ("image/png;q=0", None),
        (",;q,", None),
    ],
)
def test_the_likeliest_form_is_chosen(accept, chosen) -> None:
    assert choose_media(accept, (JSON, PNG)) == chosen
