"""What tests of several verbs need: a model file that takes no training and no time."""

import pytest

from attire.preprocess import InputSpec


@pytest.fixture(scope="session")
def tiny_model(ontology, tmp_path_factory):
    """File of a network of the real kind, untrained and small; it is sure of nothing (scores near 0.02)."""
    torch = pytest.importorskip("torch")
    from attire.model import ModelCard, ModelConfig, build_model, save_model

    torch.manual_seed(0)
    config = ModelConfig(
        backbone="resnet18",
        fpn_channels=16,
        anchor_sizes=((8,), (16,), (32,), (64,), (128,)),
        rpn_pre_nms_test=60,
        rpn_post_nms_test=30,
        box_dense=(32,),
        mask_convs=(16,),
        mask_channels=16,
        score_thresh=0.0,
        detections_per_photo=10,
        attribute_hidden=16,
        embedding_dim=8,
    )
    folder = tmp_path_factory.mktemp("model")
    return save_model(
        folder / "model.safetensors",
        build_model(config, ontology),
        card=ModelCard(name="tiny"),
        input_spec=InputSpec(min_side=64, max_side=96),
    )
