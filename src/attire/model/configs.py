"""Named networks: torchvision's two, the founding project's start, and one that a CPU can train."""

from dataclasses import replace

from attire.model.config import ModelConfig

__all__ = ["CONFIGS", "cpu_config"]

RESNET50 = ModelConfig()
"""torchvision's ``maskrcnn_resnet50_fpn``; its COCO weights fit."""

RESNET50_V2 = replace(
    RESNET50,
    norm="batch",
    norm_in_heads=True,
    rpn_convs=2,
    box_convs=(256, 256, 256, 256),
    box_dense=(1024,),
)
"""torchvision's ``maskrcnn_resnet50_fpn_v2``: deeper heads, all normalised; its COCO weights fit."""

RESNET101 = replace(RESNET50, backbone="resnet101")
"""The start of the founding project; ImageNet weights fit."""


def cpu_config() -> ModelConfig:
    """Give a network that two CPU cores can train: ResNet-18, narrow heads, few proposals.

    It is meant for an input of about 480×320 pixels, and so are its anchors.
    """
    return ModelConfig(
        backbone="resnet18",
        fpn_channels=128,
        anchor_sizes=((16,), (32,), (64,), (128,), (256,)),
        rpn_pre_nms_train=500,
        rpn_pre_nms_test=300,
        rpn_post_nms_train=500,
        rpn_post_nms_test=300,
        rpn_batch=128,
        roi_batch=128,
        roi_canonical=112,
        box_dense=(512, 512),
        mask_convs=(128, 128),
        mask_channels=128,
        detections_per_photo=50,
        attribute_hidden=256,
        embedding_dim=128,
    )


CONFIGS: dict[str, ModelConfig] = {
    "resnet50": RESNET50,
    "resnet50_v2": RESNET50_V2,
    "resnet101": RESNET101,
    "resnet18": replace(RESNET50, backbone="resnet18"),
    "mobilenet_v3_large": replace(RESNET50, backbone="mobilenet_v3_large"),
    "cpu": cpu_config(),
}
"""Networks by name."""
