"""Names stay names: in filters, in file names, in the user's own columns."""

from playwright.sync_api import expect

from attire.catalog.catalog import Catalog
from attire.catalog.filters import parse_filter

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"


def test_markup_in_own_columns_is_text(open_page):
    page = open_page("#browse")
    page.wait_for_selector(".card a")
    page.locator("summary", has_text="Brand").click()
    page.locator("button.value", has_text=SCRIPT).click()
    expect(page.locator(".chosen")).to_contain_text(SCRIPT)
    expect(page.locator("#view-browse .card .facts").first).to_contain_text(SCRIPT)
    page.locator("#view-browse .card a").first.click()
    expect(page.locator(".garment dl")).to_contain_text(SCRIPT)
    page.evaluate("location.hash = '#trends'")
    page.wait_for_selector(".report")
    page.select_option("#trends-by", "brand")
    page.wait_for_selector(".report[aria-busy=false]")
    assert page.locator("body script").count() == 0


def test_markup_in_a_file_name_is_text(open_page, read, served):
    page = open_page()
    name = f"{IMAGE}.jpg"
    read(page, {"name": name, "mimeType": "image/jpeg", "buffer": served.new_look.read_bytes()})
    expect(page.locator(".found .topic").first).to_contain_text("onerror")
    assert page.locator("img[src=x]").count() == 0


def test_markup_in_any_answer_is_text(open_page, read, reading):
    page = open_page()
    said = {"attribute_id": 0, "name": IMAGE, "group": SCRIPT, "probability": 0.9, "holds": True}
    colour = {"name": SCRIPT, "hex": "red;background:url(//x)", "lab": [0, 0, 0], "share": 1}
    named = {"category": IMAGE, "colours": [colour], "attributes": [said]}
    answer = reading | {"instances": [one | named for one in reading["instances"]]}
    page.route("**/v1/predict*", lambda route: route.fulfill(json=answer))
    read(page)
    page.locator("button.row").first.click()
    expect(page.locator(".detail:visible")).to_contain_text(IMAGE)
    assert page.locator("img[src=x], main script").count() == 0
    shown = page.locator(".detail:visible .swatch").evaluate("one => one.style.background")
    assert shown == "transparent"


VALUES = (
    "plain",
    'a "quoted" one',
    "a `back` quote",
    "it's; drop table",
    '" or score > 0 or "" = "',
    SCRIPT,
    "ø\\",
)


def test_filters_quote_whatever_a_value_holds(open_page, served):
    page = open_page()
    made = page.evaluate(
        """async (values) => {
          const { whereOf } = await import("/static/scripts/where.js");
          return values.map((value) => {
            const chosen = new Map([["brand", new Set([value, "other"])], ["attributes", new Set(["midi"])]]);
            return whereOf(chosen, new Map([["price", { min: 10, max: undefined }]]));
          });
        }""",
        VALUES,
    )
    columns = Catalog.open(served.catalog).columns
    for value, where in zip(VALUES, made, strict=True):
        said = value.replace("'", "''")
        meant = f"brand in ('{said}', other) and attributes has midi and price >= 10"
        assert parse_filter(where, columns) == parse_filter(meant, columns)


def test_filters_quote_whatever_a_column_is_called(open_page):
    page = open_page()
    quoted = page.evaluate(
        """async () => {
          const { whereOf } = await import("/static/scripts/where.js");
          return whereOf(new Map([["a ` or b", new Set(["x"])]]));
        }"""
    )
    assert quoted == '`a `` or b` in ("x")'
