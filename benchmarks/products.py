"""Product photos: are they recognised, named, and known again? Figures of docs/product-photos.md.

    python benchmarks/products.py ground                     # plain grounds among products and street photos
    python benchmarks/products.py read [-n 1000]             # reads 2 n products, into runs/products.npz
    python benchmarks/products.py fit                        # prints product_names.json from the first half
    python benchmarks/products.py report                     # figures of the second half
    python benchmarks/products.py copies                     # distances of perceptual hashes

Products are shuffled once (seed 7): the first n are for choosing, the next n for reporting. The truth is
styles.csv's articleType, where one of our categories says the same; several may be right.
"""

import argparse
import csv
import io
import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from attire.catalog.items.evidence import outline_shape, product_evidence
from attire.catalog.items.framing import COPIES, frame_photo
from attire.catalog.items.ground import find_ground
from attire.catalog.items.look_hash import DUPLICATE_BITS, look_hash
from attire.catalog.items.naming import FAINT, ProductNames
from attire.catalog.items.rows import garments_of
from attire.ontology import Ontology
from attire.photos import list_photos, read_photo
from attire.predict import Predictor
from attire.progress import track

Numbers = npt.NDArray[np.float64]
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 7
RIDGE = 0.1
"""Weight of the squared parameters against the log likelihood summed over photos."""

_KINDS = {
    "shirt": "Shirts",
    "top": "Tshirts, Sweatshirts",
    "top or shirt": "Tops",
    "sweater or cardigan": "Sweaters",
    "cardigan": "Shrug",
    "jacket or coat": "Jackets",
    "vest": "Waistcoat",
    "dress or top or shirt": "Kurtas, Kurtis, Tunics",
    "dress": "Dresses",
    "pants": "Jeans, Trousers, Track Pants, Capris, Churidar, Lounge Pants",
    "pants or tights": "Leggings",
    "tights": "Stockings, Tights",
    "shorts": "Shorts, Lounge Shorts",
    "skirt": "Skirts",
    "sock": "Socks",
    "shoe": "Casual Shoes, Sports Shoes, Formal Shoes, Flats, Heels, Flip Flops, Sandals, Sports Sandals",
    "bag": "Handbags, Backpacks, Clutches, Duffel Bag, Laptop Bag, Messenger Bag, Rucksacks, Waist Pouch, "
    "Mobile Pouch, Wallets",
    "belt": "Belts",
    "glasses": "Sunglasses",
    "glove": "Gloves",
    "hat": "Caps, Hat",
    "headband": "Headband",
    "scarf": "Mufflers, Scarves, Stoles, Dupatta",
    "tie": "Ties",
    "umbrella": "Umbrellas",
    "watch": "Watches",
}
"""Our categories and the article types that are one of them."""


def article_types(ontology: Ontology) -> dict[str, frozenset[int]]:
    """Category ids that are right for each article type; types without a category of ours are left out."""
    return {
        article: frozenset(ontology.category(name).id for name in names.split(" or "))
        for names, articles in _KINDS.items()
        for article in articles.split(", ")
    }


def sample(data: Path, n: int) -> list[tuple[Path, str]]:
    """Draw 2 n products: photo and article type."""
    with (data / "products" / "styles.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted((row["id"], row["articleType"]) for row in csv.DictReader(file))
    random.Random(SEED).shuffle(rows)
    return [(data / "products" / "photos" / f"{name}.jpg", article) for name, article in rows[: 2 * n]]


def grounds(data: Path, console: Console) -> None:
    """Print how many photos have a plain ground."""
    for name, folders in (
        ("products", ["products/photos"]),
        ("street photos, ccp/val and ccp/catalog", ["ccp/val/photos", "ccp/catalog/photos"]),
        ("street photos, ccp/train", ["ccp/train/photos"]),
    ):
        paths = [path for folder in folders for path in list_photos(data / folder)]
        plain = sum(find_ground(read_photo(p, max_side=512)) is not None for p in track(paths, name))
        console.print(f"{name}: {plain} of {len(paths)} on a plain ground, {100 * plain / len(paths):.2f} %")


def read(data: Path, n: int, path: Path, part: slice, threads: int | None) -> None:
    """Read products in their frames, and as they are, and keep what the network says of them."""
    predictor = Predictor.load(threads=threads)
    width = len(predictor.ontology.categories)
    names, evidence, shapes, own, framed_too = [], [], [], [], []
    for photo, article in track(sample(data, n)[part], "Reading products"):
        framed = frame_photo(photo)
        framed_too.append(framed.product is not None)
        found = predictor(framed.readable, keep="all")
        plain = predictor(photo)
        best = [place for place, _ in garments_of(plain)][:1]
        own.append((int(plain.category_ids[best[0]]), float(plain.scores[best[0]])) if best else (-1, 0.0))
        names.append(article)
        if framed.product is None:
            evidence.append(np.zeros((len(COPIES), width)))
            shapes.append(np.zeros(3))
        else:
            evidence.append(product_evidence(found, framed.product.copies))
            shapes.append(outline_shape(framed.product.outline))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        article=np.array(names),
        evidence=np.array(evidence, np.float32),
        shape=np.array(shapes),
        own=np.array(own),
        framed=np.array(framed_too),
    )


class Seen:
    """What was read of products, with their truth."""

    def __init__(self, path: Path, *, second_half: bool) -> None:
        self.ontology = Ontology.imaterialist2019()
        right = article_types(self.ontology)
        parts = [np.load(one) for one in sorted(path.parent.glob(f"{path.stem}*.npz"))]
        whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0].files}
        half = len(whole["article"]) // 2
        these = slice(half, None) if second_half else slice(0, half)
        article, framed = whole["article"][these], whole["framed"][these]
        self.photos, self.unframed = len(article), int((~framed).sum())
        mapped = np.array([name in right for name in article.tolist()])
        self.unmapped = int((~mapped).sum())
        self.article = article[mapped]
        self.truth = np.zeros((len(self.article), len(self.ontology.categories)), bool)
        for row, name in zip(self.truth, self.article.tolist(), strict=True):
            row[list(right[name])] = True
        self.evidence = whole["evidence"][these][mapped].astype(np.float64)
        self.shape, self.own = whole["shape"][these][mapped], whole["own"][these][mapped]
        self.framed = framed[mapped]


def fit(seen: Seen) -> ProductNames:
    """Fit the few numbers of a naming by the likelihood of right categories."""
    categories = seen.ontology.categories
    named = [c.id for c in categories if not c.is_part]
    logs = np.log(seen.evidence + FAINT)[:, :, named][seen.framed]
    shape, truth = seen.shape[seen.framed], seen.truth[:, named][seen.framed]
    places, count = logs.shape[1], len(named)

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        bias, weights = flat[:count], flat[count : count + places]
        slopes = flat[count + places :].reshape(count, -1)
        odds = bias + np.einsum("k,nkc->nc", weights, logs) + shape @ slopes.T
        odds -= odds.max(axis=1, keepdims=True)
        likely = np.exp(odds)
        likely /= likely.sum(axis=1, keepdims=True)
        hit = np.maximum((likely * truth).sum(axis=1), 1e-12)
        slope = likely - likely * truth / hit[:, None]
        away = np.concatenate([bias, weights - 0.5, slopes.ravel()])
        gradient = np.concatenate(
            [slope.sum(axis=0), np.einsum("nc,nkc->k", slope, logs), (slope.T @ shape).ravel()]
        )
        return float(-np.log(hit).sum() + RIDGE * (away**2).sum() / 2), gradient + RIDGE * away

    start = np.concatenate([np.zeros(count), np.full(places, 0.5), np.zeros(count * shape.shape[1])])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    slopes = best[count + places :].reshape(count, -1)
    return ProductNames(
        bias={categories[c].name: float(best[i]) for i, c in enumerate(named)},
        places=tuple(best[count : count + places].tolist()),
        shape={categories[c].name: tuple(slopes[i].tolist()) for i, c in enumerate(named)},
    )


def report(seen: Seen, names: ProductNames, console: Console) -> None:
    """Print how many are named rightly, and how sure that is."""
    likely = np.array([names(e, s, seen.ontology) for e, s in zip(seen.evidence, seen.shape, strict=True)])
    said, sure = likely.argmax(axis=1), likely.max(axis=1)
    own = seen.own[:, 0].astype(int)
    said = np.where(seen.framed, said, own)
    sure = np.where(seen.framed, sure, seen.own[:, 1])
    before, after = _right(seen.truth, own), _right(seen.truth, said)
    console.print(
        f"{seen.photos} photos, {seen.unmapped} of types without a category of ours, {seen.unframed} read as "
        f"street photos\nwith a row: {100 * (own >= 0).mean():.1f} % before, "
        f"{100 * (said >= 0).mean():.1f} % after"
        f"\nmain category right: {_interval(before)} before, {_interval(after)} after"
    )
    sums = [("sum over places, nothing fitted", seen.evidence.sum(axis=1))]
    sums += [(f"as large as a {copy.like} only", seen.evidence[:, k]) for k, copy in enumerate(COPIES)]
    for what, evidence in sums:
        console.print(f"{what}: {100 * _right(seen.truth, evidence.argmax(axis=1)).mean():.1f} %")
    _by_type(seen, before, after, said, console)
    _reliability("our score", sure, after, console)
    _reliability("street calibration, read as it is", seen.own[:, 1], before, console)


def _right(truth: npt.NDArray[np.bool_], said: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    right: npt.NDArray[np.bool_] = (said >= 0) & truth[np.arange(len(said)), said]
    return right


def _interval(right: npt.NDArray[np.bool_]) -> str:
    """Share in percent with a bootstrap interval over photos."""
    random_state = np.random.default_rng(0)
    draws = right[random_state.integers(len(right), size=(2000, len(right)))].mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{100 * right.mean():.1f} % ({100 * low:.1f} – {100 * high:.1f})"


def _by_type(
    seen: Seen,
    before: npt.NDArray[np.bool_],
    after: npt.NDArray[np.bool_],
    said: npt.NDArray[np.int64],
    console: Console,
) -> None:
    table = Table("article type", "photos", "before", "after", "most often said")
    types, counts = np.unique(seen.article, return_counts=True)
    for place in np.argsort(-counts).tolist():
        of_type = seen.article == types[place]
        ids, times = np.unique(said[of_type], return_counts=True)
        most = [
            f"{seen.ontology.categories[int(ids[i])].short_name if ids[i] >= 0 else 'nothing'} {times[i]}"
            for i in np.argsort(-times)[:3]
        ]
        shares = [f"{100 * right[of_type].mean():.0f} %" for right in (before, after)]
        table.add_row(str(types[place]), str(counts[place]), *shares, ", ".join(most))
    console.print(table)


def _reliability(what: str, sure: Numbers, right: npt.NDArray[np.bool_], console: Console) -> None:
    table = Table("score", "photos", "mean score", "right", title=what)
    edges, error = np.linspace(0, 1, 11), 0.0
    for low, high in pairwise(edges.tolist()):
        here = (sure >= low) & ((sure < high) | (high == 1))
        if here.any():
            error += here.mean() * abs(sure[here].mean() - right[here].mean())
            table.add_row(
                f"{low:.1f} – {high:.1f}", str(int(here.sum())), f"{sure[here].mean():.2f}",
                f"{right[here].mean():.2f}",
            )  # fmt: skip
    console.print(table, f"expected calibration error {error:.3f}")


def altered(photo: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Copies of a photo as they are met with."""

    def encoded(image: Image.Image, quality: int) -> Image.Image:
        memory = io.BytesIO()
        image.save(memory, "JPEG", quality=quality)
        return Image.open(memory).convert("RGB")

    width, height = photo.size
    cut_x, cut_y = round(0.02 * width), round(0.02 * height)
    inner = photo.crop((cut_x, cut_y, width - cut_x, height - cut_y))
    yield "JPEG of quality 40", encoded(photo, 40)
    yield "half as large", photo.resize((width // 2, height // 2), Image.Resampling.LANCZOS)
    yield "2 % cut off at each side", inner
    yield "2 % cut off at one side", photo.crop((0, 0, width - cut_x, height))
    yield "all of it", encoded(inner.resize((width * 3 // 4, height * 3 // 4)), 60)


def copies(data: Path, console: Console) -> None:
    """Print how far apart hashes are of copies, and of different photos."""
    for name, folder, few in (("products", "products/photos", 400), ("street", "ccp/catalog/photos", 200)):
        paths = list_photos(data / folder)
        random.Random(SEED).shuffle(paths)
        hashes = [look_hash(read_photo(path)) for path in track(paths, f"Hashing {name}")]
        apart: dict[str, list[int]] = {}
        for path, own in zip(track(paths[:few], f"Altering {name}"), hashes, strict=False):
            for what, copy in altered(read_photo(path)):
                apart.setdefault(what, []).append((int(own, 16) ^ int(look_hash(copy), 16)).bit_count())
        table = Table(name, "median", "95 %", "most", f"within {DUPLICATE_BITS}")
        for what, bits in apart.items():
            within = f"{100 * np.mean(np.array(bits) <= DUPLICATE_BITS):.1f} %"
            table.add_row(what, *(f"{np.percentile(bits, q):.0f}" for q in (50, 95, 100)), within)
        console.print(table)
        console.print(_random_pairs(hashes))


def _random_pairs(hashes: list[str]) -> str:
    codes = np.array([int(one, 16) for one in hashes], np.uint64)
    counts = np.zeros(65, np.int64)
    for place in range(len(codes) - 1):
        counts += np.bincount(np.bitwise_count(codes[place + 1 :] ^ codes[place]), minlength=65)
    total = np.cumsum(counts) / counts.sum()
    return "different photos within " + ", ".join(
        f"{bits} bits: {1e6 * total[bits]:.1f} ppm" for bits in (0, 2, 4, 5, 6, 8, 10)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["ground", "read", "fit", "report", "copies"])
    parser.add_argument("-n", type=int, default=1000, help="photos for choosing, and as many for reporting")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--kept", type=Path, default=Path("runs/products.npz"), help="what read keeps")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--part", default="0:", help="of those 2 n, such as 0:500: read them in several runs")
    given = parser.parse_args()
    console = Console(width=110)
    steps: dict[str, Callable[[], None]] = {
        "ground": lambda: grounds(given.data, console),
        "read": lambda: read(given.data, given.n, given.kept, _slice(given.part), given.threads),
        "fit": lambda: print(fit(Seen(given.kept, second_half=False)).to_json()),
        "report": lambda: report(Seen(given.kept, second_half=True), ProductNames.load(), console),
        "copies": lambda: copies(given.data, console),
    }
    steps[given.what]()


def _slice(text: str) -> slice:
    first, _, last = text.partition(":")
    return slice(int(first or 0), int(last) if last else None)


if __name__ == "__main__":
    main()
