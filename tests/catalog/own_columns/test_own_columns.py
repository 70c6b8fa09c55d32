from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from attire.catalog.own_columns import read_own_columns
from attire.catalog.own_columns.joining import KEYS
from attire.catalog.own_columns.types import plain_column
from attire.errors import DataError


@pytest.fixture
def table(tmp_path):
    def write(text, name="meta.csv"):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def kinds(own):
    return {field.name: str(field.type) for field in own.fields}


def test_types_are_those_of_the_values(table):
    own = read_own_columns(
        table(
            "sku,photo,price,stock,sale,season,listed,size,mixed\n"
            "007,a.jpg,9.5,3,true,Fall,2026-01-05,,1\n"
            "8,b.jpg,10,,false,,2026-01-05 10:00:00,,two\n"
        )
    )
    assert own.key == "photo"
    assert kinds(own) == {
        "sku": "string",
        "price": "double",
        "stock": "int64",
        "sale": "bool",
        "season": "string",
        "listed": "timestamp[us]",
        "size": "string",
        "mixed": "string",
    }
    said = own.of("/shop/a.jpg")
    assert said.values["listed"] == datetime(2026, 1, 5)
    assert (said.values["mixed"], said.values["size"], said.seen_at) == ("1", None, None)
    assert said.values["sku"] == "007"
    assert own.of("/shop/b.jpg").values["stock"] is None


@pytest.mark.parametrize(
    ("key", "uri"),
    [
        pytest.param("15970", "/shop/15970.jpg", id="number for a file name"),
        pytest.param("15970.jpg", "/shop/15970.jpg", id="file name"),
        pytest.param("./new/15970.jpg", "/shop/new/15970.jpg", id="path from somewhere"),
        pytest.param("new/15970", "s3://bucket/new/15970.jpg", id="key of a bucket without its ending"),
        pytest.param("s3://bucket/new/15970.jpg", "s3://bucket/new/15970.jpg", id="URI"),
        pytest.param("/shop/15970.jpg", "/shop/15970.jpg", id="whole path"),
        pytest.param("007", "/shop/007.png", id="zeros in front"),
        pytest.param("dress v1.2", "/shop/dress v1.2.jpg", id="dots in a name"),
    ],
)
def test_a_photo_is_found_by_any_end_of_its_name(table, key, uri):
    own = read_own_columns(table(f"id,price\n{key},1\n"))
    assert own.of(uri).values == {"id": key, "price": 1}
    assert own.of("/shop/1597.jpg") is None
    assert own.unused == 0


def test_the_longest_end_is_taken(table):
    own = read_own_columns(table("file,price\na.jpg,1\nnew/a.jpg,2\n"))
    assert own.of("/shop/new/a.jpg").values == {"price": 2}
    assert own.of("/shop/old/a.jpg").values == {"price": 1}


def test_rows_that_are_wrong_are_counted(table):
    own = read_own_columns(table("id,price\n1,5\n2\n3,4,5\n1,9\n,7\n4,6\n"))
    assert (len(own), own.malformed, own.repeated) == (2, 3, 1)
    assert own.of("1.jpg").values["price"] == 5, "the earlier row holds"
    assert own.unused == 1


def test_the_key_is_recognised_or_said(table):
    path = table("sku,colour\n1,red\n")
    with pytest.raises(DataError, match=r"which photo is a row about\? .* found sku, colour\. Say --meta"):
        read_own_columns(path)
    assert read_own_columns(path, key="sku").of("1.jpg").values == {"sku": "1", "colour": "red"}
    with pytest.raises(DataError, match="no column 'SKU'; found sku, colour"):
        read_own_columns(path, key="SKU")
    for name in KEYS:
        assert read_own_columns(table(f"x,{name.upper()}\n1,a\n")).key == name.upper()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,category", "'category' is the catalogue's own name. Call it 'my_category'"),
        ("id,Score", "'Score' is the catalogue's own name. Call it 'my_Score'"),
        ("id,_rowid", "Call it 'my_rowid'"),
        ("id,price.eur", "holds no dots, .* Call it 'price_eur'"),
        ("id,2024", "Call it 'column_2024'"),
        ("id,a`; drop", "Call it 'a_drop'"),
        ("id,price,price", "two columns are called 'price'"),
    ],
)
def test_names_that_are_taken_or_odd_are_refused_with_a_proposal(table, header, said):
    with pytest.raises(DataError, match=said):
        read_own_columns(table(f"{header}\n" + ",".join("1" for _ in header.split(",")) + "\n"))


def test_time_is_recognised_said_or_refused(table):
    text = "id,season,year,date\n1,Fall,2011,2026-01-05T10:00:00+01:00\n2,Fall,2012,\n"
    own = read_own_columns(table(text))
    assert own.seen_at == "date"
    assert own.of("1.jpg").seen_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert own.of("2.jpg").seen_at is None
    assert set(kinds(own)) == {"id", "season", "year", "date"}, "it stays a column, too"
    assert read_own_columns(table("id,season,year\n1,Fall,2011\n")).seen_at is None, "no date is made up"
    odd = table("id,time,when\n1,noon,2026-03-01\n")
    assert read_own_columns(odd).seen_at is None
    assert read_own_columns(odd, seen_at="when").of("1.png").seen_at == datetime(2026, 3, 1, tzinfo=UTC)
    with pytest.raises(DataError, match="--seen-at time: not all of its values are times"):
        read_own_columns(odd, seen_at="time")
    assert "seen_at" not in kinds(read_own_columns(table("id,seen_at\n1,2026-03-01\n")))


def test_what_the_catalogue_has_already_is_fitted(table):
    path = table("id,price,stock\n1,5,\n")
    have = (pa.field("price", pa.float64()), pa.field("stock", pa.int64()))
    own = read_own_columns(path, have=have)
    assert kinds(own) == {"id": "string", "price": "double", "stock": "int64"}
    assert own.of("1.jpg").values == {"id": "1", "price": 5.0, "stock": None}


def test_parquet_is_read_and_lists_are_refused(tmp_path):
    brand = pa.array(["x", "y"]).dictionary_encode()
    when = pa.array([datetime(2026, 1, 1)] * 2, pa.timestamp("ns", "Europe/Paris"))
    parquet.write_table(pa.table({"id": [1, 2], "brand": brand, "when": when}), tmp_path / "a.parquet")
    own = read_own_columns(tmp_path / "a.parquet")
    assert kinds(own) == {"id": "string", "brand": "string", "when": "timestamp[us]"}
    assert own.of("2.jpg").values["brand"] == "y"
    parquet.write_table(pa.table({"id": [1], "tags": [["a"]]}), tmp_path / "b.parquet")
    with pytest.raises(DataError, match=r"'tags' holds list<.*a column per value"):
        read_own_columns(tmp_path / "b.parquet")


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        (pa.int8(), "int64"),
        (pa.uint64(), "int64"),
        (pa.float32(), "double"),
        (pa.decimal128(8, 2), "double"),
        (pa.date32(), "timestamp[us]"),
        (pa.large_string(), "string"),
        (pa.null(), "string"),
        (pa.time32("s"), "string"),
        (pa.bool_(), "bool"),
    ],
    ids=str,
)
def test_every_plain_type_has_its_place(kind, becomes):
    assert str(plain_column("x", pa.chunked_array([pa.nulls(2, kind)]), "meta").type) == becomes


@pytest.mark.parametrize("name", ["gone.csv", "meta.xlsx", "broken.parquet"])
def test_what_is_no_table_is_said(tmp_path, name):
    (tmp_path / "meta.xlsx").write_text("x")
    (tmp_path / "broken.parquet").write_text("x")
    with pytest.raises(DataError, match=r"no such table|ends in \.csv|cannot be read"):
        read_own_columns(tmp_path / name)


@pytest.mark.data
def test_the_real_styles_just_work():
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "products"
    if not folder.is_dir():
        pytest.skip("no shared/data/products beside the checkout")
    own = read_own_columns(folder / "styles.csv")
    assert (len(own), own.malformed, own.repeated, own.key, own.seen_at) == (9534, 0, 0, "id", None)
    assert all(own.of(str(path)) is not None for path in (folder / "photos").iterdir())
    assert own.unused == 0
    assert own.of("/x/15970.jpg").values["baseColour"] == "Navy Blue"
