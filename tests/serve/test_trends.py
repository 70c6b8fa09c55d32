import pytest
from tests.catalog.made_up import DIMENSIONS
from tests.catalog.trends.conftest import rows_over_time
from tests.serve.test_garments import serving

from attire.catalog.store import Store


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """A catalogue in which floral dresses grow, whose photos lie in a folder with a name of its own."""
    store = Store.create(tmp_path_factory.mktemp("trends") / "catalog", DIMENSIONS)
    store.add(rows_over_time(photo_uri="/secret folder/look.jpg"))
    return store


@pytest.fixture
def asked(service, client, grown):
    with serving(service, grown):
        yield client


def line(report, name):
    return next(one for one in report["lines"] if one["name"] == name)


def test_what_grows_is_said_with_its_shares_and_garments_to_look_at(asked):
    report = asked.get("/v1/trends", params={"by": "month"}).json()
    assert report["timed"]
    assert len(report["periods"]) == 12
    floral = line(report, "dress: floral")
    assert floral["group"] in ("rising", "emerging")
    assert floral["q"] < 0.05
    assert floral["growth"]["low"] > 0
    assert len(floral["shares"]) == 12
    assert floral["shares"][-1]["value"] > floral["shares"][0]["value"] + 0.3
    assert floral["examples"]
    for example in floral["examples"]:
        assert asked.get(example["picture"]).status_code == 200
    assert line(report, "shoe: red")["group"] == "fading"
    assert report["notes"]


def test_no_path_and_no_flag_is_in_a_report(asked):
    said = asked.get("/v1/trends", params={"by": "month", "untested": True}).text
    assert "secret folder" not in said
    assert "photo_uri" not in said
    assert "--" not in said


def test_lines_of_which_nothing_can_be_said_are_given_when_asked_for(asked):
    short = asked.get("/v1/trends").json()
    long = asked.get("/v1/trends", params={"untested": True}).json()
    assert short["untested"] > 0
    assert long["untested"] == 0
    assert len(long["lines"]) == len(short["lines"]) + short["untested"]
    assert "untested" not in {one["group"] for one in short["lines"]}


def test_lines_and_garments_can_be_chosen(asked):
    asking = {"of": "categories, colours", "where": "category = shoe", "examples": 0}
    report = asked.get("/v1/trends", params=asking).json()
    assert {one["kind"] for one in report["lines"]} <= {"categories", "colours"}
    assert not any(one["examples"] for one in report["lines"])
    assert {one["category"] for one in report["lines"] if one["category"]} <= {"shoe"}
    assert report["garments"] == 480


@pytest.mark.parametrize(
    "asking",
    [
        {"by": "fortnight"},
        {"by": "month,nope"},
        {"by": ""},
        {"of": "brands"},
        {"of": ""},
        {"where": "nope = 1"},
        {"by": "source"},
    ],
    ids=["no clock", "no column", "nothing", "no kind", "no kinds", "no filter", "one group only"],
)
def test_what_cannot_be_counted_is_said(asked, asking):
    answer = asked.get("/v1/trends", params=asking)
    assert answer.status_code == 400, answer.text
    assert "--" not in answer.json()["detail"]


def test_a_report_is_worked_out_once_per_version_of_the_table(asked, service, grown, monkeypatch):
    catalog, counted = service.state.services.catalog, []
    count = catalog.trends
    monkeypatch.setattr(catalog, "trends", lambda **told: counted.append(1) or count(**told))
    for _ in range(3):
        assert asked.get("/v1/trends", params={"by": "year", "of": "categories"}).status_code in (200, 400)
    before = asked.get("/v1/trends", params={"of": "categories"}).json()["garments"]
    asked.get("/v1/trends", params={"of": "categories"})
    once = len(counted)
    extra = rows_over_time(months=1, photos=1)
    for row in extra:
        row.update(photo_id="f" * 16, garment_id=f"{'f' * 16}-{row['garment']}")
    Store.open(grown.table.uri.rsplit("/", 1)[0]).add(extra)
    assert asked.get("/v1/trends", params={"of": "categories"}).json()["garments"] == before + 2
    assert len(counted) == once + 1


def test_a_report_that_takes_too_long_ends_at_the_deadline_and_is_kept(asked, service, monkeypatch):
    from time import sleep

    catalog = service.state.services.catalog
    count, counted = catalog.trends, []

    def slow(**told):
        counted.append(1)
        sleep(1)
        return count(**told)

    monkeypatch.setattr(catalog, "trends", slow)
    asking = {"of": "colours", "examples": 1}
    assert asked.get("/v1/trends", params=asking, headers={"X-Deadline-Ms": "200"}).status_code == 504
    assert asked.get("/v1/trends", params=asking).status_code == 200
    assert counted == [1]
