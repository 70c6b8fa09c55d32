"""Does what is worn together tell what else is worn? One garment of each photo is hidden and looked for.

    python benchmarks/recommend.py CCP [--fit]

CCP is the folder of Clothing Co-Parsing with `train`, `val` and `catalog/tags.csv`. Statistics are counted on
the masks and attributes of `train`; of every photo of `val` and `catalog` each category is hidden in turn and
ranked given the others. Ranked are (category, main colour), categories alone, and, in the last table, the
hidden garment among three others of its category from other photos (fill in the blank, Han et al., 2017), so
that only colour and attributes can tell. Intervals: bootstrap over photos, 95 %. `--fit` compares
weights on `train` alone, in five folds of consecutive photos (kinds on every fourth photo).
"""

import argparse
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from PIL import Image

from attire.catalog.garment import Garment
from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.slots import slots_of
from attire.catalog.recommend.worn_together import WornTogether
from attire.dataset import open_dataset
from attire.evaluate.bootstrap import Bootstrap
from attire.ontology import Ontology
from attire.progress import track

ONTOLOGY = Ontology.imaterialist2019()
SLOTS = slots_of(ONTOLOGY)
LEAST_SHARE = 0.15
"""Share of a garment from which on a colour is named."""
PALETTE = {
    "black": (12, 0, 0), "grey": (50, 0, 0), "white": (93, 0, 0), "navy": (20, 8, -28), "blue": (45, 5, -40),
    "light blue": (75, -5, -18), "green": (45, -35, 25), "olive": (45, -3, 28), "red": (42, 58, 35),
    "burgundy": (25, 32, 12), "pink": (75, 28, 2), "purple": (40, 35, -35), "yellow": (83, 3, 65),
    "orange": (62, 42, 55), "brown": (32, 14, 22), "beige": (76, 5, 18), "teal": (45, -25, -10),
}  # fmt: skip
"""CIELAB of the colours that garments are said to have here."""
MOST_PIXELS = 2000
"""Pixels of a garment that are looked at."""
Photo = list[Garment]
Score = Callable[[Sequence[Garment], Garment], float]


@dataclass(frozen=True)
class Asked:
    """Ranks of hidden garments, from 1; and which photo each is of."""

    ranks: npt.NDArray[np.float64]
    photos: npt.NDArray[np.int64]

    @property
    def figures(self) -> npt.NDArray[np.float64]:
        """Hits among the first 1, 3, 10, and reciprocal ranks, shape (4, N)."""
        return np.stack([(self.ranks <= k).astype(float) for k in (1, 3, 10)] + [1 / self.ranks])

    def report(self, name: str) -> str:
        """One row of a table."""
        return f"| {name} | {' | '.join(interval(row, self.photos) for row in self.figures)} |"

    def beyond(self, other: "Asked", name: str) -> str:
        """One row of differences, garment by garment."""
        rows = self.figures - other.figures
        return f"| {name} | {' | '.join(interval(row, self.photos, sign='+') for row in rows)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("ccp", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    train = photos_of(options.ccp / "train")
    if options.fit:
        fit(train)
        return
    val, tagged = photos_of(options.ccp / "val"), tags_of(options.ccp / "catalog" / "tags.csv")
    worn = count(train)
    print(
        f"Counted on {worn.photos} photos of train; asked on {len(val)} of val, {len(tagged)} of catalog.\n"
    )
    matching = Matching(worn=worn)
    lift, beside = replace(matching, popularity=0.0), replace(matching, popularity=1.0)
    kinds = kinds_of(train)
    popular = kind_popularity(train)
    table(f"Category and main colour, val, of {len(kinds)} kinds", val, kinds, {
        "chance": chance(),
        "popularity": popular,
        "lift alone": context(lift),
        "as recommended": context(matching),
        "lift and popularity of the kind": both(context(lift), popular),
    })  # fmt: skip
    bare = [bare_garment(name) for name in worn.categories]
    for title, photos in (("val", val), ("catalog, tags.csv", tagged)):
        table(f"Category, {title}, of {len(bare)}", photos, bare, {
            "chance": chance(),
            "popularity": lambda _, x: worn.share(x.category),
            "lift alone": context(lift),
            "as recommended": context(matching),
            "lift and popularity": context(beside),
        })  # fmt: skip
    print("\n### Fill in the blank among four of one category, val\n\n| | right | of |\n|---|---|---|")
    for name, score in blanks(worn).items():
        right, of = blank(val, score)
        print(f"| {name} | {interval(right, of)} | {len(right)} |")


HEAD = "| | hit@1 | hit@3 | hit@10 | MRR |\n|---|---|---|---|---|"


def table(title: str, photos: list[Photo], kinds: list[Garment], ways: dict[str, Score]) -> None:
    """Print how well each way ranks what is hidden, and how much better the last two are than popularity."""
    print(f"\n### {title}\n\n{HEAD}")
    asked = {name: ask(photos, kinds, score) for name, score in ways.items()}
    for name, one in asked.items():
        print(one.report(name), flush=True)
    for name in list(asked)[-2:]:
        print(asked[name].beyond(asked["popularity"], f"{name}, beyond popularity"), flush=True)


def fit(train: list[Photo]) -> None:
    """Compare weights on train alone, in five folds of consecutive photos."""
    folds = [(train[: len(train) * i // 5] + train[len(train) * (i + 1) // 5 :],
              train[len(train) * i // 5 : len(train) * (i + 1) // 5]) for i in range(5)]  # fmt: skip
    counted = [(count(rest), rest, own) for rest, own in folds]
    print("| κ | colour | attributes | MRR of kinds | fill in the blank |\n|---|---|---|---|---|")
    weights = [(k, 1.0, 1.0) for k in (1.0, 2.0, 5.0, 10.0, 20.0)]
    weights += [(5.0, *pair) for pair in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (2.0, 1.0), (1.0, 3.0))]
    for smoothing, colour, attributes in weights:
        ranks, rights = [], []
        for worn, rest, own in counted:
            matching = Matching(
                worn=replace(worn, smoothing=smoothing, _blocks={}),
                popularity=0.0,
                colour=colour,
                attributes=attributes,
            )
            score = both(context(matching), kind_popularity(rest))
            ranks.append(ask(own[::4], kinds_of(rest), score).ranks)
            rights.append(blank(own, context(matching))[0])
        mrr, right = (1 / np.concatenate(ranks)).mean(), np.concatenate(rights).mean()
        print(f"| {smoothing:g} | {colour:g} | {attributes:g} | {mrr:.4f} | {right:.4f} |", flush=True)


def context(matching: Matching) -> Score:
    """Mean score beside each garment that is worn."""
    return lambda worn, x: float(np.mean([matching(one, x) for one in worn]))


def both(one: Score, other: Score) -> Score:
    """Sum of two scores; the second becomes a logarithm."""
    return lambda worn, x: one(worn, x) + float(np.log(other(worn, x)))


def chance() -> Score:
    """Draw at random."""
    random = np.random.default_rng(0)
    return lambda _, x: float(random.random())


def kind_popularity(photos: list[Photo]) -> Score:
    """Share of photos that show a category in a colour."""
    seen = Counter((one.category, one.colours[:1]) for photo in photos for one in photo)
    return lambda _, x: (seen[x.category, x.colours[:1]] + 0.5) / (len(photos) + 1)


def blanks(worn: WornTogether) -> dict[str, Score]:
    """Ways to fill in the blank."""
    matching = Matching(worn=worn, popularity=0.0)
    return {
        "chance": chance(),
        "colour": context(replace(matching, attributes=0.0)),
        "attributes": context(replace(matching, colour=0.0)),
        "colour and attributes": context(matching),
    }


def ask(photos: list[Photo], kinds: list[Garment], score: Score) -> Asked:
    """Rank every hidden garment's kind among all of categories that are not worn."""
    ranks, places = [], []
    for place, (hidden, worn) in hiding(photos):
        present = {one.category for one in worn}
        able = [kind for kind in kinds if kind.category not in present]
        true = [
            i
            for i, kind in enumerate(able)
            if kind.category == hidden.category
            and (not kind.colours or kind.colours[:1] == hidden.colours[:1])
        ]
        scores = np.array([score(worn, kind) for kind in able])
        ranks.append(1 + int((scores > scores[true[0]]).sum()) if true else len(able) + 1)
        places.append(place)
    return Asked(np.array(ranks, dtype=float), np.array(places))


def blank(photos: list[Photo], score: Score) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Whether the hidden garment scores highest among itself and three others of its category."""
    random = np.random.default_rng(0)
    shelf: dict[str, list[Garment]] = {}
    for photo in photos:
        for one in photo:
            shelf.setdefault(one.category, []).append(one)
    right, places = [], []
    for place, (hidden, worn) in hiding(photos):
        others = [one for one in shelf[hidden.category] if one.photo_id != hidden.photo_id]
        if len(others) < 3:
            continue
        drawn = [others[i] for i in random.choice(len(others), 3, replace=False)]
        scores = np.array([score(worn, one) for one in (hidden, *drawn)])
        best = scores == scores.max()
        right.append(float(best[0]) / best.sum())
        places.append(place)
    return np.array(right), np.array(places)


def hiding(photos: list[Photo]) -> Iterator[tuple[int, tuple[Garment, list[Garment]]]]:
    """Each garment of each photo, hidden, with those that are left."""
    for place, photo in enumerate(photos):
        for hidden in photo:
            worn = [one for one in photo if one is not hidden]
            if worn:
                yield place, (hidden, worn)


def count(photos: list[Photo]) -> WornTogether:
    """Count what is worn together."""
    garments = [one for photo in photos for one in photo]
    columns = {
        "photo_id": [one.photo_id for one in garments],
        "category": [one.category for one in garments],
        "score": pa.array([one.score for one in garments], pa.float64()),
        "attributes": pa.array([list(one.attributes) for one in garments], pa.list_(pa.string())),
        "colours": pa.array([list(one.colours) for one in garments], pa.list_(pa.string())),
        "colour_share": pa.array([one.colour_share.tolist() for one in garments], pa.list_(pa.float64())),
    }
    return WornTogether.of(pa.table(columns), SLOTS)


def kinds_of(photos: list[Photo]) -> list[Garment]:
    """One bare garment per category and main colour that were seen."""
    seen = sorted({(one.category, one.colours[0]) for photo in photos for one in photo if one.colours})
    return [bare_garment(category, (colour,)) for category, colour in seen]


def bare_garment(category: str, colours: tuple[str, ...] = (), **known: object) -> Garment:
    """A garment of which little is known."""
    return Garment(
        garment_id=f"{known.get('photo_id', '')}-{category}", photo_id=str(known.get("photo_id", "")),
        photo_uri="", photo_look="", photo_size=(1, 1), garment=0, category_id=0, category=category,
        score=1.0, attributes=known.get("attributes", ()), colours=colours,  # type: ignore[arg-type]
        colour_share=np.asarray(known.get("shares", np.ones(len(colours))), np.float32),
    )  # fmt: skip


def photos_of(folder: Path) -> list[Photo]:
    """The garments of a data set's photos, the largest of each category."""
    dataset = open_dataset(folder)
    found = []
    for place in track(range(len(dataset)), f"Looking at {folder.name}"):
        instances = dataset.records.instances(place)
        image = Image.open(io.BytesIO(dataset.photo_path(place).read_bytes())).convert("RGB")
        pixels = np.asarray(image)
        photo: dict[str, Garment] = {}
        for i in np.argsort(-instances.masks.areas):
            name = ONTOLOGY.categories[int(instances.category_ids[i])].short_name
            if name in photo:
                continue
            colours = colours_of(pixels[instances.masks.decode(int(i))])
            held = np.flatnonzero(instances.attributes[i])
            photo[name] = bare_garment(
                name,
                tuple(colours),
                photo_id=instances.image_id,
                shares=list(colours.values()),
                attributes=tuple(ONTOLOGY.attributes[a].short_name for a in held),
            )
        found.append(list(photo.values()))
    return found


def tags_of(path: Path) -> list[Photo]:
    """The categories that tags say are in each photo."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        [
            bare_garment(ONTOLOGY.categories[int(c)].short_name, photo_id=row["ImageId"])
            for c in row["ClassIds"].split()
        ]
        for row in rows
    ]


def colours_of(pixels: npt.NDArray[np.uint8]) -> dict[str, float]:
    """Name the colours of pixels of shape (N, 3), largest share first."""
    drawn = pixels[np.random.default_rng(0).permutation(len(pixels))[:MOST_PIXELS]]
    names, lab = list(PALETTE), np.array(list(PALETTE.values()), float)
    nearest = np.linalg.norm(to_lab(drawn)[:, None] - lab[None], axis=2).argmin(axis=1)
    shares = np.bincount(nearest, minlength=len(names)) / max(len(drawn), 1)
    order = [i for i in np.argsort(-shares) if shares[i] >= LEAST_SHARE]
    return {names[i]: float(shares[i]) for i in order}


def to_lab(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """SRGB to CIELAB (D65), shape (N, 3)."""
    linear = np.where((c := pixels / 255) <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    ratio = xyz / [0.9505, 1.0, 1.089]
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def interval(values: npt.NDArray[np.float64], photos: npt.NDArray[np.int64], sign: str = "") -> str:
    """Write a mean with its interval over photos, with signs if it is a difference."""
    sums = np.zeros((int(photos.max()) + 1, 2))
    np.add.at(sums, photos, np.stack([values, np.ones_like(values)], axis=1))
    value = Bootstrap().value(sums, lambda total: total[:, 0] / total[:, 1])
    return f"{value.value:{sign}.3f} ({value.low:{sign}.3f} – {value.high:{sign}.3f})"


if __name__ == "__main__":
    main()
