"""Time the evaluation at the size of the 2019 test set: 3,200 photos with 8 instances each.

    python benchmarks/evaluate.py [--photos 3200] [--instances 8]

Truth is made of random ellipses on 512×512 pixels with categories and attributes; predictions are the
same, moved and stretched, some missing, some invented, with scores. A fresh process builds them, and its
clock runs from the two records to each stage's figures, masks' compression included.
"""

import argparse
import json
import resource
import subprocess
import sys
import time

import numpy as np

from attire.annotations import Records
from attire.evaluate import Bootstrap, evaluate
from attire.evaluate.overlaps import find_overlaps
from attire.evaluate.score2019 import count_hits, score2019
from attire.masks import RunLengths
from attire.ontology import Ontology

PHOTOS, INSTANCES, SIDE_PX = 3200, 8, 512
TARGET_S = 20.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--photos", type=int, default=PHOTOS, help="photos to score")
    parser.add_argument("--instances", type=int, default=INSTANCES, help="truths in each")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.photos, options.instances)))
        return
    size = ["--photos", str(options.photos), "--instances", str(options.instances)]
    command = [sys.executable, __file__, "--inside", *size]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report(**json.loads(done.stdout))


def measure(photos: int, instances: int) -> dict[str, float]:
    """Build the set, time the score alone and the whole report, in this process."""
    truth = build(photos, instances)
    said = mishandled(truth)
    built = peak_bytes()
    begun = time.perf_counter()
    overlaps = find_overlaps(truth, said, truth.masks.to_coco(), said.masks.to_coco())
    counts = [
        count_hits(truth, said, overlaps, agrees)
        for agrees in (overlaps.same_class, overlaps.same_category, overlaps.same_stripped)
    ]
    scores = [score2019(each, Bootstrap()) for each in counts]
    scored = time.perf_counter() - begun
    begun = time.perf_counter()
    found = evaluate(truth, said)
    return {
        "photos": photos,
        "truths": len(truth.category_ids),
        "predictions": len(said.category_ids),
        "runs": len(truth.masks.starts) + len(said.masks.starts),
        "scored": scored,
        "reported": time.perf_counter() - begun,
        "score": scores[0].image.value,
        "same": float(scores[0] == found.score),
        "built": built,
        "peak": peak_bytes(),
    }


def report(
    photos: int,
    truths: int,
    predictions: int,
    runs: int,
    scored: float,
    reported: float,
    score: float,
    same: float,
    built: float,
    peak: float,
) -> None:
    """Print what was measured beside the target."""
    print(
        f"evaluate: {photos:,} photos, {truths:,} truths, {predictions:,} predictions, "
        f"{runs / 1e6:.1f} M runs: the score with intervals in {scored:.1f} s (target {TARGET_S:.0f} s), "
        f"all figures in {reported:.1f} s, peak memory {peak / 1e9:.2f} GB, of which {built / 1e9:.2f} GB "
        f"building the set (score {score:.4f}{'' if same else ', but the report says otherwise'})"
    )


def peak_bytes() -> float:
    """Most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0)


def build(photos: int, instances: int) -> Records:
    """Truth: ellipses anywhere, categories as frequent as in nature, attributes on a third."""
    random = np.random.default_rng(2019)
    ontology = Ontology.imaterialist2019()
    n, width = photos * instances, len(ontology.attributes)
    frequency = 1.0 / np.arange(1, len(ontology.categories) + 1)
    centres = random.uniform(60, SIDE_PX - 60, (n, 2))
    radii = random.uniform(20, 160, (n, 2))
    annotated = random.random(n) < 1 / 3
    sets = random.random((200, width)) < 0.06
    attributes = sets[random.integers(0, len(sets), n)] & annotated[:, None]
    return Records(
        ontology=ontology,
        image_ids=np.array([f"{i:05}.jpg" for i in range(photos)]),
        sizes=np.full((photos, 2), SIDE_PX, np.int32),
        offsets=np.arange(photos + 1, dtype=np.int64) * instances,
        category_ids=random.choice(len(frequency), n, p=frequency / frequency.sum()).astype(np.int64),
        masks=ellipses(centres, radii),
        attributes=attributes,
        attributes_known=np.repeat(annotated[:, None], width, axis=1),
        rows=np.arange(n, dtype=np.int64) + 2,
    )


def mishandled(truth: Records) -> Records:
    """Predictions: each truth a little off, a tenth missing, a tenth of another category."""
    random = np.random.default_rng(7)
    n = len(truth.category_ids)
    boxes = truth.masks.boxes.astype(np.float64)
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2 + random.normal(0, 8, (n, 2))
    radii = (boxes[:, 2:] - boxes[:, :2]) / 2 * random.uniform(0.85, 1.2, (n, 2))
    other = random.random(n) < 0.1
    categories = np.where(other, random.permutation(truth.category_ids), truth.category_ids)
    attributes = truth.attributes ^ (random.random(truth.attributes.shape) < 0.005)
    said = Records(
        ontology=truth.ontology,
        image_ids=truth.image_ids,
        sizes=truth.sizes,
        offsets=truth.offsets,
        category_ids=categories,
        masks=ellipses(centres, radii),
        attributes=attributes,
        attributes_known=np.ones_like(attributes),
        rows=truth.rows,
        scores=random.random(n).astype(np.float32),
    )
    return said.keep(random.random(n) < 0.9)


def ellipses(centres: np.ndarray, radii: np.ndarray) -> RunLengths:
    """Masks with one run per column, straight from the equation of the ellipse."""
    columns = np.arange(SIDE_PX)
    starts, lengths, counts = [], [], []
    for (x, y), (a, b) in zip(centres, radii, strict=True):
        inside = 1 - ((columns + 0.5 - x) / a) ** 2
        half = b * np.sqrt(np.maximum(inside, 0))
        top = np.clip(np.ceil(y - half - 0.5), 0, SIDE_PX).astype(np.int64)
        bottom = np.clip(np.floor(y + half - 0.5) + 1, 0, SIDE_PX).astype(np.int64)
        there = np.flatnonzero((inside > 0) & (bottom > top) & (bottom - top < SIDE_PX))
        starts.append((there * SIDE_PX + top[there]).astype(np.int32))
        lengths.append((bottom - top)[there].astype(np.int32))
        counts.append(len(there))
    return RunLengths(
        np.concatenate(starts),
        np.concatenate(lengths),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.full((len(counts), 2), SIDE_PX, np.int32),
    )


if __name__ == "__main__":
    main()
