"""Does the catalogue hold what is in its photos? Rows of an index against tags of whole photos.

    python benchmarks/presence.py CATALOG TAGS [--json FILE]

CATALOG is what ``attire index`` made of photos, TAGS a table with ``ImageId`` (file name) and ``ClassIds``
(numbers of categories, separated by spaces): what somebody saw anywhere in the photo. For each category:
in which share of the photos with rows of it is it tagged (precision), and of which share of the photos tagged
with it are there rows (recall)? Categories that no photo is tagged with are not judged. Tags say nothing of
number or place. Intervals are bootstrap over photos, 95 %.
"""

import argparse
import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from attire.atomic import write_text
from attire.catalog.store import Store
from attire.ontology import Ontology

Flags = npt.NDArray[np.bool_]
_RESAMPLES = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalog")
    parser.add_argument("tags", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    ontology = Ontology.imaterialist2019()
    tagged = read_tags(options.tags)
    photos = sorted(tagged)
    truth = np.zeros((len(photos), len(ontology.categories)), bool)
    for row, photo in enumerate(photos):
        truth[row, tagged[photo]] = True
    scores = read_scores(options.catalog, photos, len(ontology.categories))
    judged = np.flatnonzero(truth.any(axis=0))
    truth, scores = truth[:, judged], scores[:, judged]
    names = [ontology.categories[int(category)].short_name for category in judged]
    report = judge(truth, scores, names)
    show(report, len(photos))
    if options.json is not None:
        write_text(options.json, json.dumps(report, indent=1))


def read_tags(path: Path) -> dict[str, list[int]]:
    """Read the categories seen in each photo, by the name of its file."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["ImageId"]: [int(one) for one in row["ClassIds"].split()] for row in csv.DictReader(file)}


def read_scores(catalog: str, photos: list[str], categories: int) -> npt.NDArray[np.float64]:
    """Give the highest score of a row of each category in each photo; 0 where there is no row."""
    place = {photo: row for row, photo in enumerate(photos)}
    scores = np.zeros((len(photos), categories))
    for row in Store.open(catalog).rows(["photo_uri", "category_id", "score"]).to_pylist():
        photo = place[row["photo_uri"].rpartition("/")[2]]
        scores[photo, row["category_id"]] = max(scores[photo, row["category_id"]], row["score"])
    return scores


def judge(truth: Flags, scores: npt.NDArray[np.float64], names: list[str]) -> dict[str, Any]:
    """Count over all rows, over those with a score of a half or more, and category by category."""
    report: dict[str, Any] = {
        "all rows": rates(truth, scores > 0),
        "score 0.5 or more": rates(truth, scores >= 0.5),
    }
    for n, name in enumerate(names):
        one = slice(n, n + 1)
        report[name] = {"photos": int(truth[:, n].sum()), **rates(truth[:, one], scores[:, one] > 0)}
    return report


def rates(truth: Flags, found: Flags) -> dict[str, list[float]]:
    """Precision, recall and F1 over all photos and categories given: value, lower and upper end."""
    right, said, there = (truth & found).sum(axis=1), found.sum(axis=1), truth.sum(axis=1)
    draws = np.random.default_rng(0).integers(0, len(truth), (_RESAMPLES, len(truth)))

    def all_three(photos: npt.NDArray[np.int64]) -> list[float]:
        hits, claims, tags = (counts[photos].sum() for counts in (right, said, there))
        return [
            hits / claims if claims else np.nan,
            hits / tags if tags else np.nan,
            2 * hits / (claims + tags) if claims + tags else np.nan,
        ]

    values = all_three(np.arange(len(truth)))
    resampled = np.array([all_three(draw) for draw in draws])
    report = {}
    for i, kind in enumerate(("precision", "recall", "F1")):
        known = resampled[~np.isnan(resampled[:, i]), i]
        ends = np.quantile(known, [0.025, 0.975]).tolist() if len(known) else [np.nan, np.nan]
        report[kind] = [float(values[i]), *ends]
    return report


def show(report: dict[str, Any], photos: int) -> None:
    table = Table(title=f"Categories of {photos} photos: rows against tags", title_justify="left")
    for column in ("", "photos tagged", "precision", "recall", "F1"):
        table.add_column(column, justify="left" if not column else "right")
    for name, row in sorted(report.items(), key=lambda item: -item[1].get("photos", photos + 1)):
        cells = [written(*row[kind]) for kind in ("precision", "recall", "F1")]
        table.add_row(name, str(row.get("photos", "")), *cells)
    Console(width=110).print(table)


def written(value: float, low: float, high: float) -> str:
    return "no rows" if np.isnan(value) else f"{value:.3f} ({low:.3f}-{high:.3f})"


if __name__ == "__main__":
    main()
