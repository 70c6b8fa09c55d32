"""Do parts find their garment? Drawn looks know, with their true masks and with predicted ones.

    python benchmarks/parts.py [-n 300] [--model FILE] [--least 0.3]
    python benchmarks/parts.py --learn 210       # fits src/attire/parts/rules.json anew, on other looks

A third of the looks shows two people. A predicted part counts where it finds a true one of its category
(mask IoU over 0.5) whose garment can be seen and was found (mask IoU over 0.5, by whatever name); it is right
if what it is attached to overlaps that garment more than any other. Detections from --least up are taken,
each thing once.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
from faster_coco_eval.core import mask as coco_masks
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from attire.atomic import write_text
from attire.instances import Instances
from attire.parts import PartRules, attach_parts, largest_overlap
from attire.parts.pairs import pair_up
from attire.parts.rules import FEATURES, pair_features
from attire.predict import Predictor, select_by_score
from attire.progress import track
from attire.render import draw_look

Rows = npt.NDArray[np.int64]
SEED, LEARNT_SEED, COUNTED_SEED = 45, 42, 43
COUNTED = 1200
"""Looks that say what parts are on."""
SIZE = (768, 512)
SAME = 0.5
"""IoU of masks above which a detection is of a true thing, whatever it is called."""
KINDS = ("one person", "two people", "products")
RULES = Path(__file__).parents[1] / "src/attire/parts/rules.json"
DECAY = 0.01
"""Of the weights that are learnt, per part."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """A photo's instances, and the true garment of each of its parts."""

    kind: str
    masks: str
    """``true`` or ``predicted``."""
    instances: Instances
    right: npt.NDArray[np.bool_]
    """Whether attaching instance i to instance j is right, shape ``(N, N)``; a row that holds none is not
    judged."""
    lost: int
    """Parts that were found while their garment was not."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("-n", type=int, default=300, help="looks to judge")
    parser.add_argument("--model", type=Path, help="model file; by default the one in the box")
    parser.add_argument("--least", type=float, default=0.3, help="score from which detections are taken")
    parser.add_argument(
        "--learn", type=int, metavar="LOOKS", help="fit the rules on so many other looks first"
    )
    options = parser.parse_args()
    selector = select_by_score(options.least)
    predictor = Predictor.load(options.model, selector=selector, calibrated=False)
    if options.learn:
        rules = learn(counted(COUNTED), list(cases(options.learn, LEARNT_SEED, predictor)))
        write_text(RULES, rules.to_json() + "\n")
        PartRules.load.cache_clear()
        Console().print(rules.weights)
    Console().print(judged(list(cases(options.n, SEED, predictor))))


def cases(n: int, seed: int, predictor: Predictor) -> Iterator[Case]:
    """Draw looks and read them."""
    for index in track(range(n), "draw and read", total=n):
        kind = KINDS[index % 3]
        wanted = ("two people",) if kind == "two people" else ()
        look = draw_look(
            seed,
            index,
            SIZE,
            uniform=not wanted and index % 2 == 0,
            product=kind == "products",
            wanted=wanted,
        )
        truth, owners = look.instances, look.owners
        yield Case(
            kind=kind, masks="true", instances=truth, right=owners[:, None] == np.arange(len(truth)), lost=0
        )
        found = predictor(look.photo)
        right, lost = holds(found, truth, owners)
        yield Case(kind=kind, masks="predicted", instances=found, right=right, lost=lost)


def holds(found: Instances, truth: Instances, owners: Rows) -> tuple[npt.NDArray[np.bool_], int]:
    """Which predicted garment each predicted part belongs to, and how many parts have lost theirs."""
    right = np.zeros((len(found), len(found)), bool)
    if not len(found) or not len(truth):
        return right, 0
    ious = overlap(found, truth)
    is_part = np.array([category.is_part for category in truth.ontology.categories])
    shown = is_part[truth.category_ids]
    same = found.category_ids[:, None] == truth.category_ids[None, :]
    of_garments = np.where(is_part[found.category_ids][:, None] | shown[None, :], 0, ious)
    meant = np.where(of_garments.max(axis=1) > 0, of_garments.argmax(axis=1), -1)
    seen = (of_garments > SAME).any(axis=0)
    lost, taken = 0, set()
    for row in np.flatnonzero(is_part[found.category_ids]).tolist():
        match = np.where(same[row], ious[row], 0)
        match[list(taken)] = 0
        best = int(match.argmax())
        if match[best] <= SAME:
            continue
        taken.add(best)
        if owners[best] >= 0 and seen[owners[best]]:
            right[row] = meant == owners[best]
        elif owners[best] >= 0:
            lost += 1
    return right, lost


def overlap(found: Instances, truth: Instances) -> npt.NDArray[np.float64]:
    """IoU of every mask with every mask, shape ``(N, M)``."""
    assert found.masks is not None
    assert truth.masks is not None
    ious = coco_masks.iou(found.masks.to_coco(), truth.masks.to_coco(), [0] * len(truth))
    return np.asarray(ious, np.float64).reshape(len(found), len(truth))


def learn(rules: PartRules, seen: Sequence[Case]) -> PartRules:
    """Fit what each sign is worth: a choice among garments."""
    rows: list[npt.NDArray[np.float64]] = []
    choices: list[npt.NDArray[np.bool_]] = []
    for case in seen:
        own = case.instances
        pairs = pair_up(own)
        features = pair_features(pairs, own.category_ids, own.scores, rules, own.ontology)
        right = case.right[np.ix_(pairs.parts, pairs.garments)] & pairs.touching
        for place in np.flatnonzero(right.any(axis=1) & (pairs.touching.sum(axis=1) > 1)):
            rows.append(features[place, pairs.touching[place]])
            choices.append(right[place, pairs.touching[place]])

    def loss(weights: npt.NDArray[np.float64]) -> float:
        total = DECAY * float(weights @ weights) * len(rows) / 100
        for own, right in zip(rows, choices, strict=True):
            liking = own @ weights
            liking = np.exp(liking - liking.max())
            total -= float(np.log(max(liking[right].sum() / liking.sum(), 1e-12)))
        return total

    fitted = minimize(loss, np.zeros(len(FEATURES)), method="L-BFGS-B")
    return replace(rules, weights={n: round(float(w), 4) for n, w in zip(FEATURES, fitted.x, strict=True)})


def counted(n: int) -> PartRules:
    """Count on drawn looks what parts are on, and where they sit."""
    on: dict[str, dict[str, int]] = {}
    heights: dict[str, list[float]] = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for seen in track(pool.map(parts_of, range(n), chunksize=16), "count", total=n):
            for part, garment, height in seen:
                on.setdefault(part, {}).setdefault(garment, 0)
                on[part][garment] += 1
                heights.setdefault(part, []).append(height)
    places = {
        name: (round(float(np.mean(all_of_them)), 3), round(float(np.std(all_of_them)), 3))
        for name, all_of_them in heights.items()
    }
    return PartRules(seen=on, places=places, weights=dict.fromkeys(FEATURES, 0.0))


def parts_of(index: int) -> list[tuple[str, str, float]]:
    """Parts of one look: category, category of the garment, and how far down it sits."""
    look = draw_look(COUNTED_SEED, index, SIZE, uniform=True, product=index % 3 == 2)
    own, pairs = look.instances, pair_up(look.instances)
    held = look.owners[pairs.parts, None] == pairs.garments
    return [
        (own.category_name(pairs.parts[p]), own.category_name(pairs.garments[g]), float(pairs.height[p, g]))
        for p, g in np.argwhere(held)
    ]


def judged(seen: Sequence[Case]) -> Table:
    """Share of parts that are attached rightly, by kind of look and of masks."""
    table = Table("looks", "masks", "parts", "by rules", "by largest overlap", "garment not found")
    for kind in (*KINDS, "all"):
        for masks in ("true", "predicted"):
            some = [case for case in seen if case.masks == masks and kind in (case.kind, "all")]
            ours, parts = share(some, attach_parts)
            theirs, _ = share(some, largest_overlap)
            lost = sum(case.lost for case in some)
            table.add_row(kind, masks, f"{parts:,}", f"{ours:.1%}", f"{theirs:.1%}", f"{lost:,}")
    return table


def share(some: Sequence[Case], attach: Callable[[Instances], Rows]) -> tuple[float, int]:
    """Of the parts whose garment is there, the share attached to it, and how many there are."""
    good = parts = 0
    for case in some:
        judged = np.flatnonzero(case.right.any(axis=1))
        owners = attach(case.instances)[judged]
        good += int((case.right[judged, owners] & (owners >= 0)).sum())
        parts += len(judged)
    return good / max(parts, 1), parts


if __name__ == "__main__":
    main()
