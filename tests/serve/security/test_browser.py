import pytest
from tests.serve.echo import Client, echo_app

from attire.serve import Settings
from attire.serve.security import new_key, warn_if_open
from attire.serve.security.browser import HEADERS

SHOP = "https://shop.example"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/healthz"), ("GET", "/nowhere"), ("POST", "/photo"), ("GET", "/openapi.json")],
)
def test_every_answer_tells_browsers_what_to_allow(client: Client, method: str, path: str) -> None:
    answer = client(method, path)
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)


def test_answers_that_never_reach_a_route_do_too() -> None:
    answer = Client(echo_app(max_upload_bytes=10)).post("/photo", content=bytes(11))
    assert answer.status_code == 413
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_other_origins_are_not_let_in(client: Client) -> None:
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    for answer in (client.get("/healthz", headers=asked), client("OPTIONS", "/photo", headers=asked)):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_origins_that_are_named_are_let_in() -> None:
    client = Client(echo_app(cors_origins=f"{SHOP}, https://other.example", rate_limit="2/hour"))
    asked = {
        "Origin": SHOP,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "X-API-Key",
    }
    allowed = client("OPTIONS", "/photo", headers=asked)
    assert allowed.headers["Access-Control-Allow-Origin"] == SHOP
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    refused = client("OPTIONS", "/photo", headers={**asked, "Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in refused.headers
    answer = client.get("/v1/ontology", headers={"Origin": SHOP})
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("host", "settings", "warned"),
    [
        ("127.0.0.1", {}, False),
        ("localhost", {}, False),
        ("::1", {}, False),
        ("0.0.0.0", {}, True),
        ("::", {}, True),
        ("192.168.1.7", {}, True),
        ("0.0.0.0", {"read_keys": new_key()[1]}, False),
    ],
)
def test_whoever_opens_it_to_others_without_keys_is_warned(
    host: str, settings: dict[str, str], warned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING", logger="attire.serve"):
        warn_if_open(Settings(**settings), host)
    assert [one.levelname for one in caplog.records] == (["WARNING"] if warned else [])
