import html.parser

from tests.serve.echo import Client

from attire.serve import Settings, create_app
from attire.serve.routes.docs import write_docs


class Seen(html.parser.HTMLParser):
    """What a page loads, and what it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def test_every_operation_is_described_and_nothing_comes_from_elsewhere() -> None:
    app = create_app(Settings())
    answer = Client(app).get("/docs")
    assert answer.headers["Content-Type"].startswith("text/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    seen = Seen(answer.text)
    operations = [(method, path) for path, known in app.openapi()["paths"].items() for method in known]
    assert len(operations) >= 10
    for method, path in operations:
        assert f"{method.upper()} {path}" in seen.text
    assert not seen.tags & {"script", "img", "link", "iframe"}
    assert all(link == "openapi.json" or link.startswith("#") for link in seen.links)
    assert "photo" in seen.text


def test_words_of_the_description_are_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    operation = {
        "operationId": f'a"{evil}',
        "description": evil,
        "parameters": [{"name": evil, "in": evil, "schema": {"enum": [evil]}, "description": evil}],
        "requestBody": {"content": {evil: {"schema": {"properties": {evil: {"type": evil}}}}}},
        "responses": {evil: {"description": evil, "content": {evil: {}}}},
    }
    described = {"info": {"title": evil, "version": evil}, "paths": {evil: {evil: operation}}}
    seen = Seen(write_docs(described))
    assert "script" not in seen.tags
    assert seen.text.count(evil) == 16


def test_pages_of_fastapi_that_need_the_internet_are_off() -> None:
    for path in ("/redoc", "/docs/oauth2-redirect"):
        assert Client(create_app(Settings())).get(path).status_code == 404
