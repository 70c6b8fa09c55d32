import re
from itertools import cycle, islice

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lancedb.index import LabelList
from tests.catalog.made_up import DIMENSIONS, made_up_row

from attire.catalog.filters import Column, Columns, Comparison, Not, Or, conjoin, named, parse_filter, to_expr
from attire.catalog.row import row_model
from attire.catalog.store import Store
from attire.errors import QueryError
from attire.ontology import Ontology

OWN = [
    pa.field("brand", pa.string()),
    pa.field("o'clock", pa.string()),
    pa.field("tags", pa.list_(pa.string())),
]
COLUMNS = Columns.of(
    pa.schema([*row_model(DIMENSIONS).to_arrow_schema(), *OWN]),
    Ontology.imaterialist2019(),
    ["red", "navy", "off-white"],
)
BRAND = COLUMNS.columns["brand"]
LISTS = [["floral"], ["floral", "midi"], ["midi"], [], ["letters, numbers"]]
ATTACKS = [
    "' OR true --",
    "\\' OR true --",
    "\\\\' OR true --",
    "'; DROP TABLE garments; --",
    "') OR array_has(attributes, 'floral') OR ('",
    "x' UNION SELECT 1 --",
    "`",
    '"',
    "Ünï ’ “”",
    "%",
    "a\x00b",
    "line\nbreak",
]
SQL = {"OR", "NOT", "IN", "IS", "NULL", "array_has", "arrow_cast", "contains", "lower", "concat"}
CONSTANTS = {"", "[]", "NaN", "inf", "Utf8", "Float64"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Rows in the index, rows added since, and a row whose list changed since."""
    store = Store.create(tmp_path_factory.mktemp("lists") / "catalog", DIMENSIONS, OWN)
    brands = cycle([*ATTACKS, "Zara", None])
    made = [
        made_up_row(
            n,
            attributes=LISTS[n % 5],
            brand=brand,
            tags=[["x"], None, [], ["y", None]][n % 4],
            colours=["red"] if n % 2 else [],
        )
        | {"o'clock": brand}
        for n, brand in enumerate(islice(brands, 280))
    ]
    store.add(made[:200])
    for name in ("attributes", "colours", "tags"):
        store.table.create_index(name, config=LabelList())
    store.add(made[200:])
    store.replace([made[0]["photo_id"]], [made[0] | {"attributes": ["mini"]}])
    return store


def found(store, filter) -> set[int]:
    return {
        int(one[:16], 16)
        for one in store.rows(["garment_id"], where=to_expr(filter))["garment_id"].to_pylist()
    }


def plan(store, filter) -> str:
    return store.table.search().where(to_expr(filter)).select(["garment_id"]).explain_plan(True)


def brand_is(text):
    return Comparison(column=BRAND, operator="=", values=(text,))


FLORAL = {n for n in range(1, 280) if n % 5 < 2}


def test_what_a_list_holds_is_found_before_and_after_it_was_indexed(store):
    floral = named("attributes", "floral")
    assert found(store, floral) == FLORAL
    assert found(store, Not(inner=floral)) == set(range(280)) - FLORAL
    assert found(store, named("attributes", "mini")) == {0}
    assert found(store, named("attributes", "letters")) == set()


@pytest.mark.parametrize(
    "text",
    [
        "floral in attributes",
        "colour = red",
        "colour in (red, navy) and attributes has floral",
        "floral in attributes and not midi in attributes",
        "brand = Zara and floral in attributes",
    ],
)
def test_the_index_of_labels_is_asked(store, text):
    said = plan(store, parse_filter(text, COLUMNS))
    assert "ScalarIndexQuery" in said
    assert "(LabelList)" in said


@pytest.mark.parametrize("column", ["brand", "o'clock"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_beside_a_list_is_a_value_whatever_is_in_it(store, attack, column):
    own = {n for n in range(280) if n % 14 == ATTACKS.index(attack)}
    same = Comparison(column=COLUMNS.columns[column], operator="=", values=(attack,))
    floral = named("attributes", "floral")
    assert found(store, conjoin(floral, same)) == FLORAL & own
    assert found(store, Or(inner=(floral, same))) == FLORAL | own
    assert found(store, conjoin(floral, Not(inner=same))) == FLORAL - own
    among = Comparison(column=COLUMNS.columns[column], operator="in", values=(attack, "Zara"))
    assert found(store, conjoin(floral, among)) == FLORAL & (own | {n for n in range(280) if n % 14 == 12})
    part = Comparison(column=COLUMNS.columns[column], operator="holds", values=(attack,))
    assert FLORAL & own <= found(store, conjoin(floral, part)) <= FLORAL
    assert len(store) == 280


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_name_that_no_vocabulary_was_asked_for_is_a_value_too(store, attack):
    listed = Comparison(column=Column(name="colours", kind="names"), operator="holds", values=(attack,))
    assert found(store, listed) == set()
    assert found(store, Not(inner=listed)) == set(range(280))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_stands_in_the_sql(store, text):
    names = Comparison(column=Column(name="colours", kind="names"), operator="holds", values=(text,))
    ways = [
        names,
        brand_is(text),
        Comparison(column=BRAND, operator="in", values=(text, "Zara")),
        Comparison(column=BRAND, operator="holds", values=(text,)),
    ]
    inner = tuple(one for way in ways for one in (way, Not(inner=way)))
    sql = to_expr(Or(inner=(named("attributes", "floral"), *inner)))
    literals = re.findall(r"(X?)'([^']*)'", sql)
    assert all(
        re.fullmatch("[0-9A-F]*", said) if is_bytes else said in CONSTANTS for is_bytes, said in literals
    )
    outside = re.sub(r"X?'[^']*'", "", sql)
    words = set(re.findall(r"[^\s(),=]+", outside))
    assert words <= {*SQL, "attributes", "colours", "brand"}
    others = conjoin(named("attributes", "floral"), Not(inner=brand_is(text)))
    assert found(store, others) == FLORAL - {
        n for n in range(280) if [*ATTACKS, "Zara"][n % 14 : n % 14 + 1] == [text]
    }


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("column", ["attributes", "parts", "colours", "category"])
def test_a_name_that_is_none_is_refused(attack, column):
    with pytest.raises(QueryError, match="is no"):
        parse_filter(f'{column} = "' + attack.replace('"', '""') + '" or attributes has floral', COLUMNS)


def test_a_list_that_is_missing_holds_nothing(store):
    holds_x = Comparison(column=Column(name="tags", kind="names"), operator="holds", values=("x",))
    x = set(range(0, 280, 4))
    assert found(store, holds_x) == x
    assert found(store, Not(inner=holds_x)) == set(range(280)) - x
    assert found(store, conjoin(named("attributes", "floral"), Not(inner=holds_x))) == FLORAL - x


def test_as_deep_as_a_filter_goes_lists_can_be_asked(store):
    deep = "floral in attributes"
    for n in range(39):
        deep = f"({deep}) {'and' if n % 2 else 'or'} brand = Zara"
    floral_or_zara = FLORAL | {n for n in range(280) if n % 14 == 12}
    assert found(store, parse_filter(deep, COLUMNS)) == {n for n in floral_or_zara if n % 14 == 12}
    negated = "not (" * 19 + "floral in attributes" + " and score > 0.5)" * 19
    assert 0 < len(found(store, parse_filter(negated, COLUMNS))) < 280


def test_thousands_of_lists_do_not_overflow(store):
    many = conjoin(*[Or(inner=(named("attributes", "floral"), brand_is(str(n)))) for n in range(2000)])
    assert found(store, many) == FLORAL
    any_of_many = Or(inner=tuple(named("attributes", "floral") for _ in range(2000)))
    assert found(store, any_of_many) == FLORAL


def test_our_columns_are_required_as_the_table_has_it():
    schema = row_model(DIMENSIONS).to_arrow_schema()
    ours = [column for name, column in COLUMNS.columns.items() if name in schema.names]
    assert {column.name for column in ours if not column.required} == {"seen_at"}
    assert all(column.required is not schema.field(column.name).nullable for column in ours)
