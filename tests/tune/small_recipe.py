"""A network and a recipe so small that a training takes a second."""

__all__ = ["SMALL"]

SMALL = {
    "input.height": 64,
    "input.width": 64,
    "model.backbone": "mobilenet_v3_large",
    "model.fpn_channels": 16,
    "model.box_dense": [16],
    "model.mask_convs": [8],
    "model.mask_channels": 8,
    "model.semantic_channels": 0,
    "model.attribute_hidden": 8,
    "model.embedding_dim": 8,
    "model.rpn_post_nms_train": 24,
    "model.rpn_post_nms_test": 12,
    "precision": "32",
    "workers": 0,
    "batch_size": 2,
}
"""Changes to ``quick``, by path."""
