"""Take the pictures of the service's page: ``python docs/page_pictures.py``.

Needs the extras render, serve and dev, and Chromium. The catalogue is made here of drawn looks, and so is the
photo that is read: nobody in them is real, nor are brands, prices and years.
"""

import io
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from attire.atomic import atomic_path
from attire.cli.app import app
from attire.progress import track
from attire.render import draw_look
from attire.serve import Settings, create_app

IMAGES = Path(__file__).parent / "images"
SEED = 404
"""Of the catalogue's looks; the look that is read is of another."""
READ, WORN = (11, 8), "jacket"
"""Seed and index of the look that is read, and what it is asked to have."""
YEARS, LOOKS = (2022, 2023, 2024, 2025, 2026), 44
"""How many looks each year has."""
IN_COATS = (1, 6, 13, 22, 33)
"""How many of a year's looks are asked to have a coat: more every year, too few to be a trend."""
BRANDS = ("Adler", "Birke", "Calla", "Dorn")
SIZE = (480, 320)
"""Height and width of a look in the catalogue, pixels."""
WIDTH, HEIGHT = 1280, 860
"""Of the window, pixels."""
PATIENCE_MS = 120_000


def make_catalog(folder: Path) -> Path:
    """Draw looks and index them, with columns of our own."""
    photos = folder / "photos"
    photos.mkdir()
    lines = ["photo,brand,price,year"]
    for place in track(range(len(YEARS) * LOOKS), "Looks"):
        year, number = divmod(place, LOOKS)
        wanted = ("coat",) if number < IN_COATS[year] else ()
        name = f"{place:04d}.jpg"
        draw_look(SEED, place, SIZE, wanted=wanted).photo.save(photos / name, quality=90)
        lines.append(f"{name},{BRANDS[place % len(BRANDS)]},{19 + 7 * (place % 23)},{YEARS[year]}")
    table = folder / "own.csv"
    table.write_text("\n".join(lines))
    catalog = folder / "catalog"
    app(["index", str(photos), "--catalog", str(catalog), "--meta", str(table)], standalone_mode=False)
    return catalog


@contextmanager
def serving(catalog: Path) -> Iterator[str]:
    """Serve a catalogue on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(Settings(catalog=str(catalog))), log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            thread.join(0.1)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join(30)


def take(page: Page, name: str) -> None:
    """Save what the window shows."""
    page.wait_for_function("[...document.images].every((one) => one.loading === 'lazy' || one.complete)")
    page.wait_for_timeout(1500)
    shown = Image.open(io.BytesIO(page.screenshot()))
    with atomic_path(IMAGES / name) as path:
        shown.convert("RGB").save(path, "WEBP", quality=82, method=6)


def take_all(page: Page, address: str, look: Path) -> None:
    """Go through the page."""
    page.goto(address)
    page.set_input_files("#photo-file", look)
    page.locator("button.row", has_text=WORN.capitalize()).first.click()
    page.mouse.move(0, 0)
    take(page, "page-read.webp")
    page.get_by_role("button", name="Find similar").click()
    page.wait_for_selector(".results[aria-busy=false] .card")
    page.wait_for_timeout(1000)
    take(page, "page-similar.webp")
    page.get_by_role("button", name="Dark colours").click()
    page.get_by_role("link", name="Browse").click()
    page.wait_for_selector("#view-browse .results[aria-busy=false] .card")
    take(page, "page-browse.webp")
    page.get_by_role("button", name="Dark colours").click()
    page.get_by_role("link", name="Trends").click()
    page.wait_for_selector(".report[aria-busy=false]")
    page.locator(".part", has=page.locator(".lines")).first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.part:has(.lines)').scrollIntoView()")
    take(page, "page-trends.webp")


def main() -> None:
    """Make the catalogue, serve it, and take the pictures."""
    chromium = os.environ.get("ATTIRE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        look = Path(folder) / "look.jpg"
        draw_look(*READ, (960, 640), wanted=(WORN,)).photo.save(look, quality=92)
        with serving(make_catalog(Path(folder))) as address:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.set_default_timeout(PATIENCE_MS)
            take_all(page, address, look)
            browser.close()


if __name__ == "__main__":
    main()
