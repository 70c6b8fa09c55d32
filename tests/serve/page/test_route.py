"""How the page's files are given: no file but its own, with the headers they need."""

import pytest

from attire.serve.routes import page


def test_the_page_comes_with_its_policy(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy == page.CONTENT_SECURITY_POLICY
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "style=" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("scripts/main.js", "text/javascript; charset=utf-8"),
        ("styles/base.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("looks/0.jpg", "image/jpeg"),
    ],
)
def test_files_have_their_types_and_are_kept_until_they_change(name, kind, client):
    answer = client.get(f"/static/{name}")
    assert answer.headers["content-type"] == kind
    again = client.get(f"/static/{name}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["none.js", "../routes/page.py", "..%2f..%2fsettings.py", "/etc/passwd", "scripts", "", "%00"]
)
def test_nothing_else_is_given(name, client):
    answer = client.get(f"/static/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_page_can_be_switched_off(client, service, monkeypatch):
    settings = service.state.services.settings.model_copy(update={"page": False})
    monkeypatch.setattr(service.state.services, "settings", settings)
    assert client.get("/").status_code == 404
    assert client.get("/static/scripts/main.js").status_code == 404


def test_the_page_is_no_part_of_the_api(client):
    assert "/" not in client.get("/openapi.json").json()["paths"]
