"""A network that says what it is told, so that all around it can be tested without one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from attire.ontology import Ontology, category_to_label
from attire.predict import RawDetections
from attire.preprocess import InputSpec


@dataclass
class StubRuntime:
    """Gives the answers in turn, and remembers what it was asked."""

    ontology: Ontology
    answers: Sequence[RawDetections]
    input_spec: InputSpec = field(default_factory=lambda: InputSpec(height=64, width=64))
    attribute_categories: frozenset[int] | None = None
    asked: list[list[np.ndarray]] = field(default_factory=list)

    def __call__(self, inputs):
        first = sum(map(len, self.asked))
        self.asked.append(list(inputs))
        return [self.answers[(first + i) % len(self.answers)] for i in range(len(inputs))]


@pytest.fixture
def make_raw(ontology: Ontology) -> Callable[..., RawDetections]:
    """Builder of raw detections: ``(category_id, (x1, y1, x2, y2), score, {attribute: probability})`` each.

    Masks fill their boxes unless ``masks`` says otherwise.
    """

    def make(*detections, masks=None, embeddings=None) -> RawDetections:
        n, width = len(detections), len(ontology.attributes)
        probs = np.zeros((n, width), np.float32)
        for i, (_, _, _, named) in enumerate(detections):
            for name, prob in named.items():
                probs[i, ontology.attribute_index(name)] = prob
        return RawDetections(
            boxes=np.array([box for _, box, _, _ in detections], np.float32).reshape(n, 4),
            labels=np.array([category_to_label(c) for c, _, _, _ in detections], np.int64),
            scores=np.array([score for _, _, score, _ in detections], np.float32),
            masks=np.ones((n, 28, 28), np.float32) if masks is None else np.asarray(masks, np.float32),
            attribute_probs=probs,
            embeddings=embeddings,
        )

    return make


@pytest.fixture
def make_runtime(ontology: Ontology) -> Callable[..., StubRuntime]:
    def make(*answers, **more) -> StubRuntime:
        return StubRuntime(ontology, answers, **more)

    return make


@pytest.fixture
def photo() -> Image.Image:
    """128 wide, 64 high: a letterbox of 64×64 shows it at half size in its upper half."""
    ramp = np.broadcast_to(np.arange(128, dtype=np.uint8)[None, :, None], (64, 128, 3))
    return Image.fromarray(np.ascontiguousarray(ramp))
