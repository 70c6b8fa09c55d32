import hmac

import pytest
from pydantic import ValidationError
from tests.serve.echo import Client, echo_app

from attire.serve import Settings
from attire.serve.security import Keys, new_key

READ, WRITE = new_key(), new_key()
BEARER = "Authorization"


@pytest.fixture
def guarded() -> Client:
    return Client(
        echo_app(read_keys=READ[1], write_keys=WRITE[1]), address="203.0.113.9", url="http://shop.example"
    )


def test_keys_differ_and_hold_256_bits() -> None:
    keys = {new_key()[0] for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {len("attire_") + 43}


def test_hashes_come_from_the_environment_apart_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTIRE_READ_KEYS", f"{READ[1]} ,{WRITE[1]},")
    settings = Settings()
    assert [key.get_secret_value() for key in settings.read_keys] == [READ[1], WRITE[1]]
    assert READ[1] not in repr(settings)


def test_a_key_in_place_of_its_hash_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(read_keys=READ[0])
    assert "--new-key" in str(raised.value)
    assert READ[0] not in str(raised.value)


def test_a_key_allows_what_it_was_made_for() -> None:
    keys = Keys(Settings(read_keys=READ[1], write_keys=WRITE[1]))
    assert [keys.access_of(key) for key in (READ[0], WRITE[0], READ[1], "", "é\udcff")] == [
        "read",
        "write",
        None,
        None,
        None,
    ]


def test_every_hash_is_compared_whichever_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    known = [new_key() for _ in range(5)]
    keys = Keys(Settings(read_keys=[hashed for _, hashed in known], write_keys=WRITE[1]))
    monkeypatch.setattr(hmac, "compare_digest", lambda a, b: compared.append(b) or a == b)
    for key in (known[0][0], known[4][0], "unknown"):
        keys.access_of(key)
        assert compared == [*(hashed for _, hashed in known), WRITE[1]]
        compared.clear()


@pytest.mark.parametrize("key", [READ[0], WRITE[0]])
def test_either_header_shows_a_key(guarded: Client, key: str) -> None:
    for headers in ({"X-API-Key": key}, {BEARER: f"Bearer {key}"}, {BEARER: f"bearer  {key}"}):
        assert guarded.get("/v1/ontology", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": ""},
        {"X-API-Key": READ[1]},
        {"X-API-Key": READ[0][:-1]},
        {BEARER: READ[0]},
        {BEARER: f"Basic {READ[0]}"},
        {"X-API-Key": "wrong", BEARER: f"Bearer {READ[0]}"},
    ],
)
def test_without_a_known_key_nothing_is_answered(guarded: Client, headers: dict[str, str]) -> None:
    answer = guarded.get("/v1/ontology", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert guarded.post("/v1/catalog", headers=headers).status_code == 401


def test_a_key_in_the_query_is_none(guarded: Client) -> None:
    assert guarded.get("/v1/ontology", params={"key": READ[0], "x-api-key": READ[0]}).status_code == 401


def test_adding_needs_a_key_that_may_write(guarded: Client) -> None:
    photo = {"photos": ("a.jpg", b"x")}
    answers = [
        guarded.post("/v1/catalog", files=photo, headers={"X-API-Key": key[0]}) for key in (READ, WRITE)
    ]
    assert [answer.status_code for answer in answers] == [403, 200]


def test_open_routes_ask_for_none(guarded: Client) -> None:
    assert guarded.get("/healthz").status_code == 200


def test_a_key_is_asked_for_before_the_body_is_read(guarded: Client) -> None:
    assert guarded.post("/v1/catalog", content=b"broken", headers={"Content-Type": "a/b"}).status_code == 401


def test_without_keys_all_may_ask_and_programs_here_may_add() -> None:
    photo = {"photos": ("a.jpg", b"x")}
    here = Client(echo_app())
    assert here.post("/v1/catalog", files=photo).status_code == 200
    assert (
        here.post("/v1/catalog", files=photo, headers={"Origin": "http://localhost:8000"}).status_code == 200
    )
    there = Client(echo_app(), address="203.0.113.9")
    assert there.get("/v1/ontology").status_code == 200
    assert there.post("/v1/catalog", files=photo).status_code == 403


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        pytest.param("http://localhost:8000", {"Origin": "https://evil.example"}, id="another site's page"),
        pytest.param("http://localhost:8000", {"Origin": "null"}, id="a page in a frame without origin"),
        pytest.param("http://localhost:8000", {"Host": "evil.example:8000"}, id="a name made to lead here"),
        pytest.param("http://localhost:8000", {"X-Forwarded-For": "203.0.113.9"}, id="a proxy's client"),
        pytest.param("http://192.168.1.7:8000", {}, id="listening to the network"),
    ],
)
def test_without_keys_nobody_adds_by_way_of_a_program_here(url: str, headers: dict[str, str]) -> None:
    answer = Client(echo_app(), url=url).post("/v1/catalog", files={"photos": ("a", b"x")}, headers=headers)
    assert answer.status_code == 403
    assert "ATTIRE_WRITE_KEYS" in answer.json()["detail"]


def test_openapi_says_how_a_key_is_shown() -> None:
    described = echo_app().openapi()
    assert {"type": "apiKey", "in": "header", "name": "X-API-Key"}.items() <= described["components"][
        "securitySchemes"
    ]["APIKeyHeader"].items()
    assert described["paths"]["/v1/ontology"]["get"]["security"]
    assert "security" not in described["paths"]["/healthz"]["get"]
