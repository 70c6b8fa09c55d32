"""How long do masks take from the network's grids to COCO run-lengths, against pasting and encoding?

    python benchmarks/masks.py [PHOTO|FOLDER…] [-n 20] [--rounds 7]

The model in the box finds things in photos (the looks in the box by default); then the same grids and boxes
go through torchvision's paste_masks_in_image and pycocotools, and through attire.predict.paste_masks.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from pycocotools import mask as coco
from torchvision.models.detection.roi_heads import paste_masks_in_image

from attire.predict import RawDetections, list_sources, open_runtime, paste_masks, prepare
from attire.samples import sample_looks

Case = tuple[RawDetections, tuple[int, int]]
"""Detections with boxes in the photo's pixels, and its ``(height, width)``."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("photos", nargs="*", type=Path)
    parser.add_argument("-n", type=int, default=20, help="photos at even distances among those given")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    found = list(list_sources(options.photos or [sample_looks() / "photos"]).values())
    photos = found[:: max(len(found) // options.n, 1)][: options.n]
    cases = read(photos)
    pasted, direct = [], []
    for _ in range(options.rounds):
        pasted.append(timed(paste_and_encode, cases))
        direct.append(timed(straight, cases))
    masks = sum(len(raw.boxes) for raw, _ in cases)
    same = total = 0
    for case in cases:
        for a, b in zip(paste_and_encode(case), straight(case), strict=True):
            same, total = same + (a == b), total + 1
    ratios = [a / b for a, b in zip(pasted, direct, strict=True)]
    print(f"{len(cases)} photos, {masks} masks; milliseconds per photo, median of {options.rounds} rounds")
    print(f"paste_masks_in_image and pycocotools: {statistics.median(pasted):.1f}")
    print(f"attire.predict.paste_masks: {statistics.median(direct):.1f}")
    spread = f"{statistics.median(ratios):.1f} ({min(ratios):.1f} - {max(ratios):.1f})"
    print(f"ratio {spread}, {same} of {total} equal")


def read(photos: list[Path]) -> list[Case]:
    """Find things in photos."""
    runtime = open_runtime(runtime="onnxruntime", precision="fp32")
    cases = []
    for photo in photos:
        prepared = prepare(photo, runtime.input_spec)
        (raw,) = runtime([prepared.array])
        scale = np.array([prepared.geometry.scale_x, prepared.geometry.scale_y] * 2, np.float32)
        boxes = raw.boxes / scale
        cases.append((RawDetections(**{**vars(raw), "boxes": boxes}), prepared.geometry.photo_size))
    return cases


def paste_and_encode(case: Case) -> list[str]:
    """Paste masks at the photo's size and encode them, as torchvision's users do."""
    raw, size = case
    pasted = paste_masks_in_image(torch.from_numpy(raw.masks)[:, None], torch.from_numpy(raw.boxes), size)
    dense = (pasted[:, 0] > 0.5).to(torch.uint8).numpy()
    return [coco.encode(np.asfortranarray(mask))["counts"].decode() for mask in dense]


def straight(case: Case) -> list[str]:
    """Go straight to run-lengths."""
    raw, size = case
    return [row["counts"] for row in paste_masks(raw.masks, raw.boxes, size).to_coco()]


def timed(work: Callable[[Case], list[str]], cases: list[Case]) -> float:
    """Milliseconds per photo."""
    begun = time.perf_counter()
    for case in cases:
        work(case)
    return 1000 * (time.perf_counter() - begun) / len(cases)


if __name__ == "__main__":
    main()
