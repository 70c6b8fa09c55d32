"""What the page says where something is wrong, missing, uncertain or asked for."""

import io
import json

import pytest
from PIL import Image
from playwright.sync_api import expect

BUSY = {
    "type": "about:blank",
    "title": "Service Unavailable",
    "status": 503,
    "detail": "As many photos wait as may.",
}
NO_CATALOG = {
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "detail": "No catalogue is served here.",
}


def answer(problem: dict, **headers: str) -> dict:
    return {
        "status": problem["status"],
        "content_type": "application/problem+json",
        "body": json.dumps(problem),
        "headers": headers,
    }


def test_a_busy_service_is_said_in_words_and_tried_again(open_page, read):
    page = open_page()
    page.route("**/v1/predict*", lambda route: route.fulfill(**answer(BUSY, **{"Retry-After": "7"})), times=1)
    read(page, wait=".state.wrong")
    state = page.get_by_role("alert")
    expect(state).to_contain_text("The service is busy")
    expect(state).to_contain_text("As many photos wait as may.")
    expect(state).to_contain_text("7 s")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("button.row")


def test_what_is_no_picture_never_leaves_the_browser(open_page, read):
    page = open_page()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "predict" in request.url else None)
    read(page, {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}, wait=".state.wrong")
    expect(page.get_by_role("alert")).to_contain_text("notes.txt could not be opened as a picture.")
    page.get_by_role("button", name="Take another photo").click()
    expect(page.locator(".drop")).to_be_visible()
    assert not sent


def test_a_format_that_is_not_taken_is_said(open_page, read):
    page = open_page()
    file = io.BytesIO()
    Image.new("RGB", (200, 300), "navy").save(file, "GIF")
    read(page, {"name": "look.gif", "mimeType": "image/gif", "buffer": file.getvalue()}, wait=".state.wrong")
    expect(page.get_by_role("alert")).to_contain_text("This is no picture we can read")


def test_nothing_found_is_said(open_page, read, served):
    page = open_page()
    read(page, served.nothing)
    expect(page.get_by_role("heading", name="No garment found")).to_be_visible()
    expect(page.locator(".found .state")).to_contain_text("Try a photo that shows the garment whole")


def test_what_is_not_sure_is_drawn_and_said_so(open_page, read, reading):
    page = open_page()
    first = next(one["id"] for one in reading["instances"] if one["kind"] == "garment")
    instances = [
        one | ({"sure": False, "score": 0.31} if one["id"] == first else {"sure": True})
        for one in reading["instances"]
    ]
    page.route("**/v1/predict*", lambda route: route.fulfill(json=reading | {"instances": instances}))
    read(page)
    doubtful = page.locator(".rows > li.unsure")
    expect(doubtful).to_have_count(1)
    expect(doubtful.locator(".doubt")).to_have_text("not sure")
    dashes = page.locator(".shape.unsure .line").evaluate("one => getComputedStyle(one).strokeDasharray")
    assert dashes != "none"
    doubtful.locator("button.row").click()
    expect(doubtful.locator(".note")).to_contain_text("31 % likely")


@pytest.mark.parametrize("view", ["#browse", "#trends"])
def test_without_a_catalogue_the_views_say_how_to_have_one(view, open_page):
    page = open_page()
    page.route("**/v1/catalog", lambda route: route.fulfill(**answer(NO_CATALOG)))
    page.evaluate("view => { location.hash = view }", view)
    expect(page.locator(".state pre:visible")).to_contain_text("attire serve --catalog DIR")


def test_without_a_catalogue_photos_are_read_all_the_same(open_page, read):
    page = open_page()
    page.route("**/v1/catalog", lambda route: route.fulfill(**answer(NO_CATALOG)))
    read(page)
    page.locator("button.row").first.click()
    assert page.get_by_role("button", name="Find similar").count() == 0
    expect(page.locator(".found summary")).to_contain_text("Find similar needs a catalogue")


def test_an_empty_catalogue_says_so(open_page):
    page = open_page()
    page.route(
        "**/v1/catalog",
        lambda route: route.fulfill(
            json={"garments": 0, "photos": 0, "own_columns": [], "sources": [], "encoder": ""}
        ),
    )
    page.evaluate("location.hash = '#browse'")
    expect(page.get_by_role("heading", name="The catalogue is empty")).to_be_visible()


def test_offline_is_said_and_ends(open_page):
    page = open_page()
    page.wait_for_selector(".drop")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_contain_text("You are offline")
    page.get_by_role("link", name="Browse").click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline")
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".card a")


def test_a_garment_that_is_gone_is_said(open_page):
    page = open_page("#garment/no-such-garment")
    expect(page.get_by_role("alert")).to_contain_text("Not found")
    expect(page.get_by_role("button", name="Back")).to_be_visible()


def test_a_picture_that_is_gone_leaves_a_field(open_page):
    page = open_page()
    page.route("**/picture?*", lambda route: route.fulfill(status=404))
    page.evaluate("location.hash = '#browse'")
    expect(page.locator(".frame.missing").first).to_contain_text("Photo not at hand")


def test_a_key_is_asked_once_and_pictures_come_with_it(open_page, private):
    base, key = private
    page = open_page("#browse", base=base)
    page.get_by_label("API key").fill("attire_wrong")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="That key was not taken")).to_be_visible()
    page.get_by_label("API key").fill(key)
    page.keyboard.press("Enter")
    page.wait_for_selector("#view-browse .card img[src^=blob]")
    assert page.locator("dialog").count() == 0
    assert page.locator(".frame.missing").count() == 0
    page.reload()
    page.wait_for_selector("#view-browse .card img[src^=blob]")
    assert page.evaluate("[localStorage.length, Object.values(sessionStorage)]") == [0, [key]]


def test_a_key_that_is_not_given_is_no_dead_end(open_page, private):
    page = open_page("#browse", base=private[0])
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("alert")).to_contain_text("A key is needed")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_colours_are_turned_and_stay(open_page):
    page = open_page(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark colours").click()
    dark = page.evaluate(paper)
    assert light != dark
    page.reload()
    assert page.evaluate(paper) == dark
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")
