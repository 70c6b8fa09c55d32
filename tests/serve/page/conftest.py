"""Chromium, and services for it to look at."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from attire.serve import Settings, create_app
from attire.serve.security import new_key

PATIENCE_MS = 30_000
"""How long anything on the page may take; the network reads photos on whatever is left of the processor."""


RECORD = """(() => {
  const real = window.fetch;
  window.forms = [];
  window.fetch = (url, options) => {
    if (options?.body instanceof FormData) window.forms.push([...options.body]);
    return real(url, options);
  };
})()"""
"""Chromium does not show the body of a form with a photo in it; so the page notes what it sends."""


def _chromium() -> str | None:
    named = os.environ.get("ATTIRE_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Closed with each file: its event loop runs in this thread, where tests beside it run theirs."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright) -> Iterator[Browser]:
    path = _chromium()
    if path is None:
        why = "no Chromium: apt-get install chromium, or say where it is with ATTIRE_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@contextmanager
def _serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a port of its own; the address ends in a slash."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the service has not started"
            thread.join(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="session")
def address(served) -> Iterator[str]:
    """A service with a small catalogue, open to everybody."""
    with _serving(create_app(Settings(catalog=str(served.catalog), threads=1))) as address:
        yield address


@pytest.fixture(scope="session")
def private(served) -> Iterator[tuple[str, str]]:
    """One that asks for a key, and a key."""
    key, hashed = new_key()
    settings = Settings(catalog=str(served.catalog), threads=1, read_keys=(hashed,))  # type: ignore[arg-type]
    with _serving(create_app(settings)) as address:
        yield address, key


@pytest.fixture
def open_page(browser, address) -> Iterator[Callable[..., Page]]:
    """Builder of pages; whatever a page does is held to the same rules.

    No request leaves the origin, nothing breaks the security policy, no script fails, no dialog opens.
    """
    with ExitStack() as opened:

        def make(
            view: str = "", *, base: str = address, width: int = 1280, height: int = 900, **options
        ) -> Page:
            context: BrowserContext = browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", **options
            )
            opened.callback(context.close)
            context.add_init_script(RECORD)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            opened.callback(_keep_to_the_rules(page, base))
            page.goto(base + view)
            return page

        yield make


def _keep_to_the_rules(page: Page, base: str) -> Callable[[], None]:
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "blob:" + base)):
            faults.append(f"asked for {request.url}")

    page.on("request", asked)
    page.on("pageerror", lambda error: faults.append(f"failed: {error}"))
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )

    def check() -> None:
        assert not faults

    return check


@pytest.fixture
def read(served) -> Callable[..., None]:
    """What gives a page a photo, and waits for what is in it."""

    def give(page: Page, photo: object = None, wait: str = ".found") -> None:
        page.set_input_files("#photo-file", served.new_look if photo is None else photo)  # type: ignore[arg-type]
        page.wait_for_selector(wait)

    return give


@pytest.fixture
def last_form() -> Callable[[Page], list[tuple[str, str]]]:
    """What gives the fields of the form that a page has sent last, without its photo."""

    def fields(page: Page) -> list[tuple[str, str]]:
        said = page.evaluate("forms.at(-1).filter(([, value]) => typeof value === 'string')")
        return [(name, value) for name, value in said]

    return fields


@pytest.fixture
def last_photo() -> Callable[[Page], bytes]:
    """What gives the photo that a page has sent last."""

    def photo(page: Page) -> bytes:
        return bytes(
            page.evaluate(
                "async () => [...new Uint8Array(await forms.at(-1).find(([name]) => name === 'photo')[1]"
                ".arrayBuffer())]"
            )
        )

    return photo


@pytest.fixture(scope="session")
def reading(address, served) -> dict:
    """What the service says of the new look, as the page asks for it."""
    with served.new_look.open("rb") as photo:
        answer = httpx.post(f"{address}v1/predict?masks=polygons", files={"photo": photo}, timeout=60)
    return answer.raise_for_status().json()
