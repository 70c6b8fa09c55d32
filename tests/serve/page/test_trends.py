"""Charts of reports with and without an order of time, drawn from answers made up here."""

from playwright.sync_api import expect


def interval(value, spread=0.02):
    if value is None:
        return {"value": None, "low": None, "high": None}
    return {"value": value, "low": value - spread, "high": value + spread}


def line(name, group, shares, **more):
    return {
        "name": name,
        "kind": "categories",
        "among": "all garments",
        "group": group,
        "shown": 120.0,
        "shares": [interval(share) for share in shares],
        "first": shares[0],
        "last": shares[-1],
        "growth": interval(0.12),
        "p": 0.001,
        "q": 0.004,
        "reliability": 0.8,
        "rests_on": "",
        "season": None,
        "forecast": [],
        "examples": [],
    } | more


def report(lines, *, timed=True, labels=("2024", "2025", "2026")):
    periods = [
        {
            "label": label,
            "garments": 300.0,
            "photos": 200,
            "position": float(2024 + place) if timed else None,
            "full": True,
        }
        for place, label in enumerate(labels)
    ]
    return {
        "by": "year" if timed else "brand",
        "timed": timed,
        "about": "categories",
        "periods": periods,
        "lines": lines,
        "untested": 0,
        "garments": 900,
        "without_time": 0,
        "tested": len(lines),
        "alpha": 0.05,
        "restlessness": 0.1,
        "outcome": None,
        "notes": ["This is what the catalogue holds."],
    }


def show(page, answer):
    page.route("**/v1/trends?*", lambda route: route.fulfill(json=answer))
    page.evaluate("location.hash = '#trends'")
    page.wait_for_selector(".report[aria-busy=false]")


def test_what_rises_is_drawn_with_its_band_and_forecast(open_page):
    page = open_page()
    rising = line("dress: floral", "rising", [0.1, 0.2, 0.3], forecast=[interval(0.35, 0.1)], rests_on="2026")
    show(page, report([rising, line("hat", "fading", [0.3, 0.2, 0.1])]))
    expect(page.locator(".report > .standfirst")).to_contain_text("0 emerge, 1 rise and 1 fade")
    first = page.locator(".line").first
    expect(first).to_contain_text("10 % → 30 %")
    expect(first).to_contain_text("Rests on 2026 alone")
    expect(first.locator("svg")).to_have_attribute("aria-label", "dress: floral: 10 % in 2024, 30 % in 2026")
    heights = first.locator(".seen:not(.ahead)").evaluate("one => [...one.points].map(point => point.y)")
    assert heights == sorted(heights, reverse=True)
    assert first.locator(".band.ahead").count() == 1
    band = first.locator(".band:not(.ahead)").evaluate("one => one.points.length")
    assert band == 6
    sections = page.locator(".report h2").all_inner_texts()
    assert sections[0] == "What to bear in mind", "caveats come first"
    expect(page.locator(".part", has_text="Small, and growing")).to_contain_text("None that chance")


def test_a_gap_is_no_zero(open_page):
    page = open_page()
    show(page, report([line("hat", "rising", [0.1, None, 0.3])]))
    assert page.locator(".line .dot").count() == 2


def test_no_trend_is_said_once(open_page):
    page = open_page()
    show(page, report([line("hat", "unclear", [0.1, 0.1, 0.1])]))
    expect(page.get_by_role("heading", name="Nothing moves")).to_be_visible()
    expect(page.get_by_role("heading", name="Nearest to a trend, yet none")).to_be_visible()
    assert page.locator(".lead").count() == 1


def test_groups_are_bars(open_page):
    page = open_page()
    labels = ("<b>A</b>", "a name far too long for a chart", "C")
    show(page, report([line("bag", "different", [0.1, 0.4, 0.2])], timed=False, labels=labels))
    widths = page.locator(".line .bar").evaluate_all("bars => bars.map(bar => bar.width.baseVal.value)")
    assert widths[1] > widths[2] > widths[0] > 0
    expect(page.locator(".line .chart")).to_contain_text("<b>A</b>")
    expect(page.locator(".line .flow")).to_have_text(
        "40 % in a name far too long for a chart, 10 % in <b>A</b>"
    )
    expect(page.get_by_role("heading", name="Not the same by brand")).to_be_visible()
    page.get_by_text("All 1 line that were tested").or_(page.locator(".whole summary")).first.click()
    expect(page.locator(".whole td").first).to_have_text("bag")


def catalogue(page, *, seen=0, columns=(), facets=(), sources=("shop",)):
    """Let the catalogue be another."""
    held = {"garments": 900, "photos": 800, "own_columns": columns, "sources": sources, "encoder": "box 1"}
    counted = {"total": 900, "facets": facets, "ranges": []}
    some = {"total": seen, "offset": 0, "garments": []}
    page.route("**/v1/catalog", lambda route: route.fulfill(json=held))
    page.route("**/v1/facets*", lambda route: route.fulfill(json=counted))
    page.route("**/v1/garments?*", lambda route: route.fulfill(json=some))


def test_what_can_be_compared_is_offered_and_nothing_else(open_page):
    page = open_page()
    columns = [
        {"name": name, "kind": kind} for name, kind in (("brand", "text"), ("id", "text"), ("year", "number"))
    ]
    facet = {"column": "brand", "values": [{"value": "A", "count": 500}, {"value": "B", "count": 400}]}
    catalogue(page, seen=900, columns=columns, facets=[facet], sources=["shop", "street"])
    show(page, report([]))
    offered = page.locator("#trends-by option").evaluate_all("all => all.map(one => one.value)")
    assert offered == ["year", "month", "week", "season", "brand", "source"]


def test_a_catalogue_that_cannot_be_compared_says_so(open_page):
    page = open_page()
    catalogue(page)
    page.evaluate("location.hash = '#trends'")
    expect(page.get_by_role("heading", name="There is nothing to compare by")).to_be_visible()
    expect(page.locator("#view-trends")).to_contain_text("seen_at")
