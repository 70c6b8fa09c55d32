"""Pack a trained run as one small file, with a card that says what it scores: what a model in the box needs.

    python tools/box.py RUN -o BOX [--input 480x320] [--least-score 0.4]
    attire evaluate VAL --model BOX --target network --json > val.json
    attire select VAL --labels TRAIN --model BOX -o BOX --json > select.json
    python tools/box.py BOX val.json select.json -o BOX

The first line packs it, so that the second and third measure what users get; the third also puts a selector
into the file, and the last the figures on the card. Matrices and kernels are stored as float16. `--input` is
HEIGHTxWIDTH: a network trained with large changes of scale may read larger inputs than it was trained on.
What is not given stays as it is in the file that is packed.
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
    "Confidence is a probability learnt on the 100 validation photos: of garments called 80 % sure, 8 of 10 "
    "are right in such photos. Of parts and other things that those photos do not label it is a guess, and "
    "on photos of another kind it was not measured.",
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

SELECTED = (
    ("score_categories image", "score", "cut at 0.5"),
    ("score_categories image", "score", "decision rule"),
    ("score image", "with_sets", "decision rule for sets"),
)
"""Figures of a selector: name on the card, which of a way's figures, and which way."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("run", type=Path, help="folder that attire train wrote, or its model file")
    parser.add_argument(
        "reports", type=Path, nargs="*", help="what attire evaluate --json and attire select --json printed"
    )
    parser.add_argument("--input", help="HEIGHTxWIDTH of the input; as trained if absent")
    parser.add_argument("--name", default="box", help="what the card calls it")
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
        name=options.name,
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
        least_score=loaded.header.least_score if options.least_score is None else options.least_score,
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
    if "comparison" in content:
        return selected(content)
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


def selected(content: dict[str, Any]) -> list[CardScore]:
    """Take the figures of a selector, all on photos that it was not learnt from."""
    origin: dict[str, str] = {"data": content["about"], "command": content["command"]}
    ways = {way["name"]: way for way in content["comparison"]["ways"]}
    found = []
    for name, figure, way in SELECTED:
        value = ways[way][figure]
        found.append(CardScore(name=f"{name}, {way}, out of fold", **value, **origin))
    error = content["reliability"]["calibrated"]["ece"]
    found.append(CardScore(name="expected calibration error, out of fold", value=error, **origin))
    return found


if __name__ == "__main__":
    main()
