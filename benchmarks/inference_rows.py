"""One row of benchmarks/inference.py: a process of its own that reads photos when it is told to.

    python benchmarks/inference_rows.py ROW PHOTO… [--first]

loads what ROW names, reads two photos to get warm, prints a line of JSON about itself and then, for each line
on stdin, one more: `pass` reads all photos, `alone` reads one after the other. It ends with the input.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

WARM = 2
FIRST = "--first"
"""Given in place of getting warm: a line is said as soon as the first photo is read."""
RUNTIMES = {
    "attire torch fp32": {"runtime": "torch"},
    "attire onnxruntime fp32": {"runtime": "onnxruntime", "precision": "fp32"},
    "attire onnxruntime int8": {"runtime": "onnxruntime", "precision": "int8"},
    "attire openvino fp32": {"runtime": "openvino", "precision": "fp32"},
    "attire openvino bf16": {"runtime": "openvino", "precision": "bf16"},
    "attire openvino int8": {"runtime": "openvino", "precision": "int8"},
    "attire default": {},
}
"""Ways to run the model in the box."""
SAME = "torchvision fp32, same network"
FULL = "torchvision maskrcnn_resnet50_fpn, 800 px"
GPU_OURS = "attire torch bf16, GPU, batches of 8"
GPU_THEIRS = "torchvision autocast bf16, GPU, batches of 8"
GPU_BATCH = 8

Reader = Callable[[Sequence[Path]], int]
"""Reads photos up to run-lengths and says how many masks there were."""


def main() -> None:
    row, *names = sys.argv[1:]
    photos = [Path(name) for name in names if name != FIRST]
    begun = time.perf_counter()
    many, alone, about = build(row)
    alone(photos[:1])
    first = time.perf_counter() - begun
    if FIRST not in names:
        many(photos[:WARM])
    say({"about": about, "first_photo_s": first})
    for line in sys.stdin:
        read = alone if line.strip() == "alone" else many
        begun = time.perf_counter()
        masks = read(photos)
        seconds = time.perf_counter() - begun
        say({"ms": 1000 * seconds / len(photos), "masks": masks, "peak_mb": peak_mb()})


def build(row: str) -> tuple[Reader, Reader, str]:
    """Give what reads photos at its fastest, what reads one after the other, and what it is."""
    if row in RUNTIMES:
        return attire(**RUNTIMES[row])
    if row == GPU_OURS:
        return attire(runtime="torch", precision="bf16", device="cuda", batch_size=GPU_BATCH)
    if row == GPU_THEIRS:
        read, about = torchvision(same_network(), device="cuda", batch_size=GPU_BATCH)
    else:
        read, about = torchvision(same_network() if row == SAME else resnet50())
    return read, read, about


def attire(*, batch_size: int | None = None, **options: Any) -> tuple[Reader, Reader, str]:
    """The model in the box; its network alone decides, and all detections are kept, as torchvision does."""
    from attire import Predictor

    predictor = Predictor.load(target="network", **options)

    def many(photos: Sequence[Path]) -> int:
        looks = predictor.many(photos, keep="all", batch_size=batch_size)
        return sum(len(look.masks.to_coco()) for look in looks)

    def alone(photos: Sequence[Path]) -> int:
        return sum(len(predictor(photo, keep="all").masks.to_coco()) for photo in photos)

    return many, alone, predictor.about


def torchvision(network: Any, *, device: str = "cpu", batch_size: int = 1) -> tuple[Reader, str]:
    """What torchvision's own examples show: eager mode, masks pasted at full size, pycocotools."""
    import numpy as np
    import torch
    from PIL import Image
    from pycocotools import mask as coco
    from torchvision.transforms.functional import convert_image_dtype, pil_to_tensor

    network = network.to(device).eval()

    @torch.inference_mode()
    def read(photos: Sequence[Path]) -> int:
        masks = 0
        for start in range(0, len(photos), batch_size):
            batch = [
                convert_image_dtype(pil_to_tensor(Image.open(photo).convert("RGB")).to(device), torch.float)
                for photo in photos[start : start + batch_size]
            ]
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu"):
                answers = network(batch)
            for answer in answers:
                dense = (answer["masks"][:, 0] > 0.5).to(torch.uint8).cpu().numpy()
                encoded = [coco.encode(np.asfortranarray(mask)) for mask in dense]
                masks += len(encoded)
        return masks

    return read, f"torchvision {sys.modules['torchvision'].__version__}, {device}"


def same_network() -> Any:
    """Build torchvision's MaskRCNN with sizes and weights of the model in the box, without attributes."""
    from torch import nn
    from torchvision.models.detection import MaskRCNN
    from torchvision.models.detection.anchor_utils import AnchorGenerator
    from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
    from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
    from torchvision.models.detection.rpn import RPNHead
    from torchvision.ops import MultiScaleRoIAlign

    from attire.bundled import bundled_model
    from attire.model import load_model
    from attire.model.backbones import build_backbone

    loaded = load_model(bundled_model())
    config, spec = loaded.config, loaded.input_spec
    labels = len(loaded.ontology.categories) + 1
    norm = partial(nn.BatchNorm2d, eps=config.norm_eps) if config.norm_in_heads else None
    pool = partial(
        MultiScaleRoIAlign,
        ["0", "1", "2", "3"],
        sampling_ratio=config.roi_sampling,
        canonical_scale=config.roi_canonical,
    )
    ratios = (config.anchor_ratios,) * len(config.anchor_sizes)
    network = MaskRCNN(
        build_backbone(config),
        min_size=min(spec.height, spec.width),
        max_size=max(spec.height, spec.width),
        image_mean=config.mean,
        image_std=config.std,
        rpn_anchor_generator=AnchorGenerator(config.anchor_sizes, ratios),
        rpn_head=RPNHead(config.fpn_channels, len(config.anchor_ratios), conv_depth=config.rpn_convs),
        rpn_pre_nms_top_n_test=config.rpn_pre_nms_test,
        rpn_post_nms_top_n_test=config.rpn_post_nms_test,
        rpn_nms_thresh=config.rpn_nms,
        box_roi_pool=pool(output_size=config.box_pool),
        box_head=TwoMLPHead(config.fpn_channels * config.box_pool**2, config.box_dense[0]),
        box_predictor=FastRCNNPredictor(config.box_dense[-1], labels),
        box_score_thresh=config.score_thresh,
        box_nms_thresh=config.nms_thresh,
        box_detections_per_img=config.detections_per_photo,
        mask_roi_pool=pool(output_size=config.mask_pool),
        mask_head=MaskRCNNHeads(config.fpn_channels, config.mask_convs, 1, norm_layer=norm),
        mask_predictor=MaskRCNNPredictor(config.mask_convs[-1], config.mask_channels, labels),
    )
    missing = network.load_state_dict(loaded.model.state_dict(), strict=False).missing_keys
    if missing:
        raise SystemExit(f"The baseline lacks weights: {missing}")
    return network


def resnet50() -> Any:
    """Build torchvision's default, untrained; nothing passes its score, which spares it masks and pasting."""
    import torch
    from torchvision.models.detection import maskrcnn_resnet50_fpn

    torch.manual_seed(0)
    return maskrcnn_resnet50_fpn(weights=None, weights_backbone=None, box_score_thresh=1.0)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(values: dict[str, Any]) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
