"""The report as JSON, as tables and as a page."""

import json
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from attire.annotations import Layout
from attire.dataset import Dataset
from attire.evaluate import Bootstrap, Candidate, Provenance, evaluate
from attire.evaluate.breakdown import PhotoRow
from attire.evaluate.gallery import choose_photos
from attire.evaluate.tables import left_out, report_tables
from attire.evaluate.writing import write_report


@pytest.fixture
def dataset(made_up, tmp_path):
    truth = made_up(6)
    folder = tmp_path / "data"
    folder.mkdir()
    for name in truth.image_ids:
        Image.fromarray(np.full((60, 48, 3), 90, np.uint8)).save(folder / str(name))
    layout = Layout(kind="imaterialist", root=folder, annotations=None, photos_dir=folder, descriptions=None)
    return Dataset(records=truth, layout=layout)


def photo(score, categories=0.0, truths=2):
    return PhotoRow(
        image_id="", score=score, score_categories=categories, truths=truths, predictions=0, hits=0
    )


def test_json_holds_no_nan(made_up, quick):
    truth = made_up()
    nothing = truth.keep(np.zeros(len(truth.category_ids), bool))
    for real, said in ((truth, nothing), (nothing, truth), (nothing, nothing)):
        written = json.dumps(evaluate(real, said, bootstrap=quick).to_dict(), allow_nan=False)
        assert json.loads(written)["photos"] == len(truth)


def test_tables_fit_a_narrow_terminal(made_up, mishaps, quick):
    truth = made_up(20)
    report = evaluate(truth, mishaps["muddled"](truth), bootstrap=quick)
    console = Console(width=80, record=True, file=SimpleNamespace(write=len, flush=bool))
    for table in report_tables(report):
        console.print(table)
    assert "…" not in console.export_text()


def test_worst_and_best_photos_do_not_meet():
    rows = [photo(0.5), photo(0.0, 0.4), photo(0.0, 0.2), photo(1.0), photo(1.0, truths=0)]
    worst, best = choose_photos(rows, 2)
    assert (worst, best) == ([2, 1], [3, 0])
    assert choose_photos(rows[:1], 2) == ([], [0])
    assert choose_photos([], 2) == ([], [])


class _Tags(HTMLParser):
    """Collects what a page would load, and checks that its elements close."""

    def __init__(self):
        super().__init__()
        self.sources, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.sources += [value for name, value in attrs if name in ("src", "href")]
        if tag not in ("img", "meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_page_is_whole_and_escaped(dataset, mishaps, quick, tmp_path):
    said = mishaps["muddled"](dataset.records)
    origin = Provenance(data="x", split="<script>alert(1)</script>", predictions="a&b.csv")
    report = evaluate(dataset.records, said, bootstrap=quick, provenance=origin)
    page = write_report(report, dataset, said, tmp_path / "out", photos=2).read_text()
    assert "<script" not in page
    assert "a&amp;b.csv" in page
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert all(source.startswith(("data:", "#")) for source in tags.sources)
    assert sum(source.startswith("data:image/jpeg") for source in tags.sources) == 4


def test_missing_photo_is_told_and_the_rest_goes_on(dataset, mishaps, quick, tmp_path):
    for name in dataset.records.image_ids:
        dataset.layout.photo_path(str(name)).unlink()
    said = mishaps["dropped"](dataset.records)
    report = evaluate(dataset.records, said, bootstrap=quick)
    page = write_report(report, dataset, said, tmp_path / "out").read_text()
    assert "000.jpg" in page
    assert "data:image/jpeg" not in page


def test_page_without_predictions_or_intervals(dataset, tmp_path):
    nothing = dataset.records.keep(np.zeros(len(dataset.records.category_ids), bool))
    report = evaluate(dataset.records, nothing, bootstrap=Bootstrap(resamples=0))
    page = write_report(report, dataset, nothing, tmp_path / "out", photos=1).read_text()
    assert f"The score is {report.score.image.value:.3f}<" in page
    assert "(– to –)" not in page


def test_what_nobody_labelled_counts_only_when_asked_to(made_up, mishaps, quick):
    truth = made_up(8)
    gone = int(truth.category_ids[0])
    partial = truth.keep(truth.category_ids != gone)
    literal = evaluate(partial, truth, bootstrap=quick)
    fair = evaluate(
        partial, truth, unlabelled="unknown", bootstrap=quick, baselines={"same": Candidate(kept=truth)}
    )
    assert literal.score_categories.pooled.value < 1
    assert fair.score_categories.pooled.value == fair.baselines["same"].score_categories.pooled.value == 1
    assert (literal.left_out, fair.left_out) == (0, int((truth.category_ids == gone).sum()))
    assert f"{fair.left_out} more are of categories" in left_out(fair)
    assert left_out(literal) == ""


def test_where_the_truth_is_empty_everything_counts(made_up, quick):
    said = made_up(3)
    nothing = said.keep(np.zeros(len(said.category_ids), bool))
    report = evaluate(nothing, said, unlabelled="unknown", bootstrap=quick)
    assert report.left_out == 0
    assert report.score.pooled.value == 0
