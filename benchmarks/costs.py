"""What reading a photo costs a network, and what it finds: by input, proposals and detections.

    python benchmarks/costs.py VAL [--model FILE ...] [--at 480x320,300,50 --at 384x256,100,30 ...] [--time]

`--at` is HEIGHTxWIDTH, proposals and detections; a model's own where absent. Multiply-adds are those of
convolutions and dense layers, with as many proposals and detections as may be. Proposals are counted by the
recall of true boxes, whatever their category. The score is that of 2019 by category, reading `image`, at the
best of a few cut-offs, without a selector; predictions of categories that VAL does not label are left out.
`--time` gives the median of torch's time per photo on one thread, all settings in turn photo by photo, so
that a busy machine is unfair to none.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torchvision.ops import box_iou

from attire.annotations import Records
from attire.dataset import Dataset, open_dataset
from attire.evaluate import Bootstrap
from attire.evaluate.alignment import align, labelled_only
from attire.evaluate.coco_ap import coco_ap
from attire.evaluate.collecting import collect
from attire.evaluate.overlaps import find_overlaps
from attire.evaluate.predicting import read_dataset
from attire.evaluate.score2019 import count_hits, score2019
from attire.model import FashionRCNN, build_model, load_model
from attire.predict import Predictor, select_by_score
from attire.predict.model_file import find_model
from attire.predict.read_ahead import prepare
from attire.predict.runtime_torch import TorchRuntime

CUTS = (0.4, 0.5, 0.6, 0.65, 0.7)
RECALLED = (20, 50, 100, 150, 200, 300)
"""Proposals a photo whose recall is printed."""
PARTS = ("backbone.body", "backbone.fpn", "rpn", "roi_heads.box", "roi_heads.mask", "roi_heads.attribute")
COUNTED = (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)
HEAD = (
    "| input | proposals, detections | multiply-adds | mask AP50 / AP | score by category |\n"
    + "|---" * 5
    + "|"
)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a network reads."""

    height: int
    width: int
    proposals: int
    detections: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("val", type=Path)
    parser.add_argument("--model", type=Path, action="append", help="the model in the box if absent")
    parser.add_argument("--at", action="append", default=[], help="HEIGHTxWIDTH,PROPOSALS,DETECTIONS")
    parser.add_argument("--time", action="store_true", help="measure time only")
    options = parser.parse_args()
    torch.set_num_threads(1)
    dataset = open_dataset(options.val)
    files = [find_model(model) for model in options.model or (None,)]
    runtimes = [at(file, setting) for file in files for setting in settings(file, options.at)]
    if options.time:
        print_times(dataset, runtimes)
        return
    for file in files:
        (own,) = settings(file, ())
        print_recall(dataset, at(file, replace(own, proposals=max(RECALLED))))
    print(HEAD)
    for runtime in runtimes:
        print(row(dataset, runtime), flush=True)
    print_parts(runtimes)


def settings(file: Path, asked: Sequence[str]) -> list[Setting]:
    """Read ``--at``, or take the model's own."""
    loaded = load_model(file)
    spec, config = loaded.input_spec, loaded.config
    own = f"{spec.height}x{spec.width},{config.rpn_post_nms_test},{config.detections_per_photo}"
    found = []
    for text in asked or [own]:
        size, proposals, detections = text.split(",")
        height, width = (int(side) for side in size.split("x"))
        found.append(
            Setting(height=height, width=width, proposals=int(proposals), detections=int(detections))
        )
    return found


def at(file: Path, setting: Setting) -> TorchRuntime:
    """Load a model so that it reads with other numbers than its own."""
    loaded = load_model(file)
    config = replace(
        loaded.config, rpn_post_nms_test=setting.proposals, detections_per_photo=setting.detections
    )
    network = build_model(config, loaded.ontology)
    network.load_state_dict(loaded.model.state_dict())
    return TorchRuntime(network, replace(loaded.input_spec, height=setting.height, width=setting.width))


def shape(runtime: TorchRuntime) -> tuple[int, int]:
    """Give the height and width of the input in pixels."""
    return runtime.input_spec.height or 0, runtime.input_spec.width or 0


def multiply_adds(network: FashionRCNN, size: tuple[int, int]) -> Counter[str]:
    """Count the multiply-adds of one photo, by part of the network."""
    counted: Counter[str] = Counter()

    def count(part: str, module: nn.Module, inputs: torch.Tensor, outputs: torch.Tensor) -> None:
        weight = module.get_parameter("weight")
        moving = inputs if isinstance(module, nn.ConvTranspose2d) else outputs
        each = module.in_features if isinstance(module, nn.Linear) else weight[0].numel()
        counted[part] += moving.numel() * each

    hooks = [
        module.register_forward_hook(lambda own, given, result, part=part: count(part, own, given[0], result))
        for name, module in network.named_modules()
        for part in PARTS
        if name.startswith(part) and isinstance(module, COUNTED)
    ]
    config = network.config
    box = torch.tensor([[8.0, 8.0, 48.0, 48.0]])
    with torch.inference_mode():
        features = network.backbone(torch.zeros(1, 3, *size))
        network.rpn.head(list(features.values()))
        regions = network.roi_heads.box_roi_pool(features, [box.expand(config.rpn_post_nms_test, 4)], [size])
        network.roi_heads.box_predictor(network.roi_heads.box_head(regions))
        many = config.detections_per_photo
        network.roi_heads.describe(features, [box.expand(many, 4)], [torch.ones(many).long()], [size])
    for hook in hooks:
        hook.remove()
    return counted


def print_recall(dataset: Dataset, runtime: TorchRuntime) -> None:
    """Print which share of the true boxes has a proposal near it, by the number of proposals."""
    records, best = dataset.records, []
    for photo in range(len(records)):
        prepared = prepare(dataset.photo_path(photo), runtime.input_spec)
        truth = prepared.geometry.to_network(records.select(np.array([photo])).masks.boxes)
        proposals = runtime.trace(prepared.array).proposals
        ious = box_iou(torch.from_numpy(truth), torch.from_numpy(proposals))
        best.append(torch.stack([ious[:, :many].amax(dim=1) for many in RECALLED], dim=1))
    found = torch.cat(best)
    print("| proposals | " + " | ".join(map(str, RECALLED)) + " |")
    print("|---" * (len(RECALLED) + 1) + "|")
    for least in (0.5, 0.75):
        shares = (found >= least).float().mean(dim=0).tolist()
        print(f"| recall at IoU {least} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")


def row(dataset: Dataset, runtime: TorchRuntime) -> str:
    """Read all photos and measure what is found."""
    truth = dataset.records
    looks = list(read_dataset(dataset, Predictor(runtime)))
    ranked = align(truth, labelled_only(truth, collect(looks, runtime.ontology)))
    encoded = truth.masks.to_coco()
    figures = coco_ap(truth, ranked, encoded, ranked.masks.to_coco(), "segm")
    scores = {}
    for cut in CUTS:
        select = select_by_score(cut)
        kept = collect([select(look) for look in looks], runtime.ontology)
        scores[cut] = score(truth, align(truth, labelled_only(truth, kept)))
    best = max(scores, key=lambda cut: scores[cut])
    total = sum(multiply_adds(runtime.network, shape(runtime)).values())
    return (
        f"| {name(runtime)} | {total / 1e9:.1f} G | {figures.ap50:.3f} / {figures.ap:.3f} "
        f"| {scores[best]:.3f} at {best} |"
    )


def score(truth: Records, kept: Records) -> float:
    """Give the score of 2019 by category."""
    overlaps = find_overlaps(truth, kept, truth.masks.to_coco(), kept.masks.to_coco())
    counts = count_hits(truth, kept, overlaps, overlaps.same_category)
    return score2019(counts, Bootstrap(resamples=0)).image.value


def name(runtime: TorchRuntime) -> str:
    """Say in two cells how a network reads."""
    height, width = shape(runtime)
    config = runtime.network.config
    return f"{height}×{width} | {config.rpn_post_nms_test}, {config.detections_per_photo}"


def print_parts(runtimes: Sequence[TorchRuntime]) -> None:
    """Print the multiply-adds of every part, in thousand millions."""
    print(
        "\n| input | proposals, detections | " + " | ".join(PARTS) + " |\n" + "|---" * (len(PARTS) + 2) + "|"
    )
    for runtime in runtimes:
        counted = multiply_adds(runtime.network, shape(runtime))
        print(f"| {name(runtime)} | " + " | ".join(f"{counted[part] / 1e9:.2f}" for part in PARTS) + " |")


def print_times(dataset: Dataset, runtimes: Sequence[TorchRuntime]) -> None:
    """Print how long a photo takes, from the prepared array to masks over boxes."""
    taken: list[list[float]] = [[] for _ in runtimes]
    for photo in range(len(dataset.records)):
        path = dataset.photo_path(photo)
        for runtime, times in zip(runtimes, taken, strict=True):
            array = prepare(path, runtime.input_spec).array
            start = time.perf_counter()
            runtime([array])
            times.append(1000 * (time.perf_counter() - start))
    print("| input | proposals, detections | ms, median | fastest tenth |\n|---|---|---|---|")
    for runtime, times in zip(runtimes, taken, strict=True):
        print(f"| {name(runtime)} | {np.median(times):.0f} | {np.quantile(times, 0.1):.0f} |")


if __name__ == "__main__":
    main()
