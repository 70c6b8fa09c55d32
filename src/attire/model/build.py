"""From a config to a network."""

from attire.errors import RecipeError
from attire.model.config import ModelConfig
from attire.model.network import FashionRCNN
from attire.ontology import Ontology

__all__ = ["build_model"]


def build_model(config: ModelConfig, ontology: Ontology) -> FashionRCNN:
    """Build an untrained network for what an ontology can name.

    Args:
        config: Every number of it.
        ontology: Its categories become labels 1 … C, its attributes columns.

    Returns:
        The network in training mode, float32, on the CPU. Seed torch before for the same start.

    Raises:
        RecipeError: If the ontology is empty, or the config does not fit it.
    """
    if not ontology.categories or not ontology.attributes:
        raise RecipeError(
            f"Ontology {ontology.name!r} has {len(ontology.categories)} categories and "
            f"{len(ontology.attributes)} attributes; the network needs at least one of each."
        )
    return FashionRCNN(config, ontology)
