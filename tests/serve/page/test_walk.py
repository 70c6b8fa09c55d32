"""From a photo to what is like it, and to what the catalogue tells."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

SETTLED = ".results[aria-busy=false]"


def chosen(page: Page) -> str:
    return page.locator("button.row[aria-expanded=true] .name").inner_text()


def test_from_a_photo_to_similar_garments_and_trends(open_page, read, last_form):
    page = open_page()
    read(page)
    rows = page.locator("button.row")
    assert rows.count() == page.locator(".shape.garment").count() > 1
    assert page.locator(".shape.garment .line").first.get_attribute("d").count("L") > 8
    rows.first.click()
    detail = page.locator(".detail:visible")
    expect(detail.locator(".swatches li").first).to_contain_text(re.compile(r"[a-z]+ [\d.]+ %"))
    assert page.locator(".shape.on").count() >= 1
    assert page.locator("mask .hole").count() == page.locator(".shape.on").count()
    name = chosen(page).lower()
    page.get_by_role("button", name="Find similar").click()
    expect(page.get_by_role("heading", name=f"Similar to this {name}")).to_be_focused()
    page.wait_for_selector(SETTLED)
    first = page.locator(".similar .card strong").all_inner_texts()
    assert first
    assert page.locator(".similar .meters").first.locator("dt").all_inner_texts() == [
        "shape",
        "pattern",
        "colour",
    ]

    page.locator(".similar summary", has_text="Filter").first.click()
    value = page.locator(".similar button.value").first
    kept = value.locator("span").inner_text()
    value.click()
    page.wait_for_selector(f"{SETTLED} .card, {SETTLED} .state")
    assert ("where", f'`category` in ("{kept}")') in last_form(page)
    page.wait_for_selector(SETTLED)
    expect(page.locator(".similar .chosen")).to_contain_text(kept)
    assert all(title.endswith(kept) for title in page.locator(".similar .card strong").all_inner_texts())

    page.locator(".card a").first.click()
    page.wait_for_selector("#view-garment " + SETTLED)
    assert "#garment/" in page.url
    expect(page.locator(".garment dl")).to_contain_text("Brand")
    page.get_by_role("link", name="Trends").click()
    page.wait_for_selector(".report")
    page.select_option("#trends-by", "brand")
    page.wait_for_selector(".report[aria-busy=false]")
    expect(page.locator(".notable")).to_contain_text("What to bear in mind")
    page.go_back()
    expect(page.locator("#view-garment h1")).to_be_visible()


def test_an_outline_chooses_its_garment(open_page, read):
    page = open_page()
    read(page)
    shape = page.locator(".shape.garment").first
    shape.dispatch_event("click")
    assert page.locator("button.row[aria-expanded=true]").count() == 1
    assert "on" in shape.get_attribute("class").split()
    expect(page.locator("#said")).to_have_text(f"{chosen(page).lower()} chosen")


def test_what_is_to_be_other_and_what_counts_is_asked(open_page, read, last_form):
    page = open_page()
    read(page)
    page.locator("button.row").first.click()
    page.get_by_role("button", name="Find similar").click()
    page.wait_for_selector(SETTLED)
    page.get_by_role("button", name="in red").click()
    page.locator(".wish input").fill("no pockets")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("slider", name="colour").press("ArrowRight")
    page.wait_for_selector(f"{SETTLED} .card")
    fields = last_form(page)
    assert ("but", "in red") in fields
    assert ("but", "no pockets") in fields
    assert ("weights", "colour=1.5") in fields
    expect(page.get_by_role("button", name="in red")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".similar .reasons").first).to_contain_text("likely")


def test_recommendations_give_their_reasons(open_page):
    page = open_page("#browse")
    page.locator(".card a").first.click()
    page.wait_for_selector("#view-garment " + SETTLED)
    expect(page.locator("[data-mode=alternatives]")).to_have_attribute("aria-pressed", "true")
    alternatives = page.locator(".also .card")
    told = page.locator(".also .reasons").count() == alternatives.count()
    assert told or page.locator(".also .state").is_visible()
    page.locator("[data-mode=goes-with]").click()
    page.wait_for_selector("#view-garment " + SETTLED)
    assert page.locator(".also .card, .also .state").count() > 0


def test_the_catalogue_is_browsed_by_facet_and_by_words(open_page):
    page = open_page("#browse")
    page.wait_for_selector(SETTLED)
    everything = page.locator(".card").count()
    value = page.locator("#view-browse button.value").first
    kept, count = value.locator("span").inner_text(), int(value.locator("small").inner_text())
    value.click()
    expect(page.locator(".total")).to_have_text(re.compile(rf"^{count} of \d+ garments"))
    assert page.locator(".card").count() == min(count, 24) < everything
    page.get_by_role("button", name=f"Remove filter category {kept}").click()
    expect(page.locator(".card")).to_have_count(everything)
    page.get_by_label("Search by words").fill(f"a {kept} under 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.get_by_role("button", name="Show everything").click()
    expect(page.locator(".card")).to_have_count(everything)


def test_limits_of_numbers_filter_and_come_back_with_the_view(open_page):
    page = open_page("#browse")
    page.locator("summary", has_text="Price").click()
    page.get_by_label("to", exact=True).fill("25")
    page.keyboard.press("Tab")
    expect(page.locator(".chosen")).to_contain_text("price to 25")
    page.wait_for_selector(SETTLED)
    kept = page.locator(".card").count()
    assert kept > 0
    page.locator(".card a").first.click()
    page.wait_for_selector(".garment")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#view-browse .card")).to_have_count(kept)
    expect(page.locator(".chosen")).to_contain_text("price to 25")


def test_a_large_photo_is_sent_upright_and_smaller(open_page, read, last_photo):
    page = open_page()
    photo = Image.new("RGB", (2400, 1800), (90, 90, 160))
    exif = photo.getexif()
    exif[0x0112] = 6
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=exif)
    read(page, {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})
    sent = Image.open(io.BytesIO(last_photo(page)))
    assert sent.size == (1200, 1600)
    assert not sent.getexif()
    assert page.locator(".stage svg").get_attribute("viewBox") == "0 0 1200 1600"


@pytest.mark.parametrize("way", ["dropped", "pasted"])
def test_a_photo_may_be(way, open_page, served):
    page = open_page()
    page.wait_for_selector(".drop")
    page.evaluate(
        """([kind, bytes]) => {
          const given = new DataTransfer();
          given.items.add(new File([new Uint8Array(bytes)], "look.jpg", { type: "image/jpeg" }));
          const event = kind === "dropped"
            ? new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true })
            : new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true });
          document.body.dispatchEvent(event);
        }""",
        [way, list(served.new_look.read_bytes())],
    )
    page.wait_for_selector("button.row")
    expect(page.locator(".found .topic").first).to_have_text("look.jpg")


def test_a_drawn_look_is_at_hand(open_page):
    page = open_page()
    page.get_by_role("button", name=re.compile("Read a drawn look")).nth(2).click()
    page.wait_for_selector("button.row")
