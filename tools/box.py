"""Pack a trained run as one small file, with a card that says what it scores: what a model in the box needs.

    python tools/box.py RUN -o BOX [--input 480x320] [--least-score 0.4]
    attire evaluate VAL --model BOX --json > val.json
    python tools/box.py RUN val.json -o BOX ...the same options

The first line packs it, so that the second measures what users get; the third puts the figures on the card.
Matrices and kernels are stored as float16. `--input` is HEIGHTxWIDTH: a network trained with large changes of
scale may read larger inputs than it was trained on.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from attire.model import CardScore, load_model, save_model
from attire.preprocess import InputSpec

LARGEST = 60_000_000
"""Bytes that the package has room for."""
LIMITS = (
    "Trained on 753 street photos of Clothing Co-Parsing (its publisher states Apache-2.0; rights in the "
    "photos themselves are not verified) and on drawn looks. It knows people in the street, mostly young "
    "women seen from the front; it was not tried on runway, catalogue or children's photos.",
    "Attributes in those photos were named by a vision-language model, not by people; it agrees with itself "
    "at F1 0.89 and on 34 % of exact sets.",
    "Parts and decorations (collar, sleeve, pocket, neckline, zipper, bead, ...) were learnt from drawings "
    "alone; how well they are found on photos was not measured.",
    "Scores are the network's own, not calibrated: 0.8 does not mean that 8 of 10 are right.",
)
FIGURES = {
    "score_categories image": ("score_categories", "image"),
    "score image": ("score", "image"),
    "score_stripped image": ("score_stripped", "image"),
    "mask AP50": ("coco", "mask", "ap50"),
    "mask AP": ("coco", "mask", "ap"),
    "attribute F1": ("attributes", "f1"),
    "exact attribute sets": ("attributes", "exact_set"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("run", type=Path, help="folder that attire train wrote, or its model file")
    parser.add_argument("reports", type=Path, nargs="*", help="what attire evaluate --json printed")
    parser.add_argument("--input", help="HEIGHTxWIDTH of the input; as trained if absent")
    parser.add_argument("--least-score", type=float, help="confidence from which detections are kept")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    file = options.run / "model.safetensors" if options.run.is_dir() else options.run
    loaded = load_model(file)
    spec = loaded.input_spec
    if options.input:
        height, width = (int(side) for side in options.input.split("x"))
        spec = InputSpec(height=height, width=width, mode=spec.mode, antialias=spec.antialias)
    card = replace(
        loaded.card,
        name="box",
        scores=tuple(score for path in options.reports for score in scores(path)),
        limits=LIMITS,
        licence="Apache-2.0",
    )
    save_model(
        options.out,
        loaded.model,
        card=card,
        input_spec=spec,
        recipe=loaded.recipe,
        least_score=options.least_score,
        selector=loaded.selector,
        half=True,
    )
    size = options.out.stat().st_size
    print(f"{options.out}: {size:,} bytes")
    if size > LARGEST:
        raise SystemExit(f"That is more than {LARGEST:,} bytes, too large for the package.")


def scores(report: Path) -> list[CardScore]:
    """Take the figures for the card out of a report."""
    content = json.loads(report.read_text(encoding="utf-8"))
    origin = content["provenance"]
    data = f"{origin['split']}, {content['photos']} photos, fingerprint {origin['fingerprint'][:12]}"
    found = []
    for name, keys in FIGURES.items():
        value: Any = content
        for key in keys:
            value = value[key]
        if value is None:
            continue
        bounds = value if isinstance(value, dict) else {"value": value}
        found.append(CardScore(name=name, data=data, command=origin["command"], **bounds))
    return found


if __name__ == "__main__":
    main()
