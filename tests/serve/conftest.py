"""A running service with a small catalogue: drawn looks, read by the model in the box once per session."""

import io
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from typer.testing import CliRunner

pytest.importorskip("fastapi", reason="the service needs the extra serve")

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from attire.cli.app import app
from attire.samples import sample_looks
from attire.serve import Settings, create_app
from attire.serve.security import new_key

LOOKS = 6
OWN = "photo,brand,price\n" + "".join(
    f"{n:06d}.jpg,{['Adler', 'Birke', '<script>alert(1)</script>'][n % 3]},{20 + 10 * n}\n"
    for n in range(LOOKS)
)
"""The catalogue's own columns; a name that must never be markup is among them."""


@dataclass(frozen=True)
class Served:
    """What there is to ask."""

    catalog: Path
    """The catalogue's folder; copy it before you write into it."""
    photos: list[Path]
    """The photos in it, street looks."""
    new_look: Path
    """A street look that the catalogue does not hold."""
    product: Path
    """A red shirt on white."""
    nothing: Path
    """A photo of nothing at all."""


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Served:
    """Photos and a catalogue of them, as a user makes it."""
    folder = tmp_path_factory.mktemp("served")
    photos, catalog, table = folder / "photos", folder / "catalog", folder / "own.csv"
    photos.mkdir()
    looks = sorted((sample_looks() / "photos").iterdir())
    for look in looks[:LOOKS]:
        shutil.copy(look, photos)
    table.write_text(OWN)
    new, product, nothing = folder / "new look.jpg", folder / "product.jpg", folder / "nothing.png"
    shutil.copy(looks[LOOKS], new)
    _product().save(product, quality=92)
    Image.new("RGB", (320, 480), (120, 124, 119)).save(nothing)
    done = CliRunner().invoke(app, ["index", str(photos), "--catalog", str(catalog), "--meta", str(table)])
    assert done.exit_code == 0, done.output
    return Served(catalog, sorted(photos.iterdir()), new, product, nothing)


def _product() -> Image.Image:
    """A red shirt on white."""
    image = Image.new("RGB", (600, 600), "white")
    shirt = [(220, 120), (380, 120), (500, 190), (460, 270), (410, 240), (410, 480), (190, 480), (190, 240),
             (140, 270), (100, 190)]  # fmt: skip
    ImageDraw.Draw(image).polygon(shirt, fill=(190, 40, 50))
    return image


@pytest.fixture(scope="session")
def service(served) -> FastAPI:
    """The application on that catalogue; open to everybody."""
    return create_app(Settings(catalog=str(served.catalog)))


@pytest.fixture(scope="session")
def client(service) -> Iterator[TestClient]:
    """What asks it, as a program on the same machine does; started once."""
    with TestClient(service, client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture(scope="session")
def jpeg_of():
    """Builder of the bytes of a photo, as JPEG or another format."""

    def make(image: Image.Image, form: str = "JPEG", **options) -> bytes:
        file = io.BytesIO()
        image.save(file, form, **options)
        return file.getvalue()

    return make


@dataclass(frozen=True)
class Live:
    """A service that listens, with a catalogue of its own that may be written to."""

    url: str
    read_key: str
    write_key: str


@pytest.fixture(scope="session")
def live(served, tmp_path_factory) -> Iterator[Live]:
    """The service on a loopback port, which wants keys."""
    folder = tmp_path_factory.mktemp("live")
    catalog = shutil.copytree(served.catalog, folder / "catalog")
    (read, read_hash), (write, write_hash) = new_key(), new_key()
    settings = Settings(
        catalog=str(catalog), uploads=folder / "uploads", read_keys=[read_hash], write_keys=[write_hash]
    )
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() < until, "the service did not start within a minute"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Live(f"http://127.0.0.1:{port}", read, write)
    server.should_exit = True
    thread.join(timeout=30)
    assert not thread.is_alive(), "the service did not stop"
