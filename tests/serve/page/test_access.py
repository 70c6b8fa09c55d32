"""The page for everybody: by keyboard alone, on a phone, and by axe's rules."""

import re
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError, expect

SETTLED = ".results[aria-busy=false]"
WIDEST = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_chooser(page):
    """Press Enter until the dialog comes: a busy browser may drop the first one that it is asked for."""
    for _ in range(3):
        with suppress(TimeoutError):
            with page.expect_file_chooser(timeout=10_000) as chooser:
                page.keyboard.press("Enter")
            return chooser.value
    raise AssertionError("Enter opens no dialog to choose a photo.")


def test_by_keyboard_alone(open_page, served):
    page = open_page()
    page.wait_for_selector(".drop")
    press = page.keyboard.press

    def tab_to(selector: str, most: int = 40) -> None:
        for _ in range(most):
            press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} was not reached in {most} steps")

    press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    tab_to("#photo-file")
    open_chooser(page).set_files(served.new_look)
    page.wait_for_selector("button.row")
    expect(page.locator(".found h2")).to_be_focused()
    expect(page.locator("#said")).to_have_text(re.compile(r"^\d garments: .+ and .+\.$"))
    tab_to("button.row")
    rows = page.locator("button.row")
    assert page.locator(".shape.on").count() > 0, "what has the focus is shown"
    press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    press("Enter")
    expect(rows.nth(1)).to_have_attribute("aria-expanded", "true")
    tab_to(".detail .primary")
    press("Escape")
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_have_attribute("aria-expanded", "false")
    press("Enter")
    tab_to(".detail .primary")
    press("Enter")
    expect(page.locator(".similar h2")).to_be_focused()
    page.wait_for_selector(SETTLED)
    tab_to("input[type=range]")
    press("ArrowRight")
    expect(page.locator(".weights output").first).to_have_text("×1.5")
    page.wait_for_selector(SETTLED)
    tab_to(".card a")
    press("Enter")
    page.wait_for_selector("#view-garment h1")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(".modes button[data-mode=similar]")
    press("Space")
    expect(page.locator(".also h2")).to_contain_text("Similar to this")


def views(page, read):
    """Go through every view."""
    page.wait_for_selector(".drop")
    yield "empty"
    read(page)
    page.locator("button.row").first.click()
    page.get_by_role("button", name="Find similar").click()
    page.wait_for_selector(SETTLED)
    page.locator(".similar summary", has_text="Filter").first.click()
    page.wait_for_selector(".similar .facet")
    yield "read"
    page.get_by_role("link", name="Browse").click()
    page.wait_for_selector("#view-browse " + SETTLED)
    yield "browse"
    page.locator("#view-browse .card a").first.click()
    page.wait_for_selector("#view-garment " + SETTLED)
    yield "garment"
    page.get_by_role("link", name="Trends").click()
    page.wait_for_selector(".report")
    page.select_option("#trends-by", "brand")
    page.wait_for_selector(".report[aria-busy=false]")
    yield "trends"
    page.evaluate("location.hash = '#garment/gone'")
    page.wait_for_selector(".state.wrong")
    yield "error"


def test_nothing_is_wider_than_a_phone(open_page, read):
    page = open_page(width=360, height=740, has_touch=True, is_mobile=True)
    seen = [(view, page.evaluate(WIDEST)) for view in views(page, read)]
    assert [view for view, _ in seen] == ["empty", "read", "browse", "garment", "trends", "error"]
    assert all(over <= 0 for _, over in seen), seen


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_no_serious_fault(colours, open_page, read):
    page = open_page(color_scheme=colours)
    found = []
    for view in views(page, read):
        faults = Axe().run(page).response["violations"]
        found += [
            (view, fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
            for fault in faults
            if fault["impact"] in ("serious", "critical")
        ]
    assert not found
