import json
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from attire.dataset import open_dataset
from attire.explore import explore
from attire.ontology import Category, Ontology

FIGURES = {
    "attribute_frequency",
    "attributes_of_categories",
    "category_frequency",
    "mask_areas",
    "mask_positions",
    "per_photo",
    "photo_sizes",
    "together",
}


def test_every_figure_is_there_and_shows_something(page):
    assert {path.stem for path in page.parent.glob("*.png")} == FIGURES | {"gallery"}
    for path in page.parent.glob("*.png"):
        with Image.open(path) as picture:
            assert min(picture.size) > 100
            assert np.asarray(picture.convert("L")).std() > 2


def test_the_page_needs_nothing_else(page):
    html = page.read_text(encoding="utf-8")
    assert not re.search(r"https?:|<script|<link|@import|url\(", html)
    assert set(re.findall(r'src="(.{10})', html)) == {"data:image"}
    assert html.count('src="data:image/png') == len(FIGURES)
    assert html.count('src="data:image/jpeg') == 3


def test_every_figure_has_words_with_a_number(page):
    html = page.read_text(encoding="utf-8")
    for alt in re.findall(r'<img [^>]*alt="([^"]*)"', html):
        assert len(alt) > 10
    sections = re.findall(r'<section id="(\w+)".*?</section>', html, re.DOTALL)
    assert set(sections) == FIGURES | {"looks"}
    for caption in re.findall(r"<h2>(.*?)</figcaption>", html, re.DOTALL):
        assert re.search(r"\d", re.sub(r'src="[^"]*"', "", caption))


def test_the_page_says_the_headline_numbers(page):
    html = page.read_text(encoding="utf-8")
    assert "<dd>3 of 46</dd>" in html  # categories seen
    assert "<dd>67%</dd>" in html
    assert "<dt>of instances with attributes</dt><dd>33%</dd>" in html


def test_the_numbers_are_written_beside_it(page, dataset):
    numbers = json.loads((page.parent / "numbers.json").read_text(encoding="utf-8"))
    assert (numbers["data"], numbers["photos"], numbers["instances"]) == ("looks", 3, 6)
    assert numbers["missing_photos"] == 0
    assert numbers["fingerprint"] == dataset.fingerprint


def test_names_are_escaped_wherever_they_come_from(dataset, tmp_path):
    evil = '<script>alert("x")</script> $x_{$'
    categories = tuple(
        Category(c.id, f"{c.name[:3]} {c.id} {evil}", evil) for c in dataset.ontology.categories
    )
    old = dataset.ontology
    ontology = Ontology(evil, categories, old.attributes, old.groups)
    records = replace(dataset.records, ontology=ontology)
    page = explore(replace(dataset, records=records), tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_missing_photos_are_counted_not_fatal(dataset, tmp_path):
    for photo in range(len(dataset)):
        dataset.photo_path(photo).unlink()
    page = explore(dataset, tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    assert "3 photos (100%) of the annotations are not there as files." in html
    assert "image/jpeg" not in html
    assert not (page.parent / "gallery.png").exists()


def test_a_photo_of_another_size_is_passed_over(dataset, tmp_path):
    Image.new("RGB", (33, 12)).save(dataset.photo_path(0))
    html = explore(dataset, tmp_path / "report").read_text(encoding="utf-8")
    assert "1 photo could not be drawn" in html


def test_a_plain_folder_of_photos(folder, tmp_path):
    page = explore(open_dataset(folder / "photos"), tmp_path / "report")
    assert {path.name for path in page.parent.iterdir()} == {
        "index.html",
        "numbers.json",
        "photo_sizes.png",
        "gallery.png",
    }
    html = page.read_text(encoding="utf-8")
    assert "4 photos, nothing annotated in them yet." in html
    assert html.count("image/jpeg") == 4


def test_the_same_data_give_the_same_page(dataset, page, tmp_path):
    again = explore(dataset, tmp_path / "again")
    assert again.read_bytes() == page.read_bytes()


@pytest.mark.data
def test_real_photos(ccp, tmp_path):
    page = explore(open_dataset(ccp / "val"), tmp_path / "report", gallery=2)
    numbers = json.loads((page.parent / "numbers.json").read_text(encoding="utf-8"))
    assert numbers["photos"] == 100
    assert numbers["instances_per_photo"]["share_2_to_10"] > 0.9
    assert 100_000 < page.stat().st_size < 5_000_000
