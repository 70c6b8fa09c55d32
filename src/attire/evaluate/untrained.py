"""The same network before it saw anything: what its shape alone is worth."""

import torch

from attire.model import build_model
from attire.predict import Predictor
from attire.predict.runtime_torch import TorchRuntime

__all__ = ["untrained_twin"]


def untrained_twin(predictor: Predictor, seed: int = 0) -> Predictor | None:
    """Build a predictor's network anew with random weights.

    Args:
        predictor: What has been trained; of several networks, the first.
        seed: Seed of the weights; torch's own generator is left as it was.

    Returns:
        A predictor with the same input, selector and rule; None if the other is not run by torch.
    """
    runtime = predictor.runtime
    if not isinstance(runtime, TorchRuntime):
        return None
    device = next(runtime.network.parameters()).device
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = build_model(runtime.network.config, runtime.ontology).to(device)
    twin = TorchRuntime(network, runtime.input_spec, attribute_categories=runtime.attribute_categories)
    return Predictor(twin, selector=predictor.selector, rule=predictor.rule, tta=predictor.tta)
