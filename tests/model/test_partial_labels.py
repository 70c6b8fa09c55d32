"""What a photo was not labelled for teaches nothing: neither the namer, nor the proposals, nor the pixels."""

from math import log

import pytest
import torch

from attire.errors import DataError
from attire.model import build_model
from attire.model.partial_labels import classifier_loss, possible_parts
from attire.model.semantic_head import SemanticHead

LOGITS = torch.tensor([[1.0, 0.0, 2.0, -1.0], [0.5, 0.2, 0.1, 3.0]])
CHANCES = LOGITS.softmax(dim=1)
PARTIAL = torch.tensor([[True, True, False], [True, True, False]])


def test_background_may_be_anything_that_is_not_labelled():
    loss = classifier_loss(LOGITS, torch.tensor([0, 0]), PARTIAL)
    expected = -sum(log(float(row[0] + row[3])) for row in CHANCES) / 2
    assert float(loss) == pytest.approx(expected, rel=1e-5)


def test_a_garment_is_judged_as_ever_and_so_is_a_photo_with_all_labels():
    labels = torch.tensor([2, 0])
    usual = torch.nn.functional.cross_entropy(LOGITS, labels)
    torch.testing.assert_close(classifier_loss(LOGITS, labels, torch.ones_like(PARTIAL)), usual)
    mixed = torch.tensor([[True, True, False], [True, True, True]])
    torch.testing.assert_close(classifier_loss(LOGITS, labels, mixed), usual)


def test_background_pushes_down_only_what_is_labelled():
    logits = LOGITS.clone().requires_grad_()
    classifier_loss(logits, torch.tensor([0, 0]), PARTIAL).backward()
    assert (logits.grad[:, [1, 2]] > 0).all()
    assert (logits.grad[:, [0, 3]] < 0).all(), "background and the unknown category share what is left"


def test_no_boxes_no_loss():
    empty = torch.zeros(0, 4, requires_grad=True)
    loss = classifier_loss(empty, torch.zeros(0, dtype=torch.int64), torch.zeros(0, 3, dtype=torch.bool))
    loss.backward()
    assert loss == 0


def test_small_anchors_on_a_garment_are_negative_only_where_all_is_labelled():
    garment = torch.tensor([[9.0, 9, 50, 50]])
    anchors = torch.tensor(
        [
            [10.0, 10, 20, 20],  # as small as a pocket, on the garment
            [0, 0, 8, 8],  # beside it
            [0, 0, 100, 100],  # taken for the garment
            [45, 45, 57, 57],  # small, and mostly beside it
            [10, 10, 40, 40],  # on the garment, and half as large
        ]
    )
    labels = torch.tensor([0, 0, 1, 0, 0])
    partial, whole = torch.tensor([True, False]), torch.tensor([True, True])
    found = possible_parts(
        [anchors] * 2, [labels] * 2, [{"boxes": garment, "labelled": own} for own in (partial, whole)]
    )
    assert found[0].tolist() == [-1, 0, 1, 0, 0]
    assert found[1].tolist() == labels.tolist()
    nothing = {"boxes": torch.zeros(0, 4), "labelled": partial}
    assert possible_parts([anchors], [labels], [nothing])[0].tolist() == labels.tolist()


def test_pixels_teach_labelled_categories_only():
    torch.manual_seed(0)
    head = SemanticHead(4, 8, 3)
    target = {
        "labels": torch.tensor([1]),
        "masks": torch.ones(1, 8, 8, dtype=torch.uint8),
        "labelled": torch.tensor([True, True, False]),
    }
    head.loss(torch.randn(1, 4, 2, 2), [target]).backward()
    assert head.logits.bias.grad[2] == 0
    assert (head.logits.bias.grad[:2] != 0).all()


def test_the_whole_network_learns_nothing_against_an_unlabelled_category(
    small_config, small_ontology, make_target
):
    photo = torch.randint(0, 256, (3, 64, 64), dtype=torch.uint8)
    target = make_target((64, 64), [(1, (4, 8, 40, 50), [1])])
    slopes = {}
    for name, labelled in (("all", [True] * 3), ("partial", [True, True, False])):
        torch.manual_seed(0)
        model = build_model(small_config, small_ontology)
        losses = model([photo], [{**target, "labelled": torch.tensor(labelled)}])
        losses["loss_classifier"].backward()
        # Boxes that match the garment push it down either way, those of the background only where labelled.
        slopes[name] = float(model.roi_heads.box_predictor.cls_score.bias.grad[3])
    assert slopes["partial"] < 0.5 * slopes["all"]


@pytest.mark.parametrize(
    "labelled", [torch.ones(2, dtype=torch.bool), torch.ones(3)], ids=["too few", "no bools"]
)
def test_a_wrong_form_is_refused(small_config, small_ontology, make_target, labelled):
    photo = torch.randint(0, 256, (3, 64, 64), dtype=torch.uint8)
    target = {**make_target((64, 64), [(1, (4, 8, 40, 50), None)]), "labelled": labelled}
    with pytest.raises(DataError, match="labelled is"):
        build_model(small_config, small_ontology)([photo], [target])
