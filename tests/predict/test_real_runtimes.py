"""A form of the model in the box ships only while it holds its accuracy on real photos."""

import pytest

from attire.dataset import open_dataset
from attire.evaluate import Bootstrap, evaluate
from attire.evaluate.predicting import predict_dataset
from attire.predict import Predictor

pytest.importorskip("torch")
openvino = pytest.importorskip("openvino")

pytestmark = [pytest.mark.slow, pytest.mark.data]


def figures(dataset, **how):
    """Mask AP and score by category of the network alone."""
    predictor = Predictor.load(target="network", device="cpu", **how)
    found = predict_dataset(dataset, predictor)
    report = evaluate(
        dataset.records,
        found.kept,
        ranked=found.ranked,
        unlabelled="unknown",
        bootstrap=Bootstrap(resamples=0),
    )
    return report.coco.mask.ap, report.score_categories.image.value


@pytest.fixture(scope="module")
def dataset(ccp):
    return open_dataset(ccp / "val")


@pytest.fixture(scope="module")
def trained(dataset):
    return figures(dataset, runtime="torch")


@pytest.mark.parametrize(
    ("runtime", "precision", "ap", "score"),
    [
        ("onnxruntime", "fp32", 0.001, 0.001),
        ("openvino", "fp32", 0.001, 0.001),
        ("openvino", "bf16", 0.003, 0.01),
        ("openvino", "int8", 0.01, 0.01),
        ("onnxruntime", "int8", 0.01, 0.01),
    ],
)
def test_accuracy_holds(dataset, trained, runtime, precision, ap, score):
    if precision == "bf16" and "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        pytest.skip("this processor does not compute in bfloat16")
    found = figures(dataset, runtime=runtime, precision=precision)
    assert found[0] > trained[0] - ap
    assert found[1] > trained[1] - score
    if precision == "fp32":
        assert found == pytest.approx(trained, abs=0.001)
