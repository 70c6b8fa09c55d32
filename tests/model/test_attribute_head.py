"""The attribute loss, worked by hand."""

from dataclasses import replace
from math import exp, log

import pytest
import torch

from attire.errors import RecipeError
from attire.model import build_model
from attire.model.attribute_head import AttributeHead, attribute_loss

LOGITS = torch.tensor([[2.0, -1.0, 0.5], [0.0, 3.0, -2.0]])
TRUTH = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
KNOWN = torch.tensor([[True, True, False], [False, True, False]])


def chance(logit, truth):
    """Probability given to what is true."""
    p = 1 / (1 + exp(-logit))
    return p if truth else 1 - p


def test_cross_entropy_is_a_mean_over_what_is_known():
    expected = -(log(chance(2, 1)) + log(chance(-1, 0)) + log(chance(3, 0))) / 3
    assert float(attribute_loss(LOGITS, TRUTH, KNOWN, gamma=None)) == pytest.approx(expected, rel=1e-6)


def test_positive_weights_count_where_the_attribute_holds():
    weights = torch.tensor([5.0, 7.0, 9.0])
    expected = -(5 * log(chance(2, 1)) + log(chance(-1, 0)) + log(chance(3, 0))) / 3
    found = attribute_loss(LOGITS, TRUTH, KNOWN, gamma=None, pos_weights=weights)
    assert float(found) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("gamma", "alpha"), [(2.0, 0.25), (0.0, 0.5), (1.5, 0.9)])
def test_focal_loss_follows_its_formula(gamma, alpha):
    terms = [(alpha, chance(2, 1)), (1 - alpha, chance(-1, 0)), (1 - alpha, chance(3, 0))]
    expected = sum(-a * (1 - p) ** gamma * log(p) for a, p in terms) / 3
    found = attribute_loss(LOGITS, TRUTH, KNOWN, gamma=gamma, alpha=alpha)
    assert float(found) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("gamma", [2.0, None])
def test_unknown_entries_have_neither_loss_nor_gradient(gamma):
    logits = LOGITS.clone().requires_grad_()
    attribute_loss(logits, TRUTH, KNOWN, gamma=gamma).backward()
    assert (logits.grad[~KNOWN] == 0).all()
    assert (logits.grad[KNOWN] != 0).all()
    changed = torch.where(KNOWN, LOGITS, torch.tensor(1e6))
    assert attribute_loss(changed, 1 - TRUTH * ~KNOWN - (1 - TRUTH) * KNOWN, KNOWN, gamma=gamma) == (
        attribute_loss(LOGITS, TRUTH, KNOWN, gamma=gamma)
    )


def test_an_unannotated_instance_leaves_the_whole_network_alone(small_config, small_ontology, make_target):
    model = build_model(small_config, small_ontology)
    photo = torch.randint(0, 256, (3, 64, 64), dtype=torch.uint8)
    bare = make_target((64, 64), [(1, (4, 8, 40, 50), None), (2, (10, 10, 60, 60), None)])
    loss = model([photo], [bare])["loss_attribute"]
    loss.backward()
    assert loss.item() == 0
    assert all(p.grad is None or (p.grad == 0).all() for p in model.parameters())


def test_a_bare_instance_beside_an_annotated_one_changes_nothing(small_config, small_ontology):
    head = AttributeHead(small_config, 4)
    features = torch.randn(2, 64)
    truth, known = torch.tensor([[1.0, 0, 0, 1], [0.0, 0, 0, 0]]), torch.tensor([[True] * 4, [False] * 4])
    both = head.loss(head(features)[0], truth, known)
    alone = head.loss(head(features[:1])[0], truth[:1], known[:1])
    torch.testing.assert_close(both, alone)


@pytest.mark.parametrize("kind", ["focal", "bce"])
def test_the_head_learns_attributes(kind, small_config):
    head = AttributeHead(replace(small_config, attribute_loss=kind), 4)
    features, truth = torch.randn(8, 64), (torch.rand(8, 4) < 0.5).float()
    known = torch.rand(8, 4) < 0.8
    optimizer = torch.optim.Adam(head.parameters(), lr=0.01)
    for _ in range(60):
        optimizer.zero_grad()
        head.loss(head(features)[0], truth, known).backward()
        optimizer.step()
    right = (head(features)[0] > 0) == (truth > 0)
    assert right[known].all()


def test_an_untrained_head_expects_the_prior(small_config):
    head = AttributeHead(replace(small_config, attribute_prior=0.02), 4)
    logits, embeddings = head(torch.zeros(3, 64))
    assert logits.sigmoid().mean().item() == pytest.approx(0.02, rel=0.5)
    torch.testing.assert_close(embeddings.norm(dim=1), torch.ones(3))


def test_weights_must_match_the_attributes(small_config):
    with pytest.raises(RecipeError, match="2 entries for 4 attributes"):
        AttributeHead(replace(small_config, attribute_pos_weights=(1.0, 2.0)), 4)
