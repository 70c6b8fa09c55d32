import re
from html.parser import HTMLParser

import pyarrow as pa
import pytest
from PIL import Image
from tests.catalog.made_up import DIMENSIONS, made_up_row
from tests.catalog.trends.conftest import rows_over_time

from attire.catalog.garment import Garment
from attire.catalog.store import Store
from attire.catalog.trends import trends
from attire.catalog.trends.thumbnails import Thumbnails, cut_out
from attire.errors import DataError

EVIL = '<script>alert("x")</script>'


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.open = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href", "xlink:href")]
        assert not [name for name, _ in attributes if name.startswith("on")]
        if tag not in ("meta", "img", "br", "line", "circle", "polygon", "polyline", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("line", "circle", "polygon", "polyline", "rect"):
            assert self.open.pop() == tag


def tags_of(path) -> Tags:
    tags = Tags()
    tags.feed(path.read_text(encoding="utf-8"))
    assert not tags.open
    return tags


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("photos") / "photo.jpg"
    image = Image.new("RGB", (300, 400), "white")
    image.paste((200, 0, 0), (10, 20, 110, 220))
    image.save(path)
    return path


@pytest.fixture(scope="module")
def evil(tmp_path_factory, photo):
    """A catalogue in whose every text there is a script."""
    store = Store.create(
        tmp_path_factory.mktemp("evil") / "catalog", DIMENSIONS, [pa.field(EVIL, pa.string())]
    )
    rows = rows_over_time(photo_uri=str(photo), source=EVIL)
    for place, row in enumerate(rows):
        row |= {"category": EVIL if row["category"] == "shoe" else "dress", EVIL: f"{EVIL}{place % 3}"}
        row["colours"] = [EVIL if colour == "red" else colour for colour in row["colours"]]
    store.add(rows)
    return store


@pytest.mark.parametrize("by", ["month", EVIL])
def test_the_page_needs_nothing_else_and_runs_nothing(evil, tmp_path, by):
    report = trends(evil, by=by, brief=f"{EVIL} dress, no {EVIL}")
    for path in (report.write_html(tmp_path / "index.html"), report.write_brief(tmp_path / "brief.html")):
        tags = tags_of(path)
        assert "script" not in tags.tags
        assert "link" not in tags.tags
        assert all(link.startswith(("data:image/jpeg;base64,", "#")) for link in tags.links)
        assert "http" not in path.read_text(encoding="utf-8")
        assert "&lt;script&gt;" in path.read_text(encoding="utf-8")


def test_there_are_pictures_behind_every_line_that_moves(evil, tmp_path):
    report = trends(evil, by="month")
    page = report.write_html(tmp_path / "index.html").read_text(encoding="utf-8")
    moving = report.of_group("emerging", "rising", "fading")
    assert moving
    assert page.count('<li class="line">') >= len(moving)
    assert page.count("data:image/jpeg") >= 4 * len(moving)
    assert page.count('<svg class="chart"') >= len(moving)


def test_a_missing_photo_leaves_a_placeholder(grown, tmp_path):
    page = trends(grown).write_html(tmp_path / "index.html").read_text(encoding="utf-8")
    assert "photo not at hand" in page
    assert "data:image" not in page


def test_the_same_report_gives_the_same_page(grown, tmp_path):
    pages = [trends(grown).write_html(tmp_path / f"{i}.html").read_bytes() for i in range(2)]
    assert pages[0] == pages[1]


def test_shapes_in_charts_lie_within_them(grown, tmp_path):
    page = trends(grown).write_html(tmp_path / "index.html").read_text(encoding="utf-8")
    points = [p.split(",") for text in re.findall(r'points="([^"]+)"', page) for p in text.split()]
    assert points
    assert all(0 <= float(x) <= 360 and 0 <= float(y) <= 132 for x, y in points)


def test_a_garment_is_cut_out_by_its_box_even_from_a_reduced_photo(tmp_path):
    path = tmp_path / "large.jpg"
    image = Image.new("RGB", (2400, 3200), "white")
    image.paste((0, 0, 200), (800, 1600, 1600, 2400))
    image.save(path, quality=95)
    row = made_up_row(1, photo_width=2400, photo_height=3200, box=[800.0, 1600.0, 1600.0, 2400.0])
    picture = cut_out(path, Garment.from_row(row), 150)
    assert max(picture.size) == 150
    red, _, blue = picture.getpixel((75, 75))
    assert (red < 40, blue > 160) == (True, True)
    assert min(picture.getpixel((2, 2))) > 200


def test_pictures_stop_where_the_page_would_become_too_large(photo):
    garments = [Garment.from_row(made_up_row(i, photo_uri=str(photo))) for i in range(9)]
    thumbnails = Thumbnails(most_bytes=2000)
    made = [thumbnails.data_uri(garment) for garment in garments]
    assert made[0] is not None
    assert made[-1] is None
    assert thumbnails.data_uri(garments[0]) == made[0]


def test_a_page_of_a_brief_needs_a_brief(grown, tmp_path):
    with pytest.raises(DataError, match="no brief"):
        trends(grown).write_brief(tmp_path / "brief.html")
