"""Does the catalogue find what is alike? Our embedding against plain baselines, on photos it was not made of.

    python benchmarks/retrieval.py PRODUCTS [--indexed DIR] [--catalog PHOTOS] [--json FILE]

PRODUCTS is a folder with ``photos/`` and ``styles.csv`` (``id``, ``articleType``, ``baseColour``): one
product each on a plain ground. Each photo is a query to all others: which share of the ten nearest has its
type, or its colour? Photos that are all but the same (gradients and colours) are left out, as the query is.
DIR is what ``attire index PRODUCTS/photos`` made: the vectors that its rows hold are measured beside those
made here, of each photo the surest row.
PHOTOS are numbered street photos: is a garment of the same category in a photo at most three numbers away
among the nearest, and is the other shoe of a pair? Intervals are bootstrap over queries, 95 %. What is read
is kept in --cache. Wants the extras catalog and openvino.
"""

import argparse
import csv
import json
import re
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from attire.atomic import write_text
from attire.bundled import bundled_embedding, bundled_model
from attire.catalog.colours import colour_shares, dominant_colours
from attire.catalog.embedding import Projection, RoiEncoder
from attire.catalog.encoder import weigh
from attire.catalog.store import Store
from retrieval_features import Features, Floats, read_looks, read_products
from retrieval_scores import (
    Score,
    near_duplicates,
    nearest,
    outfits_found,
    partners_found,
    precision,
    random_precision,
)

WEIGHTS = {
    "ours: shape": {"pattern": 0.0, "colour": 0.0},
    "ours: pattern": {"shape": 0.0, "colour": 0.0},
    "ours: colour": {"shape": 0.0, "pattern": 0.0},
    "ours: shape 3, pattern 1": {"shape": 3.0, "colour": 0.0},
    "ours: all alike": {},
    "ours: shape 3, pattern 1, colour 1": {"shape": 3.0},
    "ours: shape 1, pattern 1, colour 3": {"colour": 3.0},
}
"""What is measured, by name."""
NAMES = {
    "Black": "black", "Blue": "blue", "White": "white", "Grey": "grey", "Brown": "brown", "Red": "red",
    "Green": "green", "Navy Blue": "navy", "Purple": "purple", "Pink": "pink", "Beige": "beige",
    "Maroon": "burgundy", "Yellow": "yellow", "Olive": "olive", "Orange": "orange", "Cream": "cream",
    "Tan": "tan", "Charcoal": "charcoal", "Khaki": "khaki", "Off White": "cream", "Magenta": "magenta",
    "Lavender": "lavender", "Peach": "peach", "Mustard": "mustard", "Teal": "teal", "Rust": "rust",
    "Coffee Brown": "brown", "Turquoise Blue": "turquoise", "Burgundy": "burgundy", "Grey Melange": "grey",
}  # fmt: skip
"""Their names of colours and ours; metals and "Multi" have none."""
SHOE = 23


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("products", type=Path)
    parser.add_argument("--indexed", help="catalogue of the same products")
    parser.add_argument("--catalog", type=Path, help="folder of numbered street photos")
    parser.add_argument("--model", type=Path, help="exported network; the int8 one in the box if absent")
    parser.add_argument("--embedding", type=Path, help="what tools/embedding.py wrote; the one in the box")
    parser.add_argument("--cache", type=Path, default=Path("runs/retrieval"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    model = options.model or bundled_model(".int8.onnx")
    projection = Projection.load(options.embedding or bundled_embedding())
    console = Console(width=110)

    styles = read_styles(options.products)
    photos = options.products / "photos"
    files = [path for path in sorted(photos.iterdir(), key=lambda p: int(p.stem)) if path.stem in styles]
    features = read_products(files, model, options.cache)
    indexed = {} if options.indexed is None else vectors_in(options.indexed, features)
    products, colours = score_products(features, styles, projection, indexed)
    show(console, f"{len(features)} products: mean precision@10", products)
    show_colours(console, colours)
    report = {"products": products}
    if options.catalog is not None:
        files = sorted(path for path in options.catalog.iterdir() if path.suffix == ".jpg")
        looks = read_looks(files, model, options.cache)
        report["outfits"] = score_outfits(looks, projection)
        show(console, f"{len(looks)} garments of {len(files)} street photos", report["outfits"])
    if options.json is not None:
        plain = {
            k: {n: {m: asdict(s) for m, s in row.items()} for n, row in v.items()} for k, v in report.items()
        }
        content = {"embedding": projection.version, **plain, "names": colours}
        write_text(options.json, json.dumps(content, indent=1))


def read_styles(folder: Path) -> dict[str, dict[str, str]]:
    """Read what the shop says of each photo, by its number."""
    with (folder / "styles.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def vectors_of(features: Features, projection: Projection) -> dict[str, Floats]:
    """Make all that is compared, rows of length 1: baselines, and our parts weighed in different ways."""
    began = time.process_time()
    parts = {name: layer(features.pooled) for name, layer in projection.layers.items()}
    colour = np.stack([colour_shares(pixels) for pixels in features.pixels]) @ projection.colour
    parts["colour"] = unit(colour)
    spent = (time.process_time() - began) / len(features)
    Console().print(f"From pooled features and pixels to a vector: {1000 * spent:.2f} ms of one core each")
    ends = np.cumsum([part.shape[1] for part in parts.values()]).tolist()
    places = {n: slice(e - p.shape[1], e) for (n, p), e in zip(parts.items(), ends, strict=True)}
    whole = unit(np.concatenate(list(parts.values()), axis=1))
    made = {
        "raw RGB histogram, 512 bins": unit(features.histogram),
        "oriented gradients (HOG)": unit(features.hog),
        "plain mean of the deepest map": unit(features.pooled.means[-1]),
    }
    for name, weights in WEIGHTS.items():
        made[name] = weighed(whole, places, weights)
    return made


def vectors_in(catalog: str, features: Features) -> dict[str, Floats]:
    """Take vectors from the table, the parts weighed in the same ways; zeros where a photo has no row."""
    parts = RoiEncoder.load().parts
    place = {name: row for row, name in enumerate(features.name.tolist())}
    whole = np.zeros((len(features), max(part.stop for part in parts.values())), np.float32)
    for row in Store.open(catalog).rows(["photo_uri", "garment", "embedding"]).to_pylist():
        if row["garment"] == 0:
            whole[place[row["photo_uri"].rpartition("/")[2]]] = row["embedding"]
    return {f"indexed, {name}": weighed(whole, parts, weights) for name, weights in WEIGHTS.items()}


def weighed(whole: Floats, parts: Mapping[str, slice], weights: dict[str, float]) -> Floats:
    """Weigh the parts of all rows: by roots on both sides, which ranks as weighing one side does."""
    roots = {part: float(np.sqrt(weights.get(part, 1.0))) for part in parts}
    return np.stack([weigh(row, parts, roots) for row in whole])


def unit(rows: Floats) -> Floats:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def score_products(
    features: Features,
    styles: dict[str, dict[str, str]],
    projection: Projection,
    indexed: dict[str, Floats],
) -> tuple[dict[str, dict[str, Score]], dict[str, float]]:
    """Measure types and colours, and how often colours are named as the shop names them."""
    rows = [styles[Path(name).stem] for name in features.name]
    labels = {
        column: np.unique([row[column] for row in rows], return_inverse=True)[1]
        for column in ("articleType", "baseColour")
    }
    left_out = near_duplicates(features.hog, features.histogram)
    print(f"near-duplicates left out: {sum(map(len, left_out.values())) // 2} pairs")
    chance = {n: random_precision(label, left_out) for n, label in labels.items()}
    shares = {"random": chance}
    for name, vectors in (vectors_of(features, projection) | indexed).items():
        found = nearest(vectors, left_out)
        shares[name] = {n: precision(found, y) for n, y in labels.items()}
    for part, column in (("shape", "articleType"), ("colour", "baseColour")):
        rival = max((n for n in shares if "ours" not in n), key=lambda n: shares[n][column].mean())
        for name in (f"ours: {part}", f"indexed, ours: {part}"):
            if name in shares:
                gain = Score.of(shares[name][column] - shares[rival][column])
                said = f"{gain.value:+.4f} ({gain.low:+.4f} to {gain.high:+.4f})"
                print(f"{column}: {name} over {rival}: {said}")
    report = {name: {n: Score.of(values) for n, values in row.items()} for name, row in shares.items()}
    return report, name_agreement(features, [row["baseColour"] for row in rows])


def name_agreement(features: Features, shop: list[str]) -> dict[str, float]:
    """Compare our names of colours with the shop's, where it has one that we have, too."""
    told = [
        (NAMES[s], dominant_colours(px)) for s, px in zip(shop, features.pixels, strict=True) if s in NAMES
    ]
    found: dict[str, float] = {"photos": len(told)}
    found["first"] = float(np.mean([wanted == ours[0].name for wanted, ours in told]))
    found["any"] = float(np.mean([wanted in [c.name for c in ours] for wanted, ours in told]))
    for name in sorted({wanted for wanted, _ in told}):
        own = [ours[0].name for wanted, ours in told if wanted == name]
        most, counts = np.unique(own, return_counts=True)
        order = np.argsort(-counts)[:4]
        said = ", ".join(f"{most[i]} {counts[i] / len(own):.0%}" for i in order)
        found[f"{name} ({len(own)}): {said}"] = float(np.mean([one == name for one in own]))
    return found


def score_outfits(features: Features, projection: Projection) -> dict[str, dict[str, Score]]:
    photo = np.array([int(re.sub(r"\D", "", Path(name).stem)) for name in features.name])
    random = np.random.default_rng(0).normal(size=(len(features), 64)).astype(np.float32)
    report = {}
    for name, vectors in {"random": unit(random), **vectors_of(features, projection)}.items():
        category = features.category
        report[name] = {
            "neighbour in the first 5": Score.of(outfits_found(vectors, photo, category)),
            "other shoe is the first": Score.of(partners_found(vectors, photo, category, SHOE)),
        }
    return report


def show(console: Console, title: str, report: dict[str, dict[str, Score]]) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("vectors")
    for column in next(iter(report.values())):
        table.add_column(column, justify="right")
    for name, row in report.items():
        cells = [f"{s.value:.3f}  ({s.low:.3f}-{s.high:.3f})" for s in row.values()]
        table.add_row(name, *cells)
    console.print(table)


def show_colours(console: Console, colours: dict[str, float]) -> None:
    console.print(
        f"Colours of {colours['photos']:.0f} products: the first is the shop's in {colours['first']:.1%}, "
        f"one of them in {colours['any']:.1%}"
    )
    for name, share in colours.items():
        if "(" in name:
            console.print(f"  {share:5.1%}  {name}", highlight=False)


if __name__ == "__main__":
    main()
