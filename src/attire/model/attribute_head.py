"""Attributes and the embedding, read off the features of a garment's box.

After Attribute-Mask R-CNN (Jia et al., Fashionpedia, ECCV 2020): a branch beside the classifier with one
sigmoid per attribute.
"""

from math import log

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, normalize, relu

from attire.errors import RecipeError
from attire.model.config import ModelConfig

__all__ = ["AttributeHead", "attribute_loss"]


class AttributeHead(nn.Module):
    """Dense layer, embedding, one logit per attribute.

    The embedding lies directly below the logits, so what it keeps of a garment is what tells attributes
    apart; its direction alone counts, since search compares by cosine.
    """

    pos_weights: Tensor

    def __init__(self, config: ModelConfig, attributes: int) -> None:
        super().__init__()
        weights = config.attribute_pos_weights
        if weights and len(weights) != attributes:
            raise RecipeError(
                f"Model config: attribute_pos_weights has {len(weights)} entries for {attributes} attributes."
            )
        self.hidden = nn.Linear(config.box_dense[-1], config.attribute_hidden)
        self.embedding = nn.Linear(config.attribute_hidden, config.embedding_dim)
        self.logits = nn.Linear(config.embedding_dim, attributes)
        prior = config.attribute_prior
        nn.init.constant_(self.logits.bias, -log((1 - prior) / prior))
        self.register_buffer("pos_weights", torch.tensor(weights or (1.0,) * attributes), persistent=False)
        self.gamma = config.focal_gamma if config.attribute_loss == "focal" else None
        self.alpha = config.focal_alpha

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Describe boxes.

        Args:
            features: What the box head says of them, shape ``(R, D)``.

        Returns:
            Logits ``(R, A)`` and embeddings of length 1 ``(R, E)``, both float32.
        """
        embeddings = self.embedding(relu(self.hidden(features)))
        logits = self.logits(relu(embeddings))
        return logits.float(), normalize(embeddings.float(), dim=1)

    def loss(self, logits: Tensor, attributes: Tensor, known: Tensor) -> Tensor:
        """Compute :func:`attribute_loss` as configured."""
        return attribute_loss(
            logits,
            attributes,
            known,
            gamma=self.gamma,
            alpha=self.alpha,
            pos_weights=None if self.gamma is not None else self.pos_weights,
        )


def attribute_loss(
    logits: Tensor,
    attributes: Tensor,
    known: Tensor,
    *,
    gamma: float | None = 2.0,
    alpha: float = 0.25,
    pos_weights: Tensor | None = None,
) -> Tensor:
    """Judge attributes where somebody looked; unknown is not negative.

    With p the probability given to what is true, the focal loss is −α (1 − p)^γ log p, where α becomes
    1 − α for an attribute that does not hold (Lin et al. 2017); without γ it is cross-entropy. The mean is
    taken over known entries: an instance without annotation changes neither loss nor gradient.

    Args:
        logits: Shape ``(R, A)``.
        attributes: 1 where an attribute holds, shape ``(R, A)``.
        known: True where anybody looked for it, shape ``(R, A)``.
        gamma: Focus; None means cross-entropy.
        alpha: Weight of attributes that hold, in 0 … 1; only with ``gamma``.
        pos_weights: Weight of each attribute where it holds, shape ``(A,)``; only without ``gamma``.

    Returns:
        A scalar; 0 where nothing is known.

    Example:
        >>> logits, truth = torch.zeros(1, 2), torch.tensor([[1.0, 0.0]])
        >>> known = torch.tensor([[True, False]])
        >>> round(float(attribute_loss(logits, truth, known, gamma=None)), 4)  # log 2
        0.6931
        >>> round(float(attribute_loss(logits, truth, known, gamma=2, alpha=0.25)), 4)  # log 2 / 16
        0.0433
    """
    if not known.any():
        return logits.sum() * 0.0
    chosen, truth = logits[known].float(), attributes[known].float()
    if gamma is None:
        weights = None if pos_weights is None else pos_weights.expand_as(known)[known]
        return binary_cross_entropy_with_logits(chosen, truth, pos_weight=weights)
    entropy = binary_cross_entropy_with_logits(chosen, truth, reduction="none")
    doubt = torch.sigmoid(torch.where(truth > 0, -chosen, chosen))
    factor = torch.where(truth > 0, alpha, 1 - alpha)
    return (factor * doubt**gamma * entropy).mean()
