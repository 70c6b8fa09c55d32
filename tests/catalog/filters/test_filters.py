from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lancedb.index import Bitmap, BTree, LabelList
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.filters import And, Columns, Comparison, Not, Or, holds, named, parse_filter, to_expr
from attire.catalog.garment import Garment
from attire.catalog.row import row_model
from attire.catalog.store import Store
from attire.errors import QueryError
from attire.ontology import Ontology

ONTOLOGY = Ontology.imaterialist2019()
NASTY = [
    "Zara",
    "H&M",
    "O'Neill",
    'a "b" c',
    "'; DROP TABLE garments; --",
    "back\\slash",
    "Ünïcode ß Σς",
    "`x`",
    "%_",
    "",
    "]",
    "a, b",
]
OWN = [
    pa.field("brand", pa.string()),
    pa.field("price", pa.float64()),
    pa.field("rate", pa.float32()),
    pa.field("stock", pa.int32()),
    pa.field("Cost EUR", pa.decimal128(10, 2)),
    pa.field("sale", pa.bool_()),
    pa.field("made", pa.date32()),
    pa.field("sold", pa.timestamp("ms", tz="Europe/Paris")),
    pa.field("plainly", pa.timestamp("us")),
    pa.field("o'clock", pa.large_string()),
    pa.field("season", pa.dictionary(pa.int32(), pa.string())),
    pa.field("tags", pa.list_(pa.string())),
]
COLOURS = ["red", "navy", "off-white"]
MODEL = row_model(DIMENSIONS).to_arrow_schema()
COLUMNS = Columns.of(pa.schema([*MODEL, *OWN]), ONTOLOGY, COLOURS)
INDICES = {
    "category": Bitmap(),
    "source": Bitmap(),
    "seen_at": BTree(),
    "attributes": LabelList(),
    "parts": LabelList(),
    "colours": LabelList(),
    "brand": Bitmap(),
    "price": BTree(),
}
ATTRIBUTES = ["floral", "midi", "letters, numbers", "above-the-hip", "bell", "bell bottom"]
TIMES = [
    None,
    datetime(2026, 1, 31, 23, 59, 59, 999999, UTC),
    datetime(2026, 2, 28, 23, 0, tzinfo=UTC),
    datetime(2026, 3, 1, tzinfo=UTC),
    datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
]


def rows() -> list[dict]:
    made = []
    for n in range(60):
        at = TIMES[n % 6]
        made.append(
            made_up_row(
                n,
                category=["dress", "shirt", "top"][n % 3],
                attributes=[name for m, name in enumerate(ATTRIBUTES) if (n * 7 + m) % 3 == 0 and n % 5],
                parts=["sleeve", "zipper"][: n % 3],
                colours=COLOURS[n % 4 :],
                colour_lab=[0.0] * 3 * len(COLOURS[n % 4 :]),
                colour_share=[0.1] * len(COLOURS[n % 4 :]),
                score=n / 60,
                source=NASTY[n % 12],
                seen_at=at,
                brand=None if n % 13 == 0 else NASTY[n % 12],
                price=None if n % 7 == 0 else float("nan") if n % 11 == 0 else n * 2.5,
                rate=None if n % 7 == 1 else n / 10,
                stock=None if n % 7 == 2 else n - 20,
                sale=[True, False, None][n % 3],
                made=None if at is None else at.date(),
                sold=at,
                plainly=None if at is None else at.replace(tzinfo=None),
                season=[None, "Summer", "Winter"][n % 3],
                tags=["x"],
            )
            | {"Cost EUR": None if n % 7 == 3 else Decimal(n) / 4, "o'clock": NASTY[(n * 5) % 12]}
        )
    return made


@pytest.fixture(scope="module", params=["no index", "indices, and rows that are in none"])
def store(request, tmp_path_factory):
    store = Store.create(tmp_path_factory.mktemp("filters") / "catalog", DIMENSIONS, OWN)
    if request.param == "no index":
        store.add(rows())
        return store
    store.add(rows()[:40])
    for name, index in INDICES.items():
        store.table.create_index(name, config=index)
    store.add(rows()[40:])
    return store


class Garments(list):
    def __repr__(self) -> str:
        return f"{len(self)} garments"


@pytest.fixture(scope="module")
def garments(store):
    return Garments(Garment.from_row(row, store.own_columns) for row in store.rows().to_pylist())


def found(store, filter) -> list[str]:
    return sorted(store.rows(["garment_id"], where=to_expr(filter))["garment_id"].to_pylist())


def expected(garments, filter) -> list[str]:
    return sorted(garment.garment_id for garment in garments if holds(filter, garment))


# What is asked, and how many of the 60 rows answer.
ASKED = {
    'category = "dress" and "floral" in attributes': None,
    "category = Dresses": 20,
    "category = blouse": 20,
    "CATEGORY = 'T-Shirt'": 20,
    "category in (dress, 'shirt, blouse')": 40,
    "category not in (dress, shirt)": 20,
    "floral in attributes": None,
    '"letters, numbers" in attributes and not letters in attributes': 0,
    "bell in attributes and not 'bell bottom' in attributes": None,
    "attributes has midi": None,
    "attributes in (midi, floral)": None,
    "attributes is empty": None,
    "parts has zipper": 20,
    "parts is not missing": 40,
    "colour = red": 15,
    "colour != red": 45,
    "colour = off-white or colours = navy": 45,
    "not (colour = red and category = dress)": 55,
    "score >= 0.5 and score < 0.75": 15,
    "price between 50 and 100": None,
    "price not between 50 and 100": None,
    "price > 0": None,
    "price is missing": 14,
    "not price < 50": None,
    "stock < 0": None,
    "stock in (1, 2, 3.5)": None,
    "rate = 0.3": 1,
    "rate in (0.3, 0.5)": None,
    "`Cost EUR` <= 2.25": None,
    "`cost eur` = 2.25": 1,
    "sale = yes": 20,
    "sale != yes": 40,
    "sale is missing": 20,
    "seen_at >= 2026-03-01": 30,
    "seen_at = 2026-02": 10,
    "seen_at = 2026": 40,
    "seen_at > 2026-03-01": 10,
    "seen_at <= 2026-03-01": 40,
    "seen_at != 2026": 20,
    "seen_at < 2026-03-01T00:00:05Z": 30,
    "seen_at < 2026-03-01T01:00+01:00": 20,
    "seen_at = 2026-03-01T00:00:05": 10,
    "seen_at between 2026-01 and 2026-02": 20,
    "seen_at is missing": 10,
    "sold = 2026-03-01T00:00:05": 10,
    "sold = 2026-03-01": 20,
    "plainly = 2026-03-01": 20,
    "made = 2026-03-01": 20,
    "made < 2026-03": 20,
    "made not in (2026-03-01, 2027)": 30,
    "season = Summer": 20,
    "season is missing": 20,
    "season != Summer": 40,
    'brand in ("Zara", "H&M")': None,
    "brand = 'O''Neill'": None,
    'brand = "a ""b"" c"': None,
    'brand = "\'; DROP TABLE garments; --"': None,
    r'brand = "back\slash"': None,
    "brand = “Ünïcode ß Σς”": None,
    '"ÜNÏ" in brand': None,
    "'drop table' in brand": None,
    "'%' in brand": None,
    "'`' in source": 5,
    "source = ''": 5,
    "source is missing": 5,
    "source in ('', Zara)": 10,
    "source != ''": 55,
    "`o'clock` = 'a, b'": 5,
    "photo_uri has '/PHOTOS/'": 60,
    "id = 0000000000000007-0": 1,
}


@pytest.mark.parametrize("text", ASKED)
def test_the_table_and_python_answer_alike(store, garments, text):
    filter = parse_filter(text, COLUMNS)
    answer = found(store, filter)
    assert answer == expected(garments, filter)
    count = ASKED[text]
    assert (0 < len(answer) < 60) if count is None else len(answer) == count
    assert len(found(store, Not(inner=filter))) == 60 - len(answer)
    assert len(store) == 60


@pytest.mark.parametrize("text", ASKED)
def test_a_filter_said_back_is_read_as_itself(text):
    filter = parse_filter(text, COLUMNS)
    assert parse_filter(str(filter), COLUMNS) == filter


words = st.sampled_from([text for text in NASTY if text] + ["a", "zar"])
numbers = st.one_of(st.integers(-30, 200), st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)))


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


dates = st.one_of(
    st.dates(date(2025, 12, 1), date(2027, 2, 1)).map(str),
    st.sampled_from(["2026-03", "2026", "2026-03-01T00:00:05"]),
)
days = st.one_of(st.dates(date(2026, 1, 25), date(2026, 3, 5)).map(str), st.sampled_from(["2026-03", "2026"]))
signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
leaves = st.one_of(
    st.tuples(st.sampled_from(["price", "stock", "rate", "score", "`Cost EUR`"]), signs, numbers).map(
        lambda x: f"{x[0]} {x[1]} {x[2]!r}"
    ),
    st.tuples(st.sampled_from(["seen_at", "sold", "plainly"]), signs, dates).map(" ".join),
    st.tuples(st.just("made"), signs, days).map(" ".join),
    st.tuples(
        st.sampled_from(["brand", "source", "`o'clock`", "season"]),
        st.sampled_from(["=", "!=", "has", "not has"]),
        words.map(quoted),
    ).map(" ".join),
    st.tuples(
        st.sampled_from(["brand", "source"]),
        st.lists(words.map(quoted), min_size=1, max_size=4).map(", ".join),
    ).map(lambda x: f"{x[0]} in ({x[1]})"),
    st.sampled_from(ATTRIBUTES).map(lambda x: f"{quoted(x)} in attributes"),
    st.sampled_from(["dress", "shirt", "top"]).map(lambda x: f"category = {x}"),
    st.sampled_from(COLOURS).map(lambda x: f"colour = {x}"),
    st.sampled_from(
        ["brand", "price", "rate", "stock", "sale", "made", "sold", "season", "attributes", "colours"]
    ).map(lambda x: f"{x} is missing"),
    st.sampled_from(["sale = true", "sale = false", "sale != true"]),
)
texts = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(lambda x: f"not ({x})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda x: f"({x[0]}) {x[1]} ({x[2]})"),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_any_filter_is_answered_alike_and_said_back(store, garments, text):
    filter = parse_filter(text, COLUMNS)
    assert found(store, filter) == expected(garments, filter)
    again = parse_filter(str(filter), COLUMNS)
    assert again == filter
    assert str(again) == str(filter)


EDGES = [
    "stock = 0.5", "stock = 3.0", "stock < 3000000000", "stock > -9007199254740992", "price < 1.7e308",
    "price > -5e-324", "rate < 3e38", "`Cost EUR` <= 2.255", "seen_at < 9998", "seen_at > 0001",
    "sold < 9998", "made > 0001", "made < 9998",
]  # fmt: skip


@pytest.mark.parametrize("text", [*ASKED, *EDGES])
def test_beside_a_list_everything_is_answered_as_alone(store, garments, text):
    filter, floral = parse_filter(text, COLUMNS), named("attributes", "floral")
    alone, listed = found(store, filter), found(store, floral)
    assert alone == expected(garments, filter)
    assert found(store, And(inner=(floral, filter))) == sorted({*alone} & {*listed})
    assert found(store, Or(inner=(floral, filter))) == sorted({*alone} | {*listed})
    assert found(store, And(inner=(floral, Not(inner=filter)))) == sorted({*listed} - {*alone})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, attribute=st.sampled_from(ATTRIBUTES))
def test_any_filter_is_answered_alike_beside_a_list(store, garments, text, attribute):
    for way in (And, Or):
        filter = way(inner=(named("attributes", attribute), parse_filter(text, COLUMNS)))
        for one in (filter, Not(inner=filter)):
            assert found(store, one) == expected(garments, one)


@pytest.mark.parametrize("brand", [text for text in NASTY if text])
def test_any_text_finds_itself_and_nothing_else(store, brand):
    filter = Comparison(column=COLUMNS.columns["source"], operator="=", values=(brand,))
    assert len(found(store, filter)) == 5


def test_empty_text_is_missing_and_nothing_is_compared_with_it():
    with pytest.raises(QueryError, match="Missing"):
        Comparison(column=COLUMNS.columns["source"], operator="=", values=("",))


WRONG = {
    'category = "dress" and "flora" in attributes': ("'flora' is no attribute. Did you mean 'floral'", 23),
    "category = jeans": ("'jeans' is no category. Did you mean 'pants'", 11),
    "category = sleeve": ("'sleeve' is no category", 11),
    "colour = purple": ("'purple' is no colour", 9),
    "prize < 50": ("'prize' is no column. Did you mean price", 0),
    "embedding = 1": ("'embedding' is no column", 0),
    "network_score > 0.5": ("'network_score' is no column", 0),
    "tags = x": ("Column 'tags' holds list", 0),
    "price < cheap": ("'cheap' is no number", 8),
    "price < 1e999": ("is no number", 8),
    "stock = 99999999999999999999": ("is no number", 8),
    "price < 50 brand = Zara": ("'50 brand' is no number", 8),
    "brand < Zara": ("'<' does not go with it", 8),
    "category > dress": ("does not go with it", 11),
    "sale = perhaps": ("true or false", 7),
    "seen_at > yesterday": ("is no date", 10),
    "seen_at = 2026-02-30": ("is no date", 10),
    "made = 2026-03-01T10:00": ("without a time of day", 7),
    "'' in brand": ("empty one", 0),
    "price": ("Expected one of", 5),
    "price not 5": ("after 'not'", 10),
    "(price < 5": ("Expected ')'", 10),
    "price < 5)": ("Expected 'and', 'or' or the end", 9),
    "price < 5 and": ("Expected a column or a value", 13),
    "brand = 'Zara": ("not closed", 8),
    "price < 5 ; DROP": ("'5 ; DROP' is no number", 8),
    "price ! 5": ("no meaning", 6),
    "brand in (Zara": ("Expected ',' or ')'", 14),
    "brand is new": ("'missing' or 'empty'", 9),
    "price between 5": ("Expected 'and'", 15),
    "seen_at in last": ("in last 30 days", 11),
    "seen_at in last few days": ("in last 30 days", 11),
    "price in last 3 days": ("in last 30 days", 9),
    "": ("empty", 0),
    "   ": ("empty", 0),
    "not " * 60 + "price < 5": ("go deeper", None),
    "(" * 60 + "price < 5": ("go deeper", None),
    "x" * 10_001: ("10001 characters", None),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:30])
def test_what_is_wrong_is_said_with_its_place(text):
    says, place = WRONG[text]
    with pytest.raises(QueryError) as error:
        parse_filter(text, COLUMNS)
    message = str(error.value)
    assert says in message
    if place is not None:
        _, line, caret = message.split("\n")
        assert line[2:].rstrip() == text.rstrip()
        assert caret.index("^") - 2 == place


def test_the_caret_stands_right_in_a_long_filter():
    text = " or ".join(["category = dress"] * 30) + " or category = dres"
    with pytest.raises(QueryError, match="Did you mean 'dress'") as error:
        parse_filter(text, COLUMNS)
    _, line, caret = str(error.value).split("\n")
    assert line[caret.index("^") :] == "dres"


def test_relative_dates_count_from_now(store):
    filter = parse_filter(
        "seen_at in last 30 days", COLUMNS, now=datetime(2026, 3, 31, 0, 0, 3, tzinfo=timezone(timedelta(0)))
    )
    assert len(found(store, filter)) == 20
    assert str(filter) == "seen_at >= 2026-03-01T00:00:03"


def test_thousands_of_wishes_do_not_overflow(store):
    filter = parse_filter(" or ".join(["stock=1"] * 900), COLUMNS)
    assert len(found(store, filter)) == 1


def test_columns_of_the_same_name_but_for_case_are_told_apart():
    schema = pa.schema([*MODEL, pa.field("Size", pa.string()), pa.field("SIZE", pa.int64())])
    columns = Columns.of(schema, ONTOLOGY)
    assert columns.find("SIZE").kind == "number"
    assert columns.find("size") is None
