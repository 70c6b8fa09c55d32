"""Every view's answer comes back to the same place of the photo, and all of them become one."""

from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image, ImageDraw

from attire.errors import RecipeError
from attire.ontology import Category, Ontology, category_to_label
from attire.predict import Predictor, RawDetections, prepare
from attire.predict.views import View, all_views, check_ensemble, read_views
from attire.preprocess import InputSpec

BOOT = 23
SPECS = [
    pytest.param(InputSpec(height=96, width=64), id="letterbox"),
    pytest.param(InputSpec(height=96, width=64, mode="plain"), id="stretched"),
    pytest.param(InputSpec(min_side=64, max_side=96), id="by its sides"),
]


@dataclass
class Finder:
    """A network without error: it finds the one dark thing on white, wherever it is shown to it."""

    ontology: Ontology
    input_spec: InputSpec
    score: float = 0.8
    attribute_categories: frozenset[int] | None = None
    sizes: tuple[tuple[int, int], ...] = ()

    def __call__(self, inputs):
        self.sizes += tuple(array.shape[1:] for array in inputs)
        return [self.find(array) for array in inputs]

    def find(self, array: np.ndarray) -> RawDetections:
        dark = array.max(axis=0) < 90
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        x1, y1, x2, y2 = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        cells = (np.arange(28) + 0.5) / 28
        grid = dark[np.ix_((y1 + cells * (y2 - y1)).astype(int), (x1 + cells * (x2 - x1)).astype(int))]
        return RawDetections(
            boxes=np.array([[x1, y1, x2, y2]], np.float32),
            labels=np.array([category_to_label(BOOT)], np.int64),
            scores=np.array([self.score], np.float32),
            masks=grid[None].astype(np.float32),
            attribute_probs=np.zeros((1, len(self.ontology.attributes)), np.float32),
            embeddings=np.ones((1, 1), np.float32),
        )


@pytest.fixture
def boot() -> Image.Image:
    """An L, which no mirror image equals, off the middle of a photo that no input's shape fits."""
    photo = Image.new("RGB", (320, 400), "white")
    ImageDraw.Draw(photo).polygon(
        [(40, 80), (99, 80), (99, 240), (199, 240), (199, 319), (40, 319)], fill="black"
    )
    return photo


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("mirrored", [False, True], ids=["as it is", "mirrored"])
@pytest.mark.parametrize("scale", [0.7, 1.0, 1.5, 2.0])
def test_what_a_view_shows_comes_back_to_its_place(ontology, boot, spec, mirrored, scale):
    prepared = prepare(boot, spec)
    (raw,) = read_views([Finder(ontology, spec)], [View(0, scale, mirrored)], [prepared])
    pixel = 1 / min(spec.scaled(scale).geometry((400, 320)).scale_x, prepared.geometry.scale_x)
    np.testing.assert_allclose(prepared.geometry.to_photo(raw.boxes)[0], [40, 80, 200, 320], atol=pixel)
    assert raw.masks[0, 2, 2] > 0.5
    assert raw.masks[0, 2, 25] < 0.5


@pytest.mark.parametrize("spec", SPECS)
def test_all_views_together_find_what_one_finds(ontology, boot, spec):
    plain = Predictor(Finder(ontology, spec))(boot)
    every = Predictor(Finder(ontology, spec), tta=True)(boot)
    assert every.scores.tolist() == pytest.approx([0.8])
    one, other = plain.masks.decode(0), every.masks.decode(0)
    assert (one & other).sum() / (one | other).sum() > 0.9


def test_networks_of_different_input_sizes_are_fused(ontology, boot):
    small, large = (
        Finder(ontology, InputSpec(height=96, width=64), score=0.9),
        Finder(ontology, InputSpec(height=192, width=160), score=0.5),
    )
    look = Predictor(small, also=[large])(boot)
    assert small.sizes == ((96, 64),)
    assert large.sizes == ((192, 160),)
    assert look.scores.tolist() == pytest.approx([0.7])
    np.testing.assert_allclose(look.boxes[0], [40, 80, 200, 320], atol=6)
    assert look.embeddings is None, "vectors of different networks cannot be compared"
    assert Predictor(small, tta=True)(boot).embeddings.tolist() == [[1.0]]


def test_a_batch_is_read_view_by_view(ontology, boot):
    finder = Finder(ontology, InputSpec(height=96, width=64))
    looks = list(Predictor(finder, tta=True).many([boot, boot.crop((0, 40, 300, 390))], batch_size=2))
    views = all_views(1, tta=True)
    assert [len(look) for look in looks] == [1, 1]
    assert len(finder.sizes) == 2 * len(views)
    assert np.abs(looks[0].boxes - looks[1].boxes - [0, 40, 0, 40]).max() < 6


def test_networks_that_name_different_things_are_refused(ontology):
    spec = InputSpec(height=96, width=64)
    shapes = Ontology("shapes", (Category(0, "circle"),), (), ())
    with pytest.raises(RecipeError, match="model 2 shapes"):
        Predictor(Finder(ontology, spec), also=[Finder(shapes, spec)])
    with pytest.raises(RecipeError, match="at least one network"):
        check_ensemble([])
